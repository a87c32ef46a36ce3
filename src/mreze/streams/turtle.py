"""Write Turtle block by block, in the house form (`mreze.turtle`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from mreze.namespaces import RDF_TYPE
from mreze.streams.blanks import Blanks
from mreze.streams.names import Names
from mreze.streams.statements import Block

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
    """Writes blocks, and remembers which prefixes they need."""

    def __init__(self, prefixes: Mapping[str, str], names: Names | None = None) -> None:
        self._names = names or Names(prefixes)

    @property
    def used(self) -> dict[str, str]:
        """The prefixes that were used so far."""
        return self._names.used

    def body(self, blocks: Iterable[Block], blanks: Blanks) -> str:
        """The blocks, each with a blank line before it.

        Args:
            blocks: ordered statements.
            blanks: the blank nodes of these.
        """
        special = dict(blanks.blocks)
        written = []
        for subject, said in blocks:
            if special and (found := special.pop(subject if subject[0] == "_" else subject + ">", None)):
                written.append(found)
            elif subject[0] != "_":
                written.append(self.block(subject, said))
        # Blank nodes that could not be written where they are pointed to.
        self.used.update(blanks.used)
        return "".join([f"\n{one}" for one in (*written, *special.values())])

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
