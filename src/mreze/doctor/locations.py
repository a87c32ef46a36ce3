"""The addresses that a site names: they are its own, and something is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.doctor.chart import Chart
from mreze.doctor.documents import compare, read_json, read_rdf
from mreze.doctor.visit import Visit, number, resolve
from mreze.formats import HTML, TURTLE
from mreze.namespaces import PREFIXES, term
from mreze.texts import text

_OWN: Final = frozenset(
    map(
        term,
        (
            "dcat:downloadURL", "dcat:endpointURL", "dcat:endpointDescription", "void:dataDump", "void:sparqlEndpoint",
            "sd:endpoint", "hydra:next", "hydra:previous", "hydra:first", "hydra:last", "hydra:view",
        ),
    )
)  # fmt: skip
"""Properties whose values are where something of the site is."""
_LINK: Final = re.compile(r'<([^>]*)>\s*;\s*rel="([^"]*)"')
_LED: Final = frozenset({"alternate", "canonical", "describedby", "linkset", "service-desc", "prev", "next"})
"""Relations whose targets are documents of the site."""
_REFERENCE: Final = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]*)"')
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_ALGORITHM: Final = PREFIXES["spdx"] + "checksumAlgorithm_"
_MOST: Final = 40
"""Addresses of one document that are tried."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as the catalogue describes it."""

    url: str
    bytes: int | None
    media_type: str | None
    checksum: tuple[str, str] | None
    """Algorithm and value."""


def examine(chart: Chart) -> None:
    """Look at the addresses that the documents name."""
    sources = [("catalog.ttl", ""), ("void.ttl", ""), (".well-known/void", ""), ("sparql", TURTLE.media_type)]
    for path, accept in sources:
        visit = chart.visitor.get(chart.at(path), accept or "*/*")
        if visit.is_whole and visit.media_type == TURTLE.media_type:
            triples = read_rdf(chart, visit)
            named = {one.object.value for one in triples if one.predicate in _OWN and isinstance(one.object, NamedNode)}
            try_all(chart, visit.url, sorted(named))
            if path == "catalog.ttl":
                _examine_files(chart, list(read_files(triples)))
    _examine_texts(chart)
    for visit in list(chart.visitor.visits):
        try_all(chart, visit.url, links_of(visit))
        if visit.is_whole and visit.media_type == HTML.media_type:
            _try_references(chart, visit)


def try_all(chart: Chart, source: str, urls: Sequence[str]) -> None:
    """Each is of the site and answers HEAD; of many, some spread over all."""
    here = [one for one in urls if chart.expect_here(one, source)]
    for one in spread(here, _MOST):
        chart.expect(chart.visitor.head(one))


