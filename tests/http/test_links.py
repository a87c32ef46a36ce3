"""Nothing that the site names is missing: every link of every page, of every header, and of every graph, followed."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from urllib.parse import quote, urldefrag, urljoin

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from tests.sampling import Sample
from tests.servers import Served

RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}
STARTS = ["", "catalog.ttl", ".well-known/void", "sitemap.xml", "robots.txt", "linkset.json", "sparql", "?lang=de"]
SAFE = "/:@!$&'()*+,;=~%?#[]"
BIG = re.compile(r"dumps/.+\.(?:gz|jsonld|rdf|csv|nq|nt)\Z")
"""What is asked for by HEAD only: its Turtle says the same."""


def _named(answer: httpx.Response, base: str) -> list[str]:
    """All addresses and IRIs that an answer names in its header fields and its content."""
    at, kind = str(answer.url), answer.headers.get("content-type", "").partition(";")[0]
    named = re.findall(r"<([^>]*)>", answer.headers.get("link", ""))
    named += [answer.headers[one] for one in ("location", "content-location") if one in answer.headers]
    if kind == "text/html":
        named += map(unescape, re.findall(r'\b(?:href|src|action)="([^"]*)"', answer.text))
    elif kind in RDF:
        for quad in parse(answer.content, format=RDF[kind], base_iri=at):
            terms = (quad.subject, quad.predicate, quad.object)
            named += [one.value for one in terms if isinstance(one, NamedNode)]
    elif kind == "application/xml":
        named += map(unescape, re.findall(r"<loc>([^<]*)</loc>", answer.text))
    elif kind == "text/plain":
        named += re.findall(r"(?m)^Sitemap: (\S+)", answer.text)
    elif kind.endswith("json"):
        named += re.findall(rf'"((?:{re.escape(base)}|http://127)[^"\s{{}}]*)"', answer.text)
    return [urldefrag(urljoin(at, one))[0] for one in dict.fromkeys(named)]


def _is_left_out(path: str) -> bool:
    """Texts in other languages have the same links; what a query gives is not what the site says; id/ is no address."""
    return ("lang=" in path and path != "?lang=de") or path.startswith("sparql?query=") or path == "id/"


@pytest.mark.parametrize("site", ["minimal", pytest.param("own", marks=pytest.mark.slow)])
def test_every_link_leads_somewhere(site: str, request: pytest.FixtureRequest) -> None:
    """Each is answered with 200; an IRI with its document; only what is retired may be gone."""
    served: Served = request.getfixturevalue(site)
    waiting = [(served.address + one, "") for one in STARTS]
    seen: set[str] = set()
    sample = Sample()
    kinds: Counter[str] = Counter()
    broken: list[tuple[str, int, str]] = []
    while waiting:
        url, source = waiting.pop()
        path = quote(url, safe=SAFE).removeprefix(served.address)
        if path in seen or _is_left_out(path) or not sample.has(path):
            continue
        seen.add(path)
        method = "HEAD" if BIG.search(path) else "GET"
        answer = served.ask(method, path, "*/*")
        expected = {303} if path.startswith("id/") else {200}
        if answer.status_code not in expected and not (answer.status_code == 410 and "lost-bridge" in path):
            broken.append((path, answer.status_code, source))
            continue
        kinds[answer.headers.get("content-type", "").partition(";")[0]] += 1
        for one in _named(answer, served.base) if method == "GET" else ():
            here = one.replace(served.base, served.address, 1) if one.startswith(served.base) else one
            if here.startswith(served.address):
                waiting.append((here, path))
    assert broken == []
    assert len(seen) > (150 if site == "minimal" else 500)
    assert all(kinds[one] for one in (*list(RDF)[:5], "text/html", "application/xml", "text/plain", "text/css"))
