"""The files of dumps, put together from pieces that they have in common with each other and with earlier releases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from mreze.build.packing import Packed, deflate, write_packed
from mreze.build.pieces import Piece, Pieces, Place, Values
from mreze.build.stage import Stage
from mreze.build.workers import Workers
from mreze.build.writer import link_file
from mreze.formats import DUMPS, JSON_LD, N_QUADS
from mreze.keeping import Keeper, key_of
from mreze.release import Release, ReleaseFile
from mreze.streams.chunks import Chunk
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
    same: Path | None = None
    """Where the same lies already, in a file that nobody changes."""
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
        return write_packed(self.release, self.path, self._parts(), self.same)

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
class Assembler:
    """Writes the dumps of a release."""

    stage: Stage
    release: Path
    """The folder of the release."""
    prefixes: Mapping[str, str]
    keeper: Keeper | None
    """What keeps pieces, and what became of files."""
    hands: Workers

    def prepare(self, chunks: Mapping[str, Sequence[Chunk]]) -> dict[tuple[str, str], Assembly]:
        """The dumps of datasets, by name and extension; all that is left to do is to put their pieces together.

        Args:
            chunks: those of each dataset, by name.

        Raises:
            ValueError: there is something that RDF/XML cannot say.
        """
        pieces = Pieces(self.stage.folder, self.prefixes, self.keeper, self.hands)
        values = pieces.values(one for own in chunks.values() for one in own)
        terms = {name: self._terms([values[one.digest] for one in own]) for name, own in chunks.items()}
        wanted = [(one, _of(terms[name], values[one.digest])) for name, own in chunks.items() for one in own]
        made = iter(pieces.make(wanted))
        files = (self._of(name, [next(made) for _ in own], terms[name]) for name, own in chunks.items())
        return {key: one for each in files for key, one in each}

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

    def _terms(self, values: Sequence[Values]) -> Terms:
        return terms_of(frozenset().union(*values), self.prefixes)

    def _of(
        self, name: str, pieces: Sequence[tuple[Piece, Piece]], terms: Terms
    ) -> Iterator[tuple[tuple[str, str], Assembly]]:
        """The dumps of a dataset."""
        for form in DUMPS:
            own = [nodes if form is JSON_LD else texts for texts, nodes in pieces]
            yield (name, form.extension), self._assembly(name, form.extension, own, terms)

    def _assembly(self, name: str, extension: str, pieces: Sequence[Piece], terms: Terms) -> Assembly:
        used = {prefix: space for one in pieces for prefix, space in one.used(extension).items()}
        places = [one for one in (piece.place(extension) for piece in pieces) if one.size]
        same = self.stage.quads(name) if extension == N_QUADS.extension else None
        return Assembly(self.release, f"dumps/{name}.{extension}", frame(extension, used, terms), places, same)


def _of(terms: Terms, values: Values) -> Terms:
    """Those of the properties that have the values."""
    return {predicate: terms[predicate] for predicate in sorted({one for one, _ in values}) if predicate in terms}
