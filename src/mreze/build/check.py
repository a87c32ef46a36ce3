"""The gate: every check of a site, every finding once, the worst first."""

from __future__ import annotations

from functools import partial
from typing import Final

from pyoxigraph import Literal, Quad

from mreze.build.authors import check_authors
from mreze.build.derived import check_derived
from mreze.build.evidence import check_evidence
from mreze.build.examples import check_examples
from mreze.build.formatting import check_formatting
from mreze.build.harvesting import check_harvesting
from mreze.build.names import check_names
from mreze.build.permanence import check_permanence
from mreze.build.placement import check_placement
from mreze.build.rules import check_rules
from mreze.build.shacl import check_shapes
from mreze.build.shrinkage import check_setting, check_shrinkage
from mreze.build.spelling import check_spelling
from mreze.build.statements import check_statements
from mreze.build.tombstones import check_tombstones
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.lexical import is_valid
from mreze.namespaces import term
from mreze.progress import Progress, unwatched
from mreze.release import Release
from mreze.shacl.engines import Engine

_CHECKS: Final = {
    "placement": check_placement,
    "spelling": check_spelling,
    "formatting": check_formatting,
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
_DATES: Final = frozenset(term(f"xsd:{name}") for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"))


def check_site(
    graph: SiteGraph,
    progress: Progress = unwatched,
    previous: Release | None = None,
    *,
    insist: bool = False,
    engine: Engine | None = None,
) -> list[Finding]:
    """Check a site and return what was found, sorted.

    Args:
        graph: what the site says.
        progress: told the name of each check before it runs.
        previous: the last release, which nothing may vanish of; None if there is none.
        insist: whether datasets may lose more than they usually may.
        engine: what validates with SHACL, where the operator names it.

    Raises:
        ReleaseError: a file of that release is gone or damaged.
    """
    found = {finding.order(): finding for document in graph.documents for finding in document.findings}
    checks = _CHECKS | {"shapes": partial(check_shapes, asked=engine)}
    for number, (name, check) in enumerate(checks.items()):
        progress(f"checking {name}", number, len(checks))
        found |= {finding.order(): finding for finding in check(graph)}
    if previous is not None:
        progress(f"comparing with {previous.name}")
        lost = [*check_permanence(graph, previous), *check_shrinkage(graph, previous, insist=insist)]
        found |= {finding.order(): finding for finding in lost}
    return _once([found[key] for key in sorted(found)])


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out that a value is none of its datatype where a shape says the same of it, in the site's own words."""
    shaped = {(one.path, one.line, one.focus, one.predicate) for one in findings if one.check not in _GENERAL}
    return [
        one
        for one in findings
        if one.check not in _GENERAL or (one.path, one.line, one.focus, one.predicate) not in shaped
    ]


def catalog_finding(error: SiteError) -> Finding:
    """What keeps a site from being opened, as a finding."""
    return Finding("violation", "catalog", {"en": error.message}, {"en": error.remedy}, error.path, error.line)


def latest_date(graph: SiteGraph) -> tuple[str, Quad] | None:
    """The latest date that the catalogue, the ontology or the data hold, as YYYY-MM-DD, and where.

    A year or a month counts as its first day.
    """
    latest: tuple[str, Quad] | None = None
    for quad in graph.quads("catalog", "ontology", "data"):
        literal = quad.object
        if (
            isinstance(literal, Literal)
            and literal.datatype in _DATES
            and is_valid(literal.value, literal.datatype.value)
        ):
            day = (literal.value[:10] + "-01-01")[:10] if not literal.value.startswith("-") else ""
            if latest is None or day > latest[0]:
                latest = day, quad
    return latest
