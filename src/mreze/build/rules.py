"""The check queries of a site: a row is a finding."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

from mreze.build.places import place
from mreze.errors import SiteError
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.queries import SavedQuery, read_query
from mreze.syntax import explain
from mreze.texts import text


def check_rules(graph: SiteGraph) -> list[Finding]:
    """Run queries/checks over the merge of the data and the ontology."""
    found: list[Finding] = []
    for path in graph.site.queries("checks"):
        found += _run(graph, path)
    return found


def _run(graph: SiteGraph, path: Path) -> list[Finding]:
    try:
        query = read_query(graph.site.root, path)
    except SiteError as error:
        return [broken(path, error)]
    try:
        solutions = graph.store.query(query.text, named_graphs=[])
    except (SyntaxError, ValueError) as error:
        return [broken(path, error, query.text)]
    if not isinstance(solutions, QuerySolutions):
        return [
            broken(path, SiteError("a check must be a SELECT query.", path=path, remedy="Its rows are the findings."))
        ]
    names = [variable.value for variable in solutions.variables]
    return list(capped(_row(graph, query, names, row) for row in solutions))


def _row(graph: SiteGraph, query: SavedQuery, names: list[str], row: QuerySolution) -> Finding:
    focus = row[0]
    name = focus.value if isinstance(focus, NamedNode) else str(focus)
    details = [f"{name}: {_shown(row[name])}" for name in names[1:] if row[name] is not None]
    path, line = place(graph, name)
    return Finding(
        query.severity, query.name, query.summary, query.remedy, path, line, name, value="; ".join(details) or None
    )


def _shown(node: object) -> str:
    return str(getattr(node, "value", node))


def broken(path: Path, error: Exception, query: str = "") -> Finding:
    """What keeps a query from being run, as a finding."""
    if isinstance(error, SiteError):
        return Finding("violation", "query", {"en": error.message}, {"en": error.remedy}, path, error.line)
    mistake = explain(error, query)
    message = text("The query is not SPARQL: {error}", error=mistake)
    return Finding("violation", "query", message, text("Mend the query."), path, mistake.line)
