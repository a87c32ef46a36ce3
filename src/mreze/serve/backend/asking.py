"""Asks the server that has the data, from whichever process and thread; see `mreze.remote.client`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from mreze.errors import BackendError, BackendIncomplete
from mreze.remote.client import Client, connect
from mreze.remote.dialects import Dialect
from mreze.remote.endpoint import Endpoint, Given
from mreze.remote.transport import Limits
from mreze.serve.backend.describing import count_described


@dataclass(frozen=True, slots=True)
class Ask:
    """A query and what it runs over."""

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(slots=True)
class Backend:
    """A SPARQL server; each process has connections of its own to it."""

    given: Given
    limits: Limits
    _endpoint: Endpoint | None = None
    _clients: dict[int, Client] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """What this process asks with; what the server is, is found out once, before there are others.

        Raises:
            BackendError: it cannot be asked.
        """
        process = os.getpid()
        if process not in self._clients:
            if self._endpoint is None:
                self._endpoint = connect(self.given, self.limits).endpoint
            self._clients = {process: Client(self._endpoint, self.limits)}
        return self._clients[process]

    @property
    def dialect(self) -> Dialect:
        """How it wants to be asked."""
        return self.client.endpoint.dialect

    def capped(self, largest: int) -> Backend:
        """The same server, of which an answer may have so many bytes."""
        return Backend(self.given, replace(self.limits, largest=largest), self._endpoint)

    def solutions(self, ask: Ask) -> ox.QuerySolutions | ox.QueryBoolean:
        """The answer to SELECT or ASK. What is wrong with it may turn up as late as it is read: read it in `whole`.

        Raises:
            BackendError: there is none, or it is not whole.
        """
        return self.client.results(ask.text, ask.default_graphs, ask.named_graphs)

    def triples(self, ask: Ask) -> list[ox.Triple]:
        """The answer to CONSTRUCT; see `solutions` for errors."""
        return self.client.construct(ask.text, ask.default_graphs, ask.named_graphs)

    def described(self, ask: Ask) -> list[ox.Triple]:
        """The answer to DESCRIBE, whole; see `solutions` for errors.

        A server that gives so much at most describes so many things, each whole, and leaves out the others without a
        word. So it is asked first how many there are.
        """
        if self.client.endpoint.cap is not None:
            counting = count_described(ask.text)
            self.client.refuse(
                counting.named + (self._number(replace(ask, text=counting.text)) if counting.text else 0)
            )
        prepared = self.dialect.describe + ask.text
        return self.client.described(prepared, ask.default_graphs, ask.named_graphs)

    def _number(self, ask: Ask) -> int:
        """The sum of all numbers that an answer has."""
        found = self.solutions(ask)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
        with self.whole():
            return sum(int(value.value) for row in found for value in row)

    def trouble(self, seconds: float) -> str:
        """Why it cannot be asked now; nothing where it can."""
        try:
            self.client.ask("ASK { ?s ?p ?o }", deadline=seconds)
        except BackendError as error:
            return str(error)
        return ""

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Where an answer is read: what cannot be read is not whole.

        Raises:
            BackendIncomplete: it is so.
        """
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise BackendIncomplete(f"{self.given.address}: the answer is not whole: {error}. Try again.") from error
