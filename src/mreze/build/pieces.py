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
from mreze.streams.dump import Terms, Text, read_chunk

_TEXTS: Final = "dumps"
_JSON_LD: Final = "dumps-json-ld"


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

    @property
    def values(self) -> list[tuple[str, str]]:
        """What the values of each property have in common (`read_values`)."""
        return [(predicate, one) for predicate, one in self._head["values"]]

    def used(self, extension: str) -> dict[str, str]:
        """The prefixes that it needs in a syntax."""
        return dict(self._head["texts"][extension]["used"])

    def place(self, extension: str) -> Place:
        """Where it lies in a syntax."""
        text = self._head["texts"][extension]
        return Place(self.path, self._head["start"] + text["start"], text["size"], self.key)


@dataclass(frozen=True, slots=True)
class Work:
    """A piece to write, in whichever process."""

    chunk: Chunk
    prefixes: Mapping[str, str]
    terms: Terms | None
    """How JSON-LD writes values, if that is all that is to be written, for it depends on other chunks too."""
    target: Path

    @property
    def kind(self) -> str:
        """Of the artefact."""
        return _TEXTS if self.terms is None else _JSON_LD

    @property
    def key(self) -> str:
        """All that the piece depends on."""
        told = [] if self.terms is None else [(name, one.key, one.definition) for name, one in self.terms.items()]
        return key_of(self.chunk.digest, json.dumps([dict(self.prefixes), told]))

    def write(self) -> Path:
        """Write the piece.

        Raises:
            ValueError: there is something that RDF/XML cannot say.
        """
        read = read_chunk(self.chunk)
        if self.terms is None:
            _write(self.target, dict(read.texts(self.prefixes)), sorted(read.values()))
        else:
            _write(self.target, {JSON_LD.extension: read.json_ld(self.prefixes, self.terms)}, [])
        return self.target


def _write(target: Path, texts: Mapping[str, Text], values: Sequence[tuple[str, str]]) -> None:
    places: dict[str, dict[str, Any]] = {}
    packed: list[bytes] = []
    start = 0
    for extension, text in texts.items():
        packed.append(deflate(text.content) if text.content else b"")
        places[extension] = {"start": start, "size": len(packed[-1]), "used": dict(text.used)}
        start += len(packed[-1])
    head = json.dumps({"texts": places, "values": values}, ensure_ascii=False)
    target.write_bytes(b"".join([head.encode(), b"\n", *packed]))


def make_pieces(works: Iterable[Work], keeper: Keeper | None, hands: Workers) -> list[Piece]:
    """The pieces of some work, in its order: what was kept, what was made by now, and what is made anew.

    Args:
        works: which pieces.
        keeper: what keeps them for the next time.
        hands: who writes.
    """
    keyed = [(one.kind, one.key, one) for one in works]
    found: dict[tuple[str, str], Path] = {}
    missing: dict[tuple[str, str], Work] = {}
    for kind, key, work in keyed:
        if (kind, key) in found or (kind, key) in missing:
            continue
        path = keeper.find(kind, key) if keeper else None
        if path:
            found[kind, key] = path
        else:
            missing[kind, key] = work
    for (kind, key), path in zip(missing, hands.each(Work.write, missing.values()), strict=True):
        found[kind, key] = keeper.keep(kind, key, path) if keeper else path
    pieces = {(kind, key): Piece(path, key) for (kind, key), path in found.items()}
    return [pieces[kind, key] for kind, key, _ in keyed]
