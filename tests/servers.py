"""Start the real command line in processes of its own."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from mreze.release import newest_release

MREZE = (sys.executable, "-m", "mreze")


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    address: str
    """Ends with a slash."""
    base: str
    """The site's base IRI."""
    process: subprocess.Popen[str]
    client: httpx.Client

    def get(self, path: str = "", accept: str | None = None, **headers: str) -> httpx.Response:
        """GET a path below the address; without `accept`, no Accept header is sent."""
        return self.ask("GET", path, accept, **headers)

    def ask(self, method: str, path: str = "", accept: str | None = None, **headers: str) -> httpx.Response:
        """Send a request; underscores in names of headers are hyphens."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = self.client.build_request(method, self.address + path, headers=given)
        request.headers.pop("accept", None)
        if accept is not None:
            request.headers["accept"] = accept
        return self.client.send(request)

    def query(self, query: str, accept: str | None = None, **parameters: str) -> httpx.Response:
        """Send a query by GET."""
        headers = {"accept": accept} if accept else {}
        return self.client.get(self.address + "sparql", params={"query": query, **parameters}, headers=headers)


def built(site: Path, out: Path) -> Path:
    """Build a site and return the release's folder."""
    command = [*MREZE, "build", str(site), "--out", str(out)]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


@contextmanager
def one_at_a_time(name: str, factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have no other process of a run of the tests in a block of this name; a folder that they all share."""
    own = factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (common / f"{name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield common


def built_once(site: Path, name: str, factory: pytest.TempPathFactory) -> Path:
    """Build a site once for all processes that share a run of the tests, and return the release's folder."""
    with one_at_a_time(name, factory) as common:
        release = newest_release(common / name)
        return release.root if release else built(site, common / name)


@contextmanager
def serving(source: Path, *options: str, log: Path | None = None) -> Iterator[Served]:
    """Serve a site or a release on a free port until the block ends; what it logs can go to a file."""
    command = [*MREZE, "serve", str(source), "--port", "0", *options]
    with ExitStack() as files:
        errors = files.enter_context(log.open("wb")) if log else None
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"mreze: serving (\S+) at (http://\S+/) ", line)
        assert found, f"the server did not say where it is: {line!r}"
        with httpx.Client(timeout=30) as client:
            yield Served(found[2], found[1], process, client)
    finally:
        process.terminate()
        process.wait(timeout=15)
        if process.stdout is not None:
            process.stdout.close()
