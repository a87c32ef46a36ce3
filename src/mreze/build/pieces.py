"""Chunks of statements as they stand in dumps, deflated: made once for all dumps that hold them, and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from mreze.build.packing import deflate
from mreze.build.workers import Workers
from mreze.formats import JSON_LD
from mreze.keeping import Keeper, key_of
from mreze.streams.chunks import Chunk
from mreze.streams.dump import Terms, Text, read_chunk, values_of

_VALUES: Final = "dumps-values"
_TEXTS: Final = "dumps"
_NODES: Final = "dumps-json-ld"
Values = frozenset[tuple[str, str]]
"""What the values of each property of a chunk have in common (`read_values`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk lies in one syntax, deflated."""

    path: Path
    start: int
    size: int
    """In bytes; none where the chunk has nothing in that syntax."""
    key: str
    """Of the piece."""

    def read(self) -> bytes:
        """It."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size)


@dataclass(frozen=True)
class Piece:
    """A chunk that is written: a line of JSON that says what is where, then the deflated texts."""

    path: Path
    key: str
    """All that it depends on."""

    @cached_property
    def _head(self) -> dict[str, Any]:
        with self.path.open("rb") as file:
            line = file.readline()
        return {"start": len(line), **json.loads(line)}

    def used(self, extension: str) -> dict[str, str]:
        """The prefixes that it needs in a syntax."""
        return dict(self._head["texts"][extension]["used"])

    def place(self, extension: str) -> Place:
        """Where it lies in a syntax."""
        text = self._head["texts"][extension]
        return Place(self.path, self._head["start"] + text["start"], text["size"], self.key)


@dataclass(frozen=True, slots=True)
class _Work:
    """Pieces of a chunk to write, in whichever process."""

    chunk: Chunk
    prefixes: Mapping[str, str]
    terms: Terms
    """How JSON-LD writes the values that it has."""
    targets: Mapping[str, Path]
    """Where to, by kind."""

    def write(self) -> None:
        """Write them.

        Raises:
            ValueError: there is something that RDF/XML cannot say.
        """
        read = read_chunk(self.chunk)
        if _TEXTS in self.targets:
            _write(self.targets[_TEXTS], dict(read.texts(self.prefixes)))
        if _NODES in self.targets:
            _write(self.targets[_NODES], {JSON_LD.extension: read.json_ld(self.prefixes, self.terms)})


@dataclass(frozen=True, slots=True)
class Pieces:
    """Makes what chunks are in dumps, or finds it."""

    folder: Path
    """Where what is made lies meanwhile."""
    prefixes: Mapping[str, str]
    keeper: Keeper | None
    hands: Workers

    def values(self, chunks: Iterable[Chunk]) -> dict[str, Values]:
        """What the values of the properties of each chunk have in common, by its digest."""
        own = {one.digest: one for one in chunks}
        kept = {key: path for key in own if (path := self._find(_VALUES, key))}
        found = {key: _values(json.loads(path.read_bytes())) for key, path in kept.items()}
        missing = {key: one for key, one in own.items() if key not in found}
        for key, values in zip(missing, self.hands.each(read_chunk_values, missing.values()), strict=True):
            found[key] = _values(values)
            target = self.folder / f"{key}.{_VALUES}"
            target.write_text(json.dumps(values), "utf-8")
            self._keep(_VALUES, target)
        return found

    def make(self, wanted: Iterable[tuple[Chunk, Terms]]) -> list[tuple[Piece, Piece]]:
        """Each chunk in the syntaxes in which it depends on nothing else, and in JSON-LD.

        Args:
            wanted: each with how JSON-LD writes the values that it has.
        """
        found: dict[tuple[str, str], Path] = {}
        works: list[_Work] = []
        keyed = [(chunk, terms, self._keys(chunk, terms)) for chunk, terms in wanted]
        for chunk, terms, keys in keyed:
            targets: dict[str, Path] = {}
            for kind, key in keys.items():
                if (kind, key) not in found:
                    kept = self._find(kind, key)
                    found[kind, key] = kept or targets.setdefault(kind, self.folder / f"{key}.{kind}")
            if targets:
                works.append(_Work(chunk, self.prefixes, terms, targets))
        for work, _ in zip(works, self.hands.each(_Work.write, works), strict=True):
            for kind, target in work.targets.items():
                found[kind, target.stem] = self._keep(kind, target)
        pieces = {(kind, key): Piece(path, key) for (kind, key), path in found.items()}
        return [(pieces[_TEXTS, keys[_TEXTS]], pieces[_NODES, keys[_NODES]]) for _, _, keys in keyed]

    def _keys(self, chunk: Chunk, terms: Terms) -> dict[str, str]:
        """All that the pieces depend on, by kind."""
        told = [(name, one.key, one.definition) for name, one in terms.items()]
        prefixes = json.dumps(dict(self.prefixes))
        return {
            _TEXTS: key_of(chunk.digest, prefixes),
            _NODES: key_of(chunk.digest, prefixes, json.dumps(told)),
        }

    def _find(self, kind: str, key: str) -> Path | None:
        return self.keeper.find(kind, key) if self.keeper else None

    def _keep(self, kind: str, path: Path) -> Path:
        return self.keeper.keep(kind, path.stem, path) if self.keeper else path


def read_chunk_values(chunk: Chunk) -> list[tuple[str, str]]:
    """What the values of the properties of a chunk have in common, in whichever process."""
    return sorted(values_of(chunk))


def _values(said: Iterable[Sequence[str]]) -> Values:
    return frozenset((predicate, one) for predicate, one in said)


def _write(target: Path, texts: Mapping[str, Text]) -> None:
    places: dict[str, dict[str, Any]] = {}
    packed: list[bytes] = []
    start = 0
    for extension, text in texts.items():
        packed.append(deflate(text.content) if text.content else b"")
        places[extension] = {"start": start, "size": len(packed[-1]), "used": dict(text.used)}
        start += len(packed[-1])
    head = json.dumps({"texts": places}, ensure_ascii=False)
    target.write_bytes(b"".join([head.encode(), b"\n", *packed]))
