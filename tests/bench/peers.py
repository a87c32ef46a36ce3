"""Start the servers that mreze is measured beside, each with the same graph, on loopback."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import BASE

PORTS = {"oxigraph memory": 7880, "oxigraph disk": 7881, "virtuoso": 7882, "rdflib-endpoint": 7883}
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ThreadsPerQuery = 2

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
MaxClientConnections = 20

[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""


@dataclass(frozen=True)
class Target:
    """A server under test."""

    name: str
    address: str
    """Of its SPARQL endpoint."""
    process: int
    parameters: str = ""
    """What has to be sent with every query, such as the graph to ask."""


class MissingPeerError(Exception):
    """A peer is not installed."""


@contextmanager
def oxigraph(folder: Path, data: Path, *, disk: bool) -> Iterator[Target]:
    """Oxigraph's own server (PyPI: oxigraph), read-only from disk or in memory."""
    program, name = _program("oxigraph", "PyPI: oxigraph"), "oxigraph disk" if disk else "oxigraph memory"
    bind = f"127.0.0.1:{PORTS[name]}"
    command = [program, "serve", "--bind", bind]
    if disk:
        store = str(folder / "oxigraph")
        subprocess.run([program, "load", "--location", store, "--file", str(data)], check=True, capture_output=True)
        command = [program, "serve-read-only", "--location", store, "--bind", bind]
    with running(command, f"http://{bind}/") as process:
        if not disk:
            _send(f"http://{bind}/store?default", data.read_bytes(), "application/n-triples")
        yield Target(name, f"http://{bind}/query", process)


@contextmanager
def rdflib_endpoint(_folder: Path, data: Path) -> Iterator[Target]:
    """rdflib-endpoint (PyPI), the graph in rdflib's memory."""
    program, port = _program("rdflib-endpoint", "PyPI: rdflib-endpoint[cli]"), PORTS["rdflib-endpoint"]
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    with running(command, f"http://127.0.0.1:{port}/") as process:
        yield Target("rdflib-endpoint", f"http://127.0.0.1:{port}/", process)


@contextmanager
def virtuoso(folder: Path, data: Path) -> Iterator[Target]:
    """Virtuoso 7 (Debian: virtuoso-opensource), loaded by its bulk loader into one graph."""
    program, isql = _program("virtuoso-t", "Debian: virtuoso-opensource"), _program("isql-vt", "Debian")
    home, port = folder / "virtuoso", PORTS["virtuoso"]
    home.mkdir()
    shutil.copy(data, home / "graph.nt")
    ini = home / "virtuoso.ini"
    ini.write_text(_VIRTUOSO_INI.format(folder=home, sql=port + 10, port=port), "utf-8")
    with running([program, "-f", "-c", str(ini)], f"http://127.0.0.1:{port}/sparql") as process:
        statements = f"ld_dir('{home}', 'graph.nt', '{BASE}'); rdf_loader_run(); checkpoint;"
        subprocess.run(
            [isql, f"127.0.0.1:{port + 10}", "dba", "dba", f"exec={statements}"], check=True, capture_output=True
        )
        graph = urllib.parse.quote(BASE, safe="")
        yield Target("virtuoso", f"http://127.0.0.1:{port}/sparql", process, f"&default-graph-uri={graph}")


PEERS: dict[str, Callable[[Path, Path], contextlib.AbstractContextManager[Target]]] = {
    "oxigraph-disk": lambda folder, data: oxigraph(folder, data, disk=True),
    "oxigraph-memory": lambda folder, data: oxigraph(folder, data, disk=False),
    "virtuoso": virtuoso,
    "rdflib-endpoint": rdflib_endpoint,
}


def _program(name: str, source: str) -> str:
    own = Path(sys.prefix).parent / ".venv-bench" / "bin" / name  # scripts/bench keeps them apart from our own
    found = str(own) if own.is_file() else shutil.which(name)
    if found is None:
        raise MissingPeerError(f"{name} is not installed ({source})")
    return found


@contextmanager
def running(command: Sequence[str], address: str) -> Iterator[int]:
    """A server, as its process, once its address answers, until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address, process)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(3_000):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=60).close()  # noqa: S310 - on loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _send(address: str, content: bytes, media_type: str) -> None:
    request = urllib.request.Request(address, content, {"Content-Type": media_type}, method="POST")  # noqa: S310 - on loopback
    urllib.request.urlopen(request).close()  # noqa: S310 - the same
