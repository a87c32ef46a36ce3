"""The shapes as a page: a section for each, with whom it looks at and what it demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from mreze.formats import Format
from mreze.quality import Checked, read_quality
from mreze.serve.exchange import Response
from mreze.serve.pages import Reader, interface_text
from mreze.serve.schema.counting import Counting, Use
from mreze.serve.schema.demands import Shape, read_loose, read_shapes
from mreze.serve.schema.said import Said
from mreze.serve.schema.telling import Teller, Told
from mreze.serve.service import Service
from mreze.serve.usage import count_terms
from mreze.serve.view import Value, Viewer

NOTHING = Checked({}, {})
_TARGETS = {
    "sh:targetClass": "things of the class",
    "sh:targetNode": "this thing",
    "sh:targetSubjectsOf": "things that have the property",
    "sh:targetObjectsOf": "values of the property",
}
TARGETS = frozenset(_TARGETS.values())
"""The words that are handed on."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a shape looks at."""

    text: str
    value: Value
    use: Use | None
    """How many there are, of a class."""


@dataclass(frozen=True, slots=True)
class Section:
    """A shape."""

    id: str
    name: Value
    iri: str
    targets: tuple[Target, ...]
    things: int | None
    """How many things it applies to, where that is known."""
    findings: int
    own: Told | None
    """What it demands of the things themselves."""
    demands: tuple[Told, ...]


def shapes_page(
    service: Service, reader: Reader, triples: set[Triple], alternates: Iterable[tuple[Format, str]]
) -> Response:
    """Render it.

    Args:
        service: whose page it is.
        reader: for whom.
        triples: the graph of the shapes.
        alternates: the same in other syntaxes.
    """
    said = Said(triples)
    viewer = _viewer(service, reader, triples)
    quality = read_quality(service.release)
    checked = quality.checked if quality else None
    teller = Teller(said, viewer, reader, checked.findings if checked else {})
    counting = Counting(reader, count_terms(service.store, service.release.base))
    shapes = read_shapes(said)
    sections = [_section(one, teller, viewer, counting, checked) for one in shapes]
    loose = [teller.tell(one, Value("")) for one in read_loose(said, shapes)]
    return service.pages.page(
        "shapes.html",
        reader,
        alternates=list(alternates),
        sections=sorted(sections, key=lambda one: one.name.text.casefold()),
        loose=[(viewer.link(one.iri), one) for one in loose],
        demands=sum(len(one.demands) for one in sections) + sum(1 for one in sections if one.own),
        checked=checked,
        rules=[(teller.text(one.summary), one) for one in quality.rules] if quality else [],
    )


def _section(shape: Shape, teller: Teller, viewer: Viewer, counting: Counting, checked: Checked | None) -> Section:
    name = teller.name(shape)
    identity = teller.anchor(shape.iri)
    own, *demands = [teller.tell(one, name) for one in shape.demands]
    targets = tuple(_target(kind, viewer.value("", node), counting) for kind, node in shape.targets)
    return Section(
        id=identity,
        name=name,
        iri=shape.iri,
        targets=targets,
        things=None if checked is None else checked.targets.get(shape.iri, 0),
        findings=sum(one.findings for one in (own, *demands)),
        own=None if own.empty else own,
        demands=tuple(demands),
    )


def _target(kind: str, value: Value, counting: Counting) -> Target:
    use = counting.use("classes", value.title) if kind == "sh:targetClass" and value.title else None
    return Target(interface_text(counting.reader, _TARGETS[kind]), value, use)


def _viewer(service: Service, reader: Reader, triples: set[Triple]) -> Viewer:
    mentioned = {node for one in triples for node in (one.subject, one.object) if isinstance(node, NamedNode)}
    return Viewer(
        triples,
        service.store.labels(mentioned),
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )
