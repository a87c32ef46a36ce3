"""Variables that nothing gives a value, most often because their name is misspelt."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.patterns import Element, Query
from mreze.texts import text

_LENIENT: Final = re.compile(r"\b(?:BOUND|COALESCE|IF|EXISTS)\b", re.IGNORECASE)
"""What makes something of a variable without a value."""
_VARIABLE: Final = re.compile(r"[?$](\w+)")
_DIGITS: Final = re.compile(r"\d+")
_NEAR: Final = 0.75
_TELLING: Final = 4
"""Letters of a name that can be misspelt; ?x and ?y are different names."""


def check_variables(query: Query) -> Iterator[Missing]:
    """Tell which variables have no value, and which stand once and look like another."""
    bound = set(_bound(query))
    told: set[str] = set()
    for element in query.where.walk():
        if element.kind == "filter" and not _LENIENT.search(element.text):
            for name in sorted({one.variable for one in element.terms if one.variable} - bound - told):
                told.add(name)
                message = text("Nothing gives ?{name} a value, so a condition with it is never true.", name=name)
                yield _missing(name, message, bound, settles=True)
    for name in query.projected:
        if name not in bound | told | set(_computed(query)):
            told.add(name)
            yield _missing(name, text("Nothing gives ?{name} a value.", name=name), bound, settles=False)
    counts = Counter(_written(query))
    for name in sorted(bound - told):
        others = {one for one in bound - {name} if counts[one] > 1 and _DIGITS.sub("", one) != _DIGITS.sub("", name)}
        if counts[name] == 1 and len(name) >= _TELLING and _similar(name, others):
            yield _missing(name, text("?{name} stands in the query once only.", name=name), others, settles=False)


def _missing(name: str, message: dict[str, str], known: set[str], *, settles: bool) -> Missing:
    similar = _similar(name, known)
    return Missing("?" + name, "variable", message, f"?{similar}" if similar else None, is_iri=False, settles=settles)


def _similar(name: str, known: set[str]) -> str | None:
    by_lower = {one.lower(): one for one in sorted(known) if not one.startswith("_")}
    close = difflib.get_close_matches(name.lower(), list(by_lower), n=1, cutoff=_NEAR)
    return by_lower[close[0]] if close else None


def _bound(query: Query) -> Iterator[str]:
    for element in query.where.walk():
        yield from element.variables
        yield from (name for name in _of(element) if name is not None)


def _of(element: Element) -> Iterator[str | None]:
    if element.pattern is not None:
        yield element.pattern.subject.variable
        yield element.pattern.verb.variable
        yield element.pattern.object.variable
    if element.term is not None:
        yield element.term.variable


def _computed(query: Query) -> Iterator[str]:
    """What the head and the modifiers give a name: (… AS ?name)."""
    yield from re.findall(r"\bAS\s+[?$](\w+)", query.head + query.modifiers, re.IGNORECASE)
    yield from _VARIABLE.findall(query.modifiers.upper().partition("VALUES")[2] and query.modifiers)


def _written(query: Query) -> Iterator[str]:
    """Every variable of the text, as often as it stands there; those of the head count twice: they are asked for."""
    yield from (*query.projected, *query.projected)
    for element in query.where.elements:
        yield from _VARIABLE.findall(element.text)
    yield from _VARIABLE.findall(query.modifiers)
