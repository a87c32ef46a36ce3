"""Statistics are added up of what was counted, each thing once."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from mreze.build.census import Scope, Taking, take_census
from mreze.build.statistics import Property, add_up, count_links
from mreze.build.subjects import by_subject
from mreze.lines import quad_lines


def _lines(text: str) -> list[bytes]:
    quads = (
        Quad(one.subject, one.predicate, one.object, NamedNode("x:graph"))
        for one in parse(text, format=RdfFormat.TURTLE)
    )
    return sorted(quad_lines(quads))


def test_nothing_has_no_parts() -> None:
    """An empty graph, and one without classes, are counted as well."""
    assert add_up([]).triples == 0
    census = take_census(_lines('<x:s> <x:p> "o"@sr-Latn , "o" .'), Scope("x:"))
    found = add_up([census])
    assert (found.triples, found.subjects, found.objects, found.classes) == (2, 1, 2, {})
    assert found.languages == {"sr-latn": 1}
    assert count_links([census], {}) == {}


def test_what_was_counted_is_not_counted_again() -> None:
    """More of a subject adds what is new: neither the subject, nor its properties, nor objects that are known."""
    lines = _lines("<x:id/a-2> <x:p> 1 . <x:id/a> <x:p> 1 , 2 . <x:id/a#part> <x:p> 1 .")
    known = dict(by_subject(lines))
    census = take_census(lines, Scope("x:"))
    before = add_up([census])
    assert (before.entities, before.example) == (2, NamedNode("x:id/a"))
    more = [(b"<x:p>", str(Literal(3)).encode()), (b"<x:q>", str(Literal(1)).encode())]
    taking = Taking(Scope("x:"))
    taking.add(b"<x:id/a>", more, known[b"<x:id/a>"])
    after = add_up([census, taking.close()])
    assert (after.triples, after.subjects, after.objects, after.entities) == (6, 3, 3, 2)
    assert after.properties[NamedNode("x:p")] == Property(triples=5, subjects=3, objects=3)
    assert after.properties[NamedNode("x:q")] == Property(triples=1, subjects=1, objects=1)
    same, new = after.compared_to(before)
    assert (same.datatypes, set(new.properties)) == ({}, {NamedNode("x:p"), NamedNode("x:q")})
