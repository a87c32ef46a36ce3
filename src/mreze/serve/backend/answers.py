"""What a server has answered about a release: kept, as a release never changes."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph as ox

from mreze.errors import BackendError, BackendRefused, Unavailable
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.names import NOTHING, Names
from mreze.serve.cache import Cache

_LOG: Final = logging.getLogger("mreze.serve")
_TRIPLE: Final = 500
"""Bytes of memory that a triple takes, about."""
RETRY: Final = {"Retry-After": "5"}


class Answers:
    """Asks a server about one release, what was not asked before; threads may share it.

    Its methods raise Unavailable where the server gives no whole answer.
    """

    def __init__(self, backend: Backend, names: Names) -> None:
        """Prepare; `names` are of the release's graphs."""
        self._backend = backend
        self._names = names
        self._kept: Cache[frozenset[ox.Triple]] = Cache(capacity=256 << 20, largest=64 << 20)
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> frozenset[ox.Triple] | None:
        """What is kept under a key."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: tuple[object, ...], value: frozenset[ox.Triple]) -> frozenset[ox.Triple]:
        """Keep it."""
        with self._lock:
            self._kept.put(key, value, _TRIPLE * (1 + len(value)))
        return value

    def keep(self, key: tuple[object, ...], make: Callable[[], Iterable[ox.Triple]]) -> frozenset[ox.Triple]:
        """What is kept under a key; it is made where there is nothing."""
        known = self.get(key)
        return self.put(key, frozenset(_guarded(make))) if known is None else known

    def triples(self, text: str) -> frozenset[ox.Triple]:
        """What a CONSTRUCT gives, kept."""
        return self.keep(("triples", text), lambda: self.asked(text))

    def asked(self, text: str) -> Iterable[ox.Triple]:
        """What a CONSTRUCT gives, asked now."""
        return _guarded(lambda: self._backend.triples(self._over(text)))

    def ask(self, text: str) -> bool:
        """Whether a SELECT has a row, kept."""
        return bool(self.keep(("ask", text), lambda: self._ask(text)))

    def _ask(self, text: str) -> list[ox.Triple]:
        """Where there is such a thing something, else nothing."""
        try:
            found = self._backend.solutions(self._over(text))
        except BackendRefused:  # such as 'x'^^xsd:integer, which Virtuoso does not read: so nothing there has it
            return []
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
        with self._backend.whole():
            yes = next(iter(found), None) is not None
        return [ox.Triple(_iri(NOTHING), _iri(NOTHING), _iri(NOTHING))] if yes else []

    def _over(self, text: str) -> Ask:
        refuse_loop()
        return Ask(text, (self._names.default,), self._names.named)


def _guarded(make: Callable[[], Iterable[ox.Triple]]) -> Iterable[ox.Triple]:
    """Have the server asked; its trouble is for a client ours, and passes."""
    try:
        return make()
    except BackendError as error:
        _LOG.error("%s", error)
        raise Unavailable("The store of this site cannot be asked now. Ask again soon.", headers=RETRY) from error


def refuse_loop() -> None:
    """Stop who would have the process wait for the network on its event loop: that is a mistake of ours.

    Raises:
        RuntimeError: this is where the loop runs.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("the store on another server is asked on the event loop")


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)
