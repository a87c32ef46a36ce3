"""A saved query can be asked with other values: typed, checked, bound as terms."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import httpx
import pytest
from tests.pushed import LOCATIONS
from tests.servers import Served

XSD = "http://www.w3.org/2001/XMLSchema#"
GREEN = "rivers/green-river"


def _get(served: Served, path: str, accept: str | None = None, **values: str) -> httpx.Response:
    return served.get(f"queries/{path}?{urlencode(values)}", accept)


def _rows(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return answer.text.split("\r\n")[1:-1]


def test_the_default_is_asked_where_nothing_is_said(minimal: Served) -> None:
    """Another value gives other rows; an empty one, as forms send it, counts as none."""
    default = _get(minimal, "opened-since.csv")
    assert len(_rows(default)) == 6
    assert len(_rows(_get(minimal, "opened-since.csv", since="1990"))) < 6
    assert _get(minimal, "opened-since.csv", since="").content == default.content
    assert _get(minimal, "opened-since.csv", since="1900").content == default.content
    assert _rows(_get(minimal, "opened-since.csv", since="2999")) == []


@pytest.mark.parametrize("extension", ["json", "xml", "csv", "tsv", "srj"])
def test_every_form_takes_them(minimal: Served, extension: str) -> None:
    """Fixed by the extension, or negotiated."""
    answer = _get(minimal, f"opened-since.{extension}", since="1997")
    assert "new-bridge" in answer.text
    assert "мост" not in answer.text
    negotiated = _get(minimal, "opened-since", answer.headers["content-type"], since="1997")
    assert negotiated.content == answer.content


@pytest.mark.parametrize(
    ("name", "value", "datatype"),
    [
        ("text", 'a "quoted" \\ text }\n # with 漢字 and more', None),
        pytest.param(
            "text",
            "漢字 and \u0000.",
            None,
            marks=pytest.mark.engine_cannot("virtuoso", "it cuts a text beyond Latin-1 at U+0000"),
        ),
        ("text", '" } UNION { ?text ?p ?o } #', None),
        ("text", " ", None),
        ("number", "-42", "integer"),
        ("price", "1.5", "decimal"),
        pytest.param(
            "flag",
            "true",
            "boolean",
            marks=pytest.mark.engine_cannot("virtuoso", "a truth value that is in no graph is the integer 1 or 0"),
        ),
        ("day", "2024-02-29", "date"),
        ("moment", "2026-11-23T12:00:00Z", "dateTime"),
        ("year", "2010", "gYear"),
        ("month", "2010-05", "gYearMonth"),
        ("address", "https://example.org/?a=b&c#d", "anyURI"),
    ],
)
def test_a_value_arrives_as_what_it_is(minimal: Served, name: str, value: str, datatype: str | None) -> None:
    """Its lexical form and its datatype come back, in one row, whatever is in it."""
    answer = _get(minimal, "echo.json", **{name: value})
    (row,) = answer.json()["results"]["bindings"]
    assert row[name]["value"] == value
    assert row[name].get("datatype") == (XSD + datatype if datatype else None)
    assert set(row) == {name}


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        ("bridges/old-bridge", "{base}id/bridges/old-bridge"),
        ("/bridges/old-bridge", "{base}id/bridges/old-bridge"),
        ("id/bridges/old-bridge", "{base}id/bridges/old-bridge"),
        ("bridges/old-bridge#claim-opened", "{base}id/bridges/old-bridge#claim-opened"),
        ("bridges/мост", "{base}id/bridges/мост"),
        ("{base}id/bridges/%D0%BC%D0%BE%D1%81%D1%82", "{base}id/bridges/мост"),
        ("bridges/ћуприја", "{base}id/bridges/%D1%9B%D1%83%D0%BF%D1%80%D0%B8%D1%98%D0%B0"),
        ("{base}id/bridges/none", "{base}id/bridges/none"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x?y=z", "https://example.org/x?y=z"),
        ("urn:isbn:9780306406157", "urn:isbn:9780306406157"),
        ("skos:Concept", "http://www.w3.org/2004/02/skos/core#Concept"),
        ("ex:Bridge", "{base}ontology#Bridge"),
    ],
)
def test_an_iri_is_written_in_any_way(minimal: Served, value: str, iri: str) -> None:
    """Absolute, as a prefixed name, or as a path of the site, in whichever form the data have it."""
    answer = _get(minimal, "echo.json", thing=value.replace("{base}", minimal.base))
    (row,) = answer.json()["results"]["bindings"]
    assert row["thing"] == {"type": "uri", "value": iri.replace("{base}", minimal.base)}


@pytest.mark.parametrize(
    ("path", "query", "says"),
    [
        ("opened-since.csv", "since=soon", ["since", "xsd:integer", "'soon'", "a whole number, such as 10"]),
        ("opened-since.csv", "since=1900.5", ["since", "1900.5"]),
        ("opened-since.csv", "since=1900&since=1950", ["since comes twice"]),
        ("opened-since.csv", "sinse=1900", ["'sinse'", "since (xsd:integer), lang, release"]),
        ("rivers.nt", "x=1", ["'x'", "There are: lang, release."]),
        ("opened-since.ttl", "sinse=1900", ["'sinse'"]),
        ("opened-since.rq", "since=x", ["since"]),
        ("opened-since.csv", "since=%FF", ["cannot be read"]),
        ("opened-since.csv", "&".join(f"a{n}=1" for n in range(101)), ["cannot be read"]),
        ("echo.csv", "day=2026-02-29", ["day", "xsd:date", "a day, such as"]),
        ("echo.csv", "flag=yes", ["true or false"]),
        ("echo.csv", "thing=nothing/here", ["nothing here is called", "id/nothing/here"]),
        ("echo.csv", "thing=nix:x", ["no prefix nix:"]),
        ("echo.csv", "thing=https%3A//a%20b/", ["thing"]),
        ("echo.csv", "thing=%3Chttps%3A//a%3E%20%7D%20%23", ["thing"]),
        ("crossing.csv", "", ["river", "missing", "iri schema:RiverBodyOfWater"]),
        ("crossing.csv", "language=de", ["river", "missing"]),
        ("crossing.csv", "river=bridges/old-bridge", ["nothing of that class", "old-bridge"]),
        ("is-called.json", "", ["name", "rdf:langString de"]),
        ("described.ttl", "", ["thing", "missing"]),
    ],
)
def test_a_wrong_value_is_400(minimal: Served, path: str, query: str, says: list[str]) -> None:
    """The problem names the parameter, its type, what was given and what may be."""
    answer = minimal.get(f"queries/{path}?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    for one in says:
        assert one in answer.json()["detail"]


def test_values_of_one_block_can_be_given_one_by_one(minimal: Served) -> None:
    """What is not given keeps its default."""
    english = _rows(_get(minimal, "crossing.csv", river=GREEN))
    german = _rows(_get(minimal, "crossing.csv", river=GREEN, language="de"))
    assert any("Old Bridge" in one for one in english)
    assert any("Alte Brücke" in one for one in german)


def test_asks_and_graphs_take_values_too(minimal: Served) -> None:
    """A text in a language is one; a graph is of the thing that was named."""
    assert _get(minimal, "is-called.json", name="Alte Brücke").json()["boolean"] is True
    assert _get(minimal, "is-called.json", name="Old Bridge").json()["boolean"] is False
    graph = _get(minimal, "described.nt", thing=GREEN).text
    assert set(re.findall(r"^<([^>]*)>", graph, re.MULTILINE)) == {f"{minimal.base}id/{GREEN}"}


def test_a_parameter_that_anything_will_do_for_narrows_the_result(minimal: Served) -> None:
    """Without it there are all rows, which are the dump's."""
    everything = _get(minimal, "bridges.csv")
    assert everything.content == minimal.get("dumps/crossings.csv").content
    assert _get(minimal, "bridges.csv", crossed=GREEN).content == everything.content


def test_the_text_comes_with_the_values(minimal: Served) -> None:
    """The .rq is the file; with values it is a whole query that any endpoint answers alike."""
    assert _get(minimal, "opened-since.rq").text.startswith("#+ summary@en:")
    text = _get(minimal, "opened-since.rq", since="1997").text
    assert "VALUES ?since { 1997 }" in text
    assert minimal.query(text, "text/csv").text == _get(minimal, "opened-since.csv", since="1997").text


class TestPage:
    """The page has a form that works without a script."""

    def test_a_field_for_each_parameter(self, minimal: Served) -> None:
        """Labelled in the reader's language, of the right type, filled with the default or with what was given."""
        page = minimal.get("queries/opened-since?lang=de", "text/html").text
        assert re.search(r'<label for="parameter-since">erstes Jahr', page)
        assert re.search(r'<input id="parameter-since" name="since" type="number" value="1900"', page)
        wrong = minimal.get("queries/opened-since?since=soon", "text/html").text
        assert re.search(r'<input id="parameter-since" name="since" type="text" value="soon"', wrong)
        assert '<input type="hidden" name="lang" value="de">' in page
        given = _get(minimal, "opened-since", "text/html", since="1950").text
        assert 'value="1950"' in given
        assert "VALUES ?since { 1950 }" in given

    def test_things_of_a_class_are_chosen_by_name(self, minimal: Served) -> None:
        """However the value is written, the one that was chosen stays chosen."""
        page = _get(minimal, "bridges", "text/html", crossed=f"{minimal.base}id/{GREEN}", lang="en").text
        assert f'<option value="{GREEN}" selected>Green River</option>' in page
        assert '<option value="">any</option>' in page

    def test_links_carry_the_values(self, minimal: Served) -> None:
        """To the files, and to the other languages."""
        page = _get(minimal, "crossing", "text/html", river=GREEN, language="de", lang="en").text
        files = re.findall(r'href="\.\./(queries/crossing\.\w+\?[^"]*)"', page)
        assert len(files) == 5
        for file in files:
            assert minimal.get(file.replace("&amp;", "&")).status_code == 200
        assert len(_rows(minimal.get(files[2].replace("&amp;", "&")))) > 0
        assert "language=de&amp;lang=de" in page

    def test_without_a_value_that_is_needed_there_is_a_form_and_no_result(self, minimal: Served) -> None:
        """Which is no mistake of the reader's yet."""
        answer = minimal.get("queries/crossing", "text/html", accept_language="en")
        assert answer.status_code == 200
        assert "(required)" in answer.text
        assert 'id="result"' not in answer.text
        assert "No answer" not in answer.text

    def test_a_wrong_value_is_told_beside_the_form(self, minimal: Served) -> None:
        """Status 400, the value still in its field, escaped."""
        answer = _get(minimal, "opened-since", "text/html", since='"><b>x', lang="en")
        assert answer.status_code == 400
        assert 'value="&#34;&gt;&lt;b&gt;x"' in answer.text
        assert "No answer" in answer.text
        assert "<b>x" not in answer.text

    def test_the_list_says_what_can_be_chosen(self, minimal: Served) -> None:
        """And how many rows a query gave when the release was made."""
        page = minimal.get("queries/?lang=en", "text/html").text
        assert re.search(r"since a year, for example 1900\?</a> <small>to choose: first year · Rows: 6</small>", page)


def test_answers_are_told_apart_in_caches(minimal: Served) -> None:
    """Each value has its entity tag; a page varies with the language, a file with its coding only."""
    first, second = (_get(minimal, "opened-since.csv", since=one) for one in ("1900", "1990"))
    assert first.headers["etag"] != second.headers["etag"]
    assert first.headers["vary"] == "Accept-Encoding"
    again = minimal.get("queries/opened-since.csv?since=1990", if_none_match=second.headers["etag"])
    assert again.status_code == 304
    assert _get(minimal, "opened-since", "text/html").headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert _get(minimal, "opened-since.html").headers["vary"] == "Accept-Language, Accept-Encoding"


def test_head_and_options(minimal: Served) -> None:
    """HEAD says what GET does; OPTIONS says what there is."""
    path = "queries/opened-since.csv?since=1990"
    head, get = minimal.ask("HEAD", path), minimal.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(get.num_bytes_downloaded)
    assert head.headers["etag"] == get.headers["etag"]
    assert minimal.ask("HEAD", "queries/opened-since.csv?since=x").status_code == 400
    options = minimal.ask("OPTIONS", path)
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_form_that_there_is_not_names_those_that_there_are(minimal: Served) -> None:
    """A 404 that helps."""
    answer = minimal.get("queries/opened-since.xlsx")
    assert answer.status_code == 404
    for one in (".csv", ".json", ".ttl", ".rq", ".html"):
        assert one in answer.json()["detail"]


@pytest.mark.engine_cannot("oxigraph", "virtuoso", LOCATIONS)
def test_the_description_says_what_can_be_given(minimal: Served) -> None:
    """In the list, at the query's own address, and on the endpoint, with the endpoint where it is."""
    turtle = minimal.get("queries/opened-since", "text/turtle").text
    assert "sh:parameter" in turtle
    assert "sh:defaultValue 1900" in turtle
    assert f"schema:target <{minimal.address}sparql>" in turtle
    query = (
        "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/> "
        "SELECT ?at ?path %s { ?q a sh:SPARQLSelectExecutable ; schema:target ?at %s }"
    )
    graph, path = f"FROM <{minimal.base}queries>", "; sh:parameter/sh:path ?path"
    for where, what in (("", ""), (graph, ""), (graph, path)):
        rows = json.loads(minimal.query(query % (where, what)).content)["results"]["bindings"]
        assert {one["at"]["value"] for one in rows} == {minimal.address + "sparql"}
    assert minimal.base + "queries/opened-since#since" in {one["path"]["value"] for one in rows}
