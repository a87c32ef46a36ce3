"""IRIs of things here and elsewhere, whole, however a person writes them; and whose they are."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from mreze.gather.authorities import AUTHORITIES, WIKIDATA, authority_of

_ITEM: Final = re.compile(r"(?:wd:|wikidata:)?([Qq][1-9][0-9]*)")
_ALONE: Final = re.compile(r"https?://(?:[^/]*\.)?(?:wikidata|geonames)\.org(?:[:/]|$)", re.IGNORECASE)
"""Where nothing but items and features is the same as a thing."""
_ID: Final = re.compile(r"[^\s/:#]+(?:/[^\s/:#]+)+")


def owner(iri: str) -> str:
    """Whose an IRI is: the name of the authority, else its host."""
    return next((one.name for one in AUTHORITIES.values() if one.owns(iri)), "") or urlsplit(iri).netloc


def candidate_iri(written: str) -> str:
    """The IRI of something elsewhere: Q42, the address of a page of Wikidata and the like are made whole.

    Raises:
        ValueError: it is no IRI, or none that its authority has.
    """
    if found := _ITEM.fullmatch(written):
        return WIKIDATA.iri(found[1])
    iri = _whole(written)
    known = authority_of(iri)
    whole = iri if known is None else known.read(iri)
    if whole is None or (known is None and _ALONE.match(iri)):
        raise ValueError(written)
    return whole


def thing_iri(written: str, base: str) -> str:
    """The IRI of a thing of the site, which may be written as an id: organizations/ecad.

    Raises:
        ValueError: it is neither.
    """
    if "://" in written:
        return _whole(written)
    name = written.removeprefix("/").removeprefix("id/")
    if not _ID.fullmatch(name):
        raise ValueError(written)
    return _whole(f"{base}id/{quote(name, safe='/%')}")


def _whole(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(written)
    return NamedNode(written).value
