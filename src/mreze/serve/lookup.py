"""Lookups: queries by GET with nothing in them to think about, answered in one go from the bytes of a request.

One query after the other comes with the same header fields, so how the answer is wanted and how it begins is worked out
once for all of them. What is not sure to be such a query takes the way that all take.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mreze.formats import Format
from mreze.serve.cache import Cache
from mreze.serve.coding import GZIP, Wish, is_packed, pack, wish
from mreze.serve.exchange import Request, Response, entity_tag
from mreze.serve.lexer import differs_each_time
from mreze.serve.responder import Responder
from mreze.serve.shortcut import Fields, Shortcut, lines
from mreze.serve.sparql import offered, unquote
from mreze.serve.template import template
from mreze.serve.worker import GRAPH, SOLUTIONS, Question

_BEGINNING: Final = b"GET /sparql?query="
_END: Final = b" HTTP/1.1"
_VALUE: Final = slice(len(_BEGINNING), -len(_END))
_PLAIN: Final = bytes(one for one in range(0x21, 0x7F) if one not in b"#&")
"""Octets of a value; an ampersand would begin another parameter."""
_THOUGHT: Final = (
    "SERVICE", "FROM", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
    "RAND", "NOW", "UUID", "BNODE", "\0",
)  # fmt: skip
"""Words that ask for more care, wherever they stand: other servers, other graphs, updates, answers that differ."""
_READ_OTHERWISE: Final = ("\\", '"""', "'''")
"""What a template may take for something else than the engine does."""
_SIZE: Final = 500
_CODED: Final = b"content-encoding: %b\r\n" % GZIP.encode("ascii")


@dataclass(frozen=True, slots=True)
class Beginning:
    """How the answers in one syntax begin."""

    extension: str
    content_type: str
    fields: bytes
    """Those that are always the same."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client wants its answers, and how they begin."""

    base: str
    results: Beginning | None
    """For solutions."""
    graph: Beginning | None
    coding: Wish


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query that can be answered in one go."""

    question: Question
    kind: str
    """Its template."""
    manner: Manner


class Lookups:
    """Reads lookups, and makes their answers."""

    def __init__(self, responder: Responder, shortcut: Shortcut) -> None:
        self._responder = responder
        self._shortcut = shortcut
        self._manners: Cache[Manner] = Cache(capacity=4 << 20, largest=1 << 14)
        self._lasting: Cache[bool] = Cache(capacity=1 << 20, largest=1 << 14)

    def read(self, head: bytes, peer: str) -> Lookup | None:
        """The lookup that these bytes ask for, if they ask for one."""
        line, _, rest = head.partition(b"\r\n")
        if not (line.startswith(_BEGINNING) and line.endswith(_END)) or line[_VALUE].translate(None, _PLAIN):
            return None
        manner = self._manner(rest, peer)
        if manner is None:
            return None
        try:
            query = unquote(line[_VALUE].decode("ascii"))
        except ValueError:
            return None
        if not self._needs_no_thought(query, kind := template(query)):
            return None
        results, graph = manner.results, manner.graph
        question = Question(
            query, manner.base, results.extension if results else None, graph.extension if graph else None
        )
        return Lookup(question, kind, manner)

    @staticmethod
    def write(lookup: Lookup, kind: int, content: bytes) -> bytes | None:
        """The answer after status line and date; None where it is an error to explain."""
        chosen = lookup.manner.results if kind == SOLUTIONS else lookup.manner.graph if kind == GRAPH else None
        if chosen is None:
            return None
        coded = b""
        if is_packed(lookup.manner.coding, len(content)):
            content, coded = pack(content), _CODED
        return b"%b%betag: %b\r\ncontent-length: %d\r\n\r\n%b" % (
            chosen.fields, coded, entity_tag(content, chosen.content_type).encode("ascii"), len(content), content,
        )  # fmt: skip

    def _needs_no_thought(self, query: str, kind: str) -> bool:
        upper = query.upper()
        for word in _THOUGHT:  # a loop takes half the time of any()
            if word in upper:
                return False
        if "CONSTRUCT" not in upper:
            return True
        for mark in _READ_OTHERWISE:
            if mark in query:
                return False
        lasting = self._lasting.get(kind)
        if lasting is None:
            lasting = not differs_each_time(query)
            self._lasting.put(kind, lasting, len(kind) + _SIZE)
        return lasting

    def _manner(self, rest: bytes, peer: str) -> Manner | None:
        key = rest, peer
        found = self._manners.get(key)
        if found is None:
            fields = self._shortcut.fields(rest, peer)
            found = self._work_out(fields) if fields is not None else None
            if found is not None:
                self._manners.put(key, found, len(rest) + _SIZE)
        return found

    def _work_out(self, fields: Fields) -> Manner | None:
        results, graph, page = offered(fields.headers.get("accept"))
        coding = wish(fields.headers.get("accept-encoding"))
        refused = page or (results is None and graph is None) or coding is Wish.NOTHING
        if refused or "," in fields.headers["host"]:
            return None
        chosen = [self._beginning(one) if one else None for one in (results, graph)]
        return Manner(fields.location + "sparql", chosen[0], chosen[1], coding)

    def _beginning(self, form: Format) -> Beginning:
        """What the answers to all lookups have alike."""
        response = Response(b"", form.content_type, headers={"Vary": "Accept"})
        made = self._responder.make(Request("GET", "sparql", "", {}, ""), response)
        fields = lines(one for one in made.headers if one[0] not in {b"etag", b"content-length"})
        return Beginning(form.extension, form.content_type, fields)
