"""What a release is made of, as one digest: equal digests mean equal releases."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from mreze.build.authors import authored_files
from mreze.site import Site


def input_digest(site: Site) -> str:
    """sha256 over the site's files and over mreze itself."""
    digest = hashlib.sha256()
    for path in _inputs(site):
        with (site.root / path).open("rb") as file:
            own = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.as_posix()}\0{own}\n".encode())
    for name, content in sorted(_engine(resources.files("mreze"))):
        digest.update(f"mreze:{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


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
