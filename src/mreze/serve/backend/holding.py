"""Which releases a server has, and which of them is served: what `mreze push` wrote there."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import pyoxigraph as ox

from mreze.errors import BackendError, ReleaseError
from mreze.release import Release
from mreze.remote.endpoint import Given
from mreze.remote.pointer import read_served, read_state
from mreze.remote.transport import Limits
from mreze.serve.backend import questions
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.names import Names
from mreze.shelf import Shelf

_LARGEST: Final = 1 << 30
"""Bytes of an answer to a question of our own."""


def open_backend(given: Given, seconds: float) -> Backend:
    """What asks a server, an answer of which may take so many seconds."""
    return Backend(given, Limits(answer=seconds, largest=_LARGEST))


def require(backend: Backend, release: Release, names: Names) -> None:
    """See that a server has all of a release.

    Raises:
        ReleaseError: it has not, or cannot be asked.
    """
    where = backend.given.address
    remedy = f"Push it again: mreze push {release.root} --to {where}"
    try:
        known = read_state(backend.client, release.base).pushed.get(release.name)
        held = _count(backend, names)
    except BackendError as error:
        raise ReleaseError(f"{error}. Is the server up, and is this where it takes queries?") from error
    if known is None or not known.complete or known.input != release.input:
        told = "is not there" if known is None else "is another one there" if known.complete else "is not there whole"
        raise ReleaseError(f"{where}: the release {release.name} {told}. {remedy}")
    for graph, wanted in names.counts.items():
        if held.get(graph, 0) != wanted:
            raise ReleaseError(
                f"{where}: <{graph}> has {held.get(graph, 0):,} triples there, in the release {wanted:,}. {remedy}"
            )


def _count(backend: Backend, names: Names) -> dict[str, int]:
    graphs = list(names.counts)
    found = backend.solutions(Ask(questions.count(graphs), graphs[:1], graphs))
    with backend.whole():
        return {} if isinstance(found, ox.QueryBoolean) else dict(_counted(row["g"], row["n"]) for row in found)


def _counted(graph: object, number: object) -> tuple[str, int]:
    """A graph and its number, as a row has them.

    Raises:
        ValueError: they are something else.
    """
    if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal):
        return graph.value, int(number.value)
    raise ValueError(f"no graph and number, but {graph} and {number}")


class Pointer:
    """Tells which release is served: what a server says of itself, in the graph `<base>releases`."""

    def __init__(self, backend: Backend, shelf: Shelf) -> None:
        """Prepare; `shelf` is the folder where the releases are, of which the store is elsewhere."""
        self._backend = backend
        self._shelf = shelf
        self._known = ""

    def current(self) -> str:
        """The name of the release that is served.

        Raises:
            ReleaseError: the server does not say, or names a release that is not in the folder, or cannot be asked.
        """
        where, folder = self._backend.given.address, self._shelf.folder
        try:
            name = read_served(self._backend.client, self._base())
        except BackendError as error:
            raise ReleaseError(str(error)) from error
        if name is None:
            raise ReleaseError(f"{where}: no release is served. Push one: mreze push {folder}/RELEASE --to {where}")
        if name not in self._shelf.names():
            raise ReleaseError(
                f"{where}: the release {name} is served, which is not in {folder}. Copy it there, or push one that is: "
                f"mreze push {folder}/RELEASE --to {where}"
            )
        return name

    def _base(self) -> str:
        """The site's base IRI, by its releases."""
        if self._known:
            return self._known
        for name in reversed(self._shelf.names()):
            with suppress(ReleaseError):
                self._known = self._shelf.open(name).base
                return self._known
        raise ReleaseError(f"{self._shelf.folder}: there is no release here. Build one: mreze build SITE")
