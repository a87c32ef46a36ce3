"""The claims of a thing one by one: each with an address of its own, its words, who disagrees, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.citation import Cited, Piece, in_bibtex, in_pieces
from mreze.serve.exchange import PARAMETER
from mreze.serve.facts import Fact, Line, Said, named
from mreze.serve.fields import Fields
from mreze.serve.pages import Reader, interface_text, shortened
from mreze.serve.service import Service
from mreze.serve.store import Store
from mreze.serve.view import Quote, Row, Value, Viewer

_DATES: Final = frozenset(term(one) for one in ("xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"))
_LONGEST: Final = 120
"""Characters of the name that a claim is cited by."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What others say instead."""

    id: str
    values: tuple[Value, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source states of the thing."""

    id: str
    """Its fragment: a link to its IRI ends here."""
    iri: str
    context: tuple[Value, ...]
    """The properties that lead from the thing to what it is about."""
    property: Value
    values: tuple[Value, ...]
    followed: bool
    """Whether the data say the same."""
    said: Said
    rivals: tuple[Rival, ...]

    def in_words(self, subject: str) -> str:
        """The statement as a line of text."""
        path = " – ".join(one.text for one in (*self.context, self.property))
        return f"{subject} – {path}: {', '.join(one.text for one in self.values)}"


@dataclass(frozen=True, slots=True)
class Citing:
    """How to cite a claim."""

    words: tuple[Piece, ...]
    bibtex: str


def claims_of(facts: Iterable[Fact]) -> list[Claim]:
    """The claims that facts rest on and those that disagree, in the order of the facts."""
    return [_claim(fact, line, said) for fact in facts for line in fact.lines for said in line.said]


def _claim(fact: Fact, line: Line, said: Said) -> Claim:
    rivals = tuple(
        Rival(one.fragment, _values(other, one), one.quotes)
        for other in fact.lines
        if _disagree(line, other)
        for one in other.said
    )
    values = _values(line, said)
    return Claim(said.fragment, said.iri, fact.context, fact.name, values, not line.rival, said, rivals)


def _values(line: Line, said: Said) -> tuple[Value, ...]:
    return said.values or line.values


def _disagree(one: Line, other: Line) -> bool:
    """Several values that the data follow are no rivals of each other; all else is, where the values differ."""
    texts = [value.text for value in one.values], [value.text for value in other.values]
    return (one.rival or other.rival) and one is not other and texts[0] != texts[1]


def cite_claims(service: Service, reader: Reader, claims: Iterable[Claim], cited: Cited) -> dict[str, Citing]:
    """How to cite each claim, by its IRI.

    Args:
        service: what answers the query that is cited.
        reader: for whom.
        claims: what is cited.
        cited: how the whole thing is.
    """
    found = {}
    for one in claims:
        words = shortened(one.in_words(cited.name), _LONGEST)
        of_it = replace(cited, name=words, name_language=None, iri=one.iri, query=_query(service, reader, one))
        found[one.iri] = Citing(in_pieces(of_it), in_bibtex(of_it))
    return found


def _query(service: Service, reader: Reader, claim: Claim) -> str:
    if not service.pages.live:
        return ""
    asked = urlencode({"query": f"DESCRIBE <{claim.iri}>", PARAMETER: service.release.name})
    return interface_text(reader, "Query: {address}", address=f"{reader.request.location}sparql?{asked}")


def source_dates(
    store: Store, viewer: Viewer, fields: Fields, claims: Iterable[Claim]
) -> Mapping[str, tuple[Row, ...]]:
    """The dates of sources, such as when they were read: since when a claim is known to stand there.

    Args:
        store: where the sources are described.
        viewer: says dates; learns the names of properties.
        fields: what the shapes call properties.
        claims: whose sources they are.
    """
    quotes = (quote for one in claims for quote in one.said.quotes)
    sources = sorted({quote.source.title for quote in quotes if quote.source.title})
    return {one: tuple(_dates(store, viewer, fields, one)) for one in sources}


def _dates(store: Store, viewer: Viewer, fields: Fields, source: str) -> Iterator[Row]:
    said = sorted(store.outgoing([NamedNode(source)]), key=str)
    kinds = [one.object.value for one in said if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)]
    dated = [(one.predicate, one.object) for one in said if isinstance(one.object, Literal)]
    dated = [(predicate, literal) for predicate, literal in dated if literal.datatype in _DATES]
    viewer.learn(store.labels(predicate for predicate, _ in dated))
    known = fields.of(kinds)
    for predicate, literal in dated:
        yield Row(named(viewer, predicate, known.get(predicate.value)), (viewer.value(source, literal),))
