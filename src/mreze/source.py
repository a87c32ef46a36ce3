"""The bytes of a file of a site as a parser is to read them: unpacked, without byte order mark, surely UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mreze.formats import PACKED
from mreze.storage import pass_on

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK: Final = 1 << 20
"""How many bytes are read at once."""
_MARK: Final = codecs.BOM_UTF8


class NotUtf8Error(ValueError):
    """A byte that cannot stand where it is; `line` counts from 1, from where the reading began."""

    def __init__(self, line: int, byte: int) -> None:
        super().__init__(f"line {line}: byte 0x{byte:02X}")
        self.line = line
        self.byte = byte


class Source(io.RawIOBase):
    """A file, or a part of one, being read once from its beginning to its end.

    Raises:
        NotUtf8Error: while reading, a byte that is none of UTF-8.
        OSError: the file cannot be read, or is none.
        EOFError, zlib.error: while reading, what is packed is cut or damaged.
    """

    def __init__(
        self, path: Path, start: int = 0, end: int | None = None, watch: Callable[[int], None] | None = None
    ) -> None:
        self._raw = _open(path)
        if path.name.endswith(PACKED) and not self._raw.peek(1):
            self._raw.close()
            raise gzip.BadGzipFile("it is empty")
        self._raw.seek(start)
        self._file = gzip.GzipFile(fileobj=self._raw) if path.name.endswith(PACKED) else self._raw
        self._left = end - start if end is not None else None
        self._watch = watch
        self._place = start
        self._first = start == 0
        self._lines = 1
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self.marked = False
        """Whether a byte order mark was left out."""
        self.returns = False
        """Whether there are carriage returns."""

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read on; 0 at the end."""
        target = memoryview(buffer).cast("B")
        data = self._unmarked(self._next(len(target)), len(target))
        self._check(data)
        target[: len(data)] = data
        self._tell()
        return len(data)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
            self._raw.close()
        super().close()

    def _next(self, size: int) -> bytes:
        data = self._file.read(size if self._left is None else min(size, self._left))
        if self._left is not None:
            self._left -= len(data)
        return data

    def _unmarked(self, data: bytes, size: int) -> bytes:
        if self._first:
            self._first = False
            while 0 < len(data) < len(_MARK) and (more := self._next(len(_MARK) - len(data))):
                data += more
            if data.startswith(_MARK):
                self.marked = True
                return data[len(_MARK) :] or self._next(size)
        return data

    def _check(self, data: bytes) -> None:
        try:
            self._decode(data, not data)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            raise NotUtf8Error(self._lines + before.count(b"\n"), error.object[error.start]) from error
        self._lines += data.count(b"\n")
        self.returns = self.returns or b"\r" in data

    def _tell(self) -> None:
        if self._watch is not None:
            place = self._raw.tell()
            self._watch(place - self._place)
            self._place = place


def _open(path: Path) -> io.BufferedReader:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is not a regular file")
    return path.open("rb")


def written(path: Path) -> str:
    """The text of a file; empty where there is none that can be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        pass_on(error)
        return ""
