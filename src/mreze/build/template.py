"""A small working site to start from, written under the author's own base IRI."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from mreze.errors import StorageError, UsageError
from mreze.houseform import formatted
from mreze.storage import storing

_BASE: Final = "https://example.org/"
_TITLES: Final = {"en": '"Bridges"@en', "de": '"Brücken"@de'}
_DATE: Final = "2026-11-23"
_RENAMED: Final = {"gitignore": ".gitignore"}
"""Files whose name in the package would mean something there."""


def write_template(folder: Path, base: str = _BASE, title: str | None = None) -> None:
    """Write the site.

    Args:
        folder: where; new or empty.
        base: the site's base IRI.
        title: what it is called, in each of its languages.

    Raises:
        UsageError: the folder holds something, or the base is none.
        StorageError: the folder cannot be written; then nothing of it is left.
    """
    _refuse_bad_base(base)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: there is something already. Name a folder that is new or empty.")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    with _empty_again(folder), storing(folder, "mreze new DIR", "cannot be written"):
        for name, text in _files(resources.files("mreze") / "template"):
            path = folder / _RENAMED.get(name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_adapt(path, text, base, title, today), "utf-8")


@contextmanager
def _empty_again(folder: Path) -> Iterator[None]:
    """A folder that holds nothing, or is not there, and does so again after an error."""
    was_there = folder.exists()
    try:
        yield
    except StorageError:
        shutil.rmtree(folder, ignore_errors=True)
        if was_there:
            folder.mkdir(exist_ok=True)
        raise


def _adapt(path: Path, text: str, base: str, title: str | None, today: str) -> str:
    text = text.replace(_BASE, base).replace(_DATE, today)
    if title is not None and path.name == "catalog.ttl":
        for language, written in _TITLES.items():
            text = text.replace(written, str(Literal(title, language=language)))
    if title is not None and path.name == "README.md":
        text = text.replace("# Bridges", f"# {title}", 1)
    return formatted(text, path) if path.suffix == ".ttl" else text


def _files(folder: Traversable) -> Iterator[tuple[str, str]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from ((f"{one.name}/{name}", text) for name, text in _files(one))
        else:
            yield one.name, one.read_text("utf-8")


def _refuse_bad_base(base: str) -> None:
    parts = urlsplit(base)
    try:
        NamedNode(base)
        good = parts.scheme in {"http", "https"} and bool(parts.netloc) and base.endswith("/") and base.isascii()
    except ValueError:
        good = False
    if not good:
        raise UsageError(
            f"--base {base!r} is not a base IRI. Write one as http(s)://host/path/, with a slash at the end."
        )
