"""HTTP as RFC 9110 has it: methods, conditional requests, what caches and browsers need to know."""

from __future__ import annotations

import pytest
from tests.servers import Served

PATHS = [
    "",
    "doc/bridges/old-bridge",
    "doc/bridges/old-bridge.html",
    "catalog.ttl",
    "ontology",
    "dumps/all.nt",
    "dumps/crossings.csv",
    ".well-known/void",
    "queries/bridges",
    "robots.txt",
    "sitemap.xml",
    "static/site.css",
]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(minimal: Served, path: str) -> None:
    """Same status, same headers, Content-Length of the body that is not sent."""
    got, headed = minimal.get(path), minimal.ask("HEAD", path)
    assert got.status_code == headed.status_code == 200
    assert headed.content == b""
    assert headed.headers["content-length"] == str(got.num_bytes_downloaded)
    without_date = [{name: one for name, one in answer.headers.items() if name != "date"} for answer in (got, headed)]
    assert without_date[0] == without_date[1]


@pytest.mark.parametrize("path", PATHS)
def test_what_a_client_has_already_is_304(minimal: Served, path: str) -> None:
    """The tag is strong; a list, a weak form and `*` match; another tag does not."""
    tag = minimal.get(path).headers["etag"]
    assert tag.startswith('"')
    for header in (tag, f'"other", W/{tag}', "*"):
        answer = minimal.get(path, if_none_match=header)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert minimal.get(path, if_none_match='"other"').status_code == 200


def test_representations_have_tags_of_their_own(minimal: Served) -> None:
    """Another syntax, another language: another tag, and Vary says what it depends on."""
    tags = {minimal.get("doc/bridges/old-bridge", accept).headers["etag"] for accept in ("text/turtle", "text/html")}
    tags |= {minimal.get(f"doc/bridges/old-bridge.html?lang={tag}").headers["etag"] for tag in ("en", "de")}
    tags.add(minimal.get("doc/bridges/old-bridge.ttl", host="localhost:1").headers["etag"])
    assert len(tags) >= 3
    assert minimal.get("doc/bridges/old-bridge").headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert minimal.get("doc/bridges/old-bridge.ttl").headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", [*PATHS, "sparql", "healthz"])
def test_other_methods_are_405_with_allow(minimal: Served, path: str) -> None:
    """PUT and DELETE are answered with what is known here; POST is known at the endpoint only."""
    for method in ("PUT", "DELETE", "PATCH"):
        answer = minimal.ask(method, path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]
        assert answer.json()["status"] == 405
    assert ("POST" in minimal.ask("PUT", path).headers["allow"]) == (path == "sparql")


@pytest.mark.parametrize("path", [*PATHS, "sparql", "id/bridges/old-bridge"])
def test_scripts_of_other_sites_may_read(minimal: Served, path: str) -> None:
    """CORS is open, also on errors, and the preflight names methods and headers."""
    answer = minimal.get(path, origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    preflight = minimal.ask(
        "OPTIONS",
        path,
        origin="https://elsewhere.example",
        access_control_request_method="GET",
        access_control_request_headers="content-type,x-mine",
    )
    assert preflight.status_code == 204
    assert "GET" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "content-type,x-mine"
    assert minimal.get("nothing").headers["access-control-allow-origin"] == "*"


def test_every_answer_names_its_release(minimal: Served) -> None:
    """Mreze-Release is there on documents, results and errors."""
    names = {minimal.get(path).headers["mreze-release"] for path in (*PATHS, "nothing", "sparql")}
    assert len(names) == 1


def test_pages_run_nothing_of_others(minimal: Served) -> None:
    """A page forbids scripts and foreign content, types are not guessed."""
    page = minimal.get("doc/bridges/old-bridge.html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


def test_errors_are_problem_documents_or_pages(minimal: Served) -> None:
    """RFC 9457 for programs, a page with a way out for people."""
    answer = minimal.get("nothing/here")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "https://w3id.org/mreze/problems/not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at /nothing/here.",
        "instance": "/nothing/here",
    }
    page = minimal.get("nothing/here", "text/html", accept_language="en")
    assert page.status_code == 404
    assert '<a href="../">' in page.text


def test_health_is_for_machines(minimal: Served) -> None:
    """The process answers, and says when it can work; nobody may cache that."""
    assert minimal.get("healthz").text == "ok\n"
    ready = minimal.get("readyz")
    assert ready.status_code == 200
    assert ready.json()["release"] == ready.headers["mreze-release"]
    assert ready.headers["cache-control"] == "no-store"
