"""A copy that nginx serves answers as the server does: redirects, negotiation, what is gone, what is not there."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import rdflib
from tests.copies import nginx
from tests.http.test_negotiation import BROWSER, CATALOG, DOCUMENT, RDFLIB
from tests.servers import Served

RESULTS = [
    (None, "text/html"),
    ("*/*", "text/html"),
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("application/json", "application/sparql-results+json"),
    ("text/csv", "text/csv"),
    ("text/turtle", "text/turtle"),
    ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
]
LANGUAGES = ["de", "de-AT, en;q=0.5", "fr, en", "", "*", "de;q=0.1, en;q=0.9", "en, de", "de, en", "en;q=0, de;q=0.05"]


def test_a_thing_answers_303_with_its_document(minimal_copy: Served) -> None:
    """Under the public address, with the query string, however its letters were sent; an unknown one is 404."""
    answer = minimal_copy.get("id/bridges/old-bridge?lang=de")
    assert answer.status_code == 303
    assert answer.headers["location"] == minimal_copy.address + "doc/bridges/old-bridge?lang=de"
    assert "Accept" in answer.headers["vary"]
    for path in ("id/bridges/мост", "id/bridges/%D1%9B%D1%83%D0%BF%D1%80%D0%B8%D1%98%D0%B0", "id/bridges/v1.0"):
        target = minimal_copy.get(path).headers["location"]
        assert target.isascii()
        assert minimal_copy.client.get(target).status_code == 200
    assert minimal_copy.get("id/bridges/nowhere").status_code == 404
    assert minimal_copy.get("id/").status_code == 404


@pytest.mark.parametrize(("accept", "expected"), DOCUMENT)
def test_a_document_is_negotiated(minimal_copy: Served, minimal: Served, accept: str | None, expected: str) -> None:
    """What the clients that there are send is answered with what the server gives them, byte for byte."""
    answer = minimal_copy.get("doc/bridges/old-bridge", accept)
    served = minimal.get("doc/bridges/old-bridge", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == served.headers["content-type"]
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]
    if expected != "text/html":
        assert answer.content == served.content


@pytest.mark.parametrize(("accept", "expected"), CATALOG)
def test_the_catalogue_is_data_unless_a_page_is_asked_for(
    minimal_copy: Served, accept: str | None, expected: str
) -> None:
    """Who takes anything is a harvester: it gets RDF, without a redirect."""
    answer = minimal_copy.get("catalog", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected


@pytest.mark.parametrize(("accept", "expected"), RESULTS)
def test_a_saved_query_is_negotiated(minimal_copy: Served, accept: str | None, expected: str) -> None:
    """Its page, its result, its description."""
    answer = minimal_copy.get("queries/opened-since", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected


@pytest.mark.parametrize("path", ["", "queries/", "queries", "dumps/", "void", ".well-known/void", "dataset/crossings"])
def test_what_has_no_name_of_a_file_is_negotiated(minimal_copy: Served, path: str) -> None:
    """Folders, the home page and well-known addresses too: data and a page."""
    assert minimal_copy.get(path, "text/turtle").headers["content-type"] == "text/turtle; charset=utf-8"
    assert "<h1>" in minimal_copy.get(path, BROWSER).text


@pytest.mark.parametrize("header", LANGUAGES)
def test_the_language_is_negotiated(minimal_copy: Served, minimal: Served, header: str) -> None:
    """As by the server; `lang` in the address goes before it, and a file has one language."""
    page = minimal_copy.get("doc/rivers/green-river", "text/html", accept_language=header)
    served = minimal.get("doc/rivers/green-river", "text/html", accept_language=header)
    assert page.headers["content-language"] == served.headers["content-language"]
    name = {"de": '<h1 lang="de">Grüner Fluss</h1>', "en": "<h1>Green River</h1>"}
    assert name[page.headers["content-language"]] in page.text
    for end in ("?lang=de", ".html?lang=de", ".de.html"):
        german = minimal_copy.get("doc/rivers/green-river" + end, "text/html", accept_language=header)
        assert name["de"] in german.text


def test_a_fixed_form_is_what_it_says(minimal_copy: Served, minimal: Served) -> None:
    """Bytes and type are the server's, and do not depend on Accept."""
    for path in ("doc/bridges/v1.0.ttl", "ontology.jsonld", "shapes.rdf", "queries/opened-since.json", "dumps/all.nq"):
        answer, served = minimal_copy.get(path, "text/html"), minimal.get(path)
        assert answer.headers["content-type"] == served.headers["content-type"], path
        assert answer.content == served.content, path
        assert "Accept," not in answer.headers.get("vary", "")
    assert minimal_copy.get("queries/opened-since.xml").headers["content-type"].startswith("application/sparql-results")
    for name in ("sitemap.xml", "robots.txt", "linkset.txt", "linkset.json"):
        assert minimal_copy.get(name).headers["content-type"] == minimal.get(name).headers["content-type"], name


