"""The prefixes that a query uses and does not declare."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from mreze.serve.explanation.cursor import scan

_OTHERWISE: Final = {"dcterms": "dct", "geosparql": "geo", "sdo": "schema", "wgs84": "wgs"}
"""What some prefixes are called elsewhere."""
_LONGEST: Final = 100_000


def explain_prefixes(query: str, known: Mapping[str, str]) -> str:
    """Sentences that say which prefixes are not declared, and how to declare them; empty where all are."""
    return "".join(f" {_explain(one, known)}" for one in dict.fromkeys(_undeclared(query[:_LONGEST])))


def _undeclared(query: str) -> Iterator[str]:
    declared: set[str] = set()
    before = ""
    for token in scan(query):
        if token.kind == "prefixed":
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                yield prefix
        before = token.upper


def _explain(prefix: str, known: Mapping[str, str]) -> str:
    namespace = known.get(prefix) or known.get(_OTHERWISE.get(prefix, ""))
    if namespace is not None:
        return f"The prefix {prefix}: is not declared. Begin with PREFIX {prefix}: <{namespace}>"
    close = difflib.get_close_matches(prefix, list(known), n=1)
    meant = f" Did you mean {close[0]}: (PREFIX {close[0]}: <{known[close[0]]}>)?" if close else ""
    return f"The prefix {prefix}: is not declared, and this release has none of that name.{meant}"
