"""Which engine validates is decided by size, by the shapes and by the operator."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.shacl.engines import FAST_ABOVE, Engine, choose

_SHAPE = NamedNode("https://e.example/s")
_CORE = [Triple(_SHAPE, term("sh:minCount"), Literal(1))]
_QUERY = [*_CORE, Triple(_SHAPE, term("sh:sparql"), _SHAPE)]


@pytest.mark.parametrize(
    ("size", "shapes", "asked", "engine"),
    [
        (0, _CORE, None, Engine.REFERENCE),
        (FAST_ABOVE, _CORE, None, Engine.REFERENCE),
        (FAST_ABOVE + 1, _CORE, None, Engine.FAST),
        (FAST_ABOVE + 1, _QUERY, None, Engine.REFERENCE),
        (FAST_ABOVE + 1, _CORE, Engine.REFERENCE, Engine.REFERENCE),
        (0, _CORE, Engine.FAST, Engine.FAST),
        (0, _QUERY, Engine.FAST, Engine.FAST),
    ],
)
def test_the_engine(size: int, shapes: list[Triple], asked: Engine | None, engine: Engine) -> None:
    """The fast one for more than can be waited for; what only the reference is trusted with stays with it."""
    assert choose(size, shapes, asked) is engine