def test_a_retired_thing_is_410_with_its_tombstone(minimal_copy: Served) -> None:
    """The thing and its document, fixed forms too, in data and on a page; HEAD as well."""
    for path in ("id/bridges/lost-bridge", "doc/bridges/lost-bridge", "doc/bridges/lost-bridge.ttl"):
        answer = minimal_copy.get(path, "text/turtle")
        assert answer.status_code == 410
        assert answer.headers["content-type"].startswith("text/turtle")
        assert b"as:Tombstone" in answer.content
        assert minimal_copy.ask("HEAD", path).status_code == 410
    page = minimal_copy.get("id/bridges/lost-bridge", "text/html", accept_language="de")
    assert page.status_code == 410
    assert '<h1 lang="de">Verlorene Brücke</h1>' in page.text


def test_what_is_not_there_is_404(minimal_copy: Served) -> None:
    """A problem document, or a page for people whose links work from anywhere; never a folder or what is ours."""
    live, ours = ("sparql", "openapi.json"), (".mreze/export.json", ".mreze/gone/doc/bridges/lost-bridge")
    for path in ("nothing", "doc/", "doc/bridges/old-bridge/", "dataset", *live, *ours):
        answer = minimal_copy.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 404
    page = minimal_copy.get("nothing/at/all", "text/html", accept_language="de")
    assert page.status_code == 404
    assert 'href="/index.de.html"' in page.text
    assert minimal_copy.get("doc/bridges/old-bridge?page=2").status_code == 404


def test_what_nobody_can_read_is_406_and_what_cannot_be_done_405(minimal_copy: Served) -> None:
    """With Vary, and with Allow."""
    refused = minimal_copy.get("doc/bridges/old-bridge", "image/png")
    assert refused.status_code == 406
    assert refused.json()["title"] == "Not Acceptable"
    assert "Accept" in refused.headers["vary"]
    for path in ("catalog.ttl", "id/bridges/old-bridge", "doc/bridges/old-bridge", "dumps/all.nt"):
        answer = minimal_copy.ask("POST", path)
        assert answer.status_code == 405, path
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_every_origin_may_read(minimal_copy: Served) -> None:
    """CORS on answers and errors, and a preflight that is allowed what it asks."""
    for path in ("catalog.ttl", "doc/bridges/old-bridge", "nothing", "id/bridges/lost-bridge", "dumps/all.nt.gz"):
        answer = minimal_copy.get(path)
        assert answer.headers["access-control-allow-origin"] == "*", path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["mreze-release"]
    preflight = minimal_copy.ask("OPTIONS", "catalog.ttl", access_control_request_headers="if-none-match")
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "if-none-match"
    assert "GET" in preflight.headers["access-control-allow-methods"]


