"""The gate: every check of a site, every finding once, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from mreze.build.authors import check_authors
from mreze.build.derived import check_derived
from mreze.build.differing import Comparison
from mreze.build.evidence import check_evidence
from mreze.build.examples import check_examples
from mreze.build.formatting import check_formatting
from mreze.build.harvesting import check_harvesting
from mreze.build.names import check_names
from mreze.build.permanence import check_permanence
from mreze.build.placement import check_placement
from mreze.build.places import located
from mreze.build.rules import check_rules
from mreze.build.shacl import begin, check_shapes
from mreze.build.shrinkage import check_setting, check_shrinkage
from mreze.build.spelling import check_spelling
from mreze.build.statements import check_statements
from mreze.build.tombstones import check_tombstones
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.progress import Progress, unwatched
from mreze.release import Release
from mreze.shacl.engines import Engine

Check = Callable[[SiteGraph], list[Finding]]
_OF_LINES: Final[dict[str, Check]] = {
    "placement": check_placement,
    "spelling": check_spelling,
    "formatting": check_formatting,
}
"""Checks that do not ask the store, so that it is loaded beside them; then the fast engine validates beside all."""
_CHECKS: Final[dict[str, Check]] = {
    "names": check_names,
    "evidence": check_evidence,
    "derived properties": check_derived,
    "harvesting": check_harvesting,
    "pages and templates": check_authors,
    "rules": check_rules,
    "examples": check_examples,
    "statements for Wikidata": check_statements,
    "tombstones": check_tombstones,
    "settings": check_setting,
    "shapes": check_shapes,
}
_GENERAL: Final = frozenset({"lexical-form"})


def check_site(
    graph: SiteGraph,
    progress: Progress = unwatched,
    previous: Release | None = None,
    *,
    insist: bool = False,
    engine: Engine | None = None,
    comparison: Comparison | None = None,
) -> list[Finding]:
    """Check a site and return what was found, sorted.

    Args:
        graph: what the site says.
        progress: told the name of each check before it runs.
        previous: the last release, which nothing may vanish of; None if there is none.
        insist: whether datasets may lose more than they usually may.
        engine: what validates with SHACL, where the operator names it.
        comparison: with the last release, as far as a build may use what it made; None if nobody builds anything.

    Raises:
        ReleaseError: a file of that release is gone or damaged.
    """
    found = [finding for document in graph.documents for finding in document.findings]
    with ThreadPoolExecutor(1) as beside:
        store = beside.submit(lambda: graph.store)
        # One after the other: each needs memory by the size of the graph, and no lock of Python's.
        begun = begin(graph, engine, beside, comparison)
        found += _run(_OF_LINES, graph, progress)
        progress("loading", 0, None)
        store.result()
        shapes = partial(check_shapes, asked=engine, begun=begun, comparison=comparison)
        found += _run(_CHECKS | {"shapes": shapes}, graph, progress)
    if previous is not None:
        progress(f"comparing with {previous.name}")
        found += [*check_permanence(graph, previous), *check_shrinkage(graph, previous, insist=insist)]
    return _once(located(graph, found))


def _run(checks: Mapping[str, Check], graph: SiteGraph, progress: Progress) -> Iterator[Finding]:
    for number, (title, check) in enumerate(checks.items()):
        progress(f"checking {title}", number, len(checks))
        yield from check(graph)


def _once(found: list[Finding]) -> list[Finding]:
    """Each finding once, the worst first.

    That a value is none of its datatype is left out where a shape says the same of it, in the site's own words.
    """
    by_order = {one.order(): one for one in found}
    findings = [by_order[key] for key in sorted(by_order)]
    shaped = {(one.path, one.line, one.focus, one.predicate) for one in findings if one.check not in _GENERAL}
    return [
        one
        for one in findings
        if one.check not in _GENERAL or (one.path, one.line, one.focus, one.predicate) not in shaped
    ]


def catalog_finding(error: SiteError) -> Finding:
    """What keeps a site from being opened, as a finding."""
    return Finding("violation", "catalog", {"en": error.message}, {"en": error.remedy}, error.path, error.line)
