"""The data blocks of a query (`VALUES ?year { 2010 }`): where they are, what stands in them, and others in their place.

https://www.w3.org/TR/sparql11-query/#inline-data. Nothing is parsed here but where tokens begin and end; what a block
holds is read, and other terms are written, by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES

Term = ox.NamedNode | ox.Literal
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%.-]|\\.)*)
  | (?P<word>[A-Za-z]\w*)
  | (?P<mark>[{}()])
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN: Final = {
    PREFIXES["xsd"] + "integer": re.compile(r"-?\d+\Z"),
    PREFIXES["xsd"] + "boolean": re.compile("true|false"),
}
"""What SPARQL reads as such without its datatype."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, variable, bracket … of a query."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """In capitals, where it is a word that can be a keyword; else nothing."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class DataBlock:
    """One VALUES with what follows it, up to its closing brace."""

    names: tuple[str, ...]
    """Its variables."""
    start: int
    end: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query that matter here, without comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match.group(), match.start())


def prologue(query: str) -> str:
    """What stands before the keyword that says the form of the query."""
    return next((query[: one.start] for one in tokens(query) if one.word in FORMS), "")


def data_blocks(query: str) -> list[DataBlock]:
    """The data blocks of a query, in their order."""
    found = []
    stream = tokens(query)
    for token in stream:
        if token.word == "VALUES":
            names = []
            for one in stream:
                if one.kind == "variable":
                    names.append(one.text[1:])
                if one.text == "{":
                    break
            end = next((one.end for one in stream if one.text == "}"), len(query))
            found.append(DataBlock(tuple(names), token.start, end))
    return found


def used(query: str) -> dict[str, bool]:
    """The variables that stand outside of the data blocks, and whether the query assigns them itself (`AS ?year`)."""
    blocks = data_blocks(query)
    found: dict[str, bool] = {}
    before = ""
    for token in tokens(query):
        if token.kind == "variable" and not any(one.start <= token.start < one.end for one in blocks):
            found[token.text[1:]] = found.get(token.text[1:], False) or before == "AS"
        before = token.word
    return found


def rows(query: str, block: DataBlock) -> list[tuple[Term | None, ...]]:
    """What stands in a block; UNDEF is None.

    Raises:
        SyntaxError: it cannot be read.
    """
    variables = " ".join(f"?{name}" for name in block.names)
    return _solutions(f"{prologue(query)}\nSELECT {variables} {{ {query[block.start : block.end]} }}")


def resolve(query: str, name: str) -> ox.NamedNode | None:
    """The IRI of `<…>` or of a prefixed name, by the prefixes of the query, else of mreze; None if it is none."""
    if [one.kind for one in tokens(name)] not in (["iri"], ["prefixed"]):
        return None
    try:
        found = _solutions(f"{prologue(query)}\nSELECT ?it {{ VALUES ?it {{ {name} }} }}")[0][0]
    except (SyntaxError, IndexError):
        return None
    return found if isinstance(found, ox.NamedNode) else None


def replace(query: str, values: Mapping[str, Term]) -> str:
    """The query with these terms in its data blocks; variables of such a block without a value keep theirs."""
    written: list[str] = []
    last = 0
    for block in data_blocks(query):
        if not values.keys().isdisjoint(block.names):
            row = rows(query, block)[0] if len(block.names) > 1 else (None,)
            terms = [write(values.get(name, old)) for name, old in zip(block.names, row, strict=True)]
            written += [query[last : block.start], _block(block.names, terms)]
            last = block.end
    return "".join([*written, query[last:]])


def write(term: Term | None) -> str:
    """A term as it stands in a query."""
    if term is None:
        return "UNDEF"
    plain = _PLAIN.get(term.datatype.value) if isinstance(term, ox.Literal) else None
    return term.value if plain and plain.fullmatch(term.value) else str(term)


def _block(names: tuple[str, ...], terms: list[str]) -> str:
    if len(names) == 1:
        return f"VALUES ?{names[0]} {{ {terms[0]} }}"
    variables = " ".join(f"?{name}" for name in names)
    return f"VALUES ({variables}) {{ ({' '.join(terms)}) }}"


def _solutions(query: str) -> list[tuple[Term | None, ...]]:
    solutions = ox.Store().query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - the query is a SELECT
    return [tuple(one if isinstance(one, Term) else None for one in row) for row in solutions]
