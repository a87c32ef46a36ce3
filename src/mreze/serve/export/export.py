"""Write a copy of a site: open the release as a server does, ask it for everything, say how to serve the files."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mreze.errors import ReleaseError
from mreze.release import Release
from mreze.serve.export.answers import OwnAnswers
from mreze.serve.export.copying import Copied, Copier, Tell
from mreze.serve.export.guide import guide
from mreze.serve.export.names import OWN
from mreze.serve.export.nginx import http_part, prefix_of, server_part
from mreze.serve.export.place import MARKER, check_place, written_aside
from mreze.serve.export.tree import Tree, moment
from mreze.serve.pages import Pages
from mreze.serve.responder import Responder
from mreze.serve.service import Service
from mreze.serve.settings import Settings
from mreze.serve.store import EmbeddedStore, open_store
from mreze.shelf import Hold


@dataclass(frozen=True, slots=True)
class Exported:
    """A copy that was written."""

    folder: Path
    files: int
    left_out: tuple[str, ...]
    """Answers to saved queries that the site refuses too."""


def export(release: Release, folder: Path, public_url: str, tell: Tell) -> Exported:
    """Write a copy.

    Args:
        release: of what.
        folder: where to; a copy that is there is replaced when the new one is whole.
        public_url: where the world will see it, with a slash at the end.
        tell: told how far it is.

    Raises:
        UsageError: the folder is no place for a copy, or cannot be written.
        ReleaseError: the release cannot be opened, or has something that no file can hold.
    """
    target = check_place(folder, release)
    with closing(Hold(release.root)), written_aside(target) as aside:
        _check_files(release)
        tree = Tree(aside, moment(release), target if target.is_dir() else None)
        copied = asyncio.run(Copier(_responder(release, public_url), tree, tell).copy())
        _write_own(tree, release, copied, public_url)
    return Exported(target, tree.count, tuple(copied.left_out))


def _check_files(release: Release) -> None:
    """A file that is damaged would be found only after much work."""
    for path, listed in release.files.items():
        file = release.root / path
        if not file.is_file() or file.stat().st_size != listed.bytes:
            raise ReleaseError(
                f"{file}: not the {listed.bytes} bytes that the manifest lists. Build the release again: mreze build"
            )


def _responder(release: Release, public_url: str) -> Responder:
    # A host that knows only files has the same file at `?page=2`, and a harvester would read it for ever: one page.
    settings = Settings(public_url, public_url, live=False, catalog_page=sys.maxsize)
    store = open_store(release, public_url, settings.in_memory)()
    pages = Pages(release, live=False)
    answers = OwnAnswers(store, settings.result)
    return Responder(Service(release, EmbeddedStore(store, release.base), answers, settings, pages))


def _write_own(tree: Tree, release: Release, copied: Copied, public_url: str) -> None:
    """What is no part of the site: how to serve it."""
    texts = {
        ".nojekyll": "",  # without it GitHub Pages hides what begins with a dot: /.well-known/void
        f"{OWN}/nginx-http.conf": http_part(release, copied, tree.types, public_url),
        f"{OWN}/nginx-server.conf": server_part(release, copied, tree.types, public_url),
        f"{OWN}/README.md": guide(release, public_url, prefix_of(public_url)),
        MARKER: json.dumps({"release": release.name, "base": release.base, "public_url": public_url}, indent=1) + "\n",
    }
    for name, text in texts.items():
        tree.write(name, text.encode(), None)
