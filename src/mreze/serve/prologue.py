"""A query's tokens with their names resolved: what its prologue (BASE, PREFIX) makes of them.

https://www.w3.org/TR/sparql11-query/#QSynIRI
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from mreze.serve.lexer import tokens


def resolved(query: str, base: str) -> Iterator[tuple[str, str]]:
    """The tokens after the prologue, IRIs and prefixed names as absolute IRIs of the kind `iri`."""
    prefixes: dict[str, str] = {}
    stream = tokens(query)
    for kind, token in stream:
        word = token.upper() if kind == "word" else ""
        if word == "BASE":
            base = absolute(base, next(stream, ("", "<>"))[1][1:-1])
        elif word == "PREFIX":
            prefix, iri = next(stream, ("", ":"))[1], next(stream, ("", "<>"))[1]
            prefixes[prefix.rstrip(":")] = absolute(base, iri[1:-1])
        elif kind == "iri":
            yield "iri", absolute(base, token[1:-1])
        elif kind == "prefixed":
            prefix, _, local = token.partition(":")
            yield "iri", prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")
        else:
            yield kind, token


def absolute(base: str, reference: str) -> str:
    """A reference resolved against a base; unlike the library's function it keeps a `#` at the end."""
    if reference.endswith("#"):
        return urljoin(base, reference[:-1]) + "#"
    return urljoin(base, reference)
