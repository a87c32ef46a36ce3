"""The brake: a dataset that lost much since the last release is more often a broken import than a decision.

Portals delete what they no longer find, so such a release is refused unless the operator insists.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.build.inventory import losses, sizes
from mreze.build.places import place
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.queries import Severity
from mreze.release import Release
from mreze.site import SiteDataset
from mreze.texts import text

MOST: Final = Decimal("0.2")
"""The share of a dataset's things, or of its triples, that may be lost where the catalogue names no other."""
_SETTING: Final = term("mreze:mostShrinkage")


def check_shrinkage(graph: SiteGraph, previous: Release, *, insist: bool) -> list[Finding]:
    """Find the datasets that lost more than they may; retired things are lost, moved ones too.

    Args:
        graph: what the site says; while a file of it cannot be read, nobody knows how much that is.
        previous: the last release.
        insist: whether the operator means it, so that it is only a warning.

    Raises:
        ReleaseError: a dump of the release is gone or damaged.
    """
    if not all(one.complete for one in graph.documents):
        return []
    known = {one.name for one in previous.datasets}
    found: list[Finding] = []
    for dataset in graph.site.datasets:
        if dataset.name in known:
            found += _losses(graph, dataset, previous, insist=insist)
    return found


def check_setting(graph: SiteGraph) -> list[Finding]:
    """Find a share in the catalogue that is none."""
    found = []
    for quad in graph.quads("catalog"):
        if quad.predicate == _SETTING and isinstance(quad.subject, NamedNode) and _share(quad.object) is None:
            path, line = place(graph, quad.subject.value, _SETTING.value)
            message = text("The share that a dataset may lose is not a number from 0 to 1.")
            remedy = text("Write it as a decimal number, such as {default}, or leave it out.", default=MOST)
            value = str(getattr(quad.object, "value", quad.object))
            subject = quad.subject.value
            found.append(Finding("violation", "shrinkage", message, remedy, path, line, subject, _SETTING.value, value))
    return found


def _losses(graph: SiteGraph, dataset: SiteDataset, previous: Release, *, insist: bool) -> Iterator[Finding]:
    found = losses(graph, previous, dataset.name)
    if found.things <= 0 and found.triples <= 0:
        return
    # Only now, as all lines of the release are read for it.
    before, lost = sizes(previous, dataset.name), {"things": found.things, "triples": found.triples}
    most, name = _allowed(graph, dataset), previous.name
    path, line = place(graph, dataset.iri)
    remedy = text(
        "Find out what was lost: mreze diff. If it is meant, build with --insist, or let the dataset lose more with "
        "mreze:mostShrinkage in data/catalog.ttl."
    )
    messages = {
        "things": text("The dataset has lost more things than it may since the release {release}.", release=name),
        "triples": text("The dataset has lost more triples than it may since the release {release}.", release=name),
    }
    severity: Severity = "warning" if insist else "violation"
    for what, message in messages.items():
        if lost[what] > most * before[what]:
            share = Decimal(lost[what]) / before[what]
            value = f"{before[what]:,} → {before[what] - lost[what]:,} (-{share:.1%}, > {most:.1%})"
            yield Finding(severity, "shrinkage", message, remedy, path, line, dataset.iri, value=value)


def _allowed(graph: SiteGraph, dataset: SiteDataset) -> Decimal:
    """The share that the dataset's entry names, else the catalogue's, else the usual one."""
    for iri in (dataset.iri, graph.site.catalog_iri):
        for quad in graph.quads("catalog"):
            if quad.subject == NamedNode(iri) and quad.predicate == _SETTING:
                share = _share(quad.object)
                if share is not None:
                    return share
    return MOST


def _share(value: object) -> Decimal | None:
    try:
        share = Decimal(value.value) if isinstance(value, Literal) else None
    except InvalidOperation:
        return None
    return share if share is not None and 0 <= share <= 1 else None
