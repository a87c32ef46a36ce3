"""A release: the immutable folder that `build` writes and `serve` opens; the only bridge between the two.

releases/2026-11-23/
    manifest.json    what this is: site, date, counts, and of every text file its size and sha256
    dumps/           <dataset>.<ext> and all.<ext>, each with a .gz beside it
    catalog.ttl      DCAT; locations are relative to this folder
    void.ttl         VoID, likewise; and the graphs of the store with their sizes
    ontology.ttl     the ontology; shapes.ttl the shapes
    changes.ttl      what became of which thing since the release before
    versions.ttl     every version of each dataset so far
    quality.json     what the shapes found, links, completeness, in numbers (mreze.quality)
    feeds.json       the change feeds in feed/: what every release changed (mreze.feeds); feeds.ttl lists them
    queries/         the saved queries that one can ask; queries.ttl describes them, locations likewise
    pictures/        the rows of those that are drawn
    store/           all of it as a store on disk, in these graphs:
                       default               merge of the data and the ontology (what people query)
                       <base>dataset/<name>  each dataset
                       <base>ontology  <base>shapes
                       <base>catalog  <base>void  <base>queries     locations put under the base IRI
                       <base>documents       <doc/…> foaf:primaryTopic <id/…>; foaf:topic <id/…#part>; void:inDataset
    index/           the things by their names (mreze.matching)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from mreze.errors import ReleaseError
from mreze.storage import is_refused, remedied

MANIFEST: Final = "manifest.json"
VERSION: Final = 1
"""Version of the manifest's form; a server opens no other."""
DEFAULT_GRAPH: Final = "void#default"
"""Below the base IRI: the description of the default graph."""
OFFERED: Final = "void#graphs"
"""Below the base IRI: the description of all graphs that a query can run over."""
STORE: Final = "store"
"""The folder of the store."""
CHANGES: Final = "changes.ttl"
VERSIONS: Final = "versions.ttl"
LOCATION: Final = "https://location.invalid/"
"""Stands for "wherever this release is served" while a catalogue is put together (RFC 2606 reserves the name)."""
NAME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\.[0-9]+)?")
"""The name of a release."""


