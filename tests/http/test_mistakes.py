"""A mistake in a query is told with its place, for programs as members of the problem document."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.servers import Served, serving


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?x WHRE { ?x ?y ?z }", 1, 16),
        ("SELECT * {\n  ?x foaf:name ?z }", 2, 15),
        ("SELECT * {\r\n\r\n  ?x foaf:name ?z }", 3, 15),
        ("SELECT * { ?x ?y 'žć𝒳' } GRP BY ?x", 1, 32),
    ],
)
def test_a_problem_document_has_line_and_column(minimal: Served, query: str, line: int, column: int) -> None:
    """Both count from 1, columns in characters (RFC 9457, 3.2: extension members); the detail says the same."""
    answer = minimal.query(query, "application/json")
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (problem["line"], problem["column"]) == (line, column)
    assert f"line {line}, column {column}: " in problem["detail"]


def test_what_has_no_place_names_none(minimal: Served) -> None:
    """An error that is not one of syntax has only the members that every problem has."""
    members = {"type", "title", "status", "detail", "instance"}
    assert set(minimal.query("DROP ALL", "application/json").json()) == members
    assert set(minimal.get("sparql?query=ASK{}&timeout=x").json()) == members


def test_the_page_has_the_place_for_the_editor(minimal: Served) -> None:
    """The page marks the place, and still shows the query."""
    page = minimal.query("SELECT * {\n  ?x foaf:name ?z }", "text/html").text
    assert 'data-line="2" data-column="15"' in page
    assert "?x foaf:name ?z }</textarea>" in page


@pytest.mark.parametrize("query", ["DROP ALL", "ASK { SERVICE <http://example.org/> {} }", "ASK {}&timeout=x"])
def test_a_query_that_is_refused_can_be_mended(minimal: Served, query: str) -> None:
    """A person gets the page with the query and why it is refused, with the status that programs get."""
    asked, _, rest = query.partition("&")
    parameters = dict([rest.split("=")]) if rest else {}
    page = minimal.query(asked, "text/html", **parameters)
    program = minimal.query(asked, "application/json", **parameters)
    assert page.status_code == program.status_code in {400, 403}
    assert asked.replace("<", "&lt;").replace(">", "&gt;") + "</textarea>" in page.text
    assert program.json()["detail"].split(":")[0].replace("'", "&#39;") in page.text


def test_a_page_that_may_be_asked_again_says_when(minimal_release: Path) -> None:
    """The page of an error has the headers of the error: here Retry-After, because too many queries run."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    with serving(minimal_release, "--workers", "2", "--timeout", "0.1") as served, ThreadPoolExecutor(60) as threads:
        waiting = [threads.submit(served.query, f"{slow} # {number}", "text/html") for number in range(60)]
        answers = [one.result() for one in waiting]
    refused = [one for one in answers if one.status_code in {429, 503}]
    assert refused
    assert all(one.headers["retry-after"] and "text/html" in one.headers["content-type"] for one in refused)


def test_a_page_shows_chance_anew(minimal: Served) -> None:
    """What differs each time is not kept, on a page neither."""
    pages = {minimal.query("SELECT (RAND() AS ?chance) {}", "text/html").text for _ in range(3)}
    assert len(pages) == 3
