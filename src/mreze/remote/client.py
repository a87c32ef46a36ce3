"""A client of a SPARQL 1.1 server; what comes back is whole, or it is an error.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Triple

from mreze.answer import Answer
from mreze.errors import BackendIncomplete, UsageError
from mreze.formats import CSV, N_TRIPLES, RESULTS_JSON
from mreze.remote.answers import (
    Row,
    capped,
    read_boolean,
    read_results,
    read_rows,
    read_triples,
    trouble,
    unfinished,
)
from mreze.remote.dialects import DIALECTS, Dialect, recognise
from mreze.remote.endpoint import Endpoint, Given, endpoint
from mreze.remote.transport import Limits, nobody, open_session, send

_MOST_ROWS: Final = 200_000
_FINE: Final = frozenset({404})
"""What the deletion of a graph may be answered with: it is gone, too."""


class Client:
    """Asks one server and writes to it; threads may share it, processes may not."""

    def __init__(self, backend: Endpoint, limits: Limits | None = None) -> None:
        self.endpoint = backend
        self.limits = limits or Limits()
        self.session = open_session(backend.dialect, backend.credentials)

    def close(self) -> None:
        """Let the connections go."""
        self.session.close()

    def query(
        self, text: str, accept: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> Answer:  # fmt: skip
        """Ask; what the server writes comes as it is.

        Args:
            text: the query.
            accept: the media type that is wanted.
            default_graphs: names of the graphs that make the default graph; none leaves it to the server.
            named_graphs: names of the graphs that are named ones.
            deadline: seconds; the limits' where it is None.

        Raises:
            BackendError: see there.
        """
        answer = self.send_query(text, accept, default_graphs, named_graphs, deadline=deadline)
        address = self.endpoint.addresses.query
        error = trouble(self.endpoint.dialect, address, answer) or unfinished(address, answer)
        if error is not None:
            raise error
        return answer

    def send_query(
        self, text: str, accept: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> Answer:  # fmt: skip
        """The answer to a query, whatever it is; see `query`."""
        graphs = [("default-graph-uri", one) for one in default_graphs]
        graphs += [("named-graph-uri", one) for one in named_graphs]
        auth = None if self.endpoint.dialect.open_queries else self.session.auth
        # As a form: Virtuoso 7 never answers a body of application/sparql-query.
        about = {"data": [("query", text), *graphs], "headers": {"Accept": accept}, "auth": auth or nobody}
        seconds = deadline or self.limits.answer
        return send(self.session, "POST", self.endpoint.addresses.query, self.limits, seconds, about)

    def results(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> QuerySolutions | QueryBoolean:  # fmt: skip
        """The results of a SELECT or an ASK, to be read once; reading may raise SyntaxError where they were cut."""
        answer = self.query(text, RESULTS_JSON.media_type, default_graphs, named_graphs, deadline=deadline)
        return read_results(self.endpoint.dialect, self.endpoint.addresses.query, answer)

    def select(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> list[Row]:  # fmt: skip
        """The solutions of a SELECT: terms by variable."""
        answer = self.query(text, RESULTS_JSON.media_type, default_graphs, named_graphs, deadline=deadline)
        return read_rows(self.endpoint.dialect, self.endpoint.addresses.query, answer)

    def ask(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> bool:  # fmt: skip
        """The answer to an ASK."""
        answer = self.query(text, RESULTS_JSON.media_type, default_graphs, named_graphs, deadline=deadline)
        return read_boolean(self.endpoint.dialect, self.endpoint.addresses.query, answer)

    def construct(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> list[Triple]:  # fmt: skip
        """The triples of a CONSTRUCT; see `query` for errors."""
        triples = self.described(text, default_graphs, named_graphs, deadline=deadline)
        self.refuse(len(triples) + 1)
        return triples

    def described(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (),
        *, deadline: float | None = None,
    ) -> list[Triple]:  # fmt: skip
        """The triples of a DESCRIBE: of few things all, of many those of some (`refuse`); see `query` for errors."""
        answer = self.query(text, N_TRIPLES.media_type, default_graphs, named_graphs, deadline=deadline)
        return read_triples(self.endpoint.dialect, self.endpoint.addresses.query, answer)

    def refuse(self, number: int) -> None:
        """Refuse an answer of so many triples, or about so many things, if the server would cut it and say nothing.

        Raises:
            BackendCapped: it would.
        """
        if self.endpoint.cap is not None and number > self.endpoint.cap:
            raise capped(self.endpoint.addresses.query, self.endpoint.cap)

    def count(self, graph: str, *, deadline: float | None = None) -> int:
        """How many triples a graph has.

        Raises:
            BackendError: see there; the answer may be no number.
        """
        rows = self.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", deadline=deadline)
        value = rows[0].get("n") if len(rows) == 1 else None
        if not isinstance(value, Literal) or not value.value.isdecimal():
            raise BackendIncomplete(f"{self.endpoint.addresses.query}: has no number for how much <{graph}> holds.")
        return int(value.value)

    def update(self, text: str, *, deadline: float | None = None) -> None:
        """Change what the server holds."""
        self._send("POST", self.endpoint.addresses.update, deadline or self.limits.load, data=[("update", text)])

    def put_graph(self, name: str, pieces: Iterable[bytes]) -> None:
        """Make a graph what N-Triples say, each piece whole lines; blank nodes are known within one piece."""
        for number, one in enumerate(pieces):
            self._write("POST" if number else "PUT", name, one)

    def delete_graph(self, name: str) -> None:
        """Have no graph of this name; that there is none is fine."""
        self._send("DELETE", self._store(), self.limits.load, params={self.endpoint.dialect.graph: name}, fine=_FINE)

    def _write(self, method: str, graph: str, body: bytes) -> None:
        headers = {"Content-Type": N_TRIPLES.media_type}
        parameters = {self.endpoint.dialect.graph: graph, **dict(self.endpoint.dialect.loading)}
        self._send(method, self._store(), self.limits.load, params=parameters, data=body, headers=headers)

    def _store(self) -> str:
        if not self.endpoint.addresses.store:
            raise UsageError(
                f"{self.endpoint.address}: nobody said where it takes graphs (SPARQL 1.1 Graph Store HTTP Protocol). "
                "Say --graph-store-url URL."
            )
        return self.endpoint.addresses.store

    def _send(
        self, method: str, address: str, seconds: float, *, fine: frozenset[int] = frozenset(), **about: Any
    ) -> Answer:
        answer = send(self.session, method, address, self.limits, seconds, about)
        error = None if answer.status in fine else trouble(self.endpoint.dialect, address, answer)
        if error is not None:
            raise error
        return answer


def connect(given: Given, limits: Limits | None = None) -> Client:
    """A client of the server that is given, once that has answered.

    Raises:
        BackendError: it does not answer, or is none.
    """
    dialect = DIALECTS[given.dialect] if given.dialect else _recognised(given, limits or Limits())
    there = endpoint(given, dialect)
    with closing(Client(there, limits)) as client:
        client.ask("ASK { ?s ?p ?o }")
        cap = _cap(client) if dialect.caps_graphs else None
    return Client(replace(there, cap=cap), limits)


def _cap(client: Client) -> int | None:
    """How many rows the server gives at most; None for more than anybody is to have at once."""
    # Any server that cuts has thousands of triples of its own, so a product of two patterns has rows enough.
    answer = client.send_query(f"SELECT (1 AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {_MOST_ROWS}", CSV.media_type)
    told = answer.headers.get(client.endpoint.dialect.cap_header.lower(), "")
    return int(told) if told.isdecimal() else None


def _recognised(given: Given, limits: Limits) -> Dialect:
    with open_session(DIALECTS["sparql"], None) as session:
        answer = send(session, "GET", given.address, limits, limits.answer, {"headers": {"Accept": "*/*"}})
    return recognise(answer.headers.get("server", ""))
