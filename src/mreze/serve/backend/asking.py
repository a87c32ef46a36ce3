"""Asks the server that has the data. An answer is whole and of the kind that was asked for, or there is an error."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from mreze.errors import MrezeError
from mreze.serve.backend.dialect import STANDARD, Dialect, cut, dialect_of, mended
from mreze.serve.backend.line import CutError, Line, Reply, TooLongError

RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
_EXCERPT: Final = 200
_PROBE: Final = 1 << 16


class BackendError(MrezeError):
    """The server that has the data gives no answer that can be passed on; says why, for the operator."""


class RefusedError(BackendError):
    """It does not take the query; says what it said."""


class TooLargeError(BackendError):
    """The answer is longer than it may be."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A query and what it runs over."""

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()

    def form(self) -> bytes:
        """As a form (SPARQL 1.1 Protocol, 2.1.2)."""
        fields = [("query", self.text), *(("default-graph-uri", one) for one in self.default_graphs)]
        return urlencode([*fields, *(("named-graph-uri", one) for one in self.named_graphs)]).encode()


@dataclass(slots=True)
class Backend:
    """A SPARQL server that can be asked from many threads."""

    line: Line
    timeout: float
    """Seconds that an answer may take, where nobody says otherwise."""
    dialect: Dialect = field(default=STANDARD)
    """How it wants to be asked; known once it has answered."""

    def solutions(self, ask: Ask, most: int, timeout: float | None = None) -> ox.QuerySolutions | ox.QueryBoolean:
        """The answer to SELECT or ASK. What is wrong with it may turn up as late as it is read: read it in `whole`.

        Args:
            ask: the query.
            most: bytes that the answer may have.
            timeout: seconds that it may take.

        Raises:
            BackendError: there is none, or it is not whole.
        """
        content = mended(self._ask(ask, RESULTS, most, timeout))
        with self.whole(content):
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)

    def triples(self, ask: Ask, most: int, timeout: float | None = None) -> list[ox.Triple]:
        """The answer to CONSTRUCT or DESCRIBE; see `solutions`."""
        content = self._ask(ask, TRIPLES, most, timeout)
        with self.whole(content):
            return [one.triple for one in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)]

    def trouble(self, timeout: float) -> str:
        """Why it cannot be asked now; nothing where it can."""
        try:
            self.solutions(Ask("ASK {}"), _PROBE, timeout)
        except BackendError as error:
            return str(error)
        return ""

    @contextmanager
    def whole(self, content: bytes = b"") -> Iterator[None]:
        """Where an answer is read: what cannot be read is not whole."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            said = f"{error}, it ends with “{_excerpt(content[-_EXCERPT:])}”" if content else str(error)
            raise BackendError(f"{self.line.address}: the answer is not whole: {said}") from error

    def _ask(self, ask: Ask, wanted: str, most: int, timeout: float | None) -> bytes:
        seconds = timeout or self.timeout
        try:
            reply = self.line.post(ask.form(), wanted, most, time.monotonic() + seconds)
        except TooLongError as error:
            raise TooLargeError(f"{self.line.address}: the answer has more than {most:,} bytes") from error
        except TimeoutError as error:
            raise BackendError(f"{self.line.address}: no answer within {seconds:g} seconds") from error
        except CutError as error:
            raise BackendError(f"{self.line.address}: {error}") from error
        self.dialect = dialect_of(reply.headers.get("server"))
        if reply.status in {400, 422}:
            raise RefusedError(_excerpt(reply.content))
        if trouble := judge(reply, wanted):
            raise BackendError(f"{self.line.address}: {trouble}")
        return reply.content


def judge(reply: Reply, wanted: str) -> str:
    """Why a reply is no whole answer of the media type that was asked for; nothing if it is one."""
    if reply.status != 200:
        return f"it answers {reply.status}: {_excerpt(reply.content)}"
    if why := cut(reply.headers):
        return f"the answer is not whole: {why}"
    media_type = _media_type(reply.headers)
    if media_type != wanted:
        return f"the answer is {media_type or 'of no type'}, not {wanted}: {_excerpt(reply.content)}"
    return ""


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _excerpt(content: bytes) -> str:
    """The beginning of what it said, on one line."""
    return " ".join(content[: 4 * _EXCERPT].decode("utf-8", "replace").split())[:_EXCERPT]
