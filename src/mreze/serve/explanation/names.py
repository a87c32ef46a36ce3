"""The names in a query that the release does not have, or not where they are asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.serve.explanation.known import Known, split
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.places import DEFAULT, Graphs, Outline, elements
from mreze.serve.explanation.terms import Term
from mreze.serve.store import Fitting, Store
from mreze.texts import Text, text

Place = Literal["class", "graph", "iri", "property"]
SAYS: Final[dict[Place, str]] = {
    "class": "Nothing in this release is of the class <{name}>.",
    "property": "No statement of this release has the property <{name}>.",
    "graph": "This release has no graph <{name}>.",
    "iri": "<{name}> stands nowhere in this release.",
}
_NARROWER: Final[dict[Place, str]] = {"class": "rdfs:subClassOf", "property": "rdfs:subPropertyOf"}
_LISTED: Final = 5
_NEAR: Final = 0.85


@dataclass(frozen=True, slots=True)
class Use:
    """A name and what a query takes it for."""

    term: Term
    place: Place
    graphs: Graphs
    required: bool

    @property
    def name(self) -> str:
        """The IRI."""
        return self.term.iri or ""


def uses(outline: Outline) -> Iterator[Use]:
    """Every name of a query, those of patterns first."""
    places: dict[str, tuple[Place, Graphs]] = {}
    for placed in outline.patterns:
        pattern = placed.pattern
        for one in pattern.path or (pattern.verb,):
            yield Use(one, "property", placed.graphs, placed.required)
        last = (pattern.path or (pattern.verb,))[-1]
        is_class = last.iri in {RDF_TYPE.value, term("rdfs:subClassOf").value}
        yield Use(pattern.subject, "iri", placed.graphs, placed.required)
        yield Use(pattern.object, "class" if is_class else "iri", placed.graphs, placed.required)
        places.setdefault(pattern.verb.variable or "", ("property", placed.graphs))
        if is_class:
            places.setdefault(pattern.object.variable or "", ("class", placed.graphs))
    for one in outline.graphs:
        yield Use(one, "graph", (), True)
        places.setdefault(one.variable or "", ("graph", ()))
    for element in elements(outline.query, "values", "filter", "bind"):
        required = element.is_strict and element in outline.query.where.elements
        variables = set(element.variables) | {one.variable for one in element.terms if one.variable}
        place, graphs = places.get(variables.pop(), ("iri", ())) if len(variables) == 1 else ("iri", ())
        yield from (Use(one, place, graphs, required) for one in element.terms)
    yield from (Use(one, "iri", (), True) for one in outline.query.resources)


def check_names(outline: Outline, known: Known, store: Store) -> Iterator[Missing]:
    """Tell which names are not there, each once."""
    named = [*outline.clause.default, *outline.clause.named, *(one.iri for one in outline.graphs if one.iri)]
    absent = {name for name in named if not store.holds((None, None, None), name)}
    for name in sorted(absent):
        yield Missing(name, "graph", text(SAYS["graph"], name=name), similar_graph(name, known))
    told: set[tuple[str, str]] = {("graph", name) for name in named}
    for use in uses(outline):
        if not use.name or use.name.startswith(PREFIXES["xsd"]) or (use.place, use.name) in told:
            continue
        if use.graphs and absent.issuperset(use.graphs):
            continue  # that the graph is not there tells enough
        told.add((use.place, use.name))
        yield from _check(use, known, store, told)


def _check(use: Use, known: Known, store: Store, told: set[tuple[str, str]]) -> Iterator[Missing]:
    if any(_is_used(use, store, graph) for graph in use.graphs or (None,)):
        return
    elsewhere = [one for one in known.graphs if _is_used(use, store, one)]
    if elsewhere and not _narrower(use, known, store):
        yield Missing(use.name, use.place, _elsewhere(use, elsewhere), settles=use.required)
        return
    namespace = split(use.name)[0]
    if use.place in {"class", "property"} and namespace not in known.namespaces:
        prefix = _prefix(use.term)
        meant = known.similar_namespace(namespace, prefix)
        if ("prefix", namespace) not in told:
            told.add(("prefix", namespace))
            message = text("Nothing of the namespace <{name}> is in this release.", name=namespace)
            yield Missing(namespace, "prefix", message, meant, settles=use.required)
        term_ = known.similar(use.name, use.place)
        if term_ is None or (meant is not None and meant + split(use.name)[1] == term_):
            return
    yield _missing(use, known, store)


def _missing(use: Use, known: Known, store: Store) -> Missing:
    """What is said of a name that is nowhere what it is taken for."""
    similar = None
    message = text(SAYS[use.place], name=use.name)
    if use.place == "class" and _is_used(Use(use.term, "property", (), True), store, None):
        message = text("<{name}> is a property here, not a class.", name=use.name)
    elif use.place == "property" and _is_used(Use(use.term, "class", (), True), store, None):
        message = text("<{name}> is a class here, not a property.", name=use.name)
    elif narrower := _narrower(use, known, store):
        similar = narrower[0]
        message = text(
            "No statement says <{name}> itself, and nothing is inferred here; there are statements with what is "
            "narrower: {narrower}.",
            name=use.name,
            narrower=", ".join(f"<{one}>" for one in narrower),
        )
    elif use.place == "graph":
        similar = similar_graph(use.name, known)
    elif use.place != "iri":
        similar = known.similar(use.name, use.place)
    return Missing(use.name, use.place, message, similar, settles=use.required)


def similar_graph(name: str, known: Known) -> str | None:
    """The graph that may have been meant: of the same dataset, or spelt alike."""
    graphs = sorted(known.names["graph"])
    local = name.rstrip("/#").rpartition("/")[2]
    same = [one for one in graphs if one.rpartition("/")[2].lower() == local.lower()]
    return next(iter(same or difflib.get_close_matches(name, graphs, n=1, cutoff=_NEAR)), None)


def _elsewhere(use: Use, graphs: list[str]) -> Text:
    if use.graphs == (DEFAULT,):
        graph = graphs[0]
        return text("<{name}> is only in the graph <{graph}>: ask GRAPH <{graph}>.", name=use.name, graph=graph)
    if DEFAULT in graphs:
        return text("<{name}> is not in the graph that is asked, but it is where no graph is named.", name=use.name)
    said = ", ".join(f"<{one}>" for one in graphs[:_LISTED])
    return text("<{name}> is not in the graph that is asked, but in {graphs}.", name=use.name, graphs=said)


def _narrower(use: Use, known: Known, store: Store) -> list[str]:
    """The narrower classes or properties that are used, where the broader one is not: nothing is inferred."""
    relation = _NARROWER.get(use.place)
    if relation is None or not isinstance(use.term.node, ox.NamedNode):
        return []
    node, candidates = use.term.node, sorted(known.names[use.place])
    return [one for one in candidates if store.holds((ox.NamedNode(one), term(relation), node), DEFAULT)][:_LISTED]


def _is_used(use: Use, store: Store, graph: str | None) -> bool:
    node = use.term.node
    if not isinstance(node, ox.NamedNode):
        return True
    fitting: dict[str, list[Fitting]] = {
        "property": [(None, node, None)],
        "class": [(None, RDF_TYPE, node)],
        "iri": [(node, None, None), (None, None, node), (None, node, None)],
    }
    if use.place == "graph":
        return store.holds((None, None, None), node.value)
    return any(store.holds(one, graph) for one in fitting[use.place])


def _prefix(one: Term) -> str | None:
    return one.text.partition(":")[0] if one.is_prefixed else None
