"""What checks found, remembered for as long as what they look at is not changed: each file by itself, or all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.keeping import findings_as_json, findings_of_json, key_of
from mreze.reading import Document
from mreze.staging import digest_of

_MOST: Final = 100
"""How many findings of a file are remembered; where there are more, it is looked at again."""
_MOST_OF_ALL: Final = 10_000
"""How many findings of all files together are remembered."""
_DIGITS: Final = 32
"""How much of a digest tells files apart."""
_KIND: Final = "findings"

Look = Callable[[Document], Iterable[Finding]]


def each(
    graph: SiteGraph, name: str, context: Iterable[str], documents: Iterable[Document], look: Look
) -> Iterator[Finding]:
    """What is found in each document, in their order.

    Args:
        graph: what the site says.
        name: of the check.
        context: what the findings depend on besides the file and its place; what is empty is not known.
        documents: which to look at.
        look: the check, of one of them.
    """
    keeper = graph.staging.keeper
    if keeper is None or not all(context):
        yield from (finding for one in documents for finding in look(one))
        return
    key = key_of(name, graph.site.base, *context)
    path = keeper.find(_KIND, key)
    known: dict[str, Any] = json.loads(path.read_bytes()) if path else {}
    now: dict[str, Any] = {}
    for one in documents:
        digest = one.digest[:_DIGITS]
        if digest and digest in known:
            now[digest] = known[digest]
            yield from findings_of_json(known[digest])
            continue
        found = 0
        told = []
        for finding in look(one):
            found += 1
            if found <= _MOST:
                told.append(finding)
            yield finding
        if digest and found <= _MOST:
            now[digest] = findings_as_json(told)
    if now != known:
        aside = graph.staging.path(name)
        aside.write_text(json.dumps(now), "utf-8")
        keeper.keep(_KIND, key, aside)


def key_of_all(graph: SiteGraph, name: str, *context: str) -> str:
    """The key of what a check finds that looks at all files; empty where nobody remembers anything.

    Args:
        graph: what the site says.
        name: of the check.
        context: what the findings depend on besides the files.
    """
    digest = digest_of(graph.documents)
    return key_of(name, graph.site.base, digest, *context) if graph.staging.keeper and digest else ""


def recall(graph: SiteGraph, key: str) -> list[Finding] | None:
    """What a check found; None where nobody remembers."""
    path = graph.staging.keeper.find(_KIND, key) if graph.staging.keeper and key else None
    return findings_of_json(json.loads(path.read_bytes())) if path else None


def remember(graph: SiteGraph, key: str, found: list[Finding]) -> None:
    """Remember what a check found, if it is not too much."""
    if graph.staging.keeper and key and len(found) <= _MOST_OF_ALL:
        aside = graph.staging.path(_KIND)
        aside.write_text(json.dumps(findings_as_json(found)), "utf-8")
        graph.staging.keeper.keep(_KIND, key, aside)
