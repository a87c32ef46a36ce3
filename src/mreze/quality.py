"""The quality of a release in numbers, `quality.json`: the build counts them, pages show them.

What is not listed is none: a shape that nothing broke has no entry among the findings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from mreze.errors import ReleaseError
from mreze.namespaces import term
from mreze.release import Release
from mreze.texts import Text

QUALITY: Final = "quality.json"
LINKING: Final = tuple(
    term(one)
    for one in (
        "owl:sameAs",
        "schema:sameAs",
        "skos:exactMatch",
        "skos:closeMatch",
        "skos:broadMatch",
        "skos:narrowMatch",
        "skos:relatedMatch",
    )
)
"""What leads to the same, or nearly, in other registers."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Links of one property to one other register."""

    property: str
    """IRI."""
    register: str
    """Its host."""
    count: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many things of a class have which property."""

    classes: tuple[str, ...]
    """IRIs; several where the same things are of all of them."""
    things: int
    whole: bool
    """Whether any of them has a document of its own: the others are parts of things."""
    properties: Mapping[str, int]
    """By IRI; of a property that a shape asks for and nothing has, 0."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the shapes looked at and what they found, in a dataset or in all that the site says."""

    targets: Mapping[str, int]
    """By IRI of a shape, how many things it applies to."""
    findings: Mapping[str, int]
    """By IRI of a shape, how often it was not kept; only warnings and remarks: a violation stops the build."""


@dataclass(frozen=True, slots=True)
class DatasetQuality:
    """The numbers of one dataset."""

    checked: Checked
    links: tuple[Linked, ...]
    completeness: tuple[Completeness, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A query of the site for what must not exist."""

    name: str
    summary: Text
    findings: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The numbers of a release."""

    checked: Checked
    rules: tuple[Rule, ...]
    datasets: Mapping[str, DatasetQuality]
    """By name."""


def write_quality(quality: Quality) -> bytes:
    """The numbers as JSON; the same numbers always give the same bytes."""
    return (json.dumps(asdict(quality), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_quality(release: Release) -> Quality | None:
    """The numbers of a release; None if it was built before there were any.

    Raises:
        ReleaseError: they are gone or damaged.
    """
    if QUALITY not in release.files:
        return None
    try:
        return _quality(json.loads(release.read(QUALITY)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(
            f"{release.root / QUALITY}: damaged: {error!r}. Build the release again: mreze build"
        ) from error


def _quality(content: Mapping[str, Any]) -> Quality:
    return Quality(
        checked=Checked(**content["checked"]),
        rules=tuple(Rule(**one) for one in content["rules"]),
        datasets={name: _dataset(one) for name, one in content["datasets"].items()},
    )


def _dataset(content: Mapping[str, Any]) -> DatasetQuality:
    return DatasetQuality(
        checked=Checked(**content["checked"]),
        links=tuple(Linked(**one) for one in content["links"]),
        completeness=tuple(
            Completeness(tuple(one["classes"]), one["things"], one["whole"], one["properties"])
            for one in content["completeness"]
        ),
    )
