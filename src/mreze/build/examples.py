"""The saved queries that one can ask, tried on what they will be asked of: they run, and give the rows they should."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from pyoxigraph import (
    BlankNode,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
)

from mreze.build.declarations import declarations
from mreze.build.graphs import DESCRIPTIONS
from mreze.build.rules import broken
from mreze.datablocks import FORMS, tokens
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.namespaces import PREFIXES
from mreze.pictures import MOST_ROWS, missing_columns
from mreze.queries import SavedQuery, read_query
from mreze.storage import pass_on
from mreze.texts import text

_CHECK: Final = "example"
Ask = Callable[..., QuerySolutions | QueryBoolean | QueryTriples]
_MORE: Final = re.compile(rf"\b(?:graph|from)\b|{re.escape(PREFIXES['sh'])}", re.IGNORECASE)
"""What a query says that asks of more than the data and the ontology."""


def check_examples(graph: SiteGraph) -> list[Finding]:
    """Run every query of queries/examples with its defaults."""
    queries, found = [], []
    for path in graph.site.queries("examples"):
        try:
            queries.append(read_query(graph.site.root, path))
        except SiteError as error:
            found.append(broken(path, error))
    stores = _Stores(graph, queries)
    for query in queries:
        found += _findings(query, stores)
    return [*found, *_dumps(graph, queries)]


def draw_rows(graph: SiteGraph, queries: Sequence[SavedQuery]) -> dict[str, bytes]:
    """The rows of each query that is drawn, with its defaults, as JSON: a line each, in its order."""
    stores = _Stores(graph, queries)
    return {one.name: _solutions(one, stores) for one in queries if one.picture}


def _solutions(query: SavedQuery, stores: _Stores) -> bytes:
    with stores.of(query) as ask:
        answer = ask()
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - the check has made sure of it
        content = answer.serialize(format=QueryResultsFormat.JSON)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return content


def count_rows(graph: SiteGraph, queries: Sequence[SavedQuery]) -> dict[str, int]:
    """How many rows, or statements, the queries give with their defaults; yes counts as one, no as none."""
    stores = _Stores(graph, queries)
    return {query.name: _count(query, stores) for query in queries if _is_asked(query)}


class _Stores:
    """What queries are tried on: the merge; for those that ask of more, all that is known before a release is there."""

    def __init__(self, graph: SiteGraph, queries: Sequence[SavedQuery]) -> None:
        self._graph = graph
        self._described = [Quad(*one) for one in declarations(graph.site, queries, graph.prefixes, {})]

    @contextmanager
    def of(self, query: SavedQuery) -> Iterator[Ask]:
        """How to ask the query; the answer must be read before it is left."""
        ask = partial(Store.query, query=query.text, base_iri=self._graph.site.base + "sparql")
        if not _MORE.search(query.bare):
            yield partial(ask, self._graph.store)
            return
        store = self._graph.whole_store
        with self._graph.holding(self._described):
            if any(one.word == "FROM" for one in tokens(query.text)):
                yield partial(ask, store)
            else:
                yield partial(ask, store, named_graphs=self._named(store))

    def _named(self, store: Store) -> list[NamedNode | BlankNode]:
        """The graphs of which files tell: a store that was carried over has more, one that is loaded has not yet."""
        own = {self._graph.site.base + one for one in DESCRIPTIONS}
        return [one for one in store.named_graphs() if one.value not in own]


def _count(query: SavedQuery, stores: _Stores) -> int:
    with stores.of(query) as ask:
        answer = ask()
        return int(bool(answer)) if isinstance(answer, QueryBoolean) else sum(1 for _ in answer)


def _findings(query: SavedQuery, stores: _Stores) -> Iterator[Finding]:
    if any(one.word == "SERVICE" for one in tokens(query.text)):
        message = text("The query asks another server (SERVICE), which the endpoint refuses.")
        yield Finding(
            "violation", _CHECK, message, text("Ask of what is published here only."), query.path, _line(query)
        )
        return
    try:
        count = _count(query, stores)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        pass_on(error)
        yield broken(query.path, error, query.text)
        return
    yield from _strange_columns(query, stores)
    yield from _undrawable(query, count, stores)
    if not _is_asked(query):
        return
    expected = query.rows
    if expected is not None and count not in expected:
        message = text("The query gives {count} rows; {expected} are expected.", count=count, expected=expected)
        remedy = text("Mend the query or the data, or say what is right: `#+ rows: …`.")
        yield Finding("violation", _CHECK, message, remedy, query.path, expected.line)
    elif expected is None and count == 0 and query.form != "ask":
        message = text("The query gives no rows.")
        remedy = text("Mend it; if none is right, say so: `#+ rows: 0..`.")
        yield Finding("warning", _CHECK, message, remedy, query.path, _line(query))


def _strange_columns(query: SavedQuery, stores: _Stores) -> Iterator[Finding]:
    """Columns that the header speaks of and the query does not give."""
    if not query.columns.lines:
        return
    given = _variables(query, stores)
    for name in query.columns.unknown(given):
        message = text("The header speaks of a column ?{name}, which the query does not give.", name=name)
        remedy = text("Name one of those that it gives: {columns}.", columns=", ".join(f"?{one}" for one in given))
        yield Finding("violation", _CHECK, message, remedy, query.path, query.columns.lines[name])


def _variables(query: SavedQuery, stores: _Stores) -> list[str]:
    with stores.of(query) as ask:
        answer = ask()
    return [one.value for one in answer.variables] if isinstance(answer, QuerySolutions) else []


def _undrawable(query: SavedQuery, count: int, stores: _Stores) -> Iterator[Finding]:
    if query.picture is None:
        return
    missing = missing_columns(query.picture, _variables(query, stores))
    if missing:
        message = text(
            "The query is drawn as “{picture}”, which needs columns that it does not give: {columns}.",
            picture=query.picture, columns=", ".join(f"?{one}" for one in missing),
        )  # fmt: skip
        yield Finding("violation", _CHECK, message, text("Give them these names."), query.path, _line(query))
    if count > MOST_ROWS:
        message = text("The query is drawn and gives {count} rows; {most} can be drawn.", count=count, most=MOST_ROWS)
        remedy = text("Ask for fewer, or do not draw it.")
        yield Finding("violation", _CHECK, message, remedy, query.path, _line(query))


def _is_asked(query: SavedQuery) -> bool:
    """Whether there is something to count: a parameter that must be given, and has no example, leaves nothing."""
    return all(one.values for one in query.parameters if one.required)


def _line(query: SavedQuery) -> int:
    start = next((one.start for one in tokens(query.text) if one.word in FORMS), 0)
    return query.text.count("\n", 0, start) + 1


def _dumps(graph: SiteGraph, queries: Sequence[SavedQuery]) -> Iterator[Finding]:
    """A dump is made without asking anybody: its query must not need to be told anything."""
    named = {one.csv_query: one.name for one in graph.site.datasets if one.csv_query}
    for query in queries:
        for parameter in query.parameters:
            if query.name in named and parameter.required:
                message = text(
                    "The dump {name}.csv is the result of this query, whose parameter ?{parameter} must be given.",
                    name=named[query.name], parameter=parameter.name,
                )  # fmt: skip
                remedy = text("Give it a default, or name another query in the catalogue.")
                yield Finding("violation", _CHECK, message, remedy, query.path, parameter.line)
