"""Who describes things of the world beside us, and the form of the IRIs that they gave them.

An authority is a row of `AUTHORITIES`. What its endpoint says of a thing is told by its `roles`: which property says
what. Nothing else of mreze knows how an authority describes things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from mreze.errors import UsageError


class Role(StrEnum):
    """What a property of an authority says of a thing."""

    NAME = "name"
    OTHER_NAME = "other name"
    DESCRIPTION = "description"
    TYPE = "type"
    COUNTRY = "country"
    POINT = "point"
    """Well-known text (OGC 06-103r4, section 7), longitude first."""
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    HOMEPAGE = "homepage"
    GEONAMES = "geonames"
    """The number that GeoNames gives it."""
    CODE = "code"
    FOUNDED = "founded"
    MERGED = "merged"
    """The thing that took its place."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Something that describes things of the world and gives them IRIs."""

    name: str
    """On the command line."""
    title: str
    example: str
    """An IRI."""
    pattern: re.Pattern[str]
    """Of the IRIs."""
    meant: re.Pattern[str]
    """What people write in their place; the group is the code in them."""
    mistakes: tuple[tuple[re.Pattern[str], str], ...]
    """What is wrong with it, the first that fits."""
    prefix: str
    """What an IRI begins with, before the code."""
    suffix: str = ""
    upper: bool = True
    """Whether codes are written in capitals."""
    endpoint: str = ""
    """Address of its SPARQL endpoint; "" where there is no public one."""
    service: str = ""
    """Address of its reconciliation service, likewise."""
    api: str = ""
    """Address of its MediaWiki API, likewise."""
    loose: re.Pattern[str] = re.compile(".*", re.DOTALL)
    """The form of what may be a code if it is written in small letters."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """What it says with which property, by IRI."""
    subclass: str = ""
    """IRI of the property that leads from a type to a wider one; "" where there is none."""
    code_of_country: str = ""
    """IRI of the property that leads from a country to its ISO 3166-1 code, likewise."""
    country: re.Pattern[str] | None = None
    """Of IRIs that tell a country: the group is its ISO 3166-1 code."""
    plain: bool = False
    """Whether names may be of no language."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Types of pages that describe no thing, and what they are."""

    def iri(self, code: str) -> str:
        """The IRI of a code."""
        return f"{self.prefix}{code.upper() if self.upper else code}{self.suffix}"

    def owns(self, iri: str) -> bool:
        """Whether an IRI is one of its own, in the right form."""
        return self.pattern.fullmatch(iri) is not None

    def read(self, text: str) -> str | None:
        """The IRI that a text means, in whichever form people write it; None where it means none."""
        if self.owns(text):
            return text
        found = self.meant.search(text)
        if found is None or not (found[1].isupper() or self.loose.fullmatch(found[1])):
            return None
        return self.iri(found[1]) if self.owns(self.iri(found[1])) else None

    def properties(self, *roles: Role) -> list[str]:
        """The IRIs of the properties that say this."""
        return [one for one, role in self.roles.items() if role in roles]

    def shape(self, iri: str) -> str | None:
        """What is wrong with the form of an IRI and what to write in its place; None where nothing is."""
        if self.owns(iri):
            return None
        wrong = next((told for pattern, told in self.mistakes if pattern.search(iri)), "is in another form")
        better = self.read(iri)
        return f"{wrong}: write <{better}>" if better else f"{wrong}: write it, as in <{self.example}>"


def _mistakes(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE if told != _CASE else 0), told) for pattern, told in rows)


_CASE: Final = "is in small letters"
_SECURE: Final = "begins with https, its IRIs with http"
_SCHEMA: Final = "http://schema.org/"
_WIKIDATA: Final = "http://www.wikidata.org/"
_WDT: Final = f"{_WIKIDATA}prop/direct/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_EU_ENDPOINT: Final = "https://publications.europa.eu/webapi/rdf/sparql"
_WGS: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_GEONAMES_ONTOLOGIES: Final = ("https://www.geonames.org/ontology#", "http://www.geonames.org/ontology#")
"""Dumps have the older one, the server's answers the newer."""
_CONCEPT: Final = {
    f"{_SKOS}prefLabel": Role.NAME,
    f"{_SKOS}altLabel": Role.OTHER_NAME,
    f"{_SKOS}notation": Role.CODE,
    "http://purl.org/dc/elements/1.1/identifier": Role.CODE,
    "http://purl.org/dc/terms/isReplacedBy": Role.MERGED,
}


def _table(name: str, example: str, code: str, loose: str) -> Authority:
    """An authority table of the EU's Publications Office."""
    prefix = f"{_EU}{name}/"
    return Authority(
        name=f"eu-{name}",
        title=f"the EU's table of {'countries' if name == 'country' else 'places'}",
        example=f"{prefix}{example}",
        pattern=re.compile(re.escape(prefix) + code),
        meant=re.compile(rf"europa\.eu/.*authority/{name}/([a-z0-9_]+)", re.IGNORECASE),
        mistakes=_mistakes(
            (r"^https:", _SECURE),
            (r"//op\.europa\.eu", "is the address of a page"),
            (r"/$", "ends with a slash"),
            (r"/country/[a-z]{4,}$", "is no code of three letters"),
            (r"/[^/]*[a-z][^/]*$", _CASE),
        ),
        prefix=prefix,
        endpoint=_EU_ENDPOINT,
        loose=re.compile(loose, re.IGNORECASE),
        roles=_CONCEPT,
        country=re.compile(re.escape(prefix) + "([A-Z]{3})_"),
    )


