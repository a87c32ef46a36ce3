"""What the answers of a SPARQL server mean: whole or an error, sorted by who must act. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from mreze.answer import Answer, cut
from mreze.errors import (
    BackendAway,
    BackendCapped,
    BackendDenied,
    BackendError,
    BackendIncomplete,
    BackendRefused,
    BackendSlow,
    NotABackend,
)
from mreze.remote.dialects import Dialect, Term

_SHOWN: Final = 200
_TAGS: Final = re.compile(r"<(style|script|title)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_ENDS: Final = {
    "application/sparql-results+json": re.compile(
        rb"(?:\]\s*\}\s*\}|\"boolean\"\s*:\s*(?:true|false)\s*(?:,[^{}]*)?\})\s*\Z"
    ),
    "application/sparql-results+xml": re.compile(rb"</(?:\w+:)?sparql\s*>\s*\Z"),
    "application/rdf+xml": re.compile(rb"(?:</\w+:RDF\s*>|<\w+:RDF[^>]*/>)\s*\Z"),
    "application/n-triples": re.compile(rb"(?:\A|\.)\s*(?:#[^\n]*\s*)?\Z"),
}
"""What whole answers end with."""
Row = dict[str, Term]


def words(answer: Answer) -> str:
    """What an answer says to people, on one line."""
    return cut(unescape(_TAGS.sub(" ", answer.body[: 20 * _SHOWN].decode("utf-8", "replace"))), _SHOWN)


def trouble(dialect: Dialect, address: str, answer: Answer) -> BackendError | None:
    """The error that an answer is by its status and headers, None if it is none."""
    if 200 <= answer.status < 300:
        return _cut_short(dialect, address, answer)
    said = words(answer)
    told = f"{address}: answers {answer.status}" + (f": “{said}”." if said else ".")
    if _says(dialect.denied, said) or answer.status in {401, 403, 407}:
        return BackendDenied(f"{told} Look at the user and the password, and what this user may do there.")
    if _says(dialect.slow, said) or answer.status in {408, 504}:
        return BackendSlow(f"{told} Ask for less, or raise the server's limit of time.")
    if answer.status in {404, 405, 410, 501} or 300 <= answer.status < 400:
        where = answer.headers.get("location", "")
        return NotABackend(told + (f" It leads to {where}." if where else "") + " Look at the address.")
    if _says(dialect.unread, said):
        return BackendRefused(told)
    if answer.status == 429 or answer.status >= 500:
        return BackendAway(f"{told} Try again; the server's log may tell more.")
    return BackendRefused(told)


def unfinished(address: str, answer: Answer) -> BackendIncomplete | None:
    """The error that the answer to a query is by its end: it was cut; None for a whole one, as far as one sees."""
    end = _ENDS.get(answer.media_type)
    if end is None or end.search(answer.body, max(0, len(answer.body) - 4_000)):
        return None
    return BackendIncomplete(
        f"{address}: the answer was cut off after {len(answer.body)} bytes. Ask for less, or raise the server's limits."
    )


def read_results(dialect: Dialect, address: str, answer: Answer) -> QuerySolutions | QueryBoolean:
    """The results that SPARQL 1.1 Query Results JSON holds.

    Raises:
        NotABackend: the answer is no such thing.
        BackendIncomplete: it is not whole.
    """
    if answer.media_type not in {"application/sparql-results+json", "application/json"}:
        raise _stranger(address, answer)
    try:
        return parse_query_results(dialect.mend(answer.body), QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _garbled(address, error) from error


def read_rows(dialect: Dialect, address: str, answer: Answer) -> list[Row]:
    """The solutions of a SELECT; see `read_results` for errors."""
    results = read_results(dialect, address, answer)
    if isinstance(results, QueryBoolean):
        raise BackendIncomplete(f"{address}: answers yes or no, where rows were asked for. Look at the server.")
    names = [one.value for one in results.variables]
    try:
        return [_row(dialect, names, one) for one in results]
    except (SyntaxError, ValueError) as error:
        raise _garbled(address, error) from error


def read_boolean(dialect: Dialect, address: str, answer: Answer) -> bool:
    """The answer to an ASK; see `read_results` for errors."""
    results = read_results(dialect, address, answer)
    if isinstance(results, QueryBoolean):
        return bool(results)
    raise BackendIncomplete(f"{address}: answers with rows, where yes or no was asked for. Look at the server.")


def read_triples(dialect: Dialect, address: str, answer: Answer) -> list[Triple]:
    """The triples that N-Triples holds.

    Raises:
        NotABackend: the answer is no such thing.
        BackendIncomplete: it is not whole.
    """
    if answer.media_type not in {"application/n-triples", "text/plain"}:
        raise _stranger(address, answer)
    try:
        quads = list(parse(answer.body, format=RdfFormat.N_TRIPLES, lenient=True))
    except (SyntaxError, ValueError) as error:
        raise _garbled(address, error) from error
    return [Triple(one.subject, one.predicate, _object(dialect.restore(one.object))) for one in quads]


def _row(dialect: Dialect, names: Sequence[str], solution: QuerySolution) -> Row:
    values = ((name, solution[name]) for name in names)
    return {name: dialect.restore(value) for name, value in values if value is not None}


def _object(value: Term) -> NamedNode | BlankNode | Literal | Triple:
    return value


def _cut_short(dialect: Dialect, address: str, answer: Answer) -> BackendError | None:
    """The error that rows are missing, as a header says."""
    if dialect.cap_header and (most := answer.headers.get(dialect.cap_header.lower())):
        return capped(address, int(most) if most.isdecimal() else 0)
    if dialect.state_header and (state := answer.headers.get(dialect.state_header.lower())):
        return BackendSlow(
            f"{address}: gave up and sent what it had by then ({state}). Ask for less, or raise the server's limit of "
            "time."
        )
    return None


def capped(address: str, most: int) -> BackendCapped:
    """The error that there may be more than a server gives."""
    return BackendCapped(
        f"{address}: gives {most} rows at most, and there are as many. Ask for less (LIMIT), or raise the server's "
        "limit (of Virtuoso: ResultSetMaxRows).",
        most,
    )


def _says(pattern: re.Pattern[str] | None, said: str) -> bool:
    return pattern is not None and pattern.search(said) is not None


def _stranger(address: str, answer: Answer) -> NotABackend:
    kind = answer.media_type or "something without a Content-Type"
    return NotABackend(
        f"{address}: answers with {kind}, which is no SPARQL result: “{words(answer)}”. Is it the address?"
    )


def _garbled(address: str, error: Exception) -> BackendIncomplete:
    told = error.msg if isinstance(error, SyntaxError) else str(error)
    return BackendIncomplete(f"{address}: the answer is cut off or garbled: {told}. Try again; look at the server.")
