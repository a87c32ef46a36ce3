"""What a validation finds, whichever engine did it.

https://www.w3.org/TR/shacl/#results-validation-result
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

Node = NamedNode | BlankNode | Literal


class RefusedError(Exception):
    """An engine cannot use the shapes, or cannot hold the data against them; the text is the engine's own reason."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result; terms are as they are written."""

    focus: Node
    path: NamedNode | None
    """The property at fault; None where there is none, or where it is a path of several."""
    value: Node | None
    shape: NamedNode | BlankNode | None
    component: NamedNode
    """What kind of demand is not met, such as sh:MinCountConstraintComponent."""
    severity: NamedNode
    messages: tuple[Literal, ...]
    """What the report says, sorted; pySHACL finds words of its own where a shape has none."""

    def order(self) -> tuple[str, ...]:
        """What results are sorted by: engines tell them in no order."""
        told = (self.focus, self.shape, self.path, self.component, self.value, self.severity, *self.messages)
        return tuple(map(str, told))

    def as_json(self) -> list[Any]:
        """The result as it is kept."""
        path, value, shape = (None if one is None else str(one) for one in (self.path, self.value, self.shape))
        return [
            str(self.focus), path, value, shape, str(self.component), str(self.severity), [*map(str, self.messages)]
        ]  # fmt: skip


def result_of_json(kept: Sequence[Any]) -> Result:
    """A result that was kept."""
    focus, path, value, shape, component, severity, messages = kept
    return Result(
        focus=node_of(focus),
        path=_name(path) if path else None,
        value=node_of(value) if value else None,
        shape=(BlankNode(shape[2:]) if shape.startswith("_:") else _name(shape)) if shape else None,
        component=_name(component),
        severity=_name(severity),
        messages=tuple(_literal(one) for one in messages),
    )


def node_of(written: str) -> Node:
    """The node that N-Triples writes so."""
    if written.startswith("_:"):
        return BlankNode(written[2:])
    return _name(written) if written.startswith("<") else _literal(written)


def _name(written: str) -> NamedNode:
    return NamedNode(written[1:-1])


def _literal(written: str) -> Literal:
    read = next(parse(f"<a:a> <a:a> {written} .", format=RdfFormat.N_TRIPLES)).object
    if not isinstance(read, Literal):
        raise TypeError(f"{written} stands in a result")
    return read
