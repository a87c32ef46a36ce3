"""The vocabulary as a page: contents, a diagram, and an entry for each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.formats import Format
from mreze.namespaces import RDF_TYPE, term
from mreze.quality import read_quality
from mreze.release import Release
from mreze.serve.exchange import Response
from mreze.serve.pages import Reader, interface_text
from mreze.serve.schema.counting import Counting, Use
from mreze.serve.schema.demands import Shape, paths_of, read_shapes
from mreze.serve.schema.drawing import HEAD, LINE, WIDTH, draw
from mreze.serve.schema.nodes import MOST, nodes_of, short_name
from mreze.serve.schema.said import Said
from mreze.serve.schema.telling import Teller, Told, spoken
from mreze.serve.schema.vocabulary import Relation, read_relations, read_terms
from mreze.serve.service import Service
from mreze.serve.store import Store
from mreze.serve.usage import DATATYPES, count_terms
from mreze.serve.view import DEEPEST, Part, Row, Value, Viewer

_MOST: Final = 10_000
"""So many statements that lead to a value are counted."""
_LOOKED_AT: Final = 1_000
_OF_TERMS: Final = (term("rdfs:isDefinedBy"), term("sh:path"), term("sh:property"))
_COUNTED: Final = {"Classes": "classes", "Properties": "properties", "Datatypes": "datatypes"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term."""

    name: Value
    short: str
    definition: Value | None
    examples: tuple[Value, ...]
    status: Value | None
    retired: bool
    use: Use
    rows: tuple[Row, ...]
    demands: tuple[Told, ...]
    part: Part
    """All that the vocabulary says of it."""


@dataclass(frozen=True, slots=True)
class _Author:
    """What entries are made of."""

    release: Release
    reader: Reader
    said: Said
    shaped: Said
    shapes: tuple[Shape, ...]
    relations: tuple[Relation, ...]
    viewer: Viewer
    teller: Teller
    counting: Counting
    things: Mapping[NamedNode, NamedNode]
    """By term something of which it is used."""

    def entry(self, heading: str, one: NamedNode) -> Entry:
        """The entry of a term."""
        said, viewer = self.said, self.viewer
        return Entry(
            name=viewer.link(one.value),
            short=short_name(one.value, self.release.prefixes),
            definition=spoken(said.texts(one, "skos:definition") or said.texts(one, "rdfs:comment"), viewer.language),
            examples=tuple(self._examples(one)),
            status=next((viewer.value("", status) for status in said.values(one, "vs:term_status")), None),
            retired=said.first(one, "owl:deprecated") in {"true", "1"},
            use=self.counting.use(_COUNTED.get(heading, "values"), one.value),
            rows=tuple(row for row in self._rows(one) if row.values),
            demands=tuple(self._demands(one)),
            part=viewer.part(one.value, DEEPEST),
        )

    def _examples(self, one: NamedNode) -> Iterator[Value]:
        texts = self.said.texts(one, "skos:example")
        if example := spoken(texts, self.viewer.language):
            yield example
        yield from (self.viewer.link(each.value) for each in self.said.iris(one, "skos:example"))

    def _rows(self, one: NamedNode) -> Iterator[Row]:
        said = self.said
        above = said.iris(one, "rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader")
        below = [each for name in ("rdfs:subClassOf", "rdfs:subPropertyOf") for each in said.subjects(name, one)]
        relation = next((each for each in self.relations if each.property == one), None)
        yield self._row(interface_text(self.reader, "class"), self._kinds(one))
        yield self._row(interface_text(self.reader, "kind of"), above)
        yield self._row(interface_text(self.reader, "kinds of it"), below)
        if relation is not None:
            yield self._row(interface_text(self.reader, "used of"), relation.subjects)
            yield self._row(interface_text(self.reader, "values"), relation.objects)
        having = [each.property for each in self.relations if one in each.subjects]
        leading = [each.property for each in self.relations if one in each.objects]
        yield self._row(interface_text(self.reader, "its properties"), having)
        yield self._row(interface_text(self.reader, "value of"), leading)
        yield self._row(interface_text(self.reader, "its values"), said.subjects("rdf:type", one))
        yield self._row(interface_text(self.reader, "for example"), [self.things[one]] if one in self.things else [])

    def _kinds(self, one: NamedNode) -> list[NamedNode]:
        """The classes of a value; those of classes and properties go without saying."""
        return [each for each in self.said.iris(one, "rdf:type") if each in self.said]

    def _row(self, name: str, iris: Iterable[NamedNode]) -> Row:
        return Row(Value(name), tuple(self.viewer.link(one.value) for one in iris))

    def _demands(self, one: NamedNode) -> Iterator[Told]:
        for shape in self.shapes:
            whole = any(kind == "sh:targetClass" and node == one for kind, node in shape.targets)
            for demand in shape.demands:
                if whole or (demand.path is not None and one in paths_of(self.shaped, demand.path)):
                    told = self.teller.tell(demand, self.teller.name(shape))
                    if not told.empty:
                        yield told


