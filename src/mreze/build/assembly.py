"""The files of dumps, put together from pieces that they have in common with each other and with earlier releases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from mreze.build.packing import Packed, deflate, write_packed
from mreze.build.pieces import Piece, Place, Work, make_pieces
from mreze.build.stage import Stage
from mreze.build.workers import Workers
from mreze.build.writer import link_file
from mreze.formats import DUMPS, JSON_LD
from mreze.keeping import Keeper, key_of
from mreze.release import Release, ReleaseFile
from mreze.streams.chunks import Chunk, read_chunks
from mreze.streams.dump import Frame, Terms, frame, terms_of

_KIND: Final = "dumped"
"""Under what is kept what became of a file."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A file to write, in whichever process."""

    release: Path
    """The folder of the release."""
    path: str
    frame: Frame
    places: Sequence[Place]
    before: tuple[Path, Packed] | None = None
    """The folder of a release that had the same file, and what that was."""

    @property
    def key(self) -> str:
        """All that the file depends on."""
        around = (self.frame.head, self.frame.between, self.frame.tail)
        return key_of(self.path, *around, *(one.key for one in self.places))

    def write(self) -> Packed:
        """Write the file, or make it the one that was there before."""
        if self.before and self._link(*self.before):
            return self.before[1]
        return write_packed(self.release, self.path, self._parts())

    def _link(self, root: Path, packed: Packed) -> bool:
        return all(link_file(root, self.release, one) for one in (packed.file, packed.packed))

    def _parts(self) -> Iterator[bytes]:
        yield deflate(self.frame.head.encode())
        between = deflate(self.frame.between.encode())
        for number, place in enumerate(self.places):
            if number and self.frame.between:
                yield between
            yield place.read()
        yield deflate(self.frame.tail.encode())


@dataclass(frozen=True, slots=True)
class _Survey:
    """A dataset to cut into chunks, in whichever process."""

    quads: Path
    prefixes: Mapping[str, str]

    def run(self) -> list[Chunk]:
        return read_chunks(self.quads, self.prefixes)


@dataclass(frozen=True, slots=True)
class Assembler:
    """Writes the dumps of a release."""

    stage: Stage
    release: Path
    """The folder of the release."""
    prefixes: Mapping[str, str]
    keeper: Keeper | None
    """What keeps pieces, and what became of files."""
    hands: Workers

    def prepare(self, names: Sequence[str]) -> dict[tuple[str, str], Assembly]:
        """The dumps of datasets, by name and extension; all that is left to do is to put their pieces together.

        Raises:
            ValueError: there is something that RDF/XML cannot say.
        """
        surveys = self.hands.each(_Survey.run, [_Survey(self.stage.quads(one), self.prefixes) for one in names])
        chunks = dict(zip(names, surveys, strict=True))
        texts = self._texts(chunks)
        terms = {name: terms_of(_values(own), self.prefixes) for name, own in texts.items()}
        nodes = {name: self._nodes(name, chunks[name], texts[name], own) for name, own in terms.items()}
        return {
            (name, one.extension): self._assembly(name, one.extension, (nodes if one is JSON_LD else texts)[name], own)
            for name, own in terms.items()
            for one in DUMPS
        }

    def write(self, assemblies: Iterable[Assembly], previous: Release | None) -> Iterator[Packed]:
        """Write files, in their order, or take them over from the release before, where they are the same."""
        known = [self._known(one, previous) for one in assemblies]
        for one, packed in zip(known, self.hands.each(Assembly.write, known), strict=True):
            if self.keeper:
                aside = self.stage.folder / "dumped"
                aside.write_text(json.dumps(asdict(packed)), "utf-8")
                self.keeper.keep(_KIND, one.key, aside)
            yield packed

    def _known(self, one: Assembly, previous: Release | None) -> Assembly:
        path = self.keeper.find(_KIND, one.key) if self.keeper and previous else None
        if path is None or previous is None:
            return one
        said = json.loads(path.read_bytes())
        packed = Packed(ReleaseFile(**said["file"]), said["sha512"], ReleaseFile(**said["packed"]))
        same = all(previous.files.get(file.path) == file for file in (packed.file, packed.packed))
        return replace(one, before=(previous.root, packed)) if same else one

    def _texts(self, chunks: Mapping[str, Sequence[Chunk]]) -> dict[str, list[Piece]]:
        works = [
            Work(chunk, self.prefixes, None, self.stage.folder / f"{name}.{number}.texts")
            for name, own in chunks.items()
            for number, chunk in enumerate(own)
        ]
        made = iter(make_pieces(works, self.keeper, self.hands))
        return {name: [next(made) for _ in own] for name, own in chunks.items()}

    def _nodes(self, name: str, chunks: Sequence[Chunk], texts: Sequence[Piece], terms: Terms) -> list[Piece]:
        """Those that have the JSON-LD: others only where values in other chunks make a difference."""
        wanted: dict[int, Work] = {}
        for number, (chunk, piece) in enumerate(zip(chunks, texts, strict=True)):
            alone = terms_of(piece.values, self.prefixes)
            own = {predicate: terms[predicate] for predicate in alone}
            if own != alone:
                wanted[number] = Work(chunk, self.prefixes, own, self.stage.folder / f"{name}.{number}.nodes")
        made = dict(zip(wanted, make_pieces(wanted.values(), self.keeper, self.hands), strict=True))
        return [made.get(number, piece) for number, piece in enumerate(texts)]

    def _assembly(self, name: str, extension: str, pieces: Sequence[Piece], terms: Terms) -> Assembly:
        used = {prefix: space for one in pieces for prefix, space in one.used(extension).items()}
        places = [one for one in (piece.place(extension) for piece in pieces) if one.size]
        return Assembly(self.release, f"dumps/{name}.{extension}", frame(extension, used, terms), places)


def _values(pieces: Iterable[Piece]) -> set[tuple[str, str]]:
    return {one for piece in pieces for one in piece.values}
