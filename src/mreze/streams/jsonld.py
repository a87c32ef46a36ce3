"""Write JSON-LD node by node, a node a line, in the form of `mreze.jsonld`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mreze.jsonld import usable_prefixes
from mreze.namespaces import RDF_TYPE
from mreze.streams.literals import split, unescape
from mreze.streams.names import Names
from mreze.streams.statements import Block

_TYPE: Final = str(RDF_TYPE)
_KEPT: Final = 1 << 16
"""Values that are remembered."""


@dataclass(frozen=True, slots=True)
class Term:
    """How the values of a property are written."""

    key: str
    """As JSON."""
    definition: tuple[tuple[str, str], ...]
    """What they have in common."""
    used: tuple[tuple[str, str], ...]
    """The prefixes that the key and the definition need."""
    languages: bool
    """Whether they are a map from languages."""
    common: bool
    """Whether they are all of one type."""


class JsonLdWriter:
    """Writes nodes, and remembers which prefixes they need."""

    def __init__(self, prefixes: Mapping[str, str], names: Names | None = None) -> None:
        self._names = names or Names(usable_prefixes(prefixes))
        self._terms: Mapping[str, Term] = {}
        self._known = lru_cache(_KEPT)(self._identifier)

    @property
    def used(self) -> dict[str, str]:
        """The prefixes that were used so far."""
        return self._names.used

    def body(self, blocks: Iterable[Block], terms: Mapping[str, Term]) -> str:
        """The nodes, each on a line; nothing where there are none.

        Args:
            blocks: ordered statements.
            terms: how the values of their properties are written.
        """
        self._terms = terms
        nodes = [self.node(subject, said) for subject, said in blocks]
        return "\n" + ",\n".join(nodes) if nodes else ""

    def node(self, subject: str, said: Iterable[tuple[str, str]]) -> str:
        """One subject."""
        types: list[str] = []
        values: defaultdict[str, list[str]] = defaultdict(list)
        for predicate, value in said:
            if predicate == _TYPE and value[0] != '"':
                types.append(self._known(value))
            else:
                values[predicate].append(value)
        kinds = [f'"@type": {one_or_many(types)}'] if types else []
        rest = [self._property(self._terms[predicate], found) for predicate, found in values.items()]
        return "{" + ", ".join([f'"@id": {self._subject(subject)}', *kinds, *sorted(rest)]) + "}"

    def terms(self, values: Iterable[tuple[str, str]]) -> dict[str, Term]:
        """How the values of each property are written, by what they have in common (`statements.read_values`)."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for predicate, one in values:
            if predicate != _TYPE or one not in {"<", "_"}:  # `@type` is no term
                found[predicate].add(one)
        return {predicate: self._term(predicate, frozenset(found[predicate])) for predicate in sorted(found)}

    def _term(self, predicate: str, values: frozenset[str]) -> Term:
        before, self._names.used = self._names.used, {}
        definition = {"@id": self._shorten(predicate)}
        languages = common = False
        if values <= {"<", "_"}:
            definition["@type"], common = "@id", True
        elif all(one.startswith("@") and "--" not in one for one in values):
            definition["@container"], languages = "@language", True
        elif len(values) == 1 and (only := next(iter(values))).startswith("^^"):
            definition["@type"], common = self._shorten(only[2:]), True
        used, self._names.used = self._names.used, before | self._names.used
        key = json.dumps(definition["@id"], ensure_ascii=False)
        told = tuple(definition.items()) if len(definition) > 1 else ()
        return Term(key, told, tuple(used.items()), languages, common)

    def _property(self, term: Term, values: list[str]) -> str:
        if term.languages:
            return f"{term.key}: {_by_language(values)}"
        return f"{term.key}: {one_or_many([self._value(one, typed=term.common) for one in values])}"

    def _value(self, value: str, *, typed: bool) -> str:
        if value[0] != '"':
            return self._known(value) if typed else f'{{"@id": {self._known(value)}}}'
        text, rest = split(value)
        if typed or not rest:
            return json_text(text)
        if rest.startswith("^^"):
            return f'{{"@type": {self._known(rest[2:])}, "@value": {json_text(text)}}}'
        language, _, direction = rest[1:].partition("--")
        more = f', "@direction": "{direction}"' if direction else ""
        return f'{{"@language": "{language}", "@value": {json_text(text)}{more}}}'

    def _subject(self, subject: str) -> str:
        # N-Triples lets nothing into an IRI that JSON would escape.
        if subject[0] == "_":
            return f'"{subject}"'
        name = self._names.name(subject)
        return f'"{subject[1:] if name is None else name}"'

    def _identifier(self, node: str) -> str:
        if node[0] == "_":
            return f'"{node}"'
        name = self._names.name(node)
        return f'"{node[1:-1] if name is None else name}"'

    def _shorten(self, iri: str) -> str:
        name = self._names.known(iri)
        return iri[1:-1] if name is None else name


def context(used: Mapping[str, str], terms: Iterable[Term]) -> str:
    """The context of a graph in which prefixes are used besides those of the terms."""
    found, told = dict(used), dict[str, dict[str, str]]()
    for one in terms:
        found.update(one.used)
        if one.definition:
            told[str(json.loads(one.key))] = dict(one.definition)
    return json.dumps(dict(sorted(found.items())) | dict(sorted(told.items())), ensure_ascii=False)


def _by_language(values: list[str]) -> str:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        text, rest = split(value)
        texts[rest[1:]].append(json_text(text))
    return "{" + ", ".join(f'"{language}": {one_or_many(texts[language])}' for language in sorted(texts)) + "}"


def json_text(text: str) -> str:
    """A text in quotes, as N-Triples writes it, as JSON."""
    # All other escapes of N-Triples are escapes of JSON too.
    if "\\" in text and ("\\U" in text or "\\'" in text):
        return json.dumps(unescape(text[1:-1]), ensure_ascii=False)
    return text


def one_or_many(values: list[str]) -> str:
    """Values that are JSON already, as one or as a list."""
    return values[0] if len(values) == 1 else "[" + ", ".join(sorted(values)) + "]"
