"""Listen, and serve: one release for ever, or of a folder the one that is current."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from mreze.errors import UsageError
from mreze.release import Release
from mreze.serve.backend.holding import Pointer, open_backend
from mreze.serve.generation import run, run_for
from mreze.serve.settings import Settings
from mreze.serve.supervisor import Supervisor
from mreze.shelf import Shelf

_ANYWHERE: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - recognised here, chosen by the operator
_BACKLOG: Final = 2_048
_LOOK: Final = 3.0
"""Seconds that another server has to say which release is served."""

Tell = Callable[[Release, str], None]
"""Told which release is served under which address, as soon as requests are answered."""


def serve(release: Release, host: str, port: int, settings: Settings, tell: Tell) -> None:
    """Serve a release until the process is told to end.

    Args:
        release: what to serve.
        host: the address to listen on.
        port: the port; 0 for any that is free.
        settings: the rest; its address is found out here.
        tell: see `Tell`.

    Raises:
        UsageError: the address cannot be listened on.
        ReleaseError: the release cannot be opened.
    """
    listening, settings = _prepare(host, port, settings)
    shelf = Shelf(release.root.parent, only=release.name)
    run(shelf, release, listening, settings, lambda: tell(release, settings.address))


def follow(shelf: Shelf, host: str, port: int, settings: Settings, tell: Tell) -> None:
    """Serve the current release of a folder, and whichever becomes that, until the process is told to end.

    Where the store is on another server, that one says which release is current.

    Args and errors: see `serve`; that no release can be opened is an error at the start only.
    """
    listening, settings = _prepare(host, port, settings)
    begin = partial(run_for, shelf=shelf, listening=listening, settings=settings)
    current = None if settings.backend is None else Pointer(open_backend(settings.backend, _LOOK), shelf).current
    Supervisor(shelf, begin, lambda release: tell(release, settings.address), current).run()


def _prepare(host: str, port: int, settings: Settings) -> tuple[socket.socket, Settings]:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    listening = _listen(host, port)
    return listening, replace(settings, address=_address(host, listening.getsockname()[1]))


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
