"""Trouble of ours is 503 with Retry-After, never an absence: a harvester deletes what it no longer finds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.exchange import send
from tests.servers import Served, serving


@pytest.fixture(scope="module")
def damaged(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A server, and the folder of its release, which may be damaged while it serves."""
    folder = tmp_path_factory.mktemp("damaged") / minimal_release.name
    shutil.copytree(minimal_release, folder)
    with serving(folder, "--workers", "1") as served:
        yield served, folder


DAMAGES: list[tuple[str, str, Callable[[Path], object]]] = [
    ("dumps/all.nt", "dumps/all.nt", Path.unlink),
    ("dumps/all.ttl", "dumps/all.ttl", lambda path: path.write_bytes(path.read_bytes()[:-1])),
    ("dumps/all.nq", "dumps/all.nq", lambda path: path.rename(path.with_suffix(".moved")).with_suffix(".nq").mkdir()),
    ("dumps/all.csv.gz", "dumps/all.csv.gz", Path.unlink),
    ("catalog.ttl", "catalog", Path.unlink),
    ("void.ttl", ".well-known/void", lambda path: path.write_bytes(b"<broken")),
    ("queries/bridges.rq", "queries/bridges", Path.unlink),
]


@pytest.mark.parametrize(("file", "path", "damage"), DAMAGES)
def test_a_file_that_vanished_is_503(
    damaged: tuple[Served, Path], file: str, path: str, damage: Callable[[Path], object]
) -> None:
    """By GET, by HEAD, for a part and under conditions: all say that a retry may help, and none that it is gone."""
    served, folder = damaged
    damage(folder / file)
    for method, headers in (
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"range": "bytes=0-9"}),
        ("GET", {"if_none_match": '"x"'}),
        ("GET", {"accept": "text/html, */*;q=0.1"}),
    ):
        answer = send(served, method, path, **headers)
        assert answer.status == 503, (method, headers)
        assert int(answer.headers["retry-after"]) > 0
        assert not {"etag", "last-modified", "accept-ranges"} & answer.headers.keys()
        assert method == "HEAD" or answer.content


def test_a_packed_dump_that_vanished_is_no_reason_to_send_another(damaged: tuple[Served, Path]) -> None:
    """Who takes gzip is told of the trouble; who does not gets the dump."""
    served, folder = damaged
    (folder / "dumps/crossings.nt.gz").unlink()
    assert send(served, "GET", "dumps/crossings.nt", accept_encoding="gzip").status == 503
    assert send(served, "GET", "dumps/crossings.nt").status == 200


def test_what_is_not_damaged_goes_on(damaged: tuple[Served, Path]) -> None:
    """A release with a hole still answers for what it has."""
    served, _ = damaged
    for path in ("doc/bridges/old-bridge", "sparql?query=ASK%20%7B%7D", "dumps/crossings.ttl", "healthz"):
        assert send(served, "GET", path).status == 200
