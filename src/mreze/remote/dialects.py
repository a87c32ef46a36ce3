"""What engines do in their own way: all of it stands here, so that nobody else needs to know which one it is.

What is not said of an engine follows the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol. Measured on Oxigraph
0.5 and Virtuoso 7.2; CONTRIBUTING.md tells what people notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import PREFIXES, term
from mreze.remote.geometry import shortest

Term = NamedNode | BlankNode | Literal | Triple

_MIB: Final = 1 << 20
_BLANK: Final = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_ASKED: Final = re.compile(rb'"vars"\s*:\s*\[\s*"__ASK_RETVAL"\s*\]')
_YES: Final = re.compile(rb'"__ASK_RETVAL"\s*:\s*\{[^}]*"value"\s*:\s*"1"')
_GEOMETRY: Final = NamedNode("http://www.openlinksw.com/schemas/virtrdf#Geometry")
_WKT: Final = NamedNode(PREFIXES["geo"] + "wktLiteral")
_SHAPE: Final = re.compile(
    rb'"datatype"\s*:\s*"http://www\.openlinksw\.com/schemas/virtrdf#Geometry"\s*,\s*"value"\s*:\s*"([^"\\]*)"'
)
_TRUTH: Final = re.compile(
    rb'("datatype"\s*:\s*"http://www\.w3\.org/2001/XMLSchema#boolean"\s*,\s*"value"\s*:\s*")([01])"'
)
_BOOLEAN: Final = term("xsd:boolean")
_BOOLEANS: Final = {"1": "true", "0": "false"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a server takes what."""

    query: str
    update: str
    store: str
    """Of the Graph Store HTTP Protocol."""


def _same(body: bytes) -> bytes:
    return body


