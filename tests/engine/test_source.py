"""What a parser is given of a file: all of its bytes, if they are UTF-8, unpacked, without byte order mark."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest

from mreze.source import NotUtf8Error, Source

MARK = b"\xef\xbb\xbf"


def _read(path: Path, content: bytes, size: int = 4, start: int = 0, end: int | None = None) -> tuple[bytes, Source]:
    path.write_bytes(content)
    with io.BufferedReader(Source(path, start, end), size) as file:
        source = file.raw
        assert isinstance(source, Source)
        return file.read(), source


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize(
    ("content", "expected", "marked", "returns"),
    [
        (b"", b"", False, False),
        (b"a", b"a", False, False),
        ("Ниш\n".encode(), "Ниш\n".encode(), False, False),
        (MARK, b"", True, False),
        (MARK + b"ab\r\n", b"ab\r\n", True, True),
        (b"a" + MARK, b"a" + MARK, False, False),
    ],
)
def test_bytes_pass(tmp_path: Path, size: int, content: bytes, expected: bytes, marked: bool, returns: bool) -> None:
    """Whatever the blocks; what is odd is remembered, and a packed file says the same."""
    read, source = _read(tmp_path / "x.nt", content, size)
    assert (read, source.marked, source.returns) == (expected, marked, returns)
    assert _read(tmp_path / "x.nt.gz", gzip.compress(content), size)[0] == expected


def test_a_part_is_read(tmp_path: Path) -> None:
    """From one place to another; there is a byte order mark only at the beginning of a file."""
    assert _read(tmp_path / "x", b"012345", 4, 2, 5)[0] == b"234"
    assert _read(tmp_path / "x", b"0" + MARK, 4, 1)[0] == MARK


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [(b"\xff", 1, 0xFF), (b"a\n\xd0\xd0", 2, 0xD0), (b"a\n\nab\xd0", 3, 0xD0), (b"\xd0\x9d\n\x9d\n\n", 2, 0x9D)],
)
def test_what_is_no_utf_8_is_told(tmp_path: Path, size: int, content: bytes, line: int, byte: int) -> None:
    """With its line, also where a letter is cut in two by the blocks, or by the end."""
    with pytest.raises(NotUtf8Error) as caught:
        _read(tmp_path / "x", content, size)
    assert (caught.value.line, caught.value.byte) == (line, byte)


def test_what_is_packed_wrongly_is_an_error(tmp_path: Path) -> None:
    """Cut, damaged, of another kind, empty."""
    packed = gzip.compress(b"a" * 1000)
    damaged = packed[:12] + b"\xff\xff" + packed[14:]
    for content in (packed[:-10], damaged, b"plain", b""):
        with pytest.raises((EOFError, zlib.error, gzip.BadGzipFile)):
            _read(tmp_path / "x.gz", content)


def test_whoever_watches_is_told_of_every_byte(tmp_path: Path) -> None:
    """Also of those that stand packed in the file."""
    told: list[int] = []
    content = gzip.compress(bytes(range(97, 123)) * 1000)
    (tmp_path / "x.gz").write_bytes(content)
    with io.BufferedReader(Source(tmp_path / "x.gz", watch=told.append), 100) as file:
        file.read()
    assert sum(told) == len(content)
