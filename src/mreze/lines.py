"""The lines of a dump in N-Quads, which are sorted: what is asked of a large dump is answered without parsing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize

from mreze.errors import ReleaseError
from mreze.release import Release
from mreze.sortedlines import Buffer, lines_beginning, open_lines
from mreze.storage import remedied

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
        raise _gone(release.root / path, error) from error


@contextmanager
def open_dump(release: Release | None, path: str) -> Iterator[Buffer]:
    """The lines of a dump, which is not read before they are looked at; none where there is none.

    Raises:
        ReleaseError: it is gone.
    """
    if release is None or path not in release.files:
        yield b""
        return
    with ExitStack() as stack:
        try:
            lines = stack.enter_context(open_lines(release.root / path))
        except OSError as error:
            raise _gone(release.root / path, error) from error
        yield lines


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


def _gone(path: Path, error: OSError) -> ReleaseError:
    return ReleaseError(f"{path}: {error.strerror}. {remedied(error, 'Build the release again: mreze build')}")


def without_graphs(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their graph names, each once; they stay sorted, since none is the beginning of another."""
    last = graph = b""
    for line in lines:
        if not graph or not line.endswith(graph):  # most lines have that of the line before
            graph = line[line.rindex(b" ", 0, -3) :]
        triple = line[: 1 - len(graph)]
        if triple != last:
            yield triple
            last = triple


def without_graph(line: bytes) -> bytes:
    """A line up to its graph name.

    Raises:
        ValueError: it has none.
    """
    return line[: line.rindex(b" ", 0, -3) + 1]


def head(line: bytes, heads: tuple[bytes, ...]) -> bytes:
    """What the lines of the thing start with that a line is about: `<` and its IRI.

    Args:
        line: of a dump.
        heads: what the lines of things that have `#parts` start with.
    """
    subject = line[: line.index(b" ")]
    return subject.partition(b"#")[0].removesuffix(b">") if subject.startswith(heads) else subject.removesuffix(b">")


def described(lines: Iterable[bytes], spaces: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """What lines of a dump describe: `<` and the IRI of each thing, and its lines up to their graph names.

    Args:
        lines: of N-Quads, sorted.
        spaces: what IRIs of things that have `#parts` start with.

    Raises:
        ValueError: a line has no graph.
    """
    heads = tuple(b"<" + one for one in spaces)
    # What is open is a chain, each the beginning of the next; see `mreze.changes.merge`.
    opened: list[tuple[bytes, list[bytes]]] = []
    subject, own = b"\n", list[bytes]()
    for line in without_graphs(lines):
        if not line.startswith(subject):
            subject, this = line[: line.index(b" ") + 1], head(line, heads)
            while opened and not line.startswith(opened[-1][0]):
                yield opened.pop()
            found = next((held for known, held in reversed(opened) if known == this), None) if opened else None
            if found is None:
                found = []
                opened.append((this, found))
            own = found
        own.append(line)
    while opened:
        yield opened.pop()


def find_thing(lines: Buffer, thing: str, base: str) -> list[bytes]:
    """The lines of one thing and of its parts, up to their graph names, in their order.

    Args:
        lines: of N-Quads, sorted.
        thing: its IRI.
        base: the site's base IRI.
    """
    head = b"<" + thing.encode()
    ends = (b"#", b"> ") if thing.startswith(base + "id/") else (b"> ",)
    return [one for end in ends for one in without_graphs(lines_beginning(lines, head + end))]
