"""What servers do otherwise than the standards say, and how it is mended: this is the one place that knows.

Virtuoso 7 (measured on 07.20.3229):
- blank nodes of results in JSON are `nodeID://b10`, which is no label of a blank node;
- xsd:boolean is an integer inside, so that "true" comes out of SELECT as "1";
- ASK after a BASE is answered with a row that has `__ASK_RETVAL`, in place of a truth value;
- DESCRIBE gives what points to a thing too, unless it is told not to;
- past ResultSetMaxRows (X-SPARQL-MaxRows), and past its time for a query (X-SQL-State: S1TAT), it answers 200 with
  a part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_VIRTUOSO: Final = "virtuoso"
_NODE: Final = re.compile(rb'("value"\s*:\s*")nodeID://')
_BOOLEAN: Final = re.compile(
    rb'("datatype"\s*:\s*"http://www\.w3\.org/2001/XMLSchema#boolean"\s*,\s*"value"\s*:\s*")([01])"'
)
_TRUTH: Final = {b"0": b"false", b"1": b"true"}
_ASKED: Final = re.compile(rb'"vars"\s*:\s*\[\s*"__ASK_RETVAL"\s*\]')
_YES: Final = re.compile(rb'"__ASK_RETVAL"\s*:\s*\{[^{}]*"value"\s*:\s*"1"')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server wants to be asked."""

    describe: str = ""
    """What stands before a DESCRIBE."""


STANDARD: Final = Dialect()
VIRTUOSO: Final = Dialect(describe='DEFINE sql:describe-mode "SPO"\n')


def dialect_of(server: str | None) -> Dialect:
    """The dialect of a server, by what it calls itself in the field Server."""
    return VIRTUOSO if (server or "").lower().startswith(_VIRTUOSO) else STANDARD


def mended(content: bytes) -> bytes:
    """Results in JSON, as the standard has them (https://www.w3.org/TR/sparql11-results-json/)."""
    if b"nodeID://" in content:
        content = _NODE.sub(rb"\1", content)
    if b"XMLSchema#boolean" in content:
        content = _BOOLEAN.sub(lambda match: match[1] + _TRUTH[match[2]] + b'"', content)
    if b"__ASK_RETVAL" in content and _ASKED.search(content):
        return b'{"head":{},"boolean":%b}' % (b"true" if _YES.search(content) else b"false")
    return content


def cut(headers: Mapping[str, str]) -> str:
    """Why an answer is only a part of what there is, by its fields (names in lower case); nothing where it is whole."""
    if most := headers.get("x-sparql-maxrows"):
        return f"it gives no more than {most} rows (ResultSetMaxRows in its virtuoso.ini)"
    if state := headers.get("x-sql-state"):
        return f"it stopped before it was done ({state})"
    return ""
