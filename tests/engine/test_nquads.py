"""Parts of lines of N-Quads are what a parser reads in them."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from mreze.nquads import (
    has_graph,
    in_graph,
    literal,
    put,
    subjects,
    with_own_blank_nodes,
    without_graph,
)

S = b"<http://a.example/s> <http://a.example/p> "
G = b"<http://a.example/g>"
OBJECTS = (
    b"<http://a.example/o>",
    b"_:o",
    b'"o"',
    b'"o"@en',
    b'"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    b'"say <http://a.example/o>"',
    b'"<http://a.example/o> _:o"@en',
    b'" ."',
    b'"a\\"b <x"^^<http://a.example/d>',
    b'""',
    b"<<( <http://a.example/s> <http://a.example/p> <http://a.example/o> )>>",
)


@pytest.mark.parametrize("target", OBJECTS)
def test_a_graph_is_told_from_an_object(target: bytes) -> None:
    """Whatever the object is, a name after it is that of the graph, and can be put there and taken away."""
    plain, named = S + target + b" .\n", S + target + b" " + G + b" .\n"
    assert [has_graph(plain), has_graph(named)] == [False, True]
    assert in_graph([plain, named], b"<http://a.example/h>") == [S + target + b" <http://a.example/h> .\n", named]
    assert put([plain], G) == [named]
    assert without_graph([named, S + target + b" <http://a.example/h> .\n"]) == [plain]


@pytest.mark.parametrize(
    "value", ["", "o", 'a"b', "a\\b", "a\nb\r\tc\b\f", "\\n", "\x00\x7f", "\u00a0\u2028", "Ниш", "\\u0041"]
)
@pytest.mark.parametrize("datatype", [None, "http://www.w3.org/2001/XMLSchema#date"])
def test_a_literal_is_read_as_it_was_written(value: str, datatype: str | None) -> None:
    """Escapes are undone; the datatype of a text is xsd:string, or rdf:langString where it has a language."""
    node = Literal(value, datatype=NamedNode(datatype) if datatype else None)
    for one in (node, Literal(value, language="sr-cyrl")):
        quad = Quad(NamedNode("http://a.example/s"), NamedNode("http://a.example/p"), one, DefaultGraph())
        written = serialize([quad], format=RdfFormat.N_QUADS)
        assert written is not None
        assert literal(written.split(b" ", 2)[2][:-3]) == (one.value, one.datatype.value)


def test_blank_nodes_are_those_of_their_file() -> None:
    """Labels get a mark where they are labels; a text is left alone."""
    lines = [b'_:a <http://a.example/p> "_:b > _:c" .\n', S + b"_:b .\n", S + b'"_:b" .\n']
    marked = list(with_own_blank_nodes(lines, b"m"))
    assert marked == [b'_:ma <http://a.example/p> "_:b > _:c" .\n', S + b"_:mb .\n", S + b'"_:b" .\n']
    assert len(list(parse(b"".join(marked), format=RdfFormat.N_QUADS))) == len(lines)


def test_subjects_come_once() -> None:
    """A subject that is the beginning of another one is another."""
    lines = [b"<a> <p> 1 .\n", b"<a> <q> 2 .\n", b"<ab> <p> 3 .\n"]
    assert list(subjects(lines)) == [b"<a>", b"<ab>"]
