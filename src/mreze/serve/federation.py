"""Which other servers a query asks (https://www.w3.org/TR/sparql11-federated-query/), and which it may.

The engine would send a part of the query to any server that a SERVICE clause names. What is let through must be
certain, so every place counts where the engine could see a SERVICE clause. It reads without tokens: a word may be
glued to the one before (`trueSERVICE`, `SERVICESILENT`), and whether `<` opens an IRI depends on what stands before it.
So the text is followed in every way in which it can be read; only strings, comments and IRIs hide what is in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from mreze.errors import Forbidden
from mreze.serve.lexer import has_word
from mreze.serve.prologue import SPACE, Prologue, read_prologue

LONGEST: Final = 1 << 15
"""Characters that a query may have in which SERVICE stands: following all readings of more takes too long."""
_CLAUSE: Final = re.compile(rf"SERVICE{SPACE}()(?:SILENT{SPACE}())?", re.IGNORECASE | re.ASCII)
"""Its groups are where the server's name may stand: `silent` can be the beginning of a prefixed name."""
_LOCAL: Final = r"""(?:\\.|[^\s<>\#"'(){}\\])"""
_NAME: Final = re.compile(
    rf"(?P<name><[^>]*+>|[?$]\w++|[^\s:<?$]*:{_LOCAL}{{0,500}}+){SPACE}\{{|(?P<endless>[^\s:<?$]*:{_LOCAL}{{501}})"
)
_VARIABLE: Final = ("?", "$")
_EVENT: Final = re.compile(r"""["'\#<\\]|[?$]\w+|SERVICE""", re.IGNORECASE)
_STRINGS: Final = {
    '"': (re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"""', re.DOTALL), re.compile(r'"(?:[^"\\\r\n]|\\.)*+"')),
    "'": (re.compile(r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*+'''", re.DOTALL), re.compile(r"'(?:[^'\\\r\n]|\\.)*+'")),
}
_PLAIN: Final = re.compile(r"(https?://[^/?#@\\]+)(/[^\\]*)", re.IGNORECASE | re.ASCII)
_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?:[/?#]|\Z)", re.IGNORECASE)


def admit_services(query: str, base: str, allowed: Sequence[str]) -> bool:
    """Whether the query asks other servers.

    Args:
        query: its text.
        base: what its relative IRIs are resolved against.
        allowed: what the IRIs of servers that may be asked begin with.

    Raises:
        Forbidden: it asks one that it may not.
    """
    asked = False
    for name in services(query, base):
        asked = True
        if not allowed:
            raise Forbidden("SERVICE is not allowed here: this endpoint asks no other server. Federate on your side.")
        if name is None:
            raise Forbidden("SERVICE is allowed here for servers that the query names; this one has to be found out.")
        if not _is_allowed(name, allowed):
            raise Forbidden(f"SERVICE <{name}> is not allowed here. What begins so is: {', '.join(allowed)}")
    return asked


def services(query: str, base: str) -> Iterator[str | None]:
    """The IRIs of the servers that a query may ask; None where it leaves open which."""
    if "SERVICE" not in query.upper():  # nearly always
        return
    if len(query) > LONGEST:
        if has_word(query, "SERVICE"):
            raise Forbidden(f"A query with SERVICE may have {LONGEST:,} characters.")
        return
    prologue = read_prologue(query, base)
    for place in _places(query, prologue.end):
        for name in _names(query, place, prologue):
            yield None if name is None or name.startswith(_VARIABLE) else prologue.iri(name)


def _names(query: str, place: int, prologue: Prologue) -> Iterator[str | None]:
    """What the SERVICE clause that may begin at a place may have for a name; None where that takes too long to tell."""
    clause = _CLAUSE.match(query, place)
    longest = max(map(len, prologue.prefixes), default=-1)
    for at in {clause.end(number) for number in (1, 2)} - {-1} if clause else ():
        prefix, colon, _ = query[at : at + longest + 1].partition(":")
        named = query.startswith(("<", *_VARIABLE), at) or (colon and prefix in prologue.prefixes)
        if named and (match := _NAME.match(query, at)):
            yield match["name"]


def _places(query: str, start: int) -> Iterator[int]:
    """Where the word SERVICE stands, unless it is in a string, a comment or an IRI however the text is read."""
    lines = [match.start() for match in re.finditer(r"[\r\n]", query)]
    closings = [match.start() for match in re.finditer(">", query)]
    waiting, seen = [start], set[int]()
    while waiting:
        match = _EVENT.search(query, waiting.pop())
        if match is None or match.start() in seen:
            continue
        place, event = match.start(), match.group()
        seen.add(place)
        if event in _STRINGS:
            waiting += [string.end() for kind in _STRINGS[event] if (string := kind.match(query, place))]
        elif event == "#":
            waiting += _after(lines, place)
        elif event == "<":  # an operator, or an IRI
            waiting += [place + 1, *_after(closings, place)]
        elif event == "\\":  # in a prefixed name
            waiting.append(place + 2)
        else:
            waiting.append(match.end())
            if event[0] not in _VARIABLE:
                yield place


def _after(places: Sequence[int], start: int) -> list[int]:
    """Behind the first of some places, in ascending order, from a start on."""
    at = bisect_left(places, start)
    return [places[at] + 1] if at < len(places) else []


def _is_allowed(name: str, allowed: Sequence[str]) -> bool:
    """Whether an IRI begins with one of the prefixes, and means to an HTTP client what it says."""
    match = _PLAIN.fullmatch(name)
    return match is not None and not _DOTS.search(match[2]) and (match[1].lower() + match[2]).startswith(tuple(allowed))
