"""The terms of a query: what a token of its text stands for.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES, RDF_TYPE
from mreze.serve.explanation.cursor import Token
from mreze.serve.prologue import absolute

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a pattern."""

    kind: str
    """iri, literal, variable (blank nodes included), path."""
    text: str
    """As it can stand in a query."""
    node: ox.NamedNode | ox.Literal | None = None

    @property
    def iri(self) -> str | None:
        """The IRI, where it is one."""
        return self.node.value if isinstance(self.node, ox.NamedNode) else None

    @property
    def variable(self) -> str | None:
        """The name of the variable, where it is one."""
        return self.text[1:] if self.kind == "variable" else None

    @property
    def is_blank(self) -> bool:
        """Whether it is a blank node, which is read as a variable."""
        return self.text.startswith("?_")

    @property
    def is_prefixed(self) -> bool:
        """Whether it is written with a prefix."""
        return self.kind == "iri" and not self.text.startswith("<") and self.text != "a"


@dataclass(slots=True)
class Prologue:
    """What BASE and PREFIX have said so far."""

    base: str
    prefixes: dict[str, str] = field(default_factory=dict)

    def declare(self, prefix: str, iri: str) -> None:
        """Bind a prefix, as it is written with its colon, to an IRI in its brackets."""
        self.prefixes[prefix.removesuffix(":")] = self._absolute(iri)

    def rebase(self, iri: str) -> None:
        """Take another base."""
        self.base = self._absolute(iri)

    def resolve(self, token: Token) -> str:
        """The IRI that a token means.

        Raises:
            ValueError: it means none.
        """
        if token.kind == "iri":
            return self._absolute(token.text)
        prefix, _, local = token.text.partition(":")
        return self.prefixes[prefix] + local.replace("\\", "")

    def _absolute(self, iri: str) -> str:
        found = absolute(self.base, iri[1:-1])
        if not found:
            raise ValueError(iri)
        return found


def named(token: Token, prologue: Prologue) -> Term:
    """An IRI, however it is written; `a` included.

    Raises:
        ValueError: the token is none.
    """
    if token.text == "a":
        return Term("iri", "a", RDF_TYPE)
    if token.kind not in {"iri", "prefixed"}:
        raise ValueError(token.text)
    return Term("iri", token.text, ox.NamedNode(prologue.resolve(token)))


def literal(token: Token, text: str, language: str | None, datatype: str | None) -> Term:
    """A literal.

    Args:
        token: its lexical form in quotation marks, a number, true or false.
        text: all of it as it is written.
        language: its tag, or None.
        datatype: IRI, or None.
    """
    if token.kind == "string":
        value = _unquoted(token.text)
    else:
        value, datatype = token.text, PREFIXES["xsd"] + _type_of(token)
    if language is not None:
        return Term("literal", text, ox.Literal(value, language=language))
    return Term("literal", text, ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value))


def _type_of(token: Token) -> str:
    if token.kind == "word":
        return "boolean"
    return "double" if "e" in token.text.lower() else "decimal" if "." in token.text else "integer"


def _unquoted(text: str) -> str:
    quotes = 3 if text[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(_unescaped, text[quotes:-quotes])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
