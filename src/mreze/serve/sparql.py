"""What a request to the SPARQL endpoint asks for (https://www.w3.org/TR/sparql11-protocol/, read-only)."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote_plus

from mreze.errors import BadRequest, Forbidden, NotAcceptable, UnsupportedMediaType
from mreze.formats import (
    CSV,
    GRAPHS,
    HTML,
    N_QUADS,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TSV,
    Format,
    by_extension,
)  # fmt: skip
from mreze.serve import lexer
from mreze.serve.federation import admit_services
from mreze.serve.negotiation import choose
from mreze.serve.prologue import absolute

SOLUTIONS: Final = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
"""What solutions and truth values are offered in."""
GRAPH_RESULTS: Final = (*GRAPHS, N_QUADS, TRIG)
"""What a graph that a query gives is offered in."""
SHORT_NAMES: Final = {
    "json": "srj",
    "xml": "srx",
    "turtle": "ttl",
    "json-ld": "jsonld",
    "n-triples": "nt",
    "rdf+xml": "rdf",
}
"""What some syntaxes are called for short; the others are named by their extension."""
LARGEST_BODY: Final = 1 << 20
"""Bytes of a request's body."""
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_ACCEPTED: Final = {"Accept-Post": f"{FORM}, {QUERY}", "Accept-Query": QUERY}
_UPDATE: Final = "application/sparql-update"
_OF_UPDATES: Final = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
_NAMES: Final = frozenset({"query", "default-graph-uri", "named-graph-uri", "timeout"}) | _OF_UPDATES
_PARAMETER: Final = re.compile(r""";\s*([^\s=;]+)\s*(?:=\s*("(?:[^"\\]|\\.)*+"|[^;]*))?""")
_UTF_8: Final = frozenset({"", "utf-8", "utf8"})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query as a request brings it."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None
    format: str | None = None
    """The syntax by its name, where a link or a client's `format` parameter says it."""
    explain: bool = False
    """Whether the client wants to know why it finds nothing, in place of the answer (`explain=true`)."""
    federated: bool = False
    """Whether it asks other servers, all of which it may ask."""


def from_query_string(query_string: str) -> Operation | None:
    """The query of a GET request; None where there is none: then the service description is asked for."""
    parameters = _parameters(query_string)
    if not any(name in _NAMES for name, _ in parameters):
        return None
    return _operation(parameters, None)


def from_body(content_type: str | None, body: bytes, query_string: str) -> Operation:
    """The query of a POST or QUERY request.

    Raises:
        BadRequest: it is missing, comes twice, or cannot be read.
        Forbidden: it is an update.
        UnsupportedMediaType: the body is of another type than the two that the protocol has.
    """
    given = content_type or ""
    media_type = given.partition(";")[0].strip().lower()
    refuse_other_charsets(given)
    if media_type == FORM:
        parameters = _parameters(_decode(body))
        return _operation([*parameters, *_parameters(query_string)], None)
    if media_type == QUERY:
        # What a text editor of Windows puts before a file is no part of the query (https://encoding.spec.whatwg.org).
        return _operation(_parameters(query_string), _decode(body).removeprefix("\ufeff"))
    if media_type == _UPDATE:
        raise Forbidden(_NO_UPDATES)
    raise UnsupportedMediaType(
        f"A query is sent as {FORM} or as {QUERY}; this is {media_type or 'of no type'}.",
        headers=_ACCEPTED,
    )


def refuse_coded(coding: str | None) -> None:
    """Refuse a body that is compressed (RFC 9110, 8.4 and 15.5.16)."""
    if coding is not None and coding.strip().lower() not in {"", "identity"}:
        raise UnsupportedMediaType(
            f"A query is sent as it is, not with the content coding {coding}.", headers={"Accept-Encoding": "identity"}
        )


def admit(operation: Operation, base: str, services: Sequence[str]) -> Operation:
    """The operation as it may be evaluated: with the graphs that it names as absolute IRIs.

    Args:
        operation: what was asked for.
        base: the endpoint's address, which relative IRIs are resolved against (SPARQL 1.1 Protocol, 2.1.4).
        services: what the IRIs of other servers begin with that a query may ask.

    Raises:
        BadRequest: a graph's name is no IRI, or the query holds what no query can.
        Forbidden: it is an update, or asks a server that it may not.
    """
    query = operation.query
    if "\0" in query:
        raise BadRequest("The query holds the character U+0000.")
    if lexer.is_update(query):
        raise Forbidden(_NO_UPDATES)
    federated = admit_services(query, base, services)
    if not (federated or operation.default_graphs or operation.named_graphs):
        return operation
    default, named = (
        tuple(_graph(one, base) for one in graphs) for graphs in (operation.default_graphs, operation.named_graphs)
    )
    return replace(operation, default_graphs=default, named_graphs=named, federated=federated)