@dataclass(frozen=True, slots=True)
class ReleaseDataset:
    """What a release knows of one of its datasets."""

    name: str
    iri: str
    titles: dict[str, str]
    triples: int


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A text file of a release."""

    path: str
    """Relative to the release's folder, with slashes."""
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release folder that could be opened."""

    root: Path
    date: str
    base: str
    languages: tuple[str, ...]
    titles: dict[str, str]
    ontology: str
    """IRI of the graph that holds the ontology."""
    datasets: tuple[ReleaseDataset, ...]
    prefixes: dict[str, str]
    counts: dict[str, int]
    files: dict[str, ReleaseFile]
    input: str
    """sha256 over everything the release was made of; equal inputs give equal releases."""
    previous: str | None = None
    """Name of the release that it follows, which may be gone by now; None for the first one."""
    indexed: bool = False
    """Whether it has an index; releases were built before there were any."""

    @property
    def name(self) -> str:
        """The release's name, which is its folder's: 2026-11-23, or 2026-11-23.2 for the second one of that day."""
        return self.root.name

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.root / STORE

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.root / "index"

    def read(self, path: str) -> bytes:
        """The bytes of one of its text files.

        Raises:
            ReleaseError: the file is gone or cannot be read.
        """
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            remedy = remedied(error, "Build the release again: mreze build")
            raise ReleaseError(f"{self.root / path}: {error.strerror}. {remedy}") from error


def is_release(root: Path) -> bool:
    """Whether a folder looks like a finished release."""
    return (root / MANIFEST).is_file()


def open_release(root: Path) -> Release:
    """Open a release folder.

    Raises:
        ReleaseError: it is missing, unfinished, damaged, or written by another version.
    """
    path = root / MANIFEST
    try:
        content: Any = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise ReleaseError(f"{root}: not a release: there is no {MANIFEST}. Build one: mreze build SITE") from error
    except (OSError, ValueError) as error:
        remedy = remedied(error, "Build the release again: mreze build SITE")
        raise ReleaseError(f"{path}: cannot be read: {error}. {remedy}") from error
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ReleaseError(f"{path}: not a manifest of version {VERSION}. Build the release again with this mreze.")
    try:
        return _from_json(root.resolve(), content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"{path}: damaged: {error!r}. Build the release again: mreze build SITE") from error


def newest_release(root: Path) -> Release | None:
    """Of the releases in a folder that can be opened, that of the latest date, or None."""
    folders = [path for path in root.iterdir() if not path.is_symlink() and is_release(path)] if root.is_dir() else []
    for folder in sorted(folders, key=lambda path: release_order(path.name), reverse=True):
        with contextlib.suppress(ReleaseError):  # the others can be served all the same
            return open_release(folder)
    return None


def release_before(root: Path, name: str) -> Release | None:
    """The release in a folder of releases that one of this name follows, or None if it is the first.

    Raises:
        ReleaseError: it cannot be opened, so nobody knows what the next one may not lose.
    """
    folders = [path for path in root.glob("*") if NAME.fullmatch(path.name) and is_release(path)]
    earlier = [path for path in folders if release_order(path.name) < release_order(name)]
    if not earlier:
        return None
    try:
        return open_release(max(earlier, key=lambda path: release_order(path.name)))
    except ReleaseError as error:
        raise ReleaseError(
            f"{error} Until it can be opened no release can follow it: mend it, move it away, or build elsewhere: "
            "--out DIR"
        ) from error


def verify(release: Release) -> None:
    """Hold every text file of a release against its manifest; a gigabyte takes some seconds.

    Raises:
        ReleaseError: one is missing, or is not what was written.
    """
    with ThreadPoolExecutor() as threads:
        for trouble in threads.map(partial(find_damage, release.root), release.files.values()):
            if trouble:
                raise ReleaseError(f"{trouble} Build the release again, or copy it anew.")


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_damage(root: Path, listed: ReleaseFile) -> str:
    """What is wrong with a file in a folder, by what is listed of it; nothing if it is as it was written.

    Raises:
        ReleaseError: the machine opens no more files, so nobody knows.
    """
    path = root / listed.path
    try:
        with path.open("rb") as file:
            if (length := os.fstat(file.fileno()).st_size) != listed.bytes:
                return f"{path}: has {length:,} bytes, not the {listed.bytes:,} that the manifest lists."
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        if is_refused(error):
            raise ReleaseError(f"{path}: {error.strerror}. {remedied(error, '')}") from error
        return f"{path}: {error.strerror}."
    return "" if digest == listed.sha256 else f"{path}: its sha256 is not the one that the manifest lists."


def manifest(release: Release) -> bytes:
    """The text of a release's manifest."""
    content = {
        "version": VERSION,
        "date": release.date,
        "base": release.base,
        "languages": list(release.languages),
        "titles": release.titles,
        "ontology": release.ontology,
        "datasets": [
            {"name": one.name, "iri": one.iri, "titles": one.titles, "triples": one.triples} for one in release.datasets
        ],
        "prefixes": release.prefixes,
        "counts": release.counts,
        "input": release.input,
        "previous": release.previous,
        "indexed": release.indexed,
        "files": {one.path: {"bytes": one.bytes, "sha256": one.sha256} for one in release.files.values()},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_json(root: Path, content: dict[str, Any]) -> Release:
    return Release(
        root=root,
        date=content["date"],
        base=content["base"],
        languages=tuple(content["languages"]),
        titles=dict(content["titles"]),
        ontology=content["ontology"],
        datasets=tuple(ReleaseDataset(**one) for one in content["datasets"]),
        prefixes=dict(content["prefixes"]),
        counts=dict(content["counts"]),
        files={path: ReleaseFile(path, **one) for path, one in content["files"].items()},
        input=content["input"],
        previous=content.get("previous"),
        indexed=bool(content.get("indexed")),
    )


def release_order(name: str) -> tuple[str, int]:
    """What names of releases are sorted by, the earliest first."""
    date, _, number = name.partition(".")
    return date, int(number) if number.isdigit() else 1
