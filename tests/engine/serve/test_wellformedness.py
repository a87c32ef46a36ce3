"""What XML cannot hold is told, and what it can is not."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store

from mreze.serve.wellformedness import is_unwritable, unwritable


def _graph(pattern: str) -> bytes:
    found = Store().query(f"CONSTRUCT {{ {pattern} }} WHERE {{}}")
    assert isinstance(found, QueryTriples)
    content = found.serialize(format=RdfFormat.RDF_XML)
    assert content is not None
    return content


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("<a:a> <b:b> 'ц & < >'", None),
        ("<a:a> <http://x/a/b.1> <c:c>", None),
        ("<a:a> <http://x/1> 1", "http://x/1"),
        ("<a:a> <http://x/> 1", "http://x/"),
        ("<a:a> <b:b> 'x\\\\u0001y'", "x\N{REPLACEMENT CHARACTER}y"),
        ("<a:a> <b:b> '\\\\uFFFE'", "XML cannot hold"),
    ],
)
def test_graphs(pattern: str, expected: str | None) -> None:
    """A property without a name at its end, a character that XML does not have."""
    found = unwritable(_graph(pattern.replace("\\\\", "\\")))
    assert found is None if expected is None else expected in (found or "")


def test_solutions() -> None:
    """The same characters, in results."""
    for text, expected in (("x", True), ("\\u0000", False), ("\\u0008", False), ("\\n\\t", True)):
        found = Store().query(f"SELECT ('{text}' AS ?x) {{}}")
        assert isinstance(found, QuerySolutions)
        content = found.serialize(format=QueryResultsFormat.XML)
        assert content is not None
        assert (unwritable(content) is None) == expected


def test_what_the_engine_refuses_itself() -> None:
    """The names that RDF/XML uses for its own elements."""
    with pytest.raises(OSError, match="RDF/XML") as refused:
        _graph("<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1")
    assert is_unwritable(refused.value)
    assert not is_unwritable(OSError("no such host"))
