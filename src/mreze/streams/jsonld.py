"""Write JSON-LD node by node, a node a line, in the form of `mreze.jsonld`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from mreze.jsonld import usable_prefixes
from mreze.namespaces import RDF_TYPE
from mreze.streams.literals import split, unescape
from mreze.streams.names import Names
from mreze.streams.statements import read_blocks, read_values

_TYPE: Final = str(RDF_TYPE)
_KEPT: Final = 1 << 16
"""Values that are remembered."""


@dataclass(frozen=True, slots=True)
class _Term:
    """How the values of a property are written."""

    key: str
    """As JSON."""
    definition: dict[str, str]
    """What they have in common."""

    languages: bool = False
    """Whether they are a map from languages."""
    common: bool = False
    """Whether they are all of one type."""


class JsonLdWriter:
    """Writes nodes; `head` is known when the last one is written."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._names = Names(usable_prefixes(prefixes))
        self._terms: dict[str, _Term] = {}
        self._known = lru_cache(_KEPT)(self._identifier)

    def head(self) -> str:
        """The context, and what comes before the first node."""
        terms = {str(json.loads(one.key)): one.definition for one in self._terms.values() if one.definition}
        context = dict(sorted(self._names.used.items())) | dict(sorted(terms.items()))
        return f'{{"@context": {json.dumps(context, ensure_ascii=False)}, "@graph": ['

    def body(self, statements: Path) -> Iterator[str]:
        """The nodes of a file of ordered statements, and what comes after the last one."""
        common: defaultdict[str, set[str]] = defaultdict(set)
        for predicate, values in read_values(statements):
            if predicate != _TYPE or values not in {"<", "_"}:  # `@type` is no term
                common[predicate].add(values)
        self._terms = {predicate: self._term(predicate, common[predicate]) for predicate in sorted(common)}
        between = "\n"
        for subject, said in read_blocks(statements):
            yield between + self.node(subject, said)
            between = ",\n"
        yield "\n]}\n"

    def node(self, subject: str, said: Iterable[tuple[str, str]]) -> str:
        """One subject."""
        types: list[str] = []
        values: defaultdict[str, list[str]] = defaultdict(list)
        for predicate, value in said:
            if predicate == _TYPE and value[0] != '"':
                types.append(self._known(value))
            else:
                values[predicate].append(value)
        kinds = [f'"@type": {_one_or_many(types)}'] if types else []
        rest = [self._property(self._terms[predicate], found) for predicate, found in values.items()]
        return "{" + ", ".join([f'"@id": {self._subject(subject)}', *kinds, *sorted(rest)]) + "}"

    def _term(self, predicate: str, values: set[str]) -> _Term:
        definition: dict[str, str] = {"@id": self._shorten(predicate)}
        key = json.dumps(definition["@id"], ensure_ascii=False)
        if values <= {"<", "_"}:
            return _Term(key, definition | {"@type": "@id"}, common=True)
        if all(one.startswith("@") and "--" not in one for one in values):
            return _Term(key, definition | {"@container": "@language"}, languages=True)
        if len(values) == 1 and (only := next(iter(values))).startswith("^^"):
            return _Term(key, definition | {"@type": self._shorten(only[2:])}, common=True)
        return _Term(key, {})

    def _property(self, term: _Term, values: list[str]) -> str:
        if term.languages:
            return f"{term.key}: {_by_language(values)}"
        return f"{term.key}: {_one_or_many([self._value(one, common=term.common) for one in values])}"

    def _value(self, value: str, *, common: bool) -> str:
        if value[0] != '"':
            return self._known(value) if common else f'{{"@id": {self._known(value)}}}'
        text, rest = split(value)
        if common or not rest:
            return _json(text)
        if rest.startswith("^^"):
            return f'{{"@type": {self._known(rest[2:])}, "@value": {_json(text)}}}'
        language, _, direction = rest[1:].partition("--")
        more = f', "@direction": "{direction}"' if direction else ""
        return f'{{"@language": "{language}", "@value": {_json(text)}{more}}}'

    def _subject(self, subject: str) -> str:
        # N-Triples lets nothing into an IRI that JSON would escape.
        return f'"{subject}"' if subject[0] == "_" else f'"{self._names.name(subject) or subject[1:]}"'

    def _identifier(self, node: str) -> str:
        return f'"{node}"' if node[0] == "_" else f'"{self._names.name(node) or node[1:-1]}"'

    def _shorten(self, iri: str) -> str:
        return self._names.known(iri) or iri[1:-1]


def _by_language(values: list[str]) -> str:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        text, rest = split(value)
        texts[rest[1:]].append(_json(text))
    return "{" + ", ".join(f'"{language}": {_one_or_many(texts[language])}' for language in sorted(texts)) + "}"


def _json(text: str) -> str:
    # All other escapes of N-Triples are escapes of JSON too.
    if "\\" in text and ("\\U" in text or "\\'" in text):
        return json.dumps(unescape(text[1:-1]), ensure_ascii=False)
    return text


def _one_or_many(values: list[str]) -> str:
    return values[0] if len(values) == 1 else "[" + ", ".join(sorted(values)) + "]"