WIKIDATA: Final = Authority(
    name="wikidata",
    title="Wikidata",
    example=f"{_WIKIDATA}entity/Q42",
    pattern=re.compile(re.escape(f"{_WIKIDATA}entity/") + r"Q[1-9][0-9]*"),
    meant=re.compile(
        r"wikidata\.org/(?:entity|wiki(?:/special:entitydata)?)/(q[1-9][0-9]*)(?:[./?#].*)?$", re.IGNORECASE
    ),
    mistakes=_mistakes(
        (r"/wiki/", "is the address of a page"),
        (r"/entity/[pl][0-9]", "is a property or a lexeme, no item"),
        (r"^https:", _SECURE),
        (r"//(?:m\.)?wikidata\.org", "lacks the www"),
        (r"/q[0-9]+", _CASE),
        (r"/Q[0-9]+[^0-9].*$", "has something behind the item"),
    ),
    prefix=f"{_WIKIDATA}entity/",
    endpoint="https://query.wikidata.org/sparql",
    service="https://wikidata.reconci.link/en/api",
    api="https://www.wikidata.org/w/api.php",
    roles={
        "http://www.w3.org/2000/01/rdf-schema#label": Role.NAME,
        f"{_SKOS}altLabel": Role.OTHER_NAME,
        f"{_SCHEMA}description": Role.DESCRIPTION,
        f"{_WDT}P31": Role.TYPE,
        f"{_WDT}P17": Role.COUNTRY,
        f"{_WDT}P625": Role.POINT,
        f"{_WDT}P856": Role.HOMEPAGE,
        f"{_WDT}P1566": Role.GEONAMES,
        f"{_WDT}P297": Role.CODE,
        f"{_WDT}P298": Role.CODE,
        f"{_WDT}P300": Role.CODE,
        f"{_WDT}P571": Role.FOUNDED,
        "http://www.w3.org/2002/07/owl#sameAs": Role.MERGED,
    },
    subclass=f"{_WDT}P279",
    code_of_country=f"{_WDT}P297",
    left_out={
        f"{_WIKIDATA}entity/Q4167410": "disambiguation pages",
        f"{_WIKIDATA}entity/Q4167836": "categories",
        f"{_WIKIDATA}entity/Q11266439": "templates",
        f"{_WIKIDATA}entity/Q13406463": "lists",
    },
)
GEONAMES: Final = Authority(
    name="geonames",
    title="GeoNames",
    example="https://sws.geonames.org/2988507/",
    pattern=re.compile(r"https://sws\.geonames\.org/[1-9][0-9]*/"),
    meant=re.compile(r"geonames\.org/([1-9][0-9]*)\b", re.IGNORECASE),
    mistakes=_mistakes(
        (r"about\.rdf", "is the address of a document"),
        (r"//(?:www\.)?geonames\.org", "is the address of a page"),
        (r"^http:", "begins with http, its IRIs with https"),
        (r"[0-9]$", "lacks the slash at the end"),
    ),
    prefix="https://sws.geonames.org/",
    suffix="/",
    upper=False,
    plain=True,
    roles={
        **{f"{one}name": Role.NAME for one in _GEONAMES_ONTOLOGIES},
        **{f"{one}officialName": Role.NAME for one in _GEONAMES_ONTOLOGIES},
        **{f"{one}alternateName": Role.OTHER_NAME for one in _GEONAMES_ONTOLOGIES},
        **{f"{one}shortName": Role.OTHER_NAME for one in _GEONAMES_ONTOLOGIES},
        **{f"{one}featureCode": Role.TYPE for one in _GEONAMES_ONTOLOGIES},
        **{f"{one}countryCode": Role.COUNTRY for one in _GEONAMES_ONTOLOGIES},
        f"{_WGS}lat": Role.LATITUDE,
        f"{_WGS}long": Role.LONGITUDE,
    },
)
AUTHORITIES: Final = {
    one.name: one
    for one in (
        WIKIDATA,
        GEONAMES,
        _table("country", "FRA", r"[A-Z0-9]+(?:_[A-Z0-9]+)*", r"[A-Z]{3}"),
        _table("place", "FRA_PAR", r"[A-Z]{3}_[A-Z0-9]+", r"[A-Z]{3}_[A-Z0-9]{3}"),
    )
}
"""By their names on the command line."""


def authority(name: str) -> Authority:
    """The authority of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in AUTHORITIES:
        raise UsageError(f"there is no authority {name!r}. Name one of {', '.join(AUTHORITIES)}.")
    return AUTHORITIES[name]


def authority_of(iri: str) -> Authority | None:
    """Whose an IRI is, or is meant to be; None where it is of nobody known."""
    known = AUTHORITIES.values()
    return next((one for one in known if one.owns(iri)), None) or next((one for one in known if _aims(one, iri)), None)


def _aims(one: Authority, iri: str) -> bool:
    """Whether an IRI is about an authority: in a form that people use, or under its prefix, whatever the scheme."""
    bare = iri.partition("://")[2].lower()
    return bool(one.meant.search(iri)) or bare.startswith(one.prefix.partition("://")[2].lower())


def shape(iri: str) -> str | None:
    """What is wrong with the form of a link to an authority, and the remedy; None where nothing is, or it is of nobody.

    Returns:
        The end of a sentence that begins with the IRI: "is the address of a page: write <…>".
    """
    found = authority_of(iri)
    return None if found is None else found.shape(iri)