def vocabulary_page(
    service: Service, reader: Reader, triples: set[Triple], alternates: Iterable[tuple[Format, str]]
) -> Response:
    """Render it.

    Args:
        service: whose page it is.
        reader: for whom.
        triples: the graph of the vocabulary.
        alternates: the same in other syntaxes.
    """
    shaped = service.store.graph(service.release.base + "shapes")
    said, ontology = Said(triples), NamedNode(service.release.ontology)
    terms = read_terms(said, ontology)
    author = _author(service, reader, triples, shaped, terms)
    entries = {heading: [author.entry(heading, one) for one in found] for heading, found in terms.items()}
    for several in entries.values():
        several.sort(key=lambda one: one.name.text.casefold())
    nodes = nodes_of(said, terms, author.relations, author.viewer, reader, service.release.prefixes)
    return service.pages.page(
        "ontology.html",
        reader,
        alternates=list(alternates),
        title=author.viewer.label(ontology.value),
        description=spoken(said.texts(ontology, "dct:description"), reader.language),
        entries=entries,
        drawing=draw(nodes) if nodes else None,
        cut=len(nodes) >= MOST,
        width=f"{WIDTH:g}",
        head=f"{HEAD:g}",
        height=f"{LINE:g}",
        about=replace(author.viewer.part(ontology.value, DEEPEST), id=""),
    )


def _author(
    service: Service, reader: Reader, triples: set[Triple], shaped: set[Triple], terms: dict[str, list[NamedNode]]
) -> _Author:
    said, demands = Said(triples), Said(shaped)
    shapes = read_shapes(demands)
    mentioned = {one.object for one in triples | shaped if isinstance(one.object, NamedNode)}
    mentioned |= {one.predicate for one in triples}
    viewer = Viewer(
        triples,
        service.store.labels(mentioned) | {one for one in shaped if one.predicate.value.endswith("#label")},
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )
    things = {one: found for each in terms.values() for one in each if (found := _thing(service.store, one, said))}
    viewer.learn(service.store.labels(things.values()))
    quality = read_quality(service.release)
    relations = read_relations(said, terms.get("Properties", []), shapes, demands)
    counts = count_terms(service.store, service.release.base)
    counts |= count_terms(service.store, service.release.base, DATATYPES)
    others = {one for heading, found in terms.items() if heading not in _COUNTED for one in found}
    counts["values"] = {one: _count(service.store, one) for one in others}
    return _Author(
        release=service.release,
        reader=reader,
        said=said,
        shaped=demands,
        shapes=shapes,
        relations=tuple(relations),
        viewer=viewer,
        teller=Teller(demands, viewer, reader, quality.checked.findings if quality else {}),
        counting=Counting(reader, counts),
        things=things,
    )


def _thing(store: Store, one: NamedNode, said: Said) -> NamedNode | None:
    """Something that is of a class, has a property or has a value: the first of a thousand, no part if possible."""
    ways = (None, RDF_TYPE, one), (None, one, None), (None, None, one)
    for way in ways:
        found = {each.subject for each in store.fitting(way, _LOOKED_AT)}
        named = [
            each for each in found if isinstance(each, NamedNode) and each not in said and not _is_term(store, each)
        ]
        if named:
            return min(named, key=lambda each: ("#" in each.value, each.value))
    return None


def _is_term(store: Store, one: NamedNode) -> bool:
    """Whether it belongs to a vocabulary or to shapes."""
    return any(store.holds((one, predicate, None), "") for predicate in _OF_TERMS)


def _count(store: Store, one: NamedNode) -> int:
    return len(store.fitting((None, None, one), _MOST))
