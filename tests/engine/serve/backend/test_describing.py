"""What a DESCRIBE describes can be counted, in a question that means the same."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.serve.backend.describing import Counting, count_described

DATA = "".join(f"<urn:s{number % 3}> <urn:p> <urn:o{number}> .\n" for number in range(10))
NAMED = [
    ("DESCRIBE <urn:a>", 1),
    ("PREFIX describe: <urn:> DESCRIBE describe:a <urn:b>", 2),
    ("DESCRIBE <urn:a> <urn:a> # { ?x }", 2),
]
FOUND = [
    ("DESCRIBE ?s { ?s ?p ?o }", 0, 3),
    ("describe ?s ?s ?o WHERE { ?s ?p ?o } # all", 0, 13),
    ("PREFIX x: <urn:> DESCRIBE x:a ?o <urn:b> { ?s ?p ?o FILTER (?s = x:s1) }", 2, 3),
    ("DESCRIBE ?number0 { ?s ?p ?number0 } ORDER BY ?number0", 0, 10),
    ("DESCRIBE ?s { ?s ?p ?o } LIMIT 5", 0, 5),
    ("DESCRIBE ?s { { SELECT ?s { ?s ?p ?o } LIMIT 5 } }", 0, 5),
    ("DESCRIBE ?s { ?s ?p ?o } VALUES ?s { <urn:s1> }", 0, 1),
    ("DESCRIBE ?s { ?s ?p ?none . ?none ?q ?z }", 0, 0),
]


@pytest.mark.parametrize(("query", "named"), NAMED)
def test_what_is_named_needs_no_question(query: str, named: int) -> None:
    """It is counted here."""
    assert count_described(query) == Counting(named, "")


@pytest.mark.parametrize(("query", "named", "number"), FOUND)
def test_what_is_found_is_counted(query: str, named: int, number: int) -> None:
    """Each thing once, or more often where solutions are left out."""
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.N_TRIPLES)
    counting = count_described(query)
    rows = store.query(counting.text)
    assert isinstance(rows, ox.QuerySolutions)
    assert counting.named == named
    assert sum(int(value.value) for row in rows for value in row) == number
