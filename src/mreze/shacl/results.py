"""What a validation finds, whichever engine did it.

https://www.w3.org/TR/shacl/#results-validation-result
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

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
