"""How much of a server's stack a query takes, before it is sent: past its end a server ends, for everybody.

An engine follows what is nested by recursion, and what stands in a row too: joins, alternatives, operators are read as
one within the other. Measured on Oxigraph 0.5, whose threads have 2 MiB: a level of EXISTS takes 2.6 KiB, of functions
2.2, of subqueries 1.8, of groups 1; a BIND or MINUS more 0.8, a UNION or an operator more 0.3.
"""

from __future__ import annotations

import re
from typing import Final

from mreze.serve import lexer

_LEVEL: Final = 3
"""KiB of a bracket in a bracket."""
_PART: Final = 1
"""KiB of a join, an alternative or an operator more."""
_WORDS: Final = re.compile(r"UNION|OPTIONAL|MINUS|LATERAL|FILTER|BIND|VALUES|AS", re.IGNORECASE)
_VALUES: Final = re.compile(r"VALUES\Z", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[+*/|&!^=<>\-;,]|\.(?!\d)|[)\]]")
_OPENING: Final = frozenset({"open", "paren", "bracket"})


def stack(query: str) -> int:
    """KiB of stack that a query may take: not less than it does, and often more."""
    open_, deepest, parts, at = list[str](), 0, 0, 0
    table = -1  # how many brackets are open around rows of VALUES: these are read one by one
    for kind, start, end in [*lexer.places(query), ("end", len(query), len(query))]:
        for sign in _SIGNS.findall(query, at, start):
            if sign in ")]":
                _close(open_)
            elif table < 0 and not (sign == "," and open_[-1:] == ["paren"]):
                parts += 1
        at = end
        if kind in _OPENING:
            open_.append(kind)
            deepest = max(deepest, len(open_))
        elif kind == "close":
            _close(open_)
            table = -1 if len(open_) <= table else table
        elif kind == "word" and table < 0:
            parts += len(_WORDS.findall(query, start, end))
            table = len(open_) if _VALUES.search(query, start, end) else table
    return _LEVEL * deepest + _PART * parts


def _close(open_: list[str]) -> None:
    if open_:
        open_.pop()
