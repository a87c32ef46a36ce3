"""What a release is made of, as one digest: equal digests mean equal releases."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from mreze.build.authors import authored_files
from mreze.site import Site

_NAME: Final = re.compile(r"[^\w.-]")
"""What stands behind the name of a package in a requirement."""


def input_digest(site: Site) -> str:
    """sha256 over the site's files and over mreze itself."""
    digest = hashlib.sha256()
    for path in _inputs(site):
        with (site.root / path).open("rb") as file:
            own = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.as_posix()}\0{own}\n".encode())
    _put_engine(digest)
    return digest.hexdigest()


def engine_digest() -> str:
    """sha256 over mreze itself, this Python and the versions of the packages that mreze is built on."""
    digest = hashlib.sha256(sys.version.encode())
    names = sorted({_NAME.split(one)[0] for one in metadata.requires("mreze") or ()})
    for name in names:
        with suppress(metadata.PackageNotFoundError):  # those that only a few need
            digest.update(f"{name}\0{metadata.version(name)}\n".encode())
    _put_engine(digest)
    return digest.hexdigest()


def _put_engine(digest: hashlib._Hash) -> None:
    digest.update(_told_engine())


@cache  # what runs does not change while it runs
def _told_engine() -> bytes:
    """The files of mreze with their digests."""
    files = sorted(_engine(resources.files("mreze")))
    told = (f"mreze:{name}\0{hashlib.sha256(content).hexdigest()}\n" for name, content in files)
    return "".join(told).encode()


def _inputs(site: Site) -> list[Path]:
    texts = [
        path.relative_to(site.root) for one in site.datasets for path in (site.root / "data" / one.name).rglob("*.txt")
    ]
    queries = {*site.queries("checks"), *site.queries("examples")}
    files = {*(one.path for one in site.files()), *texts, *queries, *authored_files(site)}
    return sorted(path for path in files if (site.root / path).is_file())


def _engine(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            for name, content in _engine(one):
                yield f"{one.name}/{name}", content
        elif one.name.endswith((".py", ".po", ".txt")):
            yield one.name, one.read_bytes()
