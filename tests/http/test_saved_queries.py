"""A saved query is a page, and its result a file."""

from __future__ import annotations

import json
import re

import pytest
from pyoxigraph import RdfFormat, parse
from tests.servers import Served


def test_they_are_listed(minimal: Served) -> None:
    """As questions for people, as descriptions for machines."""
    page = minimal.get("queries/", "text/html", accept_language="en").text
    assert 'href="../queries/bridges"' in page
    assert "Which bridges are there" in page
    described = minimal.get("queries/", "text/turtle").text
    assert "sh:SPARQLSelectExecutable" in described
    assert minimal.get("queries", "text/turtle").text == described


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", "application/sparql-results+json"),
        ("srj", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("rq", "application/sparql-query"),
        ("ttl", "text/turtle"),
        ("html", "text/html"),
    ],
)
def test_the_result_is_a_file(minimal: Served, extension: str, media_type: str) -> None:
    """Each extension has its type; the CSV is the dump of the dataset whose table it is."""
    answer = minimal.get(f"queries/bridges.{extension}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert minimal.get("queries/bridges.csv").content == minimal.get("dumps/crossings.csv").content


def test_the_page_has_question_text_and_result(minimal: Served) -> None:
    """In the language of the reader, without the header lines that the question comes from."""
    page = minimal.get("queries/bridges", "text/html", accept_language="de").text
    assert "<h1>Welche Brücken gibt es, seit wann, und worüber?</h1>" in page
    assert "SELECT ?bridge ?name" in page
    assert "#+ summary" not in page
    assert "1871" in page


def test_a_result_is_told_in_the_words_of_its_reader(minimal: Served) -> None:
    """Columns and things are called what the reader calls them; files keep variables and values."""
    page = minimal.get("queries/bridges", "text/html", accept_language="de").text
    assert '<th scope="col" title="?opened"><span lang="de">eröffnet</span></th>' in page
    assert '<th scope="col" title="?name">' not in page  # the link says it
    assert re.search(r"<a [^>]*rivers/green-river[^>]*>Grüner Fluss</a>", page)
    assert minimal.get("queries/bridges.csv").text.startswith("bridge,name,opened,river")
    assert '<th scope="col"><code lang="">number</code></th>' in minimal.get("queries/echo", "text/html").text


def test_a_query_that_constructs_is_a_graph(minimal: Served) -> None:
    """Its Turtle is its result, and there is no CSV of it."""
    answer = minimal.get("queries/rivers.nt")
    subjects = {str(quad.subject) for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)}
    assert subjects == {f"<{minimal.base}id/rivers/green-river>"}
    assert minimal.get("queries/rivers.csv").status_code == 404
    assert "<pre " in minimal.get("queries/rivers.html").text


@pytest.mark.parametrize("path", ["queries/chance.csv", "queries/chance.html"])
def test_chance_is_asked_each_time(minimal: Served, path: str) -> None:
    """What differs each time is kept nowhere."""
    assert minimal.get(path).content != minimal.get(path).content


def test_the_identifier_of_a_query_dereferences(minimal: Served) -> None:
    """Its description says what it asks, and holds its text."""
    turtle = minimal.get("queries/bridges", "text/turtle").text
    assert "sh:select" in turtle
    assert json.loads(minimal.get("queries/bridges", "application/sparql-results+json").content)["results"]


@pytest.mark.parametrize("path", ["queries/none", "queries/none.csv", "queries/bridges.exe"])
def test_what_is_not_saved_is_404(minimal: Served, path: str) -> None:
    """An unknown name or extension says where the list is."""
    assert minimal.get(path).status_code == 404
