"""The parts of a line of N-Quads, or of N-Triples, as mreze writes them: one space between terms, nothing else.

https://www.w3.org/TR/n-quads/. Millions of lines are looked at this way, without an object for each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mreze.namespaces import PREFIXES

END: Final = b" .\n"
STRING: Final = PREFIXES["xsd"] + "string"
LANG_STRING: Final = PREFIXES["rdf"] + "langString"
_ESCAPE: Final = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def has_graph(line: bytes) -> bool:
    """Whether the line names a graph."""
    rest = line.split(b" ", 2)[2]
    at = rest.rfind(b" ", 0, -len(END))
    if at < 0:
        return False
    last = rest[at + 1 : -len(END)]
    return last[:1] in {b"<", b"_"} and b'"' not in last


def in_graph(lines: list[bytes], graph: bytes) -> list[bytes]:
    """The lines with this graph where they name none; `graph` is written as in N-Quads."""
    end = b" " + graph + END
    return [line if has_graph(line) else line[: -len(END)] + end for line in lines]


def put(lines: list[bytes], graph: bytes) -> list[bytes]:
    """Lines that name no graph, put into this one."""
    return b"".join(lines).replace(END, b" " + graph + END).splitlines(keepends=True)


def without_graph(lines: list[bytes]) -> list[bytes]:
    """Lines that all name their graph, without it, each once."""
    return list(dict.fromkeys(line[: line.rindex(b" ", 0, -len(END))] + END for line in lines))


def with_own_blank_nodes(lines: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    """The lines with this put before the labels of blank nodes; names of graphs stay."""
    for line in lines:
        if b"_:" not in line:
            yield line
            continue
        subject, predicate, rest = line.split(b" ", 2)
        subject = b"_:" + mark + subject[2:] if subject.startswith(b"_:") else subject
        rest = b"_:" + mark + rest[2:] if rest.startswith(b"_:") else rest
        yield b" ".join((subject, predicate, rest))


def subjects(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The subjects of sorted lines, each once."""
    last = b"\n"
    for line in lines:
        if not line.startswith(last):
            last = line[: line.index(b" ") + 1]
            yield last[:-1]


def object_of(line: bytes, *, graphs: bool) -> bytes:
    """The object of a line; `graphs` where lines name their graphs."""
    rest = line.split(b" ", 2)[2]
    return rest[: rest.rindex(b" ", 0, -len(END))] if graphs else rest[: -len(END)]


def name(term: bytes) -> str:
    """The IRI, or the label of a blank node with `_:`."""
    return term[1:-1].decode() if term.startswith(b"<") else term.decode()


def literal(term: bytes) -> tuple[str, str]:
    """The value of a literal and its datatype's IRI."""
    if term.endswith(b'"'):
        return unescape(term[1:-1].decode()), STRING
    at = term.rindex(b'"')
    datatype = term[at + 4 : -1].decode() if term[at + 1 : at + 2] == b"^" else LANG_STRING
    return unescape(term[1:at].decode()), datatype


def unescape(written: str) -> str:
    """What stands between the quotation marks, without escapes."""
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda it: _ESCAPED[it[1]] if it[1] else chr(int(it[2] or it[3], 16)), written)
