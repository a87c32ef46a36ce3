"""How to cite what a page shows: in words and in BibTeX, with the release that it is of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.serve.view import LABELS
from mreze.texts import Text, pick

T = TypeVar("T")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{one: "\\" + one for one in "{}%$&#_"},
}
_KEY: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes a site, and under which licences."""

    publishers: tuple[Text, ...]
    licences: Mapping[str, tuple[str, ...]]
    """The IRIs of licences by that of the dataset, or of the catalogue."""
    labels: Mapping[str, tuple[Triple, ...]]
    """What datasets, licences, languages and the like are called there, by IRI."""

    def labels_of(self, iris: Iterable[str]) -> Iterator[Triple]:
        """What some of these are called."""
        for one in iris:
            yield from self.labels.get(one, ())


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited, in the language of the page."""

    name: str
    site: str
    publisher: str
    release: str
    """Begins with its date."""
    iri: str
    licence: str = ""
    name_language: str | None = None
    """Tag of the name, where it is known."""
    licence_language: str | None = None
    query: str = ""
    """What gives the same from this release: a word and the address of a query; empty where nothing answers any."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a citation."""

    text: str
    isolated: bool = False
    """Whether it was written by others: what turns the direction of writing in it ends with it."""
    language: str | None = None


def read_imprint(catalogue: Iterable[Triple], iri: str) -> Imprint:
    """What a catalogue says of its publisher and of licences.

    Args:
        catalogue: its triples.
        iri: its IRI.
    """
    triples = sorted(catalogue, key=str)
    names: defaultdict[object, Text] = defaultdict(dict)
    licences: defaultdict[str, list[str]] = defaultdict(list)
    publishers = []
    for one in triples:
        if one.predicate == term("foaf:name") and isinstance(one.object, Literal):
            names[one.subject][one.object.language or ""] = one.object.value
        if one.predicate == term("dct:publisher") and one.subject == NamedNode(iri):
            publishers.append(one.object)
        if one.predicate == term("dct:license") and isinstance(one.object, NamedNode):
            licences[str(getattr(one.subject, "value", ""))].append(one.object.value)
    found = tuple(names[one] for one in publishers if names[one])
    labels: defaultdict[str, list[Triple]] = defaultdict(list)
    for one in triples:
        if one.predicate in LABELS and isinstance(one.subject, NamedNode):
            labels[one.subject.value].append(one)
    return Imprint(found, _frozen(licences), _frozen(labels))


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {name: tuple(several) for name, several in lists.items()}


def in_pieces(cited: Cited) -> tuple[Piece, ...]:
    """Author (year). Title. Where it stands, release. Address. Licence. Query."""
    author = (Piece(cited.publisher, True), Piece(f" ({cited.release[:4]}). ")) if cited.publisher else ()
    licence = (Piece(" "), Piece(cited.licence, True, cited.licence_language), Piece(".")) if cited.licence else ()
    query = (Piece(" "), Piece(cited.query, True)) if cited.query else ()
    return (
        *author,
        Piece(cited.name, True, cited.name_language),
        Piece(". "),
        Piece(cited.site, True),
        Piece(f", {cited.release}. "),
        Piece(cited.iri, True),
        Piece("."),
        *licence,
        *query,
    )


def in_bibtex(cited: Cited) -> str:
    """An entry of the kind @misc; version and year are those of the release, the address is the persistent one."""
    fields = {
        "title": f"{{{_escaped(cited.name)}}}",
        "author": f"{{{_escaped(cited.publisher)}}}" if cited.publisher else "",
        "year": cited.release[:4],
        "howpublished": _escaped(cited.site),
        "version": _escaped(cited.release),
        "url": cited.iri.replace("{", "%7B").replace("}", "%7D"),
        "note": _escaped(", ".join(one for one in (f"Release {cited.release}", cited.licence, cited.query) if one)),
    }
    last = "-".join(one for one in _KEY.split(cited.iri)[-2:] if one) or "site"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{last}-{cited.release},\n{lines}}}"


def publisher(imprint: Imprint, language: str) -> str:
    """The publishers in a language, or the nearest that there is."""
    return "; ".join(pick(one, language) for one in imprint.publishers)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(one, one) for one in text)
