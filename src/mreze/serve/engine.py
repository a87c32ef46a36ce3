"""What a release's queries are evaluated by: the embedded engine, or another server, behind the same interface."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mreze.errors import ReleaseError
from mreze.release import Release
from mreze.serve import worker
from mreze.serve.backend.evaluation import Elsewhere
from mreze.serve.backend.holding import open_backend, require
from mreze.serve.backend.names import read_names
from mreze.serve.backend.store import RemoteStore
from mreze.serve.settings import Settings
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.serve.store import EmbeddedStore, Store, fits, open_store
from mreze.serve.worker import Evaluate, Seal
from mreze.shelf import Shelf
from mreze.storage import remedied

FORMATS: Final = {one.extension: one for one in (*SOLUTIONS, *GRAPH_RESULTS)}
_PROBE: Final = 3.0
"""Seconds that another server has to say that it is there."""


@dataclass(frozen=True, slots=True)
class Inline:
    """What answers at once in the very process that asks."""

    store: Store
    evaluate: Evaluate
    seal: Seal
    """Keeps the process from opening anything."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What a process of the server makes of the release; called after a fork."""

    work: Callable[[socket.socket], None]
    """Answers questions from the pool until the other end hangs up."""
    store: Callable[[], Store]
    """The store, for whoever describes things."""
    inline: Callable[[], Inline] | None = None
    """What answers at once; None where answers have to be waited for."""
    trouble: Callable[[], str] = str
    """Why nothing can be asked now; waits for an answer."""


def open_engine(release: Release, settings: Settings, shelf: Shelf) -> Engine:
    """Open what evaluates a release's queries; called before any fork.

    Raises:
        ReleaseError: the store cannot be opened, or the other server does not have the release whole.
    """
    return _embedded(release, settings, shelf) if settings.backend is None else _elsewhere(release, settings, shelf)


def _embedded(release: Release, settings: Settings, shelf: Shelf) -> Engine:
    try:
        opened = open_store(release, settings.location, settings.in_memory)
    except (OSError, ValueError, RuntimeError) as error:
        remedy = remedied(error, "Build the release again.")
        raise ReleaseError(f"{release.store}: cannot be read: {error}. {remedy}") from error
    on_disk = not fits(release, settings.in_memory)
    caps = worker.Caps(settings.memory, settings.result, federated=bool(settings.services), on_disk=on_disk)

    def inline() -> Inline:
        store = opened()
        evaluate = worker.evaluator(store, FORMATS, caps)
        return Inline(EmbeddedStore(store, release.base), evaluate, worker.Seal(caps))

    return Engine(
        lambda connection: worker.work(connection, opened(), FORMATS, caps, _others(shelf)),
        lambda: EmbeddedStore(opened(), release.base),
        inline,
    )


def _elsewhere(release: Release, settings: Settings, shelf: Shelf) -> Engine:
    assert settings.backend is not None  # noqa: S101 - see open_engine
    backend = open_backend(settings.backend, settings.deadline)
    names = read_names(release)
    require(backend, release, names)
    elsewhere = Elsewhere(backend, names, FORMATS, settings.result)
    caps = worker.Caps(settings.memory, settings.result)
    return Engine(
        lambda connection: worker.work(connection, ox.Store(), FORMATS, caps, _others(shelf), elsewhere.answer),
        lambda: RemoteStore(backend, release, names, settings.location),
        trouble=lambda: backend.trouble(_PROBE),
    )


def _others(shelf: Shelf) -> Path | None:
    """Where other releases are, which are asked where they lie."""
    return shelf.folder if shelf.only is None else None
