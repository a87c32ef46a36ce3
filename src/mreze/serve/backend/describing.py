"""How many things a DESCRIBE describes, as a question to the server.

Virtuoso describes as many as it gives rows (ResultSetMaxRows); what it leaves out nobody sees: neither a header tells,
nor the number of triples. It never cuts what an aggregate counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mreze.serve import lexer

_DESCRIBE: Final = re.compile(r"DESCRIBE\Z", re.IGNORECASE)
_IRI: Final = frozenset({"iri", "prefixed"})


@dataclass(frozen=True, slots=True)
class Counting:
    """What is described: what the query names, and what it finds."""

    named: int
    """How many things it names."""
    text: str
    """A question whose numbers together are how many it finds, or more; "" where it finds none."""


def count_described(query: str) -> Counting:
    """What a DESCRIBE describes.

    Args:
        query: it is well-formed, and names its variables in the place of `*`.
    """
    found = list(lexer.places(query))
    at = next(number for number, (kind, start, end) in enumerate(found) if _is_describe(kind, query[start:end]))
    before, after = found[at][2] - len("DESCRIBE"), found[at][2]
    variables: list[str] = []
    named = 0
    for kind, start, end in found[at + 1 :]:
        if kind == "variable":
            variables.append(query[start:end])
        elif kind in _IRI:
            named += 1
        else:
            break
        after = end
    if not variables:
        return Counting(named, "")
    variables = list(dict.fromkeys(variables))
    inner = f"SELECT {' '.join(variables)} {query[after:]}"
    return Counting(named, f"{query[:before]}SELECT {_counts(query, variables)} {{ {{ {inner}\n}} }}")


def _counts(query: str, variables: list[str]) -> str:
    """Each thing counts once; where solutions are left out, whichever they are, each solution."""
    what = "*" if lexer.has_word(query, "LIMIT") else "DISTINCT {}"
    names = (f"({_count(what, one)} AS ?{_free(query)}{number})" for number, one in enumerate(variables))
    return " ".join(names)


def _count(what: str, variable: str) -> str:
    return f"COUNT({what.format(variable)})"


def _free(query: str) -> str:
    """What no variable of a query begins with."""
    name = "number"
    while name in query:
        name += "_"
    return name


def _is_describe(kind: str, text: str) -> bool:
    return kind == "word" and _DESCRIBE.search(text) is not None
