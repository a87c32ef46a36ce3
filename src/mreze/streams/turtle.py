"""Write Turtle block by block, in the house form (`mreze.turtle`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse

from mreze.namespaces import RDF_TYPE
from mreze.streams.names import Names
from mreze.streams.statements import Block, mentions_blank_nodes, read_blocks
from mreze.turtle import declarations, write_named_blocks

_TYPE: Final = str(RDF_TYPE)
_XSD: Final = "^^<http://www.w3.org/2001/XMLSchema#"
_PLAIN: Final = {
    f"{_XSD}integer>": re.compile(r'"([+-]?[0-9]+)"'),
    f"{_XSD}decimal>": re.compile(r'"([+-]?[0-9]*\.[0-9]+)"'),
    f"{_XSD}boolean>": re.compile('"(true|false)"'),
}
"""Texts of these datatypes that Turtle writes without quotes."""
_UNSEEN: Final = re.compile("[\x80-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
"""What a reader cannot see and N-Triples does not escape."""


class TurtleWriter:
    """Writes blocks; `head` is known when the last one is written."""

    def __init__(self, prefixes: Mapping[str, str], names: Names | None = None) -> None:
        self._all = prefixes
        self._names = names or Names(prefixes)

    def head(self) -> str:
        """The prefixes that were used."""
        return declarations(self._names.used)

    def body(self, statements: Path) -> Iterator[str]:
        """The blocks of a file of ordered statements, each with a blank line before it."""
        special = self._with_blank_nodes(statements)
        for subject, said in read_blocks(statements):
            if subject in special:
                yield "\n" + special.pop(subject)
            elif not subject.startswith("_:"):
                yield "\n" + self.block(subject, said)
        # Blank nodes that could not be written where they are pointed to.
        for block in special.values():
            yield "\n" + block

    def block(self, subject: str, said: Iterable[tuple[str, str]]) -> str:
        """One subject, which is no blank node and leads to none."""
        known, types, others = self._names.known, [], []
        for predicate, value in said:
            written = self.literal(value) if value[0] == '"' else known(value) or value
            if predicate == _TYPE:
                types.append(f"    a {written} ;\n")
            else:
                others.append(f"    {known(predicate) or predicate} {written} ;\n")
        types.sort()
        others.sort()
        return f"{self._names.name(subject) or subject + '>'}\n{''.join(types)}{''.join(others)}.\n"

    def literal(self, value: str) -> str:
        """A literal that N-Triples writes so."""
        cut = value.rindex('"') + 1
        text, rest = value[:cut], value[cut:]
        if not text.isascii():
            text = _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
        if not rest.startswith("^^"):
            return text + rest
        plain = _PLAIN.get(rest)
        if plain and (found := plain.fullmatch(text)):
            return found[1]
        return f"{text}^^{self._names.known(rest[2:]) or rest[2:]}"

    def _with_blank_nodes(self, statements: Path) -> dict[str, str]:
        """The blocks of subjects that are blank nodes or lead to some, by subject; held in memory together."""
        if not mentions_blank_nodes(statements):
            return {}
        held = [_triples(block) for block in read_blocks(statements) if _has_blank_nodes(block)]
        blocks, used = write_named_blocks((one for each in held for one in each), self._all)
        self._names.used |= used
        return {subject.removesuffix(">"): block for subject, block in blocks.items()}


def _has_blank_nodes(block: Block) -> bool:
    subject, said = block
    return subject.startswith("_:") or any(value.startswith("_:") for _, value in said)


def _triples(block: Block) -> list[Triple]:
    subject, said = block
    own = subject if subject.startswith("_:") else subject + ">"
    lines = "".join(f"{own} {predicate} {value} .\n" for predicate, value in said)
    return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