def test_harvesters_spare_what_they_have(minimal_copy: Served) -> None:
    """HEAD with a length, 304, a range, packed texts with an entity tag of their own, packed dumps as files."""
    head = minimal_copy.ask("HEAD", "catalog.ttl", "*/*")
    whole = minimal_copy.get("catalog.ttl", accept_encoding="identity")
    assert (head.status_code, head.content) == (200, b"")
    assert int(whole.headers["content-length"]) == len(whole.content)
    packed = minimal_copy.get("catalog.ttl", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == whole.content
    assert packed.headers["etag"] != whole.headers["etag"]
    again = minimal_copy.get("catalog.ttl", accept_encoding="identity", if_none_match=whole.headers["etag"])
    assert again.status_code == 304
    part = minimal_copy.get("dumps/all.nt", range="bytes=0-99", accept_encoding="identity")
    assert (part.status_code, len(part.content)) == (206, 100)
    file = minimal_copy.get("dumps/all.nt.gz", accept_encoding="identity")
    assert file.headers["content-type"] == "application/gzip"
    assert gzip.decompress(file.content) == minimal_copy.get("dumps/all.nt").content


def test_rdflib_follows_a_thing_to_its_description(minimal_copy: Served) -> None:
    """From the address of a thing, as it parses any address."""
    graph = rdflib.Graph().parse(minimal_copy.address + "id/bridges/old-bridge")
    assert (rdflib.URIRef(minimal_copy.base + "id/bridges/old-bridge"), None, None) in graph
    assert RDFLIB.startswith("application/rdf+xml")


def test_a_page_says_what_it_may_do(minimal_copy: Served, minimal: Served) -> None:
    """The policy of pages, and links to the thing and its other forms."""
    page, served = minimal_copy.get("doc/bridges/old-bridge.html"), minimal.get("doc/bridges/old-bridge.html")
    assert page.headers["content-security-policy"] == served.headers["content-security-policy"]
    links = set(page.headers["link"].split(", "))
    assert links <= {one.replace(minimal.address, minimal_copy.address) for one in served.headers["link"].split(", ")}
    assert {re.findall('rel="([^"]*)"', one)[0] for one in links} >= {
        "cite-as",
        "describes",
        "alternate",
        "describedby",
    }
    assert "content-security-policy" not in minimal_copy.get("doc/bridges/old-bridge.ttl").headers


def test_signposts_stand_where_the_server_has_them(minimal_copy: Served, minimal: Served) -> None:
    """On the catalogue, datasets, dumps and queries the same links, but for those to what needs a server."""
    for path in ("catalog", "catalog.ttl", "dataset/crossings", "dumps/bulk.nt", "queries/bridges"):
        links = set(re.split(", (?=<)", minimal_copy.get(path, "text/turtle").headers["link"]))
        served = minimal.get(path, "text/turtle").headers["link"].replace(minimal.address, minimal_copy.address)
        assert links == {one for one in re.split(", (?=<)", served) if "openapi.json" not in one}, path
    told = minimal_copy.get("linkset", "application/linkset+json").json()["linkset"]
    assert minimal_copy.base + "catalog" in {one["anchor"] for one in told}


def test_a_site_can_stand_below_a_path(minimal_release: Path, tmp_path: Path) -> None:
    """Then all of this is true there, and the rest of the server is left alone."""
    with nginx(minimal_release, tmp_path, "/open/data/") as copy:
        assert copy.get("id/bridges/old-bridge").headers["location"] == copy.address + "doc/bridges/old-bridge"
        assert copy.get("catalog", "*/*").headers["content-type"].startswith("text/turtle")
        assert "<h1>" in copy.get("", BROWSER).text
        assert copy.get("id/bridges/lost-bridge").status_code == 410
        lost = copy.get("nothing/at/all", "text/html")
        assert 'href="/open/data/index.html"' in lost.text
        assert copy.client.get(copy.address.rstrip("/")).headers["location"] == copy.address
        outside = copy.client.get(copy.address.replace("/open/data/", "/elsewhere"))
        assert (outside.status_code, "mreze-release" in outside.headers) == (404, False)
