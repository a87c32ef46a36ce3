"""Which engine validates: the reference where it can be waited for, and where it alone is trusted with the shapes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from pyoxigraph import Triple

from mreze.shacl.language import of_reference

FAST_ABOVE: Final = 30_000
"""Triples above which the fast engine validates: for so many the reference needs some fifteen seconds."""


class Engine(StrEnum):
    """An engine, by the name of its package."""

    REFERENCE = "pyshacl"
    FAST = "shacl"


def choose(size: int, shapes: Sequence[Triple], asked: Engine | None = None) -> Engine:
    """The engine for a number of triples and these shapes; what the operator asks for is done.

    Args:
        size: number of triples that are validated.
        shapes: all statements of the shapes.
        asked: the engine that the operator names; None if mreze shall choose.
    """
    if asked is not None:
        return asked
    return Engine.FAST if size > FAST_ABOVE and not of_reference(shapes) else Engine.REFERENCE
