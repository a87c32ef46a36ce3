"""The SHACL gate: everything that a site says is held against its shapes, and what is found is told as findings.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
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

    Nothing is begun where it is known what would be found, and nothing is found where a part may be enough: that waits
    for the other checks, which put things into the store for a while.

    The reference is not begun: it could not be interrupted.
    """
    gate = _Gate(graph, _shapes(graph), asked, comparison)
    if recall(graph, _key(graph, asked)) is not None or not gate.shapes or gate.engine is not Engine.FAST:
        return None
    return beside.submit(gate.begin)


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
    gate = _Gate(graph, _shapes(graph), asked, comparison)
    known = recall(graph, key)
    if known is not None:
        gate.renew()
        return known
    found = gate.check(gate.engine, begun) if gate.shapes else []
    remember(graph, key, found)
    return found


def _key(graph: SiteGraph, asked: Engine | None) -> str:
    return key_of_all(graph, "shapes", asked.value if asked else "")


def _shapes(graph: SiteGraph) -> list[Triple]:
    """What the shapes say, sorted; blank nodes, which have other labels at each reading, have the same here."""
    shapes = Dataset(Quad(one.subject, one.predicate, one.object) for one in graph.quads("shapes"))
    if any(isinstance(one.subject, BlankNode) for one in shapes):
        shapes.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((one.triple for one in shapes), key=str)


@dataclass(frozen=True, slots=True)
class _Gate:
    """One validation."""

    graph: SiteGraph
    shapes: list[Triple]
    asked: Engine | None
    """The engine that the operator wants."""
    comparison: Comparison | None

    @property
    def size(self) -> int:
        """About how many triples are validated."""
        return self.graph.size(*_VALIDATED)

    @property
    def engine(self) -> Engine:
        """The one that a full validation takes, and so does one of a part."""
        return choose(self.size, self.shapes, self.asked)

    def begin(self) -> list[Result] | None:
        """What the fast engine finds in everything, but where a part may be enough."""
        known = self._known(Engine.FAST)
        return None if known is not None and known.is_likely else self._run(Engine.FAST)

    def renew(self) -> None:
        """Keep what an earlier build found, though nobody needs it this time."""
        if known := self._known(self.engine):
            known.renew()

    def check(self, engine: Engine, begun: Future[list[Result] | None] | None) -> list[Finding]:
        """What is found by an engine, or by the reference where that one refuses the shapes."""
        found = [_unfollowed(self.graph, one) for one in unfollowed(self.shapes)]
        if engine is Engine.REFERENCE and self.asked is None and self.size > FAST_ABOVE:
            found += [_slow(self.graph, one) for one in of_reference(self.shapes)[:1]]
        try:
            results = self._results(engine, begun)
        except RefusedError as error:
            if engine is Engine.REFERENCE or self.asked is not None:
                return [*found, _refused(engine, error)]
            return [_slow_as_refused(error), *self.check(Engine.REFERENCE, None)]
        messages = _messages(self.shapes)
        return [*found, *(_finding(self.graph, messages, one) for one in results)]

    def _results(self, engine: Engine, begun: Future[list[Result] | None] | None) -> list[Result]:
        """What an engine finds in everything, in an order that does not depend on how that is known."""
        found = begun.result() if begun else None
        known = self._known(engine)
        if found is None and known is not None:
            found = known.results(lambda triples: self._run_part(engine, triples))
        found = sorted(self._run(engine) if found is None else found, key=Result.order)
        if known is not None:
            known.keep(found)
        return found

    def _known(self, engine: Engine) -> Revalidation | None:
        if self.comparison is None:
            return None
        return Revalidation(self.comparison, self.graph, self.shapes, engine, self.size)

    def _run(self, engine: Engine) -> list[Result]:
        if engine is Engine.FAST:
            return fast.run(self.graph.triples(*_VALIDATED), self.shapes)
        return reference.run({quad.triple for quad in self.graph.quads(*_VALIDATED)}, self.shapes)

    def _run_part(self, engine: Engine, triples: Collection[Triple]) -> list[Result]:
        if engine is Engine.REFERENCE:
            return reference.run(triples, self.shapes)
        path = self.graph.staging.path("part")
        serialize(triples, path, format=RdfFormat.N_TRIPLES)
        return fast.run([path], self.shapes)


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
