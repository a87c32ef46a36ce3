"""What the concepts are called that catalogues refer to: the authority tables of the EU, and media types.

Readers do not look concepts up: what a catalogue does not tell of a theme or a licence, a portal does not show. The
tables are package data, `mreze/authorities/<table>.tsv`; languages and countries are named by the CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import babel
from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import SKOS_PREF_LABEL, term
from mreze.texts import Text, pick
from mreze.transliteration import to_latin

_EU: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
FILE_TYPES: Final = _EU + "file-type/"
_TABLES: Final = {
    **{f"{_EU}{name}/": name for name in ("access-right", "country", "data-theme", "file-type", "frequency")},
    **{f"{_EU}{name}/": name for name in ("language", "licence")},
    "http://data.europa.eu/bna/": "hvd-category",
}
_SCHEMES: Final[dict[str, Text]] = {
    _EU + "data-theme": {"en": "Data theme", "sr-cyrl": "Тема података", "sr-latn": "Tema podataka"},
}
"""Concept schemes as a whole."""
_STANDARDS: Final = {
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1": "DCAT-AP 3.0.1",
    "https://w3id.org/ldes/specification": "Linked Data Event Streams",
    "https://www.w3.org/TR/sparql11-protocol/": "SPARQL 1.1 Protocol",
    "http://data.europa.eu/eli/reg_impl/2023/138/oj": "Commission Implementing Regulation (EU) 2023/138",
}
"""Standards and laws that the build itself names."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What a table tells of one concept."""

    labels: Text
    address: str = ""
    """Where a licence can be read."""
    family: str = ""
    """What open data portals list a licence as, whatever its version."""
    note: Text | None = None
    """What the name must not be written without."""


def describe(iri: str, languages: Sequence[str]) -> Iterator[Triple]:
    """What the catalogue says of a concept, in the site's languages; nothing if no table has it.

    It is labelled with skos:prefLabel, never rdfs:label: CKAN would put the label in the place of the IRI.

    Args:
        iri: of the concept.
        languages: of the site, as tags.
    """
    found = _find(iri, tuple(languages))
    if found is None:
        return
    subject = NamedNode(iri)
    yield from _texts(subject, SKOS_PREF_LABEL, found.labels, languages)
    if iri in _SCHEMES:
        yield from _texts(subject, term("dct:title"), found.labels, languages)
    if found.address:
        yield Triple(subject, term("skos:exactMatch"), NamedNode(found.address))
    if found.family:
        yield Triple(subject, term("dct:title"), Literal(found.family, language="en"))
    if found.note:
        yield from _texts(subject, term("skos:note"), found.note, languages)


def is_known(iri: str) -> bool:
    """Whether a table has the concept."""
    return _find(iri, ("en",)) is not None


def _find(iri: str, languages: tuple[str, ...]) -> Concept | None:
    if iri.startswith(MEDIA_TYPES):
        return Concept({"en": iri.removeprefix(MEDIA_TYPES)})
    if iri in _SCHEMES:
        return Concept(_SCHEMES[iri])
    if iri in _STANDARDS:
        return Concept({"en": _STANDARDS[iri]})
    space, _, code = iri.rpartition("/")
    table = _TABLES.get(space + "/")
    row = _rows(table).get(code) if table else None
    if table is None or row is None:
        return None
    if table in {"language", "country"}:
        return _named_by_cldr(table, row, languages)
    if table == "licence":
        return Concept({"en": row[0]}, address=row[1], family=row[2])
    return Concept(_in_scripts(*row))


def _named_by_cldr(table: str, row: Sequence[str], languages: Iterable[str]) -> Concept:
    star = "*" if row[1:] else ""
    labels = {}
    for tag in {*languages, "en"}:
        locale = _locale(tag)
        names = {} if locale is None else locale.languages if table == "language" else locale.territories
        if row[0] in names:
            labels[tag] = names[row[0]] + star
    return Concept(labels, note=_in_scripts(*row[1:]) if star else None)


def _in_scripts(english: str, serbian: str = "") -> Text:
    if not serbian:
        return {"en": english}
    return {"en": english, "sr-cyrl": serbian, "sr-latn": to_latin(serbian)}


def _texts(subject: NamedNode, predicate: NamedNode, texts: Text, languages: Sequence[str]) -> Iterator[Triple]:
    tags = [tag for tag in languages if tag in texts]
    for tag in tags or ["en"]:
        yield Triple(subject, predicate, Literal(pick(texts, tag), language=tag))


@cache
def _locale(tag: str) -> babel.Locale | None:
    try:
        return babel.Locale.parse(tag, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return None


@cache
def _rows(table: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table by code; lines that begin with # are comments."""
    content = (resources.files("mreze") / "authorities" / f"{table}.tsv").read_text("utf-8")
    rows = [tuple(line.split("\t")) for line in content.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}