@lru_cache(maxsize=512)
def offered(accept: str | None, name: str | None = None) -> tuple[Format | None, Format | None, bool]:
    """The syntax for solutions, the one for graphs, and whether a page is wanted instead.

    What the query turns out to give is known only when it is evaluated, so both are chosen; None means that the client
    takes none of that kind. A syntax that is named (`json`, `csv`, `ttl` …) goes before the header; an unknown name
    counts as none.
    """
    results = _named(name, SOLUTIONS)
    graph = _named(name, GRAPH_RESULTS)
    if not (results or graph) and accept is not None and choose_or_none(accept, (*SOLUTIONS, HTML)) is HTML:
        return RESULTS_JSON, GRAPHS[0], True
    return results or choose_or_none(accept, SOLUTIONS), graph or choose_or_none(accept, GRAPH_RESULTS), False


def _named(name: str | None, formats: Sequence[Format]) -> Format | None:
    extension = SHORT_NAMES.get(name or "", name)
    return by_extension(extension or "", tuple(formats))


def choose_or_none(accept: str | None, formats: Sequence[Format]) -> Format | None:
    """The format that the client likes best, None if it takes none of these."""
    try:
        return choose(accept, formats)
    except NotAcceptable:
        return None


_NO_UPDATES: Final = "This endpoint is for reading. The data change by a new release only; an update would be lost."


def unquote(encoded: str) -> str:
    """Decode a form's value (https://url.spec.whatwg.org/#concept-urlencoded-parser)."""
    if encoded.isascii():
        # Quoted-printable is the same but for its mark, and decoded in one go; each escape is two characters shorter.
        decoded = a2b_qp(encoded.replace("+", " ").replace("=", "=3D").replace("%", "="))
        if len(decoded) == len(encoded) - 2 * encoded.count("%"):
            return decoded.decode()
    return unquote_plus(encoded, errors="strict")


def _parameters(encoded: str) -> list[tuple[str, str]]:
    try:
        if (
            encoded.startswith("query=") and "&" not in encoded
        ):  # what nearly every request is: decoded five times faster
            return [("query", unquote(encoded[6:]))]
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1_000)
    except (ValueError, UnicodeDecodeError) as error:
        raise BadRequest(f"The parameters cannot be read: {error}") from error


def _operation(parameters: Sequence[tuple[str, str]], direct: str | None) -> Operation:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if any(key in _OF_UPDATES for key, _ in parameters):
        raise Forbidden(_NO_UPDATES)
    queries = [*all_of("query"), *([] if direct is None else [direct])]
    if len(queries) != 1:
        raise BadRequest(f"The request has {len(queries)} queries; send one, as the parameter `query` or as the body.")
    graphs = all_of("default-graph-uri"), all_of("named-graph-uri")
    explain = next(reversed(all_of("explain")), "false") not in {"false", "0"}
    return Operation(queries[0], *graphs, _timeout(all_of("timeout")), next(iter(all_of("format")), None), explain)


def _graph(name: str, base: str) -> str:
    found = absolute(base, name)
    if found is None:
        raise BadRequest(f"{name!r} is no IRI of a graph.")
    return found


def _timeout(values: tuple[str, ...]) -> float | None:
    if not values:
        return None
    try:
        seconds = float(values[-1])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"timeout={values[-1]!r} is no number of seconds.")
    return seconds


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is not UTF-8: {error}") from error


def refuse_other_charsets(content_type: str, accepted: Mapping[str, str] = _ACCEPTED) -> None:
    """Refuse a body that is not in UTF-8, as which a query is sent (SPARQL 1.1 Protocol, 2.1.3), and JSON.

    Args:
        content_type: the header's value.
        accepted: the headers by which the answer says what is accepted.
    """
    for name, value in _PARAMETER.findall(content_type):
        if name.lower() == "charset" and value.strip().strip("\"'").lower() not in _UTF_8:
            raise UnsupportedMediaType(f"A query is sent in UTF-8, not in {value.strip()}.", headers=accepted)
