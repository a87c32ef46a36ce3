"""What shapes read from a thing is told step by step; of what has no bounds, or is not understood, nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from tests.engine.shacl.agreement import read

from mreze.namespaces import PREFIXES, RDF_TYPE
from mreze.shacl.reads import Reads, Step, UnknownReadsError, find_reads

ROOT = Path(__file__).parents[3]
PROLOGUE = "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("rdf", "rdfs", "sh", "xsd"))
PROLOGUE += "@prefix e: <https://e.example/> . "


def _shapes(written: str) -> list[Triple]:
    return [one.triple for one in parse(PROLOGUE + written, format=RdfFormat.TURTLE)]


def _name(step: Step) -> str:
    if step.predicate is None:
        return "*"
    return ("^" if step.back else "") + ("a" if step.predicate == RDF_TYPE else step.predicate.value.rpartition("/")[2])


def _ways(reads: Reads) -> list[str]:
    """Each step with those before it: `p p.q ^r`."""
    found = []
    for step, then in reads.items():
        found += [_name(step), *(f"{_name(step)}.{one}" for one in _ways(then))]
    return sorted(found)


def _told(written: str) -> str:
    return " ".join(one for one in _ways(find_reads(_shapes(written))) if one != "a")


@pytest.mark.parametrize(
    ("path", "ways"),
    [
        ("e:p", "p"),
        ("[ sh:inversePath e:p ]", "^p"),
        ("[ sh:inversePath [ sh:inversePath e:p ] ]", "p"),
        ("( e:p e:q )", "p p.q"),
        ("( e:p [ sh:inversePath e:q ] rdf:type )", "p p.^q p.^q.a"),
        ("[ sh:alternativePath ( e:p ( e:q e:r ) ) ]", "p q q.r"),
        ("( [ sh:alternativePath ( e:p e:q ) ] e:r )", "p p.r q q.r"),
        ("[ sh:inversePath [ sh:alternativePath ( e:p e:q ) ] ]", "^p ^q"),
        ("[ sh:zeroOrOnePath e:p ]", "p"),
        ("( [ sh:zeroOrOnePath e:p ] e:q )", "p p.q q"),
    ],
)
def test_paths_are_ways(path: str, ways: str) -> None:
    """Each predicate forwards or backwards, one after the other."""
    assert _told(f"e:S sh:targetClass e:C ; sh:property [ sh:path {path} ; sh:minCount 1 ] .") == ways
    assert _told(f"e:S sh:targetNode e:a ; sh:path {path} ; sh:maxCount 1 .") == ways


@pytest.mark.parametrize(
    ("demand", "ways"),
    [
        ('sh:minCount 1 ; sh:maxCount 2 ; sh:datatype xsd:date ; sh:pattern "x" ; sh:flags "i" ; sh:minLength 1', "p"),
        ("sh:in ( 1 2 ) ; sh:hasValue 1 ; sh:nodeKind sh:IRI ; sh:minInclusive 1 ; sh:uniqueLang true", "p"),
        ('sh:name "n" ; sh:message "m" ; sh:severity sh:Info ; sh:order 1 ; sh:deactivated true ; e:own e:x', "p"),
        ("sh:class e:D", "p p.a"),
        ("sh:equals e:q ; sh:disjoint e:r", "p q r"),
        ("sh:lessThan e:q ; sh:lessThanOrEquals e:r", "p q r"),
        ("sh:node e:T", "p p.q"),
        ("sh:not e:T", "p p.q"),
        ("sh:qualifiedValueShape e:T ; sh:qualifiedMinCount 1", "p p.q"),
        ("sh:or ( e:T [ sh:class e:D ] )", "p p.a p.q"),
        ("sh:and ( e:T [ sh:not [ sh:property [ sh:path e:r ; sh:class e:D ] ] ] )", "p p.q p.r p.r.a"),
        ("sh:xone ( [ sh:path e:q ; sh:equals e:r ] )", "p p.q p.r"),
        ("sh:node [ sh:closed true ; sh:ignoredProperties ( e:q ) ]", "p p.*"),
    ],
)
def test_demands_read_on_from_values(demand: str, ways: str) -> None:
    """Of what class a value is, what inner shapes ask of it, and what else is said of the thing itself."""
    inner = "e:T sh:property [ sh:path e:q ; sh:minCount 1 ] ."
    assert _told(f"e:S sh:targetClass e:C ; sh:property [ sh:path e:p ; {demand} ] . {inner}") == ways


@pytest.mark.parametrize(
    ("shape", "ways"),
    [
        ("e:S sh:targetSubjectsOf e:p .", "p"),
        ("e:S sh:targetObjectsOf e:p .", "^p"),
        ("e:S a sh:NodeShape, rdfs:Class ; sh:property [ sh:path e:p ] .", "p"),
        ("e:S sh:targetClass e:C ; sh:class e:D ; sh:node [ sh:path e:p ] .", "p"),
        ("e:S sh:targetClass e:C ; sh:closed true .", "*"),
        ("e:S a sh:NodeShape ; sh:property [ sh:path e:p ] .", ""),
        ("", ""),
    ],
)
def test_targets_are_read(shape: str, ways: str) -> None:
    """What makes a thing a target, its class in any case; a shape without targets reads nothing."""
    assert _told(shape) == ways
    assert Step(RDF_TYPE) in find_reads(_shapes(shape))


FORKED = "( " + " ".join(["[ sh:alternativePath ( e:p e:q e:r ) ]"] * 9) + " )"


@pytest.mark.parametrize(
    "said",
    [
        "sh:path [ sh:zeroOrMorePath e:p ]",
        "sh:path [ sh:oneOrMorePath e:p ]",
        "sh:path [ sh:inversePath ( e:p e:q ) ]",
        "sh:path ( e:p [ sh:zeroOrMorePath e:q ] )",
        "sh:path e:p, e:q",
        "sh:path ()",
        'sh:path "p"',
        "sh:path [ sh:inversePath e:p ; sh:zeroOrOnePath e:q ]",
        "sh:path [ e:own e:p ]",
        "sh:path [ sh:alternativePath ( e:p ) , ( e:q ) ]",
        "sh:path [ rdf:first e:p ]",
        f"sh:path {FORKED}",
        "sh:path e:p ; sh:property [ sh:path e:q ]",
        "sh:path e:p ; sh:or [ rdf:first e:T ; rdf:rest 1 ]",
        "sh:path e:p ; sh:node e:S",
        "sh:path e:p ; sh:node [ sh:property [ sh:path e:q ; sh:or ( e:S ) ] ]",
        "sh:path e:p ; sh:equals 1",
        "sh:path e:p ; sh:qualifiedValueShape [] ; sh:qualifiedValueShapesDisjoint true",
        "sh:path e:p ; sh:sparql [ sh:select 'SELECT' ]",
        "sh:path e:p ; sh:target [ a sh:SPARQLTarget ]",
        "sh:path e:p ; sh:expression [ sh:path e:q ]",
        "sh:path e:p ; sh:someValue e:T",
        "sh:path e:p . e:Own a sh:ConstraintComponent ; sh:parameter [ sh:path e:own ]",
        "sh:path e:p ; sh:hasValue <<( e:a e:b e:c )>>",
    ],
)
def test_of_the_rest_nothing_is_told(said: str) -> None:
    """Ways without end, shapes within themselves, what is told of a value, queries, what is not written well."""
    with pytest.raises(UnknownReadsError):
        find_reads(_shapes(f"e:S sh:targetClass e:C ; {said} ."))


def test_a_list_that_ends_in_itself_has_no_end() -> None:
    """It is refused too."""
    with pytest.raises(UnknownReadsError):
        find_reads(_shapes("e:S sh:targetClass e:C ; sh:path e:p ; sh:or _:l . _:l rdf:first e:T ; rdf:rest _:l ."))


@pytest.mark.parametrize("folder", ["shapes", "src/mreze/template/shapes", "tests/bench"])
def test_shapes_of_sites_are_understood(folder: str) -> None:
    """Those of this repository's site, of a new one and of the one that is measured."""
    assert _ways(find_reads(read(*(ROOT / folder).glob("*.ttl"))))
