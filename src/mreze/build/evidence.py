"""Do quotes stand in their sources, byte for byte?

A quote is an `oa:exact` of an `oa:TextQuoteSelector`; its source is the `oa:hasSource` of the `oa:SpecificResource`
that has the selector (https://www.w3.org/TR/annotation-model/#text-quote-selector). The text of the source
`<base>id/sources/x` is kept in data/<dataset>/sources/x.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from mreze.build.places import place
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.site import Site
from mreze.texts import Text, text

_EXACT, _SELECTOR, _SOURCE = term("oa:exact"), term("oa:hasSelector"), term("oa:hasSource")
_SHOWN: Final = 40
_QUOTES: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"}
)


def check_evidence(graph: SiteGraph) -> list[Finding]:
    """Compare every quote with the text of its source."""
    texts = _Texts(graph.site)
    found = (
        finding
        for selector, exact, source in _quotes(graph)
        for finding in _compare(graph, texts, selector, exact, source)
    )
    return list(capped(found))


class _Texts:
    """The texts of sources, each read once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.read: dict[str, str | None] = {}

    def paths(self, source: str) -> list[Path]:
        slug = source.removeprefix(self.site.base + "id/sources/")
        if slug == source or "/" in slug or slug in {"", ".", ".."}:
            return []
        return [self.site.source_text(dataset.name, slug) for dataset in self.site.datasets]

    def of(self, source: str) -> str | None:
        if source not in self.read:
            found = [one for one in self.paths(source) if (self.site.root / one).is_file()]
            self.read[source] = (self.site.root / found[0]).read_bytes().decode("utf-8", "replace") if found else None
        return self.read[source]


def _quotes(graph: SiteGraph) -> Iterator[tuple[str, str, str | None]]:
    """Every quote: the selector, its words, its source."""
    for quad in graph.store.quads_for_pattern(None, _EXACT, None, DefaultGraph()):
        if isinstance(quad.object, Literal):
            for source in _sources(graph, quad.subject):
                yield _name(quad.subject), quad.object.value, source


def _sources(graph: SiteGraph, selector: NamedNode | BlankNode | Triple) -> list[str | None]:
    """The source of each resource that has the selector; none where no resource has it."""
    if not isinstance(selector, NamedNode):
        return [None]
    resources = [one.subject for one in graph.store.quads_for_pattern(None, _SELECTOR, selector, DefaultGraph())]
    return [_source(graph, one) for one in resources] or [None]


def _source(graph: SiteGraph, resource: NamedNode | BlankNode | Triple) -> str | None:
    if isinstance(resource, Triple):
        return None
    quads = graph.store.quads_for_pattern(resource, _SOURCE, None, DefaultGraph())
    return min((one.object.value for one in quads if isinstance(one.object, NamedNode)), default=None)


def _name(subject: NamedNode | BlankNode | Triple) -> str:
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def _compare(graph: SiteGraph, texts: _Texts, selector: str, exact: str, source: str | None) -> Iterator[Finding]:
    def finding(message: Text, remedy: Text) -> Finding:
        path, line = place(graph, selector, _EXACT.value)
        return Finding("violation", "quote-in-source", message, remedy, path, line, selector, _EXACT.value, exact)

    if source is None:
        yield finding(text("The quote has no source."), text("Name it: oa:hasSource of what has this selector."))
        return
    paths = texts.paths(source)
    if not paths:
        yield finding(
            text("The quote's source <{source}> is none of this site.", source=source),
            text("Describe the source as <{base}id/sources/NAME> and quote that.", base=graph.site.base),
        )
        return
    written = texts.of(source)
    if written is None:
        yield finding(
            text("The quote cannot be checked: the text of its source is missing."),
            text("Put what was read into {path}.", path=" / ".join(one.as_posix() for one in paths)),
        )
    elif exact not in written:
        yield finding(*_why_not(exact, written))


def _why_not(exact: str, written: str) -> tuple[Text, Text]:
    folded, remedy = _fold(exact), text("Copy the words from the text of the source, byte for byte.")
    if folded and folded in _fold(written):
        if "\u00a0" in written and exact.replace("\u00a0", " ") in written.replace("\u00a0", " "):
            return (
                text("The quote does not stand in its source: a space is a no-break space (U+00A0) in one of the two."),
                text("Write a no-break space as \\u00A0, where the source has one."),
            )
        return text("The quote stands in its source only if case, spaces and quotation marks are ignored."), remedy
    length = _agreeing(exact, written)
    if length == 0:
        return text("The quote does not stand in its source, not even its beginning."), remedy
    shown = exact[max(0, length - _SHOWN) : length]
    return text("The quote does not stand in its source: they part after “{shown}”.", shown=shown), remedy


def _fold(words: str) -> str:
    return re.sub(r"\s+", " ", words.translate(_QUOTES)).strip().casefold()


def _agreeing(exact: str, written: str) -> int:
    """How many characters of the beginning stand in the source."""
    low, high = 0, len(exact)
    while low < high:
        middle = (low + high + 1) // 2
        if exact[:middle] in written:
            low = middle
        else:
            high = middle - 1
    return low
