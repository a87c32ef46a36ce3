"""What was found as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.matching.model import Kind
from mreze.namespaces import term
from mreze.serve.pages import Reader
from mreze.serve.reconcile.ids import space, to_id
from mreze.serve.search.finding import Hit
from mreze.serve.search.naming import Namer
from mreze.serve.service import Service
from mreze.serve.view import Row, Value, Viewer

_DESCRIBING: Final = tuple(
    term(one) for one in ("dct:description", "schema:description", "org:purpose", "skos:definition", "rdfs:comment")
)
"""What tells what a thing is, the best first."""
_LONGEST: Final = 200
"""Characters of a description."""
_FACTS: Final = 3
"""So many facts are told, with so many values of each: they tell things of one name apart."""
_SOURCES: Final = frozenset({term(one).value for one in ("dct:source", "dct:isReplacedBy", "rdfs:seeAlso")})
"""What leads to other things that say nothing of what this one is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing that was found."""

    name: Value
    id: str
    kinds: tuple[str, ...]
    also: Value | None
    """The name that fits, where that is another one."""
    is_former: bool
    """Whether that is what the thing was called once."""
    description: Value | None
    facts: tuple[Row, ...]


class Shower:
    """Shows things to one reader."""

    def __init__(self, service: Service, reader: Reader, namer: Namer, hits: Sequence[Hit]) -> None:
        """Prepare.

        Args:
            service: where the things are described.
            reader: who reads.
            namer: says what they and their classes are called.
            hits: what is to be shown.
        """
        self._reader, self._namer = reader, namer
        self._base = service.release.base
        nodes = [NamedNode(one.entry.iri) for one in hits]
        self._triples = service.store.outgoing(nodes)
        mentioned = [part for one in self._triples for part in (one.predicate, one.object)]
        labels = service.store.labels({*nodes, *(one for one in mentioned if isinstance(one, NamedNode))})
        self._viewer = Viewer(
            self._triples,
            labels,
            base=self._base,
            language=reader.language,
            root=reader.request.root,
            query=reader.query,
        )

    def show(self, hit: Hit) -> Shown:
        """A thing as a result."""
        name = self._namer.name(hit.entry)
        label = hit.label
        also = label if label is not None and self._namer.spelling(hit.entry, label) != name else None
        return Shown(
            Value(name.text, self._viewer.link(hit.entry.iri).href, name.language, self._foreign(name.language)),
            to_id(hit.entry.iri, self._base),
            tuple(self._namer.words(hit.entry)),
            None if also is None else Value(also.text, None, also.language, self._foreign(also.language)),
            also is not None and also.kind is Kind.FORMER,
            self._description(hit.entry.iri),
            tuple(self._facts(hit.entry.iri)),
        )

    def _description(self, iri: str) -> Value | None:
        found = describe(self._triples, iri, self._reader.language)
        return None if found is None else Value(found.value, None, found.language, self._foreign(found.language))

    def _facts(self, iri: str) -> list[Row]:
        """What it has to do with other things, in the order of its page."""
        facts: dict[str, Row] = {}
        for row in self._viewer.part(iri).rows:
            values = [one for one in row.values if self._is_thing(one.title or "")]
            if values and row.name.title not in _SOURCES:  # two properties of one name say the same
                facts.setdefault(row.name.text, Row(Value(row.name.text), tuple(values[:_FACTS])))
        return list(facts.values())[:_FACTS]

    def _is_thing(self, iri: str) -> bool:
        return iri.startswith(space(self._base)) and "#" not in iri

    def _foreign(self, language: str | None) -> str | None:
        return language if language and language != self._reader.language else None


def describe(triples: Iterable[Triple], iri: str, language: str) -> Literal | None:
    """What a thing is, in a language; None where nobody says so in it."""
    said = {
        one.predicate: one.object
        for one in triples
        if isinstance(one.subject, NamedNode)
        and one.subject.value == iri
        and isinstance(one.object, Literal)
        and one.object.language == language
        and one.predicate in _DESCRIBING
    }
    found = next((said[one] for one in _DESCRIBING if one in said), None)
    if found is None or len(found.value) <= _LONGEST:
        return found
    cut = found.value[:_LONGEST].rpartition(" ")[0] or found.value[:_LONGEST]
    return Literal(f"{cut} …", language=language)
