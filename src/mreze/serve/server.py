"""Start everything in the right order: socket, store, zygote; then the event loop."""

from __future__ import annotations

import errno
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Final, cast

import uvicorn

from mreze.errors import UsageError
from mreze.release import Release
from mreze.serve import worker, zygote
from mreze.serve.answers import Answers
from mreze.serve.app import App
from mreze.serve.coding import pack_aside
from mreze.serve.dispatch import Dispatch
from mreze.serve.express import Express, InlineAnswers
from mreze.serve.gauge import Gauge
from mreze.serve.pages import Pages
from mreze.serve.pool import Pool
from mreze.serve.responder import Responder
from mreze.serve.service import Service
from mreze.serve.settings import Settings
from mreze.serve.shortcut import Shortcut
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.serve.store import EmbeddedStore, open_store
from mreze.serve.wire import Protocol

_ANYWHERE: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - recognised here, chosen by the operator
_BACKLOG: Final = 2_048
_WARM_UP: Final = worker.Question("SELECT (COUNT(*) AS ?all) { ?s ?p ?o }", "urn:", "srj", None)
"""Visits every statement: a forked process shares memory until it touches it, and then pays for a copy."""
_PATIENCE: Final = 3
"""Seconds that running requests have to end when the server is told to."""


def serve(release: Release, host: str, port: int, settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve a release until the process is told to end.

    Args:
        release: what to serve.
        host: the address to listen on.
        port: the port; 0 for any that is free.
        settings: the rest; its address is found out here.
        tell: told the address as soon as requests are answered.

    Raises:
        UsageError: the address cannot be listened on.
        ReleaseError: the release cannot be opened.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    listening = _listen(host, port)
    settings = replace(settings, address=_address(host, listening.getsockname()[1]))
    opened = open_store(release, settings.location, settings.in_memory)
    formats = {one.extension: one for one in (*SOLUTIONS, *GRAPH_RESULTS)}
    caps = worker.Caps(settings.memory, settings.result, federated=bool(settings.services))
    pages = Pages(release)
    gauges = [Gauge() for _ in range(settings.workers)]

    def work(connection: socket.socket, slot: int | None) -> None:
        if slot is None:
            worker.work(connection, opened(), formats, caps)
        else:
            store = opened()
            evaluate = worker.evaluator(store, formats, caps)
            evaluate(_WARM_UP)
            answers = InlineAnswers(evaluate)
            service = Service(release, EmbeddedStore(store, release.base), answers, settings, pages)
            Express(connection, gauges[slot], Responder(service), answers).run()

    forker = zygote.start(work)  # before any thread: see zygote.py
    pool = Pool(forker, settings.workers, settings.limits)
    dispatch = Dispatch(forker, gauges, pool.costs)
    store = EmbeddedStore(opened(), release.base)
    responder = Responder(Service(release, store, Answers(pool), settings, pages, lambda: pool.ready), pack_aside)
    app = App(responder, _life(pool, dispatch, lambda: tell(settings.address)))
    protocol = partial(Protocol, shortcut=Shortcut(responder), dispatch=dispatch)
    config = uvicorn.Config(
        app, lifespan="on", log_config=None, log_level="error", access_log=False, ws="none",
        server_header=False, proxy_headers=False, http=cast("type[Protocol]", protocol),
        timeout_graceful_shutdown=_PATIENCE,
    )  # fmt: skip
    # uvicorn raises the signal that ended it once more when all is closed; being told to end is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ignore)
    uvicorn.Server(config).run(sockets=[listening])


@asynccontextmanager
async def _life(pool: Pool, dispatch: Dispatch, started: Callable[[], None]) -> AsyncIterator[None]:
    """What lives as long as the application does."""
    await pool.start()
    await dispatch.start()
    started()
    yield
    await dispatch.stop()
    await pool.stop()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OverflowError as error:
        raise UsageError(f"--port {port}: a port is a number from 0 to 65535.") from error
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"--port {port}: something listens there already. Name another one, or 0.") from error
        raise UsageError(f"--host {host} --port {port}: {error.strerror or error}.") from error
    listening.listen(_BACKLOG)
    return listening


def is_anywhere(host: str) -> bool:
    """Whether the address means all of this machine: then no request can tell where the site is."""
    return host in _ANYWHERE


def _address(host: str, port: int) -> str:
    name = "127.0.0.1" if is_anywhere(host) else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _ignore(*_: object) -> None:
    pass
