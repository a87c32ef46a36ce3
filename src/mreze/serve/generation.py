"""A generation: the process, with its zygote, that serves one release; when another takes its place, it leaves.

Several may listen on the same socket. Whoever is told to leave takes no more connections, ends each with its next
answer, and ends when there are none: no request is lost.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

import uvicorn

from mreze.errors import MrezeError, ReleaseError
from mreze.release import Release, verify
from mreze.serve import worker, zygote
from mreze.serve.answers import Answers
from mreze.serve.app import App
from mreze.serve.archive import Archive, Front
from mreze.serve.aside import Aside, Homeward, Turns
from mreze.serve.coding import pack_aside
from mreze.serve.dispatch import Dispatch
from mreze.serve.engine import open_engine
from mreze.serve.express import Express, InlineAnswers
from mreze.serve.gallery.gallery import draw_ahead
from mreze.serve.gauge import Gauge
from mreze.serve.pages import Pages
from mreze.serve.pool import Pool
from mreze.serve.responder import Responder
from mreze.serve.service import MATCHING, Service
from mreze.serve.settings import Settings
from mreze.serve.shortcut import Shortcut
from mreze.serve.wire import Protocol
from mreze.shelf import Hold, Shelf

_LOG: Final = logging.getLogger("mreze.serve")
_WARM_UP: Final = worker.Question("SELECT (COUNT(*) AS ?all) { ?s ?p ?o }", "urn:", "srj", None)
"""Visits every statement: a forked process shares memory until it touches it, and then pays for a copy."""
_PATIENCE: Final = 3
"""Seconds that running requests have to end when the server is told to."""
_PAUSE: Final = 1.0
"""Seconds between being ready and drawing ahead."""
_LONGEST: Final = 3_600
"""Seconds that a download may go on when the server leaves."""
_PERIOD: Final = 0.05
_LARGEST: Final = 1 << 16
"""Bytes of a message."""


class Channel:
    """One end of the line between a generation and whoever started it: small messages, each whole."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def send(self, **message: object) -> bool:
        """Say something; False where nobody is there to hear it."""
        try:
            self.connection.send(json.dumps(message).encode())
        except OSError:
            return False
        return True

    def receive(self) -> dict[str, Any] | None:
        """What the other end says, {} if it says nothing at the moment, None if it has gone."""
        try:
            content = self.connection.recv(_LARGEST)
        except BlockingIOError:
            return {}
        except OSError:
            return None
        message: dict[str, Any] | None = json.loads(content) if content else None
        return message