def _as_it_is(value: Term) -> Term:
    return value


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an engine does in its own way."""

    name: str
    server: str
    """What its Server header begins with; nothing where it cannot be told by that."""
    addresses: Callable[[str], Addresses]
    """Where it takes what, by the one address that people give."""
    graph: str = "graph"
    """The parameter of the Graph Store Protocol that names a graph."""
    loading: tuple[tuple[str, str], ...] = ()
    """Further parameters of what is written to a graph."""
    digest: bool = False
    """Whether it wants Digest (RFC 7616) where a password is due, rather than Basic."""
    open_queries: bool = False
    """Whether its address for queries knows no users."""
    cap_header: str = ""
    """A header that an answer has where rows were left out; its value is how many there are at most."""
    caps_graphs: bool = False
    """Whether graphs are cut at the same number of rows, and no header says so."""
    state_header: str = ""
    """A header that an answer has where time ran out and what was found by then was sent."""
    slow: re.Pattern[str] | None = None
    """What an error says that means: this would take, or took, too long."""
    unread: re.Pattern[str] | None = None
    """What an error of its own (5xx) says that means: a value in the query is none, or this form is not understood."""
    denied: re.Pattern[str] | None = None
    """What an error says that means: this user may not."""
    describe: str = ""
    """What stands before a DESCRIBE, for it to give what a thing is the subject of, and no more."""
    mend: Callable[[bytes], bytes] = _same
    """Makes SPARQL 1.1 Query Results JSON of what it calls that."""
    restore: Callable[[Term], Term] = _as_it_is
    """Gives a term back the form in which it was loaded, where that can be known."""
    atomic: bool = True
    """Whether who reads during an update of several changes sees none or all of them."""
    stack: int = 1_800
    """KiB of stack that a query may take there: past its end a server ends. Threads have 2 MiB where nobody says so."""
    offset: str = ""
    """The LIMIT that an OFFSET without one is to have."""
    loses_rows: bool = False
    """Whether VALUES after a query find nothing where they bring a variable of their own."""
    by_value: bool = False
    """Whether a literal in a pattern fits others that it takes for the same: a year a date, `7` a `7.0`."""
    piece: int = 8 * _MIB
    """Bytes of N-Triples that are sent at once."""


def _under(root: str, names: tuple[str, str, str]) -> Addresses:
    parts = urlsplit(root)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    return Addresses(*(urlunsplit((parts.scheme, parts.netloc, folder + name, "", "")) for name in names))


def _of_oxigraph(address: str) -> Addresses:
    return _under(address, ("query", "update", "store"))


def _of_virtuoso(address: str) -> Addresses:
    return _under(address, ("sparql", "sparql-auth", "sparql-graph-crud-auth"))


def _of_any(address: str) -> Addresses:
    return Addresses(address, address, "")


def mend_virtuoso(body: bytes) -> bytes:
    """The results as SPARQL 1.1 Query Results JSON.

    Virtuoso writes blank nodes as IRIs (`nodeID://b10000`), answers ASK with a table (a 1, or no row), and
    has numbers for booleans; for WKT see `restore_virtuoso`.
    """
    if _ASKED.search(body[:1_000]) and body.rstrip().endswith(b"}"):
        return b'{"head":{},"boolean":%s}' % (b"true" if _YES.search(body) else b"false")
    body = _BLANK.sub(rb"\1", body)
    if b"XMLSchema#boolean" in body:
        body = _TRUTH.sub(lambda match: b'%b%b"' % (match[1], _BOOLEANS[match[2].decode()].encode()), body)
    return _SHAPE.sub(_mend_shape, body) if b"virtrdf#Geometry" in body else body


def _mend_shape(match: re.Match[bytes]) -> bytes:
    return b'"datatype": "%b", "value": "%b"' % (_WKT.value.encode(), shortest(match[1].decode()).encode())


def restore_virtuoso(value: Term) -> Term:
    """A term as it was loaded.

    Virtuoso keeps WKT as a geometry of its own, with coordinates of 32 bits: the shortest number that such a one
    stands for is what was written, of up to seven digits. In JSON it writes booleans as numbers.
    """
    if isinstance(value, Triple):
        return value
    if isinstance(value, Literal) and value.datatype == _GEOMETRY:
        return Literal(shortest(value.value), datatype=_WKT)
    if isinstance(value, Literal) and value.datatype == _BOOLEAN:
        return Literal(_BOOLEANS.get(value.value, value.value), datatype=_BOOLEAN)
    return value


OXIGRAPH: Final = Dialect(
    "oxigraph", "Oxigraph", _of_oxigraph, slow=re.compile(r"time[d ]?-?out|cancelled", re.IGNORECASE),
    loading=(("no_transaction", ""),),  # its bulk loader: three times faster, and nobody sees the graph meanwhile
    piece=32 * _MIB,
)  # fmt: skip
VIRTUOSO: Final = Dialect(
    "virtuoso", "Virtuoso", _of_virtuoso, graph="graph-uri", digest=True, open_queries=True,
    cap_header="X-SPARQL-MaxRows", caps_graphs=True, state_header="X-SQL-State",
    slow=re.compile(r"estimated execution time|S1T00|S1TAT|timed out|Transaction timeout", re.IGNORECASE),
    unread=re.compile(r"RDFXX|SR341|TR\.\.\."),
    denied=re.compile(r"SECURITY|No permission|SR186|RDF02"),
    describe='DEFINE sql:describe-mode "SPO"\n',
    mend=mend_virtuoso, restore=restore_virtuoso, atomic=False, piece=4 * _MIB,
    offset="LIMIT 2000000000", loses_rows=True, by_value=True,  # without a LIMIT: “TOP parameter < 0”
)  # fmt: skip
PLAIN: Final = Dialect("sparql", "", _of_any, atomic=False)
DIALECTS: Final = {one.name: one for one in (OXIGRAPH, VIRTUOSO, PLAIN)}
"""By the name that an option gives."""


def recognise(server: str) -> Dialect:
    """The engine that a Server header tells of; plain SPARQL where it tells of none that is known."""
    return next((one for one in DIALECTS.values() if one.server and server.startswith(one.server)), PLAIN)
