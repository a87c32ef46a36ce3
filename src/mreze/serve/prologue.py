"""A query's tokens with their names resolved: what its prologue (BASE, PREFIX) makes of them.

https://www.w3.org/TR/sparql11-query/#QSynIRI
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from mreze.serve.lexer import tokens

SPACE: Final = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
"""What may stand between two tokens, as a regular expression."""
_DECLARATION: Final = re.compile(
    rf"""{SPACE}(?:BASE{SPACE}<(?P<base>[^>]*)>
      | PREFIX{SPACE}(?P<prefix>[^\s:<>\#"'(){{}}]*):{SPACE}<(?P<iri>[^>]*)>
      | VERSION{SPACE}(?:"[^"]*"|'[^']*'))""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NO_IRI: Final = re.compile(r'[<>"{}|^`\\\x00-\x20]')
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LARGEST: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Prologue:
    """What a query's names are short for."""

    base: str
    prefixes: Mapping[str, str]
    end: int
    """Where the query itself begins."""

    def iri(self, token: str) -> str | None:
        """What an IRI or a prefixed name stands for; None for an undeclared prefix, and for what is no IRI."""
        if token.startswith("<"):
            return absolute(self.base, token[1:-1])
        prefix, _, local = token.partition(":")
        namespace = self.prefixes.get(prefix)
        return None if namespace is None else _checked(namespace + local.replace("\\", ""))


def read_prologue(query: str, base: str) -> Prologue:
    """Read the declarations at the beginning of a query, exactly as the engine does."""
    prefixes: dict[str, str] = {}
    end = 0
    while match := _DECLARATION.match(query, end):
        end = match.end()
        if match["base"] is not None:
            base = absolute(base, match["base"]) or base
        elif match["prefix"] is not None:
            prefixes[match["prefix"]] = absolute(base, match["iri"]) or match["iri"]
    return Prologue(base, MappingProxyType(prefixes), end)


def resolved(query: str, base: str) -> Iterator[tuple[str, str]]:
    """The tokens after the prologue, IRIs and prefixed names as absolute IRIs of the kind `iri`, if they are any."""
    prologue = read_prologue(query, base)
    for kind, token in tokens(query, prologue.end):
        if kind in {"iri", "prefixed"} and (iri := prologue.iri(token)):
            yield "iri", iri
        else:
            yield ("name" if kind == "iri" else kind), token


def absolute(base: str, reference: str) -> str | None:
    """A reference resolved against a base as the engine does it (RFC 3987, strictly); None where that gives no IRI."""
    reference = _ESCAPE.sub(_unescape, reference)
    if _NO_IRI.search(reference):
        return None
    try:
        quads = ox.parse(f"<{reference}> <x:x> <x:x> .".encode(), format=ox.RdfFormat.TURTLE, base_iri=base)
        subject = next(quads).subject
    except (SyntaxError, ValueError):
        return None
    return subject.value if isinstance(subject, ox.NamedNode) else None


def _checked(iri: str) -> str | None:
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None


def _unescape(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= _LARGEST and not 0xD800 <= number <= 0xDFFF else match[0]
