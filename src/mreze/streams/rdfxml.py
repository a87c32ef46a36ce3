"""Write RDF/XML subject by subject (https://www.w3.org/TR/rdf-syntax-grammar/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mreze.namespaces import PREFIXES
from mreze.rdfxml import FORBIDDEN, NAME, unwritable_character, unwritable_predicate
from mreze.streams.literals import split, unescape
from mreze.streams.statements import Block

_KEPT: Final = 1 << 16
_SPECIAL: Final = re.compile('[&<>\r"]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;"}


@dataclass(frozen=True, slots=True)
class _Tag:
    """The element of a property."""

    start: str
    """Without the `>`, so that attributes may follow."""
    end: str


class RdfXmlWriter:
    """Writes blocks, and remembers which namespaces they need."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # Of two prefixes of a namespace the first of the alphabet.
        self._prefixes = {iri: prefix for prefix, iri in sorted(prefixes.items(), reverse=True) if prefix}
        self._prefixes[PREFIXES["rdf"]] = "rdf"
        self.used: dict[str, str] = {}
        """The namespaces that were used so far, by prefix."""
        self._tag = lru_cache(_KEPT)(self._make_tag)
        self._resource = lru_cache(_KEPT)(_resource)

    def body(self, blocks: Iterable[Block]) -> str:
        """The blocks.

        Raises:
            ValueError: a predicate does not end in a name that XML knows, or a literal holds a character that
                XML 1.0 cannot carry.
        """
        return "".join([self.block(subject, said) for subject, said in blocks])

    def block(self, subject: str, said: Iterable[tuple[str, str]]) -> str:
        """One subject."""
        named = f'nodeID="{subject[2:]}"' if subject[0] == "_" else f'about="{_escape(subject[1:])}"'
        lines = [self._statement(subject, predicate, value) for predicate, value in said]
        return f"\t<rdf:Description rdf:{named}>\n{''.join(lines)}\t</rdf:Description>\n"

    def _statement(self, subject: str, predicate: str, value: str) -> str:
        tag = self._tag(predicate)
        if value[0] != '"':
            return f"\t\t<{tag.start} {self._resource(value)}/>\n"
        text, rest = split(value)
        return f"\t\t<{tag.start}{_attribute(rest)}>{_text(text[1:-1], subject)}</{tag.end}>\n"

    def _make_tag(self, predicate: str) -> _Tag:
        iri = predicate[1:-1]
        found = NAME.search(iri)
        if found is None:
            raise unwritable_predicate(predicate)
        space, local = iri[: found.start()], found[0]
        prefix = self._prefixes.get(space)
        if prefix is None:
            return _Tag(f'{local} xmlns="{_escape(space)}"', local)
        self.used[prefix] = space
        return _Tag(f"{prefix}:{local}", f"{prefix}:{local}")


def start(used: Mapping[str, str]) -> str:
    """What comes before the first subject.

    Args:
        used: the namespaces that are used, by prefix; rdf always is.
    """
    declared = sorted({"rdf": PREFIXES["rdf"], **used}.items())
    spaces = "".join(f' xmlns:{prefix}="{_escape(iri)}"' for prefix, iri in declared)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'


END: Final = "</rdf:RDF>\n"
"""What comes after the last one."""


def _resource(value: str) -> str:
    return f'rdf:nodeID="{value[2:]}"' if value[0] == "_" else f'rdf:resource="{_escape(value[1:-1])}"'


def _attribute(rest: str) -> str:
    if rest.startswith("^^"):
        return f' rdf:datatype="{_escape(rest[3:-1])}"'
    # RDF/XML 1.1 has no direction of a text.
    return f' xml:lang="{rest[1:].partition("--")[0]}"' if rest else ""


def _text(text: str, subject: str) -> str:
    if "\\" in text:
        text = unescape(text)
        if bad := FORBIDDEN.search(text):
            raise unwritable_character(bad[0], subject.removesuffix(">") + ">" if subject[0] == "<" else subject)
    return _escape(text)


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES[match[0]], text)
