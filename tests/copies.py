"""Copies of a site, and the web servers that hand them out: nginx, and Python's own that knows nothing but files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.servers import MREZE, Served

from mreze.release import open_release

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
_CONFIGURATION = """
{user}
daemon off; pid {own}/pid; error_log {own}/errors; worker_processes 1;
events {{ worker_connections 64; }}
http {{
    include {own}/mime.types; access_log off;
    client_body_temp_path {own}/a; proxy_temp_path {own}/b; fastcgi_temp_path {own}/c; uwsgi_temp_path {own}/d;
    scgi_temp_path {own}/e;
    include {copy}/.mreze/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {copy}/.mreze/nginx-server.conf;
    }}
}}
"""


@contextmanager
def free_port() -> Iterator[int]:
    """A port on which nothing listens, and which nobody else is given until the block ends."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as who listens there will have it too
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        yield port


def export(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `mreze export`."""
    command = [*MREZE, "export", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def copied(release: Path, folder: Path, address: str) -> Path:
    """Export a release and return the folder."""
    done = export(release, folder, "--public-url", address)
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def nginx(release: Path, own: Path, prefix: str = "/") -> Iterator[Served]:
    """Export a release below a prefix and have nginx serve it as its files say; `own` is a folder to do it in."""
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    with free_port() as port:
        address = f"http://127.0.0.1:{port}{prefix}"
        copy = copied(release, own / "root" / prefix.strip("/"), address)
        (own / "mime.types").write_text("types { text/html html; }\n")
        user = "" if os.geteuid() else "user root;"  # else it would lay down root, and tests' folders are root's alone
        text = _CONFIGURATION.format(own=own, copy=copy, port=port, root=own / "root", user=user)
        (own / "nginx.conf").write_text(text)
        command = [NGINX, "-c", str(own / "nginx.conf"), "-e", str(own / "errors")]
        with _running(command, address, open_release(release).base, own / "errors") as served:
            yield served


@contextmanager
def plain(release: Path, own: Path) -> Iterator[Served]:
    """Export a release and have it served by a server that knows nothing but files."""
    with free_port() as port:
        address = f"http://127.0.0.1:{port}/"
        copy = copied(release, own / "copy", address)
        command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(copy)]
        with _running(command, address, open_release(release).base, own / "errors") as served:
            yield served


@contextmanager
def _running(command: list[str], address: str, base: str, log: Path) -> Iterator[Served]:
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=errors, stderr=errors, text=True)
    try:
        with httpx.Client(timeout=30) as client:
            deadline = time.monotonic() + 60
            while not _answers(client, address):
                assert process.poll() is None, log.read_text("utf-8")
                assert time.monotonic() < deadline, f"nothing answers at {address}"
                time.sleep(0.02)
            yield Served(address, base, process, client)
    finally:
        process.terminate()
        process.wait(timeout=15)


def _answers(client: httpx.Client, address: str) -> bool:
    try:
        return client.head(address).status_code > 0
    except httpx.TransportError:
        return False
