"""What an authority says of something, beside what the site says of a thing."""

from __future__ import annotations

from dataclasses import dataclass

from mreze.gather.model import Point
from mreze.matching.model import Label


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an authority refers to."""

    iri: str
    """Or a code, where the authority gives no more."""
    name: str = ""
    code: str = ""
    """Of a country: ISO 3166-1."""


@dataclass(frozen=True, slots=True)
class Description:
    """What an authority says of something; fields are as those of Thing."""

    iri: str
    labels: tuple[Label, ...] = ()
    description: str = ""
    types: tuple[Named, ...] = ()
    kinds: frozenset[str] = frozenset()
    """Of the types that things of the site have, IRIs: those that this is of, as itself or by what is narrower."""
    countries: tuple[Named, ...] = ()
    point: Point | None = None
    homepages: tuple[str, ...] = ()
    geonames: tuple[str, ...] = ()
    """Numbers that GeoNames gives it."""
    codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
