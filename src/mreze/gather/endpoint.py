"""A SPARQL endpoint elsewhere, asked with SPARQLWrapper."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPException, HTTPResponse, InvalidURL
from ssl import SSLError
from typing import Final, cast
from urllib.error import URLError
from urllib.request import HTTPErrorProcessor, build_opener
from urllib.request import Request as Sent

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    parse_query_results,
)
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from mreze.answer import Answer
from mreze.errors import GatherError
from mreze.gather.body import read_body, reason
from mreze.gather.correspondence import Correspondence
from mreze.gather.courtesy import NotYet
from mreze.gather.exchange import Request, credentials, request_to
from mreze.gather.model import Row, Variables

_ACCEPT: Final = "application/sparql-results+json"


class PoliteEndpoint:
    """Asks a SPARQL endpoint; see mreze.gather.model.Endpoint."""

    def __init__(self, correspondence: Correspondence, address: str) -> None:
        self.correspondence = correspondence
        self.address = address

    def select(self, query: str, variables: Variables | None = None) -> list[Row]:
        """The solutions, see Endpoint."""
        request = request_to("POST", self.address, {"query": query}, _ACCEPT)
        return self.correspondence.ask(
            request, lambda: self._send(request, query), lambda answer: read_rows(answer.body, variables)
        )

    def _send(self, request: Request, query: str) -> Answer:
        try:
            return self._sent(request, query)
        except URLError as error:
            if isinstance(error.reason, SSLError):
                raise GatherError(
                    f"{request.address}: no safe connection: {error.reason}. Look at its address."
                ) from error
            raise NotYet(f"no connection: {reason(error)}", reached=False) from error
        except TimeoutError as error:
            raise NotYet(f"no answer within {self.correspondence.courtesy.terms.timeout:g} seconds") from error
        except (InvalidURL, ValueError) as error:
            raise GatherError(f"{request.address}: cannot be asked: {error}. Give an http(s) address.") from error
        except (HTTPException, OSError) as error:
            raise NotYet(f"the connection broke: {reason(error)}") from error

    def _sent(self, request: Request, query: str) -> Answer:
        courtesy = self.correspondence.courtesy
        with closing(self._wrapper(request, query).answer(courtesy.terms.timeout)) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            promised = headers.get("content-length", "")
            body = read_body(request, response.read1, promised, courtesy.terms, courtesy.clock.ticks)
            return Answer(response.status, body, headers)

    def _wrapper(self, request: Request, query: str) -> _Wrapper:
        wrapper = _Wrapper(request.address, returnFormat=JSON, agent=self.correspondence.courtesy.terms.user_agent)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", request.accept)
        wrapper.setQuery(query)
        if known := credentials(self.address):
            wrapper.setCredentials(*known)
        return wrapper


class _Wrapper(SPARQLWrapper):
    """Builds the request of a query, and hands out whatever comes: its status and its Retry-After tell."""

    def answer(self, timeout: float) -> HTTPResponse:
        """The response, its body unread."""
        return cast("HTTPResponse", build_opener(_AsItIs).open(self._createRequest(), timeout=timeout))


class _AsItIs(HTTPErrorProcessor):
    """Makes no error of a status, and follows nothing."""

    # urllib would make a GET of the POST, and take the password along.

    def http_response(self, request: Sent, response: HTTPResponse) -> HTTPResponse:
        """The response as it came."""
        del request
        return response

    https_response = http_response


def read_rows(body: bytes, variables: Variables | None = None) -> list[Row]:
    """The solutions that SPARQL 1.1 Query Results JSON holds.

    Args:
        body: of the answer.
        variables: those that were asked for; None where they are not known.

    Raises:
        ValueError: it holds none, not all of them, or those of another question.
    """
    names, rows = _parsed(body)
    if variables is not None:
        _demand_variables(names, variables)
        _demand_bound(rows, variables)
    return rows


def _parsed(body: bytes) -> tuple[list[str], list[Row]]:
    """The variables and the solutions."""
    try:
        results = parse_query_results(body, QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise ValueError("yes or no, where rows were asked for")  # noqa: TRY004 - what came is wrong, not its type
        names = [one.value for one in results.variables]
        return names, [_row(names, one) for one in results]
    except SyntaxError as error:
        raise ValueError(f"no whole SPARQL result in JSON: {error.msg}") from error


def _demand_variables(names: Sequence[str], wanted: Variables) -> None:
    asked = {*wanted.things, *wanted.terms, *wanted.others}
    if set(names) != asked:
        told, meant = (" ".join(f"?{one}" for one in sorted(each)) or "none" for each in (set(names), asked))
        raise ValueError(f"the answer to another question: its variables are {told}, asked for were {meant}")


def _demand_bound(rows: Sequence[Row], wanted: Variables) -> None:
    for number, row in enumerate(rows, 1):
        for name in (*wanted.things, *wanted.terms):
            if name not in row:
                raise ValueError(f"row {number} of the answer has no ?{name}")
            if name in wanted.things and not isinstance(row[name], NamedNode):
                raise ValueError(f"in row {number} of the answer, ?{name} is no IRI: {row[name]}")
        if wanted.either and not any(all(name in row for name in group) for group in wanted.either):
            told = " and no ".join(f"?{group[0]}" for group in wanted.either)
            raise ValueError(f"row {number} of the answer has no {told}")


def _row(names: Sequence[str], solution: QuerySolution) -> Row:
    row: dict[str, NamedNode | Literal | BlankNode] = {}
    for name in names:
        value = solution[name]
        if isinstance(value, NamedNode | Literal | BlankNode):
            row[name] = value
    return row
