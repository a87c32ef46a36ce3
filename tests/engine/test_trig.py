"""Named graphs are written so that they are read back the same, in TriG and in JSON-LD, wherever the file is."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mreze import jsonld, trig
from mreze.namespaces import PREFIXES, RDF_TYPE, term

HERE, ROOT = "https://here.invalid/", "https://root.invalid/"
RELATIVE = {HERE: "", ROOT: "../../"}
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
    for number, (name, triples) in enumerate([(None, HEAD), *GRAPHS.items()]):
        for one in triples:
            subject, value = moved(one.subject, number), moved(one.object, number)
            assert isinstance(subject, NamedNode | BlankNode)
            found.add(Quad(subject, one.predicate, value, name))
    return _canonical(found)


@pytest.mark.parametrize("at", ["https://example.org/feed/a/1", "http://127.0.0.1:8000/mirror/of/feed/a/1.trig"])
def test_graphs_survive(at: str) -> None:
    """Each blank node stays one of its graph; locations follow the address."""
    written = trig.write(HEAD, GRAPHS, PREFIXES, RELATIVE)
    assert _canonical(Dataset(parse(written, format=RdfFormat.TRIG, base_iri=at))) == _meant(at)
    written = jsonld.write_graphs(HEAD, GRAPHS, PREFIXES, RELATIVE)
    assert _canonical(Dataset(parse(written, format=RdfFormat.JSON_LD, base_iri=at))) == _meant(at)


def test_the_form_is_that_of_the_house() -> None:
    """Prefixes, blocks of the default graph, then each graph with its blocks indented."""
    triples = [Triple(THING, RDF_TYPE, term("dcat:Dataset"))]
    assert trig.write(HEAD[:1], {NAMES[0]: triples}, PREFIXES, RELATIVE) == (
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        "@prefix tree: <https://w3id.org/tree#> .\n\n"
        "<>\n    a tree:Node ;\n.\n\n"
        "<https://example.org/feed#a> {\n"
        "    <https://example.org/id/a>\n        a dcat:Dataset ;\n    .\n"
        "}\n"
    )
