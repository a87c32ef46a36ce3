"""The scanner names the line on which something stands, whatever the text looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.scan import find_lines, scan

TEXT = '''@prefix ex: <https://example.org/> .
PREFIX dct: <http://purl.org/dc/terms/>
# about a
ex:a
    a ex:Thing ;
    ex:says "a # is no comment ; nor an end . " ,
        """several
lines with "quotes" and <https://example.org/b>
""" ;
    dct:title 'x'@en-GB ;
.

<https://example.org/b>
    ex:number 1.5 , -2 , 1e3 ; # a remark
    ex:has [ ex:inner ex:x ; a ex:y ] , ( ex:one "two" ) ;
    ex:last true .
'''


@pytest.mark.parametrize(
    ("subject", "predicate", "line"),
    [
        ("a", None, 4),
        ("a", "says", 6),
        ("a", "http://purl.org/dc/terms/title", 10),
        ("b", None, 13),
        ("b", "number", 14),
        ("b", "has", 15),
        ("b", "last", 16),
        ("b", "missing", 13),
        ("c", None, None),
        ("c", "says", None),
    ],
)
def test_lines_are_found(subject: str, predicate: str | None, line: int | None) -> None:
    """Of a statement, else of its subject, else none."""
    base = "https://example.org/"
    name = predicate if predicate is None or predicate.startswith("http") else base + predicate
    assert scan(TEXT).line(base + subject, name) == line


def test_prefixes_have_their_lines() -> None:
    """Both ways to write a prefix are read."""
    assert scan(TEXT).prefixes == {"ex": ("https://example.org/", 1), "dct": ("http://purl.org/dc/terms/", 2)}


def test_comments_belong_to_blocks() -> None:
    """A comment before a block and one within it are that block's."""
    comments = scan(TEXT).comments
    assert comments["https://example.org/a"] == ["# about a"]
    assert comments["https://example.org/b"] == ["# a remark"]


def test_named_graphs_are_looked_into() -> None:
    """In TriG the subjects of a graph are found; in N-Quads each line is a statement."""
    trig = '<https://g> {\n  <https://s>\n    <https://p> "x" .\n}\n'
    assert scan(trig).line("https://s", "https://p") == 3
    quads = '<https://s> <https://p> "x" <https://g> .\n<https://t> <https://q> <https://o> .\n'
    assert scan(quads).line("https://t", "https://q") == 2


@given(st.text(max_size=200))
def test_nothing_is_too_odd_to_be_scanned(text: str) -> None:
    """The scanner passes over what it cannot read, and no line is beyond the text."""
    found = scan(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.subjects.values())


def test_lines_of_a_large_file_are_found_without_a_scan() -> None:
    """In Turtle in the house form and in N-Triples; what is a part of another name is another."""
    turtle = (
        b"@prefix ex: <http://a.example/> .\n\nex:b\n    a ex:c ;\n    ex:p 1 ;\n    ex:p 2 ;\n.\n\n"
        b"ex:bc\n    ex:q ex:b ;\n.\n<http://a.example/d> ex:p 1 .\n"
    )
    a = "http://a.example/"
    subjects = {f"{a}b", f"{a}d", f"{a}c"}
    assert find_lines(turtle.splitlines(keepends=True), subjects, {"ex": a}) == {
        (f"{a}b", None): 3,
        (f"{a}b", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"): 4,
        (f"{a}b", f"{a}p"): 5,
        (f"{a}d", None): 12,
        (f"{a}d", f"{a}p"): 12,
    }
