"""A file is written from deflated parts, and packed as one member, which every client reads to its end."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import pytest

from mreze.build.packing import deflate, write_packed

_GZIP = 31


@pytest.mark.parametrize("parts", [[], [b""], [b"one"], [b"one\n" * 9000, b"", b"two", bytes(range(256)) * 300]])
def test_parts_are_one_stream(tmp_path: Path, parts: list[bytes]) -> None:
    """The packed file has one member and nothing after it; digests and sizes are those of the files."""
    written = write_packed(tmp_path, "a/b.nt", map(deflate, parts))
    content, packed = (tmp_path / "a/b.nt").read_bytes(), (tmp_path / "a/b.nt.gz").read_bytes()
    reader = zlib.decompressobj(_GZIP)
    assert content == b"".join(parts) == reader.decompress(packed)
    assert reader.eof
    assert not reader.unused_data
    assert packed[4:8] == bytes(4), "there is no time in it"
    assert (written.file.bytes, written.packed.bytes) == (len(content), len(packed))
    assert written.sha512 == hashlib.sha512(content).hexdigest()
    assert written.file.sha256 == hashlib.sha256(content).hexdigest()
    assert written.packed.sha256 == hashlib.sha256(packed).hexdigest()


def test_what_lies_there_is_not_written_again(tmp_path: Path) -> None:
    """A file that holds the same becomes the file; all else is as if it had been written."""
    content = bytes(range(256)) * 3000
    (tmp_path / "same").write_bytes(content)
    parts = [deflate(content[:400_000]), deflate(content[400_000:])]
    linked = write_packed(tmp_path, "linked/b.nq", parts, tmp_path / "same")
    written = write_packed(tmp_path, "written/b.nq", parts)
    assert (tmp_path / "linked/b.nq").samefile(tmp_path / "same")
    assert (linked.file.sha256, linked.file.bytes, linked.sha512, linked.packed.sha256) == (
        written.file.sha256, written.file.bytes, written.sha512, written.packed.sha256,
    )  # fmt: skip
    assert (tmp_path / "linked/b.nq.gz").read_bytes() == (tmp_path / "written/b.nq.gz").read_bytes()
