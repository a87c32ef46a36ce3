"""An index in portions: each is written by itself, in whichever process, and an index is put together of some.

A portion is what tantivy calls a segment, which nobody changes once it is written. So an index is made of portions that
several processes write, and of those of another index that nothing would be different in. Things come in the order of
the portions, and an index finds the same however it is cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

import tantivy

from mreze.matching.documents import document
from mreze.matching.model import Entry
from mreze.matching.packing import iri_of
from mreze.matching.schema import DESCRIPTION, THING, VERSION, schema
from mreze.release import ReleaseFile, digest, find_damage

_MEMORY: Final = 256 << 20
"""Bytes that may wait to be written."""
_BATCH: Final = 250
"""Documents that are made before they are added."""
_META: Final = "meta.json"
_MANAGED: Final = ".managed.json"


@dataclass(frozen=True, slots=True)
class Portion:
    """Some things of an index, one after the other."""

    first: str
    """What the subjects of the first one's statements start with; all before belong to other portions."""
    things: int
    segments: tuple[dict[str, Any], ...]
    """As tantivy tells of them; none where there is nothing."""
    files: tuple[ReleaseFile, ...]
    """Theirs, in the folder of the index."""


@dataclass(frozen=True, slots=True)
class Made:
    """An index as it was made."""

    maker: str
    """What made it: what others made is not alike."""
    base: str
    portions: tuple[Portion, ...]


def write_portion(folder: Path, things: Iterable[Entry | bytes], first: str = "") -> Portion:
    """Write a portion into the folder of an index.

    Args:
        folder: the index's.
        things: one after the other, so that there may be many; or their bytes, as `read_portion` gives them.
        first: see `Portion`.
    """
    with TemporaryDirectory(prefix=".portion-", dir=folder) as name:
        own = Path(name)
        index = tantivy.Index(schema(), path=name, reuse=False)
        writer = index.writer(_MEMORY, 1)  # one thread: things of one score keep the order they come in
        count = _add(writer, things)
        writer.commit()
        writer.wait_merging_threads()
        moved = [_move(own, folder, one) for one in _read(own / _META)["segments"]]
    segments = tuple(segment for segment, _ in moved)
    return Portion(first, count, segments, tuple(file for _, files in moved for file in files))


def _add(writer: tantivy.IndexWriter, things: Iterable[Entry | bytes]) -> int:
    """Add things; return how many they are."""
    # Many in one go: the thread that takes them sleeps where there is none, and to wake it takes time.
    count, left = 0, iter(things)
    while some := [document(one) for one in islice(left, _BATCH)]:
        for one in some:
            writer.add_document(one)
        count += len(some)
    return count


def put_together(folder: Path, portions: Sequence[Portion], base: str, prefixes: Mapping[str, str], maker: str) -> int:
    """Make the files of portions, which are in a folder, an index.

    Args:
        folder: the index's.
        portions: in their order.
        base: the IRI that ids are relative to, `<base>id/` of the site.
        prefixes: namespaces that identifiers may be written with, by prefix.
        maker: see `Made`.

    Returns:
        How many things there are.
    """
    count = sum(one.things for one in portions)
    with TemporaryDirectory(prefix=".empty-", dir=folder) as name:
        tantivy.Index(schema(), path=name, reuse=False)
        meta = _read(Path(name) / _META)
    meta |= {"segments": [segment for one in portions for segment in one.segments], "opstamp": count}
    own = [file for one in portions for file in one.files]
    managed = [_META, *(one.path for one in own)]
    files = [*own, _write(folder, _META, meta), _write(folder, _MANAGED, managed)]
    _write(
        folder,
        DESCRIPTION,
        {
            "version": VERSION, "base": base, "prefixes": dict(prefixes), "things": count, "maker": maker,
            "files": {one.path: {"bytes": one.bytes, "sha256": one.sha256} for one in sorted(files, key=_path)},
            "portions": [asdict(one) | {"files": [file.path for file in one.files]} for one in portions],
        },
    )  # fmt: skip
    return count


def read_made(folder: Path) -> Made | None:
    """The index in a folder as it was made; None where there is none, or none that is told in portions."""
    try:
        told = _read(folder / DESCRIPTION)
        files = {path: ReleaseFile(path, **listed) for path, listed in told["files"].items()}
        portions = [
            Portion(one["first"], one["things"], tuple(one["segments"]), tuple(files[path] for path in one["files"]))
            for one in told["portions"]
        ]
        return Made(told["maker"], told["base"], tuple(portions)) if told["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def read_portion(folder: Path, portion: Portion) -> Iterator[tuple[str, bytes]]:
    """The things of a portion in their order: the IRI and the bytes of each.

    Args:
        folder: of the index that it is in, where nothing is written.
        portion: it.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    with TemporaryDirectory(prefix="mreze-portion-") as name:
        own = Path(name)
        tantivy.Index(schema(), path=name, reuse=False)
        _write(own, _META, _read(own / _META) | {"segments": list(portion.segments)})
        for one in portion.files:
            (own / one.path).symlink_to((folder / one.path).resolve())
        index = tantivy.Index.open(name)
        index.config_reader("manual")
        searcher = index.searcher()
        for order, segment in enumerate(portion.segments):
            for number in range(segment["max_doc"]):
                content: bytes = searcher.doc(tantivy.DocAddress(order, number))[THING][0]
                yield iri_of(content), content


def is_whole(folder: Path, portion: Portion) -> bool:
    """Whether a portion is in the folder of an index as it was written."""
    return not any(find_damage(folder, one) for one in portion.files)


def keep_portion(old: Path, folder: Path, portion: Portion) -> bool:
    """Take over a portion of another index by links, or say that it is not as it was written."""
    if not is_whole(old, portion):
        return False
    try:
        for one in portion.files:
            (folder / one.path).hardlink_to(old / one.path)
    except OSError:  # another disk, or one that has no links
        for one in portion.files:
            (folder / one.path).unlink(missing_ok=True)
        return False
    return True


def _move(own: Path, folder: Path, segment: dict[str, Any]) -> tuple[dict[str, Any], list[ReleaseFile]]:
    """Put a segment into the index, under a name that depends on what it holds."""
    before = UUID(segment["segment_id"])
    found = {path.suffix: (path, path.stat().st_size, digest(path)) for path in sorted(own.glob(f"{before.hex}.*"))}
    whole = hashlib.sha256("\n".join(f"{suffix} {sha256}" for suffix, (_, _, sha256) in found.items()).encode())
    name = UUID(bytes=whole.digest()[:16])
    files = []
    for suffix, (path, size, sha256) in found.items():
        path.replace(folder / f"{name.hex}{suffix}")
        files.append(ReleaseFile(f"{name.hex}{suffix}", size, sha256))
    return segment | {"segment_id": str(name)}, files


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _write(folder: Path, name: str, content: object) -> ReleaseFile:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return ReleaseFile(name, path.stat().st_size, digest(path))


def _path(file: ReleaseFile) -> str:
    return file.path
