"""IRIs of things here and elsewhere, whole, however a person writes them; and whose they are."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

WIKIDATA: Final = "wikidata"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_WRITTEN: Final = (
    (re.compile(r"(?:wd:|wikidata:)?[Qq]([1-9][0-9]*)"), "http://www.wikidata.org/entity/Q{}"),
    (
        re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/[Qq]([1-9][0-9]*)/?"),
        "http://www.wikidata.org/entity/Q{}",
    ),
    (
        re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/([1-9][0-9]*)(?:/[^?#]*)?"),
        "https://sws.geonames.org/{}/",
    ),
    (re.compile(r"https?://publications\.europa\.eu/resource/authority/([a-z-]+/\w+)/?"), _EU + "{}"),
)
"""What authorities' IRIs are written like, and what they are."""
AUTHORITIES: Final = (
    (WIKIDATA, re.compile(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*")),
    ("geonames", re.compile(r"https://sws\.geonames\.org/[1-9][0-9]*/")),
    ("eu-country", re.compile(re.escape(_EU) + r"country/\w+")),
    ("eu-place", re.compile(re.escape(_EU) + r"place/\w+")),
)
"""The authorities that mreze knows, and the whole of their IRIs."""
_HOSTS: Final = ("wikidata.org", "geonames.org", "publications.europa.eu")


def authority(iri: str) -> str:
    """Whose an IRI is: one of `AUTHORITIES`, else its host."""
    return next((name for name, pattern in AUTHORITIES if pattern.fullmatch(iri)), "") or urlsplit(iri).netloc


def candidate_iri(written: str) -> str:
    """The IRI of something elsewhere: Q42, a page of Wikidata and the like are made whole.

    Raises:
        ValueError: it is no IRI, or none that its authority has.
    """
    for pattern, whole in _WRITTEN:
        if found := pattern.fullmatch(written):
            return whole.format(found[1])
    iri = _whole(written)
    host = urlsplit(iri).netloc.casefold()
    if any(host == one or host.endswith("." + one) for one in _HOSTS):
        raise ValueError(written)
    return iri


def thing_iri(written: str, base: str) -> str:
    """The IRI of a thing of the site, which may be written as an id: organizations/ecad.

    Raises:
        ValueError: it is neither.
    """
    if "://" in written:
        return _whole(written)
    name = written.removeprefix("/").removeprefix("id/")
    if not re.fullmatch(r"[^\s/:#]+(?:/[^\s/:#]+)+", name):
        raise ValueError(written)
    return _whole(f"{base}id/{quote(name, safe='/%')}")


def _whole(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(written)
    return NamedNode(written).value
