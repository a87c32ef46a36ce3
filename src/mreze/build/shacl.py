"""The SHACL gate: everything that a site says is held against its shapes, and what is found is told as findings.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import Executor, Future
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from mreze.build.demands import unmet
from mreze.build.differing import Comparison
from mreze.build.places import place
from mreze.build.remembered import key_of_all, recall, remember
from mreze.build.revalidation import Revalidation
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.queries import Severity
from mreze.shacl import fast, reference
from mreze.shacl.engines import FAST_ABOVE, Engine, choose
from mreze.shacl.language import of_reference, unfollowed
from mreze.shacl.results import Node, RefusedError, Result
from mreze.site import Role
from mreze.texts import Text, text

_VALIDATED: Final[tuple[Role, ...]] = ("catalog", "ontology", "data")
_SEVERITY: Final[dict[NamedNode, Severity]] = {term("sh:Warning"): "warning", term("sh:Info"): "info"}
"""Whatever else a shape says is a violation."""


def begin(
    graph: SiteGraph, asked: Engine | None, beside: Executor, comparison: Comparison | None = None
) -> Future[list[Result] | None] | None:
    """Validate beside other work, if the fast engine is to do it, which Python's lock does not hold up.

    Nothing is begun where it is known what would be found, and nothing is found where a part may be enough: then this
    waits for the store, and for the other checks, which put things into it for a while.

    The reference is not begun: it could not be interrupted.
    """
    shapes = _shapes(graph)
    if recall(graph, _key(graph, asked)) is not None:
        return None
    if not shapes or choose(graph.size(*_VALIDATED), shapes, asked) is not Engine.FAST:
        return None
    return beside.submit(_begin, graph, shapes, _revalidation(graph, shapes, Engine.FAST, comparison))


def _begin(graph: SiteGraph, shapes: list[Triple], known: Revalidation | None) -> list[Result] | None:
    return None if known and known.is_likely else _run(graph, shapes, Engine.FAST)


def check_shapes(
    graph: SiteGraph,
    asked: Engine | None = None,
    begun: Future[list[Result] | None] | None = None,
    comparison: Comparison | None = None,
) -> list[Finding]:
    """Validate the catalogue, the ontology and the data against the site's shapes.

    Args:
        graph: what the site says.
        asked: the engine that the operator wants; None if mreze shall choose.
        begun: what `begin` began for the same graph and engine.
        comparison: with the last release, of which what did not change need not be validated again; None if nobody
            builds anything.
    """
    key = _key(graph, asked)
    shapes = _shapes(graph)
    known = recall(graph, key)
    if known is not None:
        if revalidation := _revalidation(graph, shapes, choose(graph.size(*_VALIDATED), shapes, asked), comparison):
            revalidation.renew()
        return known
    found = _check(graph, shapes, asked, begun, comparison) if shapes else []
    remember(graph, key, found)
    return found


def _key(graph: SiteGraph, asked: Engine | None) -> str:
    return key_of_all(graph, "shapes", asked.value if asked else "")


def _revalidation(
    graph: SiteGraph, shapes: list[Triple], engine: Engine, comparison: Comparison | None
) -> Revalidation | None:
    if comparison is None:
        return None
    return Revalidation(comparison, graph, tuple(shapes), engine, graph.size(*_VALIDATED))


def _check(
    graph: SiteGraph,
    shapes: list[Triple],
    asked: Engine | None,
    begun: Future[list[Result] | None] | None,
    comparison: Comparison | None,
) -> list[Finding]:
    found = [_unfollowed(graph, one) for one in unfollowed(shapes)]
    size = graph.size(*_VALIDATED)
    engine = choose(size, shapes, asked)
    if engine is Engine.REFERENCE and asked is None and size > FAST_ABOVE:
        found += [_slow(graph, one) for one in of_reference(shapes)[:1]]
    try:
        results = _results(graph, shapes, engine, begun, comparison)
    except RefusedError as error:
        if engine is Engine.REFERENCE or asked is not None:
            return [*found, _refused(engine, error)]
        return [_slow_as_refused(error), *_check(graph, shapes, Engine.REFERENCE, None, comparison)]
    messages = _messages(shapes)
    return [*found, *(_finding(graph, messages, one) for one in results)]


def _shapes(graph: SiteGraph) -> list[Triple]:
    """What the shapes say, sorted; blank nodes, which have other labels at each reading, have the same here."""
    shapes = Dataset(Quad(one.subject, one.predicate, one.object) for one in graph.quads("shapes"))
    if any(isinstance(one.subject, BlankNode) for one in shapes):
        shapes.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((one.triple for one in shapes), key=str)


def _results(
    graph: SiteGraph,
    shapes: list[Triple],
    engine: Engine,
    begun: Future[list[Result] | None] | None,
    comparison: Comparison | None,
) -> list[Result]:
    """What an engine finds in everything, in an order that does not depend on how that is known."""
    found = begun.result() if begun else None
    known = _revalidation(graph, shapes, engine, comparison)
    if found is None and known is not None:
        found = known.results(lambda triples: _run_part(graph, triples, shapes, engine))
    if found is None:
        found = _run(graph, shapes, engine)
    if known is not None:
        known.keep(found)
    return sorted(found, key=Result.order)


def _run(graph: SiteGraph, shapes: list[Triple], engine: Engine) -> list[Result]:
    if engine is Engine.FAST:
        return fast.run(graph.triples(*_VALIDATED), shapes)
    return reference.run({quad.triple for quad in graph.quads(*_VALIDATED)}, shapes)


def _run_part(graph: SiteGraph, triples: Collection[Triple], shapes: list[Triple], engine: Engine) -> list[Result]:
    if engine is Engine.REFERENCE:
        return reference.run(triples, shapes)
    path = graph.staging.path("part")
    serialize(triples, path, format=RdfFormat.N_TRIPLES)
    return fast.run([path], shapes)


def _refused(engine: Engine, error: RefusedError) -> Finding:
    name = "pySHACL" if engine is Engine.REFERENCE else engine.value
    return Finding(
        "violation",
        "shapes",
        text("{engine} refuses the shapes: {error}", engine=name, error=error),
        text("Mend the shapes in shapes/; nothing was validated."),
    )


def _unfollowed(graph: SiteGraph, said: Triple) -> Finding:
    message = text("{term} is not followed: it demands nothing.", term=graph.names.shorten(said.predicate.value))
    return _of_shape(graph, said, "warning", message)


def _slow(graph: SiteGraph, said: Triple) -> Finding:
    name = graph.names.shorten(said.predicate.value)
    return _of_shape(
        graph, said, "info", text("{term} is left to pySHACL, which takes long on so many data.", term=name)
    )


def _slow_as_refused(error: RefusedError) -> Finding:
    message = text("The shapes are left to pySHACL, which takes long on so many data: {error}", error=error)
    return Finding("info", "shapes", message, text("Say it otherwise, or as a query in queries/checks/."))


def _of_shape(graph: SiteGraph, said: Triple, severity: Severity, message: Text) -> Finding:
    """A finding about a statement of the shapes."""
    subject = said.subject.value if isinstance(said.subject, NamedNode) else ""
    path, line = place(graph, subject, said.predicate.value)
    remedy = text("Say it otherwise, or as a query in queries/checks/.")
    return Finding(severity, "shapes", message, remedy, path, line, subject or None, said.predicate.value)


def _finding(graph: SiteGraph, messages: dict[Node | Triple, Text], result: Result) -> Finding:
    focus = _name(result.focus)
    predicate = result.path.value if result.path else None
    document, line = place(graph, focus, predicate)
    written = place(graph, result.shape.value)[0] if isinstance(result.shape, NamedNode) else None
    value = None if result.value is None else _name(result.value)
    return Finding(
        severity=_SEVERITY.get(result.severity, "violation"),
        check=_local_name(result.shape),
        message=(messages.get(result.shape) if result.shape else None)
        or unmet(result.component)
        or _text(result.messages),
        remedy=text("Mend the data. What is asked stands in {path}.", path=written) if written else {},
        path=document,
        line=line,
        focus=focus,
        predicate=predicate,
        value=None if value == focus else value,
    )


def _messages(shapes: list[Triple]) -> dict[Node | Triple, Text]:
    """What shapes say where they are not conformed to, by shape."""
    said: defaultdict[Node | Triple, list[Literal]] = defaultdict(list)
    for one in shapes:
        if one.predicate == term("sh:message") and isinstance(one.object, Literal):
            said[one.subject].append(one.object)
    return {shape: _text(messages) for shape, messages in said.items()}


def _text(messages: Iterable[Literal]) -> Text:
    return {one.language or "en": one.value for one in messages}


def _name(node: Node) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else node.value


def _local_name(shape: Node | None) -> str:
    if not isinstance(shape, NamedNode):
        return "shape"
    return shape.value.rpartition("#")[2].rpartition("/")[2]
