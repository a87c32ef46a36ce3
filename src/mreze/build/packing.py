"""Write a file of any size in one pass from deflated parts, and the same packed beside it, with their digests.

The parts are deflated each on its own and ended at a byte (as `Z_FULL_FLUSH` does), so that one after the other they
are one stream of RFC 1951, in one member of RFC 1952: clients of HTTP do not read a second one.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from zlib_ng import zlib_ng

from mreze.build.writer import share
from mreze.formats import PACKED
from mreze.release import ReleaseFile

_LEVEL: Final = 5
"""Of zlib-ng: as small as what zlib makes at its usual level, in less than half the time."""
_BLOCK: Final = 1 << 17
"""Bytes of a file that are inflated at once."""
_RAW: Final = -15
"""What zlib calls a stream without a wrapper, with the largest window."""
_START: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""The header of RFC 1952; it has no name and no time, so equal texts give equal bytes."""
_LAST: Final = b"\x03\x00"
"""An empty block that is the last one."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that was written, and its packed one."""

    file: ReleaseFile
    sha512: str
    packed: ReleaseFile


@dataclass(slots=True)
class _Sink:
    """A file that is being written, or looked at only."""

    file: BinaryIO | None
    sha256: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0

    def write(self, piece: bytes) -> None:
        if self.file:
            self.file.write(piece)
        self.sha256.update(piece)
        self.size += len(piece)

    def written(self, path: str) -> ReleaseFile:
        return ReleaseFile(path, self.size, self.sha256.hexdigest())


def deflate(text: bytes) -> bytes:
    """A part of a file, as `write_packed` takes it."""
    packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, _RAW)
    return packer.compress(text) + packer.flush(zlib_ng.Z_FULL_FLUSH)


def write_packed(folder: Path, path: str, parts: Iterable[bytes], same: Path | None = None) -> Packed:
    """Write a file of a release, and `<path>.gz`, part by part; `finish` sees that they are on the disk.

    Args:
        folder: of the release.
        path: of the file, relative to it; there is none yet.
        parts: what it holds, each deflated.
        same: a file that holds the same, and that nobody changes: it becomes the file.
    """
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        plain = _Sink(None if same else stack.enter_context(target.open("xb")))
        packed = _Sink(stack.enter_context(Path(f"{target}{PACKED}").open("xb")))
        packed.write(_START)
        sha512, crc = hashlib.sha512(), 0
        for part in parts:
            for text in _inflated(part):
                plain.write(text)
                sha512.update(text)
                crc = zlib_ng.crc32(text, crc)
            packed.write(part)
        packed.write(_LAST + struct.pack("<LL", crc, plain.size & 0xFFFFFFFF))
        if same:
            share(same, target)
        return Packed(plain.written(path), sha512.hexdigest(), packed.written(f"{path}{PACKED}"))


def _inflated(part: bytes) -> Iterator[bytes]:
    """A part as it was, in blocks that stay in the processor's memory while they are looked at."""
    reader = zlib_ng.decompressobj(_RAW)
    while text := reader.decompress(part, _BLOCK):
        yield text
        part = reader.unconsumed_tail
