"""Names mean what the engine takes them for."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from mreze.serve.prologue import absolute, read_prologue, resolved

BASE = "https://x.example/sparql"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<> AS ?x) {}",
        "SELECT (<a> AS ?x) {}",
        "SELECT (</a/../b/./c> AS ?x) {}",
        "SELECT (<?q=1#> AS ?x) {}",
        "SELECT (<//other/x> AS ?x) {}",
        "SELECT (<https:a> AS ?x) {}",
        "SELECT (<urn:a:b> AS ?x) {}",
        "SELECT (<http://a/\\u0061\\U00000062> AS ?x) {}",
        "BASE <http://b/c/d> SELECT (<e> AS ?x) {}",
        "BASE <http://b/c/d> BASE <e/> SELECT (<f> AS ?x) {}",
        "BASE<http://b/>PREFIXp:<q/>SELECT(p:r AS ?x){}",
        "PREFIX p: <http://b/> BASE <http://c/> PREFIX p: <d#> SELECT (p:r AS ?x) {}",
        "prefix : <http://b/> # PREFIX : <http://c/>\nSELECT (:r%20s AS ?x) {}",
        "PREFIX p: <http://b/> SELECT (p:a\\,b\\'c.d AS ?x) {}",
        "PREFIX p.q-r: <http://b/> SELECT (p.q-r:s AS ?x) {}",
        "PREFIX ц: <http://b/> SELECT (ц:ц AS ?x) {}",
    ],
)
def test_an_iri_is_what_the_engine_makes_of_it(query: str) -> None:
    """Relative references, BASE, PREFIX, escapes: the first IRI after the prologue is the one that the query gives."""
    found = Store().query(query, base_iri=BASE)
    assert isinstance(found, QuerySolutions)
    (row,) = found
    assert isinstance(row["x"], NamedNode)
    assert next(token for kind, token in resolved(query, BASE) if kind == "iri") == row["x"].value


@pytest.mark.parametrize(
    "reference", ["a b", "a<b", "a> <x:x> <x:x> . <b", "a\nb", "http://[", "a\\b", "\\u0020", "\\uD800", "x:y:z{}"]
)
def test_what_is_no_iri_has_no_meaning(reference: str) -> None:
    """Nothing is made up for what the engine refuses."""
    assert absolute(BASE, reference) is None


def test_undeclared_prefixes_mean_nothing() -> None:
    """Nor does a name that makes no IRI."""
    prologue = read_prologue("PREFIX p: <http://b:8> ASK {}", BASE)
    assert prologue.iri("q:r") is None
    assert prologue.iri("p:r") is None
    assert prologue.iri("p:0/r") == "http://b:80/r"
    assert list(resolved("ASK { q:r <a b> <c> }", BASE))[-2:] == [("iri", "https://x.example/c"), ("close", "}")]
