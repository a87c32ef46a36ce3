"""The lines of a dump in N-Quads, which are sorted: what is asked of a large dump is answered without parsing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize

from mreze.errors import ReleaseError
from mreze.release import Release

_BATCH: Final = 10_000
"""Quads that are written at a time."""


def read_lines(release: Release | None, path: str) -> Iterator[bytes]:
    """The lines of a dump; none where there is none.

    Raises:
        ReleaseError: it is gone, or not sorted N-Quads.
    """
    if release is None or path not in release.files:
        return
    last = b""
    try:
        with (release.root / path).open("rb") as file:
            for line in file:
                if line <= last or not line.endswith(b" .\n"):
                    raise damaged(release.root / path)
                yield line
                last = line
    except OSError as error:
        raise ReleaseError(f"{release.root / path}: {error.strerror}. Build the release again: mreze build") from error


def quad_lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The quads as lines of N-Quads, in their order."""
    left = iter(quads)
    while some := list(islice(left, _BATCH)):
        content = serialize(some, format=RdfFormat.N_QUADS)
        assert content is not None  # noqa: S101 - no output was given, so the bytes come back
        yield from content.splitlines(keepends=True)


def damaged(path: Path) -> ReleaseError:
    """The error that says that a file of a release is not as it was written."""
    return ReleaseError(f"{path}: not as it was written. Build the release again: mreze build")


def without_graphs(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their graph names, each once; they stay sorted, since none is the beginning of another."""
    last = b""
    for line in lines:
        triple = line[: line.rindex(b" ", 0, -3) + 1]
        if triple != last:
            yield triple
            last = triple


def head(line: bytes, heads: tuple[bytes, ...]) -> bytes:
    """What the lines of the thing start with that a line is about: `<` and its IRI.

    Args:
        line: of a dump.
        heads: what the lines of things that have `#parts` start with.
    """
    subject = line[: line.index(b" ")]
    return subject.partition(b"#")[0].removesuffix(b">") if subject.startswith(heads) else subject.removesuffix(b">")
