"""The files keep the form of the model: whole IRIs, own subjects, no dead ends, plain triples that follow claims."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from tests.data.graph import BASE, DATA, MG, ROOT, Node, data_files, everything, members, nis, read, term, value

LAST_DAY = "2026-11-24"
DATE_TYPES = {
    "gYear": r"[0-9]{4}",
    "gYearMonth": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "date": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}
XSD = term("xsd:date").value.removesuffix("date")


def all_files() -> list[Path]:
    """The Turtle files of the dataset `nis`, the catalogue and the ontology."""
    return [*data_files(), ROOT / "data" / "catalog.ttl", *sorted((ROOT / "ontology").glob("*.ttl"))]


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.relative_to(DATA).as_posix())
def test_a_file_speaks_of_its_own_thing(path: Path) -> None:
    """Every subject of a file is the thing that its path names, or a part of it; there are no blank nodes."""
    own = f"{BASE}id/{path.relative_to(DATA).with_suffix('').as_posix()}"
    quads = read(path)
    assert quads
    for quad in quads:
        assert not isinstance(quad.object, BlankNode)
        assert value(quad.subject).partition("#")[0] == own


def test_nothing_points_into_the_void() -> None:
    """Whatever of our own is referred to is described, in the data, the catalogue or the ontology."""
    quads = everything().quads
    described = {value(quad.subject) for quad in quads}
    mentioned = {node.value for quad in quads for node in (quad.predicate, quad.object) if isinstance(node, NamedNode)}
    ours = {iri for iri in mentioned if iri.startswith((BASE + "id/", BASE + "dataset/", BASE + "catalog", MG))}
    assert sorted(ours - described) == []


def test_no_term_is_minted_in_vain() -> None:
    """Each property, class and datatype of the vocabulary is used or derived; closed lists of values are kept whole."""
    ontology = [quad for path in (ROOT / "ontology").glob("*.ttl") for quad in read(path)]
    kinds = {term(name) for name in ("owl:ObjectProperty", "owl:DatatypeProperty", "rdfs:Datatype", "owl:Class")}
    minted = {value(quad.subject) for quad in ontology if quad.object in kinds}
    quads = [*nis().quads, *members().quads]
    used = {value(quad.predicate) for quad in quads}
    used |= {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
    used |= {quad.object.datatype.value for quad in quads if isinstance(quad.object, Literal)}
    used |= {
        value(quad.object) for quad in ontology if quad.predicate == term("rdf:type")
    }  # Rank, Certainty and the like
    shapes = [quad for path in (ROOT / "shapes").glob("*.ttl") for quad in read(path)]
    derived = {value(quad.subject) for quad in shapes if quad.predicate == term("sh:path")} & minted
    assert sorted(derived & used) == []
    assert sorted(minted - used - derived) == []


def test_dates_are_dates_and_not_in_the_future() -> None:
    """A date has the form of its type and does not lie after the data were closed, but that of a link."""
    for quad in everything().quads:
        if quad.predicate == term("dct:dateAccepted"):
            continue
        literal = quad.object
        if isinstance(literal, Literal) and (form := DATE_TYPES.get(literal.datatype.value.removeprefix(XSD))):
            assert re.fullmatch(form, literal.value), literal
            assert literal.value <= LAST_DAY, literal


def test_only_founding_dates_are_rounded() -> None:
    """The founding date of an organization is a year."""
    for quad in nis().quads:
        if quad.predicate == term("schema:foundingDate"):
            assert isinstance(quad.object, Literal)
            assert quad.object.datatype == term("xsd:gYear")


def test_plain_triples_follow_the_best_claims() -> None:
    """What is claimed with the best rank is said plainly too, nothing else that is claimed is, and years agree."""
    graph = nis()
    claims: dict[tuple[str, str], dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for claim in graph.of_class("mg:Claim"):
        about = (value(graph.one(claim, "rdf:subject")), value(graph.one(claim, "rdf:predicate")))
        rank = value(graph.one(claim, "mg:rank")).removeprefix(MG)
        claims[about][rank].append(graph.one(claim, "rdf:object"))
    assert len(claims) > 50
    for (subject, predicate), ranked in claims.items():
        plain = {
            quad.object
            for quad in graph.quads.quads_for_subject(NamedNode(subject))
            if value(quad.predicate) == predicate
        }
        best = ranked["preferred"] or ranked["normal"]
        rest = ranked["normal"] if ranked["preferred"] else []
        if predicate == term("schema:foundingDate").value:
            assert {value(one)[:4] for one in best} == {value(one) for one in plain}, subject
        else:
            said = {one for one in best if one != term("mg:noValue")}
            assert said <= plain, (subject, predicate)
            assert plain.isdisjoint(rest), (subject, predicate)


def test_every_claim_is_about_its_own_thing() -> None:
    """A claim stands in the file of the thing that it is about."""
    graph = nis()
    for claim in graph.of_class("mg:Claim"):
        assert value(graph.one(claim, "rdf:subject")).partition("#")[0] == claim.value.partition("#")[0]


def test_what_is_inferred_says_how() -> None:
    """A claim that we inferred has a note that tells the step."""
    graph = nis()
    for claim in graph.of_class("mg:Claim"):
        if graph.one(claim, "mg:certainty") == term("mg:inferred"):
            assert graph.objects(claim, "skos:note"), claim


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.stem)
def test_a_no_break_space_can_be_seen(path: Path) -> None:
    """A no-break space is written as an escape, and every IRI in full."""
    text = path.read_text(encoding="utf-8")
    assert "\u00a0" not in text
    assert "@base" not in text