class Generation(uvicorn.Server):
    """Serves until it is told to end, or to leave."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket, dispatch: Dispatch) -> None:
        super().__init__(config)
        self.trouble = ""
        self._listening = listening
        self._dispatch = dispatch
        self._leaving: asyncio.Task[None] | None = None

    def hear(self, channel: Channel) -> None:
        """Do what the other end of the channel says."""
        while message := channel.receive():
            self.trouble = message.get("trouble", self.trouble)
            if "leave" in message and self._leaving is None:
                self._leaving = asyncio.get_running_loop().create_task(self._leave())
        if message is None:
            asyncio.get_running_loop().remove_reader(channel.connection.fileno())

    async def _leave(self) -> None:
        for one in self.servers:
            one.close()
        self._listening.close()
        self._dispatch.leave()
        for connection in list(self.server_state.connections):
            if isinstance(connection, Protocol):
                connection.leave()
        end = asyncio.get_running_loop().time() + _LONGEST
        while self.server_state.connections or self._dispatch.has_connections:
            if asyncio.get_running_loop().time() > end:
                break
            await asyncio.sleep(_PERIOD)
        self.should_exit = True


def run(
    shelf: Shelf,
    release: Release,
    listening: socket.socket,
    settings: Settings,
    ready: Callable[[], object],
    channel: Channel | None = None,
) -> None:
    """Serve a release in this process until it is told to end.

    Args:
        shelf: where the releases are that can be asked for.
        release: what to serve; it is held against removal, and verified.
        listening: where connections come in.
        settings: the rest.
        ready: called as soon as requests are answered.
        channel: by which it may be told to leave.

    Raises:
        ReleaseError: the release cannot be opened.
    """
    held = Hold(release.root)
    verify(release)
    engine = open_engine(release, settings, shelf)
    pages = Pages(release)
    gauges = [Gauge() for _ in range(settings.workers if engine.inline else 0)]

    def work(connection: socket.socket, slot: int | None) -> None:
        if slot is None or engine.inline is None:
            engine.work(connection)
            return
        inline = engine.inline()
        inline.evaluate(_WARM_UP)
        answers = InlineAnswers(inline.evaluate)
        service = Service(release, inline.store, answers, settings, pages)
        Express(connection, gauges[slot], Responder(service), answers, inline.seal).run()

    forker = zygote.start(work)  # before any thread: see zygote.py
    pool = Pool(forker, settings.workers, settings.limits)
    dispatch = Dispatch(forker, gauges, pool.costs)
    service = Service(
        release, engine.store(), Answers(pool), settings, pages, lambda: pool.ready, lambda: generation.trouble,
        shelf=shelf, asleep=engine.trouble,
    )  # fmt: skip
    if engine.inline is None:
        service = _beside(service)
    responder = Front(service, Archive(shelf, service, pack_aside), pack_aside)

    def started() -> None:
        if isinstance(service.answers, Homeward):
            service.answers.settle()
        ready()
        if channel is not None:
            channel.connection.setblocking(False)
            asyncio.get_running_loop().add_reader(channel.connection.fileno(), generation.hear, channel)

    app = App(responder, _life(pool, dispatch, started, partial(draw_ahead, service)))
    generation = Generation(_configure(app, responder, dispatch), listening, dispatch)
    # uvicorn raises the signal that ended it once more when all is closed; being told to end is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ignore)
    generation.run(sockets=[listening])
    held.close()
    if service.aside is not None:  # a thread that waits for the network would keep the process
        logging.shutdown()
        os._exit(0)


def run_for(channel: Channel, release: Release, shelf: Shelf, listening: socket.socket, settings: Settings) -> None:
    """Serve a release for whoever is at the other end of the channel, and say there what stands in the way."""
    try:
        run(shelf, release, listening, settings, lambda: channel.send(ready=True), channel)
    except ReleaseError as error:
        channel.send(failed=str(error))
    except Exception as error:
        _LOG.exception("release %s", release.name)
        channel.send(failed=f"{release.root}: {error}")


def _beside(service: Service) -> Service:
    """The service where to ask the store is to wait: requests are answered in threads."""
    return replace(
        service,
        answers=Homeward(service.answers),
        aside=Aside(service.settings.deadline + _PATIENCE),
        matching=Turns(MATCHING),
        drawing=Turns(1),
    )


def _configure(app: App, responder: Responder, dispatch: Dispatch) -> uvicorn.Config:
    protocol = partial(Protocol, shortcut=Shortcut(responder), dispatch=dispatch)
    return uvicorn.Config(
        app, lifespan="on", log_config=None, log_level="error", access_log=False, ws="none",
        server_header=False, proxy_headers=False, http=cast("type[Protocol]", protocol),
        timeout_graceful_shutdown=_PATIENCE,
    )  # fmt: skip


@asynccontextmanager
async def _life(
    pool: Pool, dispatch: Dispatch, started: Callable[[], None], prepare: Callable[[], Coroutine[None, None, None]]
) -> AsyncIterator[None]:
    """What lives as long as the application does."""
    await pool.start()
    await dispatch.start()
    started()
    preparing = asyncio.create_task(_later(prepare))
    yield
    preparing.cancel()
    await dispatch.stop()
    await pool.stop()


async def _later(prepare: Callable[[], Coroutine[None, None, None]]) -> None:
    """Prepare what visitors will ask for, once those who waited for the server have been answered."""
    await asyncio.sleep(_PAUSE)
    with suppress(MrezeError):  # whoever asks for it is told
        await prepare()


def _ignore(*_: object) -> None:
    pass
