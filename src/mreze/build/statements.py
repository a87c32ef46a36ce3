"""What the site says in Wikidata's terms (queries/wikidata), tried on the data: no comparison is to stop at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import QuerySolutions

from mreze.build.rules import broken
from mreze.datablocks import FORMS, tokens
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.queries import SavedQuery, read_query
from mreze.storage import pass_on
from mreze.texts import Text, text

_CHECK: Final = "wikidata"
_NEEDED: Final = ("subject", "value")


def check_statements(graph: SiteGraph) -> list[Finding]:
    """Run every query of queries/wikidata."""
    return [one for path in graph.site.queries("wikidata") for one in _check(graph, path)]


def _check(graph: SiteGraph, path: Path) -> Iterator[Finding]:
    try:
        query = read_query(graph.site.root, path)
        missing = _missing(graph, query)
    except SiteError as error:
        yield broken(path, error)
        return
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        pass_on(error)
        yield broken(path, error, (graph.site.root / path).read_text("utf-8-sig"))
        return
    if not query.wikidata:
        message = text("The query does not say which property of Wikidata it is about.")
        yield _finding(query, message, text("Add a line `#+ property: P571`."))
    if missing:
        message = text("The query does not give {columns}.", columns=", ".join(f"?{one}" for one in missing))
        yield _finding(query, message, text("Write a SELECT that has ?subject, a thing, and ?value."))


def _missing(graph: SiteGraph, query: SavedQuery) -> list[str]:
    answer = graph.store.query(query.text, named_graphs=[])
    given = [one.value for one in answer.variables] if isinstance(answer, QuerySolutions) else []
    return [one for one in _NEEDED if one not in given]


def _finding(query: SavedQuery, message: Text, remedy: Text) -> Finding:
    start = next((one.start for one in tokens(query.text) if one.word in FORMS), 0)
    return Finding("violation", _CHECK, message, remedy, query.path, query.text.count("\n", 0, start) + 1)
