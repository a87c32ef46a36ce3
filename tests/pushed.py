"""A release on a SPARQL server, as `mreze push` puts it there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.backends import Backend, oxigraph_backend, virtuoso_backend
from tests.servers import Served, serving

from mreze.push.push import push
from mreze.release import open_release
from mreze.remote.client import connect
from mreze.remote.endpoint import Given

KINDS = ("embedded", "oxigraph", "virtuoso")
LOCATIONS = "the graphs of the catalogue and of saved queries have the locations that they were built with"
"""What no server that a release was pushed to can do, as it does not know where the site is found."""
EXTENSIONS = "where the store is elsewhere, the description promises SPARQL 1.1 and nothing that one engine adds"
_ROWS = 100_000


@contextmanager
def holding(kind: str, release: Path) -> Iterator[Backend]:
    """Run a server that has a release, and says that it is served."""
    with ExitStack() as stack:
        there = stack.enter_context(oxigraph_backend() if kind == "oxigraph" else virtuoso_backend(rows=_ROWS))
        put(there.given, release)
        yield there


def put(given: Given, root: Path) -> None:
    """Put a release there, and have it served."""
    with closing(connect(given)) as client:
        push(open_release(root), client)


@contextmanager
def served_by(kind: str, release: Path, *options: str) -> Iterator[Served]:
    """Serve a release from the embedded store, or from a server that it is put on."""
    with ExitStack() as stack:
        if kind != "embedded":
            there = stack.enter_context(holding(kind, release))
            options = (*options, "--backend", there.given.address)
        yield stack.enter_context(serving(release, *options))
