"""The supervisor: keeps the current release of a folder served, by one generation after the other.

It has no thread and no event loop, so it can fork at any time. When another release becomes current, its generation is
started beside the one that serves; only when the new one answers is the old one told to leave. A release that cannot be
opened changes nothing but what the log and /readyz say.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mreze.errors import ReleaseError
from mreze.release import MANIFEST, Release
from mreze.serve.generation import Channel
from mreze.serve.zygote import die_with_parent, exit_after
from mreze.shelf import CURRENT, Shelf

_LOG: Final = logging.getLogger("mreze.serve")
_PERIOD: Final = 0.5
"""Seconds between two looks at which release is current."""
_PATIENCE: Final = 8
"""Seconds that the generations have to end when they are told to."""
_AGAIN: Final = 60
"""Seconds after which a release that could not be opened is tried once more, though nothing of it seems to differ."""

Begin = Callable[[Channel, Release], None]
"""What the process of a generation does."""
_Key = tuple[object, ...]
"""A release as it was looked at: its name, and when what it is made of was changed."""


@dataclass(slots=True, eq=False)
class _Child:
    process: int
    key: _Key
    release: Release
    channel: Channel


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    since: float


class Supervisor:
    """Starts generations, listens to them, and ends them."""

    def __init__(
        self, shelf: Shelf, begin: Begin, tell: Callable[[Release], None], current: Callable[[], str] | None = None
    ) -> None:
        """Prepare.

        Args:
            shelf: the folder.
            begin: what a generation does; called in its process.
            tell: told which release is served from now on.
            current: names the release to serve, if it is not the folder that says so; then no other will do.
        """
        self._shelf = shelf
        self._current = current
        self._begin = begin
        self._tell = tell
        self._serving: _Child | None = None
        self._next: _Child | None = None
        self._leaving: list[_Child] = []
        self._failures: dict[_Key, _Failure] = {}
        self._said: set[str] = set()
        self._told = ""
        self._ended = False

    def run(self) -> None:
        """Work until the process is told to end.

        Raises:
            ReleaseError: there is no release that can be served.
        """
        with _woken(self._end) as wakeup:
            try:
                while not self._ended:
                    self._look()
                    self._wait(wakeup)
            finally:
                self._stop()

    def _end(self) -> None:
        self._ended = True

    def _look(self) -> None:
        """See which release should be served, and start its generation if that is another one."""
        if self._next is not None:
            return
        trouble = ""
        for key in self._candidates():
            if self._serving is not None and key[0] == self._serving.release.name:
                break
            reason = self._reason(key) or self._start(key)
            if reason is None:
                return
            trouble = trouble or reason
        else:
            raise ReleaseError(trouble or f"{self._shelf.folder}: no release is left here. Build one: mreze build")
        self._report(trouble)

    def _candidates(self) -> Iterator[_Key]:
        """What should be served: the current release first; others only as long as nothing is."""
        names = self._shelf.names()[::-1] if self._current is None else []
        try:
            name = self._named() or (names[0] if names else None)
        except ReleaseError as error:
            name = None
            yield self._fail((CURRENT, str(error)), str(error))
        if name is not None:
            yield self._key(name)
        if self._serving is not None:
            yield self._serving.key
        else:
            yield from (self._key(one) for one in names if one != name)

    def _named(self) -> str | None:
        """The release that is said to be current."""
        return self._shelf.current() if self._current is None else self._current()

    def _key(self, name: str) -> _Key:
        root = self._shelf.folder / name
        return name, *(_changed(root / one) for one in ("", MANIFEST, "store", "dumps"))

    def _reason(self, key: _Key) -> str | None:
        """Why there is no use in trying it."""
        failure = self._failures.get(key)
        return failure.reason if failure and time.monotonic() - failure.since < _AGAIN else None

    def _fail(self, key: _Key, reason: str) -> _Key:
        self._failures[key] = _Failure(reason, time.monotonic())
        if reason not in self._said:
            self._said.add(reason)
            kept = f" The release {self._serving.release.name} is served as before." if self._serving else ""
            _LOG.error("%s%s", reason, kept)
        return key

    def _report(self, trouble: str) -> None:
        """Have /readyz say what is wrong, or that nothing is any more."""
        if self._serving is not None and trouble != self._told:
            self._serving.channel.send(trouble=trouble)
            self._told = trouble

    def _start(self, key: _Key) -> str | None:
        """Fork a generation; why that cannot be, if so."""
        try:
            release = self._shelf.open(str(key[0]))
        except ReleaseError as error:
            self._fail(key, str(error))
            return str(error)
        ours, theirs = (Channel(one) for one in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            exit_after(lambda: self._be_born(parent, theirs, release))
        theirs.connection.close()
        ours.connection.setblocking(False)
        self._next = _Child(process, key, release, ours)
        return None

    def _be_born(self, parent: int, channel: Channel, release: Release) -> None:
        die_with_parent()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for one in self._children:
            one.channel.connection.close()
        if os.getppid() == parent:
            self._begin(channel, release)

    @property
    def _children(self) -> list[_Child]:
        return [one for one in (self._serving, self._next, *self._leaving) if one is not None]

    def _wait(self, wakeup: socket.socket) -> None:
        """Until a generation says something, a process ends, or it is time to look again."""
        with contextlib.suppress(BlockingIOError):
            readable, _, _ = select.select(
                [wakeup, *(one.channel.connection for one in self._children)], [], [], _PERIOD
            )
            if wakeup in readable:
                wakeup.recv(4_096)
        if self._next is not None:
            self._hear(self._next)
        for one in self._children:
            if os.waitpid(one.process, os.WNOHANG)[0]:
                self._bury(one)

    def _hear(self, child: _Child) -> None:
        message = child.channel.receive() or {}
        if "failed" in message:
            self._fail(child.key, message["failed"])
        if "ready" not in message:
            return
        if self._serving is not None:
            self._serving.channel.send(leave=True)
            self._leaving.append(self._serving)
        self._serving, self._next, self._told = child, None, ""
        self._failures.pop(child.key, None)
        self._tell(child.release)

    def _bury(self, child: _Child) -> None:
        """A process has ended."""
        child.channel.connection.close()
        if child in self._leaving:
            self._leaving.remove(child)
        elif child is self._next:
            self._next = None
            if self._reason(child.key) is None:
                self._fail(
                    child.key, f"{child.release.root}: the process that opened it ended. Build the release again."
                )
        else:
            self._serving = None
            if not self._ended:
                _LOG.error("The process that served the release %s ended. Another one is started.", child.release.name)

    def _stop(self) -> None:
        """End every generation."""
        for one in self._children:
            _kill(one.process, signal.SIGTERM)
        end = time.monotonic() + _PATIENCE
        for one in self._children:
            while os.waitpid(one.process, os.WNOHANG)[0] == 0:
                if time.monotonic() > end:
                    _kill(one.process, signal.SIGKILL)
                time.sleep(0.02)


@contextlib.contextmanager
def _woken(end: Callable[[], None]) -> Iterator[socket.socket]:
    """A socket that can be read when a signal came; those that end a process call `end`."""
    ours, theirs = socket.socketpair()
    for one in (ours, theirs):
        one.setblocking(False)
    handlers = {signal.SIGTERM: end, signal.SIGINT: end, signal.SIGCHLD: lambda: None}
    before = {number: signal.signal(number, lambda *_, do=do: do()) for number, do in handlers.items()}
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield ours
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        theirs.close()


def _kill(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _changed(path: os.PathLike[str]) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - one call for whatever it is
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
