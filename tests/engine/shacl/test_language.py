"""What shapes use of SHACL decides who validates, and what is told to be in vain."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from mreze.namespaces import PREFIXES, term
from mreze.shacl.language import followed, of_reference, unfollowed

_PROLOGUE = "".join(f"@prefix {name}: <{space}> . " for name, space in PREFIXES.items() if name in {"sh", "xsd"})


def _shapes(said: str) -> list[Triple]:
    written = f"{_PROLOGUE} @prefix e: <https://e.example/> . e:s a sh:NodeShape ; sh:targetClass e:C ; {said} ."
    return [one.triple for one in parse(written, format=RdfFormat.TURTLE)]


@pytest.mark.parametrize(
    ("said", "predicate"),
    [
        ("sh:property [ sh:path e:p ; sh:minCount 1 ; sh:pattern 'x' ; sh:flags 'i' ]", None),
        ("sh:property [ sh:path ( e:p [ sh:inversePath e:q ] ) ; sh:or ( [ sh:nodeKind sh:IRI ] e:t ) ]", None),
        ("sh:property [ sh:path e:p ; sh:minInclusive 1 ; sh:maxExclusive 1.5e3 ]", None),
        ("sh:property [ sh:path e:p ; sh:maxInclusive '2026-01-01'^^xsd:date ]", None),
        ("sh:property [ sh:path e:p ; sh:minInclusive '2020'^^xsd:gYear ]", "sh:minInclusive"),
        ("sh:property [ sh:path e:p ; sh:maxExclusive 'm' ]", "sh:maxExclusive"),
        ("sh:property [ sh:path e:p ; sh:lessThan e:q ]", "sh:lessThan"),
        ("sh:property [ sh:path e:p ; sh:lessThanOrEquals e:q ]", "sh:lessThanOrEquals"),
        ("sh:sparql [ sh:select 'SELECT $this {}' ]", "sh:sparql"),
    ],
)
def test_what_only_the_reference_is_trusted_with(said: str, predicate: str | None) -> None:
    """SPARQL, and an order that engines see differently; all else of SHACL Core is for either."""
    assert predicate in {None, *PREFIXES} or term(predicate or "") in {
        one.predicate for one in of_reference(_shapes(said))
    }
    assert bool(of_reference(_shapes(said))) == (predicate is not None)


@pytest.mark.parametrize("said", ["sh:rule []", "sh:js []", "sh:expression []", "sh:target []"])
def test_what_nobody_follows_is_found_and_left_out(said: str) -> None:
    """Rules, JavaScript, expressions and targets found by queries demand nothing of any engine."""
    shapes = _shapes(said)
    assert [one.predicate for one in unfollowed(shapes)] == [term(said.split()[0])]
    assert followed(shapes) == [one for one in shapes if one.predicate != term(said.split()[0])]


def test_what_shacl_1_2_adds_is_left_out() -> None:
    """The fast engine would follow it, the reference would not; other vocabularies stay."""
    shapes = _shapes("sh:someValue [] ; e:own 1")
    assert [one.predicate.value for one in shapes if one not in followed(shapes)] == [f"{PREFIXES['sh']}someValue"]
    assert unfollowed(shapes) == []
