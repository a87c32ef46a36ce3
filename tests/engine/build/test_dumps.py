"""A dump holds every quad in every syntax, and the same quads give the same bytes."""

from __future__ import annotations

import csv
import gzip
import io
import random
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple, parse

from mreze.build.dumps import COLUMNS, compress, dump_formats, query_csv, write_dump
from mreze.errors import SiteError
from mreze.formats import CSV, N_QUADS, Format
from mreze.namespaces import PREFIXES, term
from mreze.queries import read_query

EX = "https://example.org/"
QUADS = [
    Quad(NamedNode(EX + "id/a"), term("rdfs:label"), Literal("Ниш", language="sr-cyrl"), NamedNode(EX + "g")),
    Quad(
        NamedNode(EX + "id/a"),
        term("rdfs:label"),
        Literal('say "hi",\nthere\u00a0!', language="en"),
        NamedNode(EX + "g"),
    ),
    Quad(NamedNode(EX + "id/a"), term("rdfs:seeAlso"), NamedNode(EX + "id/Ниш"), NamedNode(EX + "g")),
    Quad(
        NamedNode(EX + "id/b"),
        term("schema:foundingDate"),
        Literal("1990", datatype=term("xsd:gYear")),
        NamedNode(EX + "h"),
    ),
    Quad(NamedNode(EX + "id/b"), term("rdf:type"), term("schema:City"), DefaultGraph()),
]


@pytest.mark.parametrize("form", dump_formats(), ids=lambda form: form.name)
def test_every_syntax_holds_every_triple(form: Format) -> None:
    """Parsed again, a dump gives the triples that went in; where the syntax knows graphs, the quads."""
    read = set(parse(write_dump(form, QUADS, PREFIXES), format=form.rdf))
    if form is N_QUADS:
        assert read == set(QUADS)
    else:
        assert {Triple(one.subject, one.predicate, one.object) for one in read} == {quad.triple for quad in QUADS}


@pytest.mark.parametrize("form", [*dump_formats(), CSV], ids=lambda form: form.name)
def test_the_order_of_the_quads_does_not_matter(form: Format) -> None:
    """Shuffled and repeated quads give the same bytes."""
    shuffled = [*QUADS, QUADS[0]]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - a shuffle for a test
    assert write_dump(form, set(shuffled), PREFIXES) == write_dump(form, QUADS, PREFIXES)


def test_a_csv_without_a_query_is_the_table_of_statements() -> None:
    """Each quad is a row; line feeds, quotes and Cyrillic survive."""
    rows = list(csv.DictReader(io.StringIO(write_dump(CSV, QUADS, PREFIXES).decode(), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["object"] for row in rows} >= {"Ниш", 'say "hi",\nthere\u00a0!', "1990", EX + "id/Ниш"}
    assert len(rows) == len(QUADS)


def test_a_compressed_dump_has_no_time_in_it() -> None:
    """Gzip of the same bytes is the same, whenever it is made."""
    assert compress(b"x") == compress(b"x")
    assert compress(b"x")[4:8] == bytes(4)
    assert gzip.decompress(compress(b"x")) == b"x"


def test_a_csv_query_must_select(tmp_path: Path) -> None:
    """A query of another form is refused, by name."""
    path = tmp_path / "q.rq"
    path.write_text("#+ summary@en: ?\nASK { ?s ?p ?o }\n")
    query = read_query(path.parent, path.relative_to(path.parent))
    with pytest.raises(SiteError, match=r"q\.rq: a CSV dump needs a SELECT query"):
        query_csv(Store(), query)
