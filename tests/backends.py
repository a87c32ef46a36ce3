"""Real SPARQL servers on loopback, each with an empty store of its own in a folder that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mreze.remote.endpoint import Credentials, Given

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
DBA = Credentials("dba", "dba")
"""Virtuoso's first user."""
ROWS = 10_000
"""How many rows our Virtuoso gives at most, as it is set up by default."""
_SHARED = Path("/dev/shm")  # noqa: S108 - each server has a folder of its own there
_MEMORY = _SHARED if os.access(_SHARED, os.W_OK) else None
"""A disk in memory, where there is one: most of a push is waiting until each update is on the real one."""
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
MaxClientConnections = 20

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = {seconds}
"""


@dataclass(frozen=True)
class Backend:
    """A server that runs."""

    given: Given
    process: subprocess.Popen[bytes]
    folder: Path
    """What it may read."""
    sql: str = ""
    """Where Virtuoso takes SQL, host:port."""


@contextmanager
def oxigraph_backend() -> Iterator[Backend]:
    """Oxigraph (PyPI: oxigraph)."""
    with TemporaryDirectory(dir=_MEMORY) as folder:
        (port,) = _free_ports(1)
        command = [str(OXIGRAPH), "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
        with _running(command, port) as process:
            yield Backend(Given(f"http://127.0.0.1:{port}/"), process, Path(folder))


@contextmanager
def virtuoso_backend(rows: int = ROWS, seconds: int = 20, buffers: int = 20_000) -> Iterator[Backend]:
    """Virtuoso 7 (Debian: virtuoso-opensource-7-bin, which starts no service); without it the test is skipped.

    Args:
        rows: how many it gives at most.
        seconds: after which it gives up on a query and sends what it has; 0 for never.
        buffers: of 8 KiB each.
    """
    if VIRTUOSO is None:
        pytest.skip("needs Virtuoso 7 (Debian: virtuoso-opensource-7-bin)")
    with TemporaryDirectory(dir=_MEMORY) as folder:
        port, sql = _free_ports(2)
        ini = Path(folder) / "virtuoso.ini"
        told = {"folder": folder, "port": port, "sql": sql, "rows": rows, "seconds": seconds, "buffers": buffers}
        ini.write_text(_INI.format(**told, dirty=buffers * 3 // 4), "utf-8")
        with _running([VIRTUOSO, "-f", "-c", str(ini)], port) as process:
            given = Given(f"http://127.0.0.1:{port}/sparql", credentials=DBA)
            yield Backend(given, process, Path(folder), f"127.0.0.1:{sql}")


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield process
    finally:
        process.kill()  # its store is thrown away: nothing need be written
        process.wait(timeout=15)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1_200):
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/sparql")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"{process.args!r} does not answer")
