"""The documents in which a site describes itself: each is there, of its type, and the same by HEAD."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import RdfFormat, Triple, parse

from mreze.doctor.chart import Chart
from mreze.doctor.visit import ANYTHING, Visit, is_refused
from mreze.formats import GRAPHS, HTML, JSON_LD, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from mreze.texts import text

_JSON: Final = "application/json"
_FIELDS: Final = ("content-type", "content-length", "etag", "last-modified", "location")
"""Header fields that HEAD says as GET does."""
_BROWSER: Final = "text/html,application/xhtml+xml,*/*;q=0.8"
_RDF: Final = {one.media_type: one.rdf for one in GRAPHS}


@dataclass(frozen=True, slots=True)
class Page:
    """A document that a site has."""

    path: str
    media_type: str
    accept: str = ANYTHING
    demanded: bool = True
    """Whether it must be there: where it is named, it must be in any case."""


def _in(path: str, *forms: Format) -> list[Page]:
    return [Page(f"{path}.{one.extension}", one.media_type) for one in forms]


NEGOTIATED: Final = (
    Page("catalog", TURTLE.media_type),
    Page("catalog", RDF_XML.media_type, RDF_XML.media_type),
    Page("catalog", HTML.media_type, _BROWSER),
    Page("ontology", HTML.media_type, _BROWSER),
    Page("ontology", TURTLE.media_type, TURTLE.media_type),
    Page("sparql", TURTLE.media_type, TURTLE.media_type, demanded=False),
    Page("sparql", HTML.media_type, _BROWSER, demanded=False),
)
PAGES: Final = (
    Page("", HTML.media_type, _BROWSER),
    *_in("catalog", TURTLE, RDF_XML, JSON_LD, N_TRIPLES),
    *NEGOTIATED,
    *_in("void", TURTLE),
    Page(".well-known/void", TURTLE.media_type),
    *_in("ontology", TURTLE),
    *_in("shapes", TURTLE),
    Page("sparql?query=ASK%20%7B%7D", "application/sparql-results+json", demanded=False),
    Page("openapi.json", _JSON, demanded=False),
    Page("robots.txt", "text/plain"),
    Page("sitemap.xml", "application/xml"),
    Page("queries/", HTML.media_type, _BROWSER, demanded=False),
    Page("dumps/", HTML.media_type, _BROWSER),
    Page("linkset.json", "application/linkset+json", demanded=False),
    Page("feed", HTML.media_type, _BROWSER, demanded=False),
    Page("feed/catalog", TRIG.media_type, TRIG.media_type, demanded=False),
    Page("changes", HTML.media_type, _BROWSER, demanded=False),
    Page("releases/", HTML.media_type, _BROWSER, demanded=False),
    Page("reconcile", _JSON, demanded=False),
    Page("search", HTML.media_type, _BROWSER, demanded=False),
    Page("search.json", _JSON, demanded=False),
    Page("opensearch.xml", "application/opensearchdescription+xml", demanded=False),
)
"""What is looked at, the home page first."""


def examine(chart: Chart) -> None:
    """Look at all of them."""
    for page in PAGES:
        _examine(chart, page)


def _examine(chart: Chart, page: Page) -> None:
    got = chart.visitor.get(chart.at(page.path), page.accept)
    if is_refused(got) or (not page.demanded and got.status in {404, 405}):
        return
    found = chart.expect(got)
    if got.status:
        compare(chart, got, chart.visitor.head(got.url, page.accept))
    if found is None or not chart.expect_type(found, page.media_type):
        return
    if page.media_type in _RDF:
        read_rdf(chart, found)
    elif page.media_type.endswith("json"):
        read_json(chart, found)
    if page in NEGOTIATED and "accept" not in _elements(found.headers.get("vary", "")):
        chart.note(
            "vary", found.url, text("It is negotiated, and Vary does not name Accept: a cache mixes up its forms.")
        )
    if page.media_type != HTML.media_type and found.headers.get("access-control-allow-origin") != "*":
        chart.note("cors", found.url, text("Scripts of other sites may not read it."),
                   text("Let the proxy hand the server's header fields on as they are."),
                   value=found.headers.get("access-control-allow-origin"))  # fmt: skip


def compare(chart: Chart, got: Visit, headed: Visit) -> None:
    """HEAD says what GET does (RFC 9110, 9.3.2); what GET counts in no field, HEAD need not either."""
    if is_refused(headed):
        return
    if headed.status != got.status:
        told = text("HEAD is answered {headed}, and GET {got}.", headed=headed.status or "—", got=got.status)
        chart.note("head", got.url, told, value=headed.problem or None)
        return
    for name in _FIELDS:
        ours, theirs = headed.headers.get(name), got.headers.get(name)
        if theirs is not None and ours != theirs:
            told = text("HEAD and GET differ in {field}.", field=name)
            chart.note("head", got.url, told, value=f"{ours} / {theirs}")


def read_rdf(chart: Chart, visit: Visit) -> set[Triple]:
    """The triples of a document; what cannot be read is a finding."""
    form = _RDF.get(visit.media_type) or RdfFormat.TURTLE
    try:
        return {quad.triple for quad in parse(visit.content, format=form, base_iri=visit.url)}
    except (SyntaxError, ValueError) as error:
        _unreadable(chart, visit, error)
        return set()


def read_json(chart: Chart, visit: Visit) -> Any:
    """What a document says in JSON; what cannot be read is a finding."""
    try:
        return json.loads(visit.content)
    except (ValueError, RecursionError) as error:
        _unreadable(chart, visit, error)
        return None


def _unreadable(chart: Chart, visit: Visit, error: Exception) -> None:
    told = text("It cannot be read as {form}.", form=visit.media_type)
    chart.note("content", visit.url, told, value=str(error))


def _elements(header: str) -> set[str]:
    return {one.strip().lower() for one in header.split(",")}
