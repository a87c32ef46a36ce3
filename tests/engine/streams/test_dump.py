"""Statements written from their lines are those that went in, in the form that the house has for small graphs."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mreze import jsonld, turtle
from mreze.formats import CSV, DUMPS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Format
from mreze.lines import quad_lines
from mreze.namespaces import PREFIXES, term
from mreze.sorting import sort_lines
from mreze.streams.chunks import read_chunks
from mreze.streams.dump import frame, read_chunk, terms_of, values_of
from mreze.streams.table import COLUMNS

EX = "https://example.org/"
GRAPHS = NamedNode(EX + "g"), NamedNode(EX + "h")
GRAPH_FORMS = tuple(form for form in DUMPS if form.rdf is not None)


def _named(path: str) -> NamedNode:
    return NamedNode(EX + path)


A, B = _named("id/a"), BlankNode("b")
TRIPLES = [
    Triple(A, term("rdfs:label"), Literal("Ниш", language="sr-cyrl")),
    Triple(A, term("rdfs:label"), Literal('say "hi",\r\n\tthere\u00a0\u2028\\!', language="en")),
    Triple(A, term("rdfs:label"), Literal("ho", language="en")),
    Triple(A, term("rdfs:seeAlso"), _named("id/Ниш")),
    Triple(A, term("rdfs:seeAlso"), _named("id/?a=1&b='2'")),
    Triple(A, term("rdf:type"), term("schema:City")),
    Triple(A, term("rdf:type"), term("schema:Place")),
    Triple(_named("id/a#part"), term("rdf:type"), term("schema:City")),
    Triple(_named("id/a-2"), term("rdf:type"), term("schema:City")),
    Triple(_named("id/a"), _named("no/prefix"), Literal("&<>'\"")),
    Triple(_named("id/b"), term("schema:foundingDate"), Literal("1990", datatype=term("xsd:gYear"))),
    Triple(_named("id/b"), term("schema:size"), Literal("7", datatype=term("xsd:integer"))),
    Triple(_named("id/b"), term("schema:size"), Literal("7.5", datatype=term("xsd:decimal"))),
    Triple(_named("id/b"), term("schema:size"), Literal("seven", datatype=term("xsd:integer"))),
    Triple(_named("id/b"), term("schema:size"), Literal("true", datatype=term("xsd:boolean"))),
    Triple(_named("id/b"), term("schema:size"), Literal("true")),
    Triple(_named("id/b"), term("schema:size"), term("schema:City")),
    Triple(_named("id/b"), term("rdfs:comment"), Literal("looks like _:b and <x> .")),
    Triple(_named("id/b"), term("rdfs:comment"), Literal("\U0001f600 \U0001fffe")),
]
BLANK = [
    Triple(A, term("org:member"), B),
    Triple(B, term("rdfs:label"), Literal("one who is pointed to once")),
    Triple(BlankNode("c"), term("rdfs:label"), Literal("nobody points to this")),
    Triple(BlankNode("c"), term("org:member"), BlankNode("c")),
    Triple(BlankNode("d"), term("rdf:first"), Literal("item")),
    Triple(BlankNode("d"), term("rdf:rest"), term("rdf:nil")),
    Triple(_named("id/z"), term("rdf:value"), BlankNode("d")),
]


def _dump(folder: Path, form: Format, triples: Sequence[Triple], graphs: Sequence[NamedNode] = GRAPHS) -> bytes:
    """The triples, each in one of the graphs, the first of them in all."""
    placed = [(one, graphs[number % len(graphs)]) for number, one in enumerate(triples)]
    placed += [(one, graph) for one in triples[:1] for graph in graphs]
    quads = [Quad(one.subject, one.predicate, one.object, graph) for one, graph in placed]
    sort_lines(quad_lines(quads), folder / "quads")
    return join(folder / "quads", form)


def join(quads: Path, form: Format) -> bytes:
    """A dump of a file of sorted quads: all its chunks in their frame."""
    chunks = read_chunks(quads, PREFIXES)
    read = [read_chunk(one) for one in chunks]
    terms = terms_of({value for one in chunks for value in values_of(one)}, PREFIXES)
    if form is JSON_LD:
        texts = [one.json_ld(PREFIXES, terms) for one in read]
    else:
        texts = [next(text for name, text in one.texts(PREFIXES) if name == form.extension) for one in read]
    around = frame(form.extension, {prefix: iri for one in texts for prefix, iri in one.used.items()}, terms)
    content = around.between.encode().join(one.content for one in texts if one.content)
    return around.head.encode() + content + around.tail.encode()


def _canonical(triples: Sequence[Triple]) -> set[Triple]:
    graph = Dataset(Quad(*one) for one in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {one.triple for one in graph}


def _read(content: bytes, form: Format) -> list[Triple]:
    return [one.triple for one in parse(content, format=form.rdf)]


@pytest.mark.parametrize("triples", [TRIPLES, TRIPLES + BLANK, []], ids=["named", "blank", "none"])
@pytest.mark.parametrize("form", GRAPH_FORMS, ids=lambda form: form.name)
def test_every_syntax_holds_every_triple(tmp_path: Path, form: Format, triples: list[Triple]) -> None:
    """Parsed again, a dump gives the triples that went in, blank nodes too."""
    assert _canonical(_read(_dump(tmp_path, form, triples), form)) == _canonical(triples)


def test_n_quads_keep_the_graphs(tmp_path: Path) -> None:
    """A statement of two graphs is there twice; of the other syntaxes each has it once."""
    quads = list(parse(_dump(tmp_path, N_QUADS, TRIPLES), format=RdfFormat.N_QUADS))
    assert {one.graph_name for one in quads} == set(GRAPHS)
    assert len(quads) == len(TRIPLES) + 1
    lines = _dump(tmp_path, N_TRIPLES, TRIPLES).splitlines(keepends=True)
    assert len(lines) == len(TRIPLES)
    assert lines == sorted(lines)


@pytest.mark.parametrize("form", DUMPS, ids=lambda form: form.name)
def test_the_order_of_the_quads_does_not_matter(tmp_path: Path, form: Format) -> None:
    """Shuffled statements give the same bytes, whatever their blank nodes are called."""
    triples = TRIPLES + BLANK if form not in {N_TRIPLES, N_QUADS, CSV} else TRIPLES
    renamed = [_renamed(one) for one in triples]
    first = _dump(tmp_path, form, triples, GRAPHS[:1])
    random.Random(7).shuffle(renamed)  # noqa: S311 - a shuffle for a test
    assert _dump(tmp_path, form, renamed, GRAPHS[:1]) == first


def _renamed(one: Triple) -> Triple:
    subject = BlankNode(f"x{one.subject.value}") if isinstance(one.subject, BlankNode) else one.subject
    value = BlankNode(f"x{one.object.value}") if isinstance(one.object, BlankNode) else one.object
    return Triple(subject, one.predicate, value)


@pytest.mark.parametrize("triples", [TRIPLES, TRIPLES + BLANK], ids=["named", "blank"])
def test_turtle_is_in_the_house_form(tmp_path: Path, triples: list[Triple]) -> None:
    """The same text as of a small graph: only used prefixes, `a` first, a thing before its parts, lists as lists."""
    # N-Triples escapes what is no character, Turtle writes it.
    sane = [one for one in triples if "\U0001fffe" not in str(one.object)]
    assert _dump(tmp_path, TURTLE, sane).decode() == turtle.write(sane, PREFIXES)


def test_json_ld_has_the_form_of_small_graphs(tmp_path: Path) -> None:
    """The same document, context and nodes in their order, as of a small graph; only the white space is less."""
    found = json.loads(_dump(tmp_path, JSON_LD, TRIPLES + BLANK))
    expected = json.loads(jsonld.write(TRIPLES + BLANK, PREFIXES))
    assert found["@context"] == expected["@context"]
    assert [one["@id"] for one in found["@graph"]] == [one["@id"] for one in expected["@graph"]]
    for ours, theirs in zip(found["@graph"], expected["@graph"], strict=True):
        assert {key: _unordered(value) for key, value in ours.items()} == {
            key: _unordered(value) for key, value in theirs.items()
        }
        assert list(ours) == list(theirs)


def _unordered(value: object) -> object:
    return sorted(value, key=json.dumps) if isinstance(value, list) else value


def test_a_type_that_is_a_text_is_not_lost(tmp_path: Path) -> None:
    """It makes no sense, but whoever wrote it finds it."""
    triples = [Triple(A, term("rdf:type"), Literal("city")), Triple(A, term("rdf:type"), term("schema:City"))]
    for form in GRAPH_FORMS:
        assert set(_read(_dump(tmp_path, form, triples), form)) == set(triples)


def test_rdf_xml_declares_what_it_uses(tmp_path: Path) -> None:
    """A predicate without a prefix brings its namespace; a carriage return survives."""
    content = _dump(tmp_path, RDF_XML, TRIPLES).decode()
    assert content.count("xmlns:") == len({"org", "rdf", "rdfs", "schema"} - {"org"})
    assert f'<prefix xmlns="{EX}no/">&amp;&lt;&gt;' in content
    assert "&#13;" in content


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        (Triple(A, _named("p/1"), A), "RDF/XML has no name for the predicate <https://example.org/p/1>"),
        (Triple(A, _named("p"), Literal("\x01")), r"cannot carry the character U\+0001, .* <https://example.org/id/a>"),
    ],
)
def test_what_rdf_xml_cannot_say_is_refused(tmp_path: Path, triple: Triple, message: str) -> None:
    """By the predicate, or by the character and the thing."""
    with pytest.raises(ValueError, match=message):
        _dump(tmp_path, RDF_XML, [triple])


def test_a_csv_without_a_query_is_the_table_of_statements(tmp_path: Path) -> None:
    """Each quad is a row; line feeds, quotes and Cyrillic survive."""
    rows = list(csv.DictReader(io.StringIO(_dump(tmp_path, CSV, TRIPLES + BLANK).decode(), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len(TRIPLES + BLANK) + 1
    found = {(row["subject"], row["object"], row["datatype"], row["language"]) for row in rows}
    assert found >= {
        (A.value, 'say "hi",\r\n\tthere\u00a0\u2028\\!', term("rdf:langString").value, "en"),
        (A.value, "&<>'\"", term("xsd:string").value, ""),
        (EX + "id/b", "1990", term("xsd:gYear").value, ""),
        (A.value, EX + "id/Ниш", "", ""),
        (A.value, "_:b", "", ""),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(some.lists(some.text(max_size=12), min_size=1, max_size=4), some.sampled_from(["en", "", "x:type"]))
def test_any_text_survives(tmp_path: Path, texts: list[str], kind: str) -> None:
    """Whatever is in a literal, every syntax that can carry it does."""
    try:
        triples = [Triple(A, term("rdfs:label"), _literal(one, kind)) for one in texts]
    except UnicodeEncodeError:  # half a surrogate pair is no text
        return
    for form in GRAPH_FORMS:
        try:
            content = _dump(tmp_path, form, triples)
        except ValueError:
            assert form is RDF_XML
        else:
            assert set(_read(content, form)) == set(triples), form.name
    rows = csv.DictReader(io.StringIO(_dump(tmp_path, CSV, triples).decode(), newline=""))
    assert {row["object"] for row in rows} == set(texts)


def _literal(text: str, kind: str) -> Literal:
    if ":" in kind:
        return Literal(text, datatype=NamedNode(kind))
    return Literal(text, language=kind) if kind else Literal(text)
