"""Named graphs are written so that they are read back the same, in TriG and in JSON-LD, wherever the file is."""

from __future__ import annotations

import json
import random
from textwrap import indent

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mreze.abbreviations import Abbreviations
from mreze.jsonld import document, usable_prefixes
from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.streams.graphs import GraphWriter, graph, statements, triples
from mreze.turtle import declarations, write_blocks

HERE, ROOT = "https://here.invalid/", "https://root.invalid/"
RELATIVE = {HERE: "", ROOT: "../../"}
MORE = {**PREFIXES, "": "https://example.org/", "ex": "https://example.org/id/", "odd": "https://example.org/od"}
"""One has no name, one is for things, one JSON-LD does not take."""
THING = NamedNode("https://example.org/id/a")
NAMES = [NamedNode(f"https://example.org/feed#{one}") for one in "ab"]
NODE = BlankNode("one")
HEAD = [Triple(NamedNode(HERE), RDF_TYPE, term("tree:Node")), Triple(NAMES[0], term("as:object"), THING)]
PAYLOAD = [
    Triple(THING, term("dct:title"), Literal("two\nlines }", language="en")),
    Triple(THING, term("as:object"), Literal("what is an IRI elsewhere")),
    Triple(THING, term("dcat:downloadURL"), NamedNode(ROOT + "dumps/a.ttl")),
    Triple(THING, term("dct:temporal"), NODE),
    Triple(THING, term("dct:spatial"), NODE),
    Triple(NODE, term("rdfs:label"), Literal("a node")),
]
GRAPHS = {NAMES[0]: PAYLOAD, NAMES[1]: PAYLOAD}


def _canonical(quads: Dataset) -> set[Quad]:
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(quads)


def _meant(at: str) -> set[Quad]:
    """What the graphs say where the document is served at an address, two levels below the root."""
    root = at.rsplit("/", 3)[0] + "/"

    def moved(node: NamedNode | BlankNode | Literal | Triple, number: int) -> NamedNode | BlankNode | Literal | Triple:
        if isinstance(node, BlankNode):
            return BlankNode(f"{node.value}{number}")
        if isinstance(node, NamedNode):
            return NamedNode(node.value.replace(HERE, at).replace(ROOT, root))
        return node

    found = Dataset()
    for number, (name, said) in enumerate([(None, HEAD), *GRAPHS.items()]):
        for one in said:
            subject, value = moved(one.subject, number), moved(one.object, number)
            assert isinstance(subject, NamedNode | BlankNode)
            found.add(Quad(subject, one.predicate, value, name))
    return _canonical(found)


@pytest.mark.parametrize("at", ["https://example.org/feed/a/1", "http://127.0.0.1:8000/mirror/of/feed/a/1.trig"])
def test_graphs_survive(at: str) -> None:
    """Each blank node stays one of its graph; locations follow the address."""
    head, graphs = graph(statements(HEAD)), {one.value: graph(statements(said)) for one, said in GRAPHS.items()}
    written = GraphWriter(PREFIXES, RELATIVE).write(head, graphs)
    assert _canonical(Dataset(parse(written.trig, format=RdfFormat.TRIG, base_iri=at))) == _meant(at)
    assert _canonical(Dataset(parse(written.json_ld, format=RdfFormat.JSON_LD, base_iri=at))) == _meant(at)


def test_the_form_is_that_of_the_house() -> None:
    """Prefixes, blocks of the default graph, then each graph with its blocks indented."""
    said = statements([Triple(THING, RDF_TYPE, term("dcat:Dataset"))])
    assert GraphWriter(PREFIXES, RELATIVE).write(graph(statements(HEAD[:1])), {NAMES[0].value: graph(said)}).trig == (
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        "@prefix tree: <https://w3id.org/tree#> .\n\n"
        "<>\n    a tree:Node ;\n.\n\n"
        "<https://example.org/feed#a> {\n"
        "    <https://example.org/id/a>\n        a dcat:Dataset ;\n    .\n"
        "}\n"
    )


def _said(number: int) -> list[Triple]:
    """What there may be without blank nodes; each number another choice of it."""
    chance = random.Random(number)  # noqa: S311 - the same each time
    subjects = [
        NamedNode(f"{space}{one}") for space in ("https://example.org/id/", HERE, ROOT) for one in ("a", "a#b", "a-2")
    ]
    predicates = [
        RDF_TYPE,
        term("dct:title"),
        term("schema:startDate"),
        NamedNode("https://example.org/odd%20"),
        term("dct:date"),
        NamedNode(ROOT + "said"),
        NamedNode("https://example.org/id/said"),
    ]
    values: list[NamedNode | Literal] = [
        *subjects,
        term("dcat:Dataset"),
        NamedNode("https://example.org/\u0436"),
        NamedNode("urn:example:a"),
        NamedNode("https://elsewhere.example/a"),
        NamedNode("https://elsewhere.example/b#c"),
        Literal("plain"),
        Literal('a "quote" \\ and\nlines \u200b > <'),
        Literal("\u043c\u0440\u0435\u0436\u0430", language="sr-cyrl"),
        Literal("net", language="en"),
        Literal("network", language="en"),
        Literal("2001", datatype=term("xsd:gYear")),
        Literal("2002", datatype=term("xsd:gYear")),
        Literal("7", datatype=term("xsd:integer")),
        Literal("7", datatype=NamedNode("https://example.org/odd")),
        Literal("100 %s"),
        Literal("true", datatype=term("xsd:boolean")),
    ]
    said = [(chance.choice(subjects), chance.choice(predicates), chance.choice(values)) for _ in range(12)]
    return [Triple(*one) for one in said if one[1] != RDF_TYPE or isinstance(one[2], NamedNode)]


@pytest.mark.parametrize("prefixes", [PREFIXES, MORE], ids=["few", "more"])
@pytest.mark.parametrize("number", range(60))
def test_without_blank_nodes_it_is_written_the_same(number: int, prefixes: dict[str, str]) -> None:
    """The quick way, over the statements, has the bytes of the way over objects."""
    head, inner = _said(number), _said(number + 1_000)
    graphs = {"https://example.org/feed#a": graph(statements(inner))}
    abbreviations = Abbreviations(prefixes)
    (outer, used), (blocks, more) = (write_blocks(one, abbreviations, RELATIVE) for one in (head, inner))
    named = "<https://example.org/feed#a> {\n" + indent("\n".join(blocks), "    ") + "}\n"
    usable = Abbreviations(usable_prefixes(prefixes))
    meant, own = (document(one, usable, RELATIVE) for one in (head, inner))
    named_graph = {"@context": [None, own["@context"]], "@id": "https://example.org/feed#a", "@graph": own["@graph"]}
    writer = GraphWriter(prefixes, RELATIVE)
    for _ in range(2):  # what was learnt changes nothing
        written = writer.write(graph(statements(head)), graphs)
        assert written.trig == "\n".join([declarations(used | more), *outer, named])
        whole = {**meant, "@graph": [*meant["@graph"], named_graph]}
        assert json.dumps(json.loads(written.json_ld)) == json.dumps(whole)


def test_statements_are_those_of_triples() -> None:
    """There and back."""
    said = _said(7)
    assert set(triples(statements(said))) == set(said)
    assert statements(triples(statements(said))) == statements(said)