def spread(values: Sequence[str], most: int) -> list[str]:
    """So many of the values, from the first to the last."""
    if len(values) <= most:
        return list(values)
    return [values[place * (len(values) - 1) // (most - 1)] for place in range(most)]


def links_of(visit: Visit) -> list[str]:
    """The targets of an answer's Link header that are documents of the site."""
    found = _LINK.findall(visit.headers.get("link", ""))
    return [resolve(visit.url, target) for target, relations in found if _LED & set(relations.split())]


def read_files(triples: Iterable[Triple]) -> Iterator[File]:
    """The files that a catalogue describes."""
    about: dict[object, dict[NamedNode, object]] = {}
    for one in sorted(triples, key=str, reverse=True):  # of several values the first by its letters
        about.setdefault(one.subject, {})[one.predicate] = one.object
    for said in about.values():
        url = _value(said, "dcat:downloadURL")
        if url is None:
            continue
        size, form = _value(said, "dcat:byteSize"), _value(said, "dcat:mediaType")
        summed = about.get(said.get(term("spdx:checksum")), {})
        algorithm, checksum = _value(summed, "spdx:algorithm"), _value(summed, "spdx:checksumValue")
        yield File(
            url,
            number(size),
            form.removeprefix(_IANA) if form and form.startswith(_IANA) else None,
            (algorithm.removeprefix(_ALGORITHM), checksum) if algorithm and checksum else None,
        )


def _value(said: Mapping[NamedNode, object], name: str) -> str | None:
    found = said.get(term(name))
    return found.value if isinstance(found, NamedNode | Literal) else None


def _examine_files(chart: Chart, files: Sequence[File]) -> None:
    for one in sorted(files, key=lambda file: file.url):
        headed = chart.expect(chart.visitor.head(one.url)) if chart.holds(one.url) else None
        if headed is None:
            continue
        if one.media_type:
            chart.expect_type(headed, one.media_type)
        length = headed.headers.get("content-length")
        if length is None:
            chart.note("length", one.url, text("It has no Content-Length: harvesters cannot tell its size."))
        elif one.bytes is not None and length != str(one.bytes):
            _tell_size(chart, one, length)
        got = chart.fetch(one.url)
        if got is not None:
            compare(chart, got, headed)
            _examine_content(chart, one, got)


def _examine_content(chart: Chart, file: File, got: Visit) -> None:
    if file.bytes is not None and len(got.content) != file.bytes:
        _tell_size(chart, file, str(len(got.content)))
    elif file.checksum and file.checksum[0] in hashlib.algorithms_guaranteed and "shake" not in file.checksum[0]:
        algorithm, expected = file.checksum
        found = hashlib.new(algorithm, got.content, usedforsecurity=False).hexdigest()
        if found != expected.lower():
            chart.note("checksum", file.url, text("The checksum in the catalogue is not that of the file."),
                       value=f"{algorithm} {found}")  # fmt: skip


def _tell_size(chart: Chart, file: File, found: str) -> None:
    told = text("The catalogue says {said} bytes; the file has {found}.", said=file.bytes, found=found)
    chart.note("size", file.url, told, text("Serve the files and the catalogue of one release."))


def _examine_texts(chart: Chart) -> None:
    """robots.txt, the sitemap, the interface and the manifest of reconciliation."""
    robots = chart.visitor.get(chart.at("robots.txt"))
    if robots.is_whole and robots.media_type == "text/plain":
        maps = re.findall(r"(?im)^sitemap:\s*(\S+)", robots.content.decode("utf-8", "replace"))
        try_all(chart, robots.url, maps)
        if not maps:
            chart.note("sitemap", robots.url, text("It names no sitemap."), severity="warning")
    try_all(chart, chart.at("sitemap.xml"), addresses(chart.visitor.get(chart.at("sitemap.xml"))))
    interface = chart.visitor.get(chart.at("openapi.json"))
    said = read_json(chart, interface) if interface.is_whole and interface.media_type.endswith("json") else None
    servers = said.get("servers") if isinstance(said, dict) else None
    for one in servers if isinstance(servers, list) else []:
        chart.expect_here(str(one.get("url", "") if isinstance(one, dict) else one), interface.url)
    manifest = chart.visitor.get(chart.at("reconcile"))
    said = read_json(chart, manifest) if manifest.is_whole and manifest.media_type.endswith("json") else None
    for name in ("view", "preview"):
        part = said.get(name) if isinstance(said, dict) else None
        if isinstance(part, dict) and isinstance(part.get("url"), str):
            chart.expect_here(part["url"].partition("{{")[0], manifest.url)


def addresses(visit: Visit) -> list[str]:
    """What a sitemap names."""
    if not visit.is_whole:
        return []
    return [
        unescape(one.strip()) for one in re.findall(r"<loc>([^<]*)</loc>", visit.content.decode("utf-8", "replace"))
    ]


def _try_references(chart: Chart, visit: Visit) -> None:
    """What a page needs: its style, its script, the editor."""
    for one in dict.fromkeys(_REFERENCE.findall(visit.content.decode("utf-8", "replace"))):
        url = resolve(visit.url, unescape(one)).partition("#")[0]
        if chart.expect_here(url, visit.url):
            chart.expect(chart.visitor.head(url))
