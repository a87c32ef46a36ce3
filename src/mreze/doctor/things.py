"""A sample of things: their IRIs lead to this site, and what is not there is said to be not there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal

from mreze.doctor.chart import Chart
from mreze.doctor.documents import compare, read_rdf
from mreze.doctor.locations import addresses, spread
from mreze.doctor.visit import Visit, is_refused, resolve
from mreze.formats import DOCUMENTS, HTML, TURTLE
from mreze.namespaces import term
from mreze.texts import text

_SAMPLE: Final = 5
_MOST_HOPS: Final = 5
"""Redirects from an IRI to its description; browsers give up at some twenty, harvesters sooner."""
_ABSENT: Final = "doc/mreze-doctor/nothing-is-called-so"
_CITED: Final = re.compile(r'<([^>]*)>\s*;\s*rel="cite-as"')
_SAFE: Final = "/:@!$&'()*+,;=~%?#[]"


def examine(chart: Chart, *, only_here: bool) -> None:
    """Look at a sample.

    Args:
        chart: the site.
        only_here: whether no other host is asked, so that where IRIs lead stays unknown.
    """
    base = _base(chart)
    known = [one for one in addresses(chart.visitor.get(chart.at("sitemap.xml"))) if one.startswith(chart.at("doc/"))]
    for one in spread(known, _SAMPLE):
        _examine_document(chart, one)
        _examine_iri(chart, one, base, only_here=only_here)
    if base and not only_here:
        _follow(chart, base + "catalog")
    _examine_absence(chart)
    _examine_condition(chart)


def _base(chart: Chart) -> str:
    """What the site's IRIs begin with, if its catalogue says so."""
    visit = chart.visitor.get(chart.at("catalog.ttl"))
    if not visit.is_whole or visit.media_type != TURTLE.media_type:
        return ""
    spaces = {
        one.object.value
        for one in read_rdf(chart, visit)
        if one.predicate == term("void:uriSpace") and isinstance(one.object, Literal)
    }
    return min(spaces, key=len, default="")


def _examine_document(chart: Chart, url: str) -> None:
    for form in DOCUMENTS:
        found = chart.fetch(f"{url}.{form.extension}")
        if found is not None and chart.expect_type(found, form.media_type) and form is not HTML:
            compare(chart, found, chart.visitor.head(found.url))
            if form is TURTLE and not read_rdf(chart, found):
                chart.note("content", found.url, text("It says nothing."))


def _examine_iri(chart: Chart, document: str, base: str, *, only_here: bool) -> None:
    """The thing's own IRI, under this site's address and, where it is another, out there."""
    path = document.removeprefix(chart.at("doc/"))
    seen = chart.visitor.get(chart.at(f"id/{path}"), TURTLE.media_type)
    if is_refused(seen):
        return
    if seen.status != 303:
        chart.note("thing", seen.url, text("A thing is answered {status} in place of {expected}.",
                   status=seen.status or "—", expected=303), value=seen.problem or None)  # fmt: skip
    else:
        chart.expect_here(resolve(seen.url, seen.headers.get("location", "")), seen.url)
    described = chart.visitor.head(document, TURTLE.media_type)
    cited = _CITED.findall(described.headers.get("link", ""))
    if base and cited and not cited[0].startswith(base):
        chart.note(
            "canonical", document, text("It is cited by an IRI that does not begin as the site's do."), value=cited[0]
        )
    if cited and not only_here:
        _follow(chart, cited[0])


def _follow(chart: Chart, iri: str) -> None:
    """A canonical IRI leads, by redirects, to this site."""
    at, hops = quote(iri, safe=_SAFE), 0
    visit: Visit | None = None
    while hops <= _MOST_HOPS:
        visit = chart.visitor.get(at, TURTLE.media_type)
        if is_refused(visit) or (chart.holds(at) and visit.is_whole):
            return
        if not 300 <= visit.status < 400 or "location" not in visit.headers:
            break
        at, hops = resolve(at, visit.headers["location"]), hops + 1
    problem = visit.problem or str(visit.status) if visit else ""
    told = text("The canonical IRI does not lead to a description at this site.")
    remedy = text("Let it redirect here: at w3id.org, or by the host that it names.")
    chart.note("canonical", iri, told, remedy, value=f"{at} {problem}")


def _examine_absence(chart: Chart) -> None:
    visit = chart.visitor.get(chart.at(_ABSENT), TURTLE.media_type)
    if visit.status not in {0, 404}:
        chart.note("absence", visit.url, text("What does not exist is answered {status} in place of {expected}.",
                   status=visit.status, expected=404), value=visit.media_type)  # fmt: skip


def _examine_condition(chart: Chart) -> None:
    """Who has the catalogue already is told so (RFC 9110, 13.1.2)."""
    got = chart.visitor.get(chart.at("catalog.ttl"))
    tag = got.headers.get("etag")
    if not got.is_whole:
        return
    if tag is None:
        chart.note(
            "condition", got.url, text("It has no entity tag: who asks again gets all of it."), severity="warning"
        )
        return
    again = chart.visitor.get(got.url, condition=tag)
    if again.status not in {0, 304}:
        chart.note("condition", got.url, text("Who has it already is answered {status} in place of {expected}.",
                   status=again.status, expected=304), severity="warning")  # fmt: skip
