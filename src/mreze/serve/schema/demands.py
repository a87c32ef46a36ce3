"""What shapes demand, read from their graph: whom they look at, and each property with its limits.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from mreze.lexical import is_valid
from mreze.namespaces import term
from mreze.serve.schema.said import Node, Said

SEVERITIES: Final = {
    term("sh:Violation"): "violation",
    term("sh:Warning"): "warning",
    term("sh:Info"): "remark",
}
_DECIMAL: Final = term("xsd:decimal").value
TARGETS: Final = ("sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf", "sh:targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Demand:
    """A shape of a property, or what a shape demands of the things themselves."""

    node: Node
    path: Node | None
    """None where it is about the things themselves."""
    severity: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with its targets."""

    iri: str
    targets: tuple[tuple[str, Node], ...]
    """Kind of target, as a prefixed name, and class, node or property."""
    demands: tuple[Demand, ...]


def read_shapes(said: Said) -> tuple[Shape, ...]:
    """The shapes that have targets, or properties of their own; sorted by IRI."""
    nodes = {one for kind in TARGETS for one in said.named() if said.values(one, kind)}
    nodes |= set(said.of("sh:NodeShape"))
    return tuple(_shape(said, one) for one in sorted(nodes, key=lambda one: one.value))


def read_loose(said: Said, shapes: Iterable[Shape]) -> tuple[Demand, ...]:
    """The shapes of properties that belong to no shape: a derived property is one."""
    taken = {one.node for shape in shapes for one in shape.demands}
    return tuple(read_demand(said, one) for one in said.of("sh:PropertyShape") if one not in taken)


def read_demand(said: Said, node: Node) -> Demand:
    """One shape of a property."""
    paths = said.values(node, "sh:path")
    severities = said.iris(node, "sh:severity")
    severity = SEVERITIES.get(severities[0], severities[0].value) if severities else "violation"
    most = _number(said, node, "sh:maxCount")
    return Demand(node, paths[0] if paths else None, severity, _number(said, node, "sh:minCount") or 0, most)


def paths_of(said: Said, path: Node) -> frozenset[NamedNode]:
    """The properties that a path names where it starts or ends with them: those that a demand is about."""
    if isinstance(path, NamedNode):
        return frozenset({path})
    alternatives = [one for each in said.values(path, "sh:alternativePath") for one in said.members(each)]
    return frozenset(one for one in alternatives if isinstance(one, NamedNode))


def _shape(said: Said, node: NamedNode) -> Shape:
    targets = [(kind, one) for kind in TARGETS for one in said.values(node, kind)]
    if said.is_of(node, "rdfs:Class"):
        targets.append(("sh:targetClass", node))
    parts = [one for one in said.values(node, "sh:property") if isinstance(one, NamedNode | BlankNode)]
    demands = sorted((read_demand(said, one) for one in parts), key=lambda one: _order(said, one))
    return Shape(node.value, tuple(targets), (read_demand(said, node), *demands))


def _order(said: Said, demand: Demand) -> tuple[float, str]:
    """As the author orders them, else by name; those without a name by their path, as blank nodes have no order."""
    order = said.first(demand.node, "sh:order")
    place = float(order) if order is not None and is_valid(order, _DECIMAL) else inf
    return place, str(demand.node if isinstance(demand.node, NamedNode) else demand.path)


def _number(said: Said, node: Node, name: str) -> int | None:
    written = said.first(node, name)
    return int(written) if written is not None and written.isdigit() else None
