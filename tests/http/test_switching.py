"""A server follows the current release of a folder, and loses not one request while it changes over."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest
from tests.servers import Served, serving
from tests.waiting import eventually

from mreze.shelf import Shelf

NUMBERS = itertools.count()
OLD, NEW = "2026-11-20", "2026-11-21"


@pytest.fixture
def shelf(minimal_release: Path, tmp_path: Path) -> Shelf:
    """A folder with one release, which is the current one."""
    shelf = Shelf(tmp_path / "releases")
    shutil.copytree(minimal_release, shelf.folder / OLD)
    shelf.switch(OLD)
    return shelf


@pytest.fixture
def served(shelf: Shelf) -> Iterator[Served]:
    """A server of the folder, its log beside the folder."""
    with serving(shelf.folder, "--workers", "2", log=shelf.folder.parent / "log") as server:
        yield server


def _add(shelf: Shelf, name: str = NEW, damage: Callable[[Path], object] = lambda _: None) -> None:
    """A further release becomes the current one, as a build would have it."""
    aside = shelf.folder / ".aside"
    shutil.copytree(shelf.folder / OLD, aside)
    damage(aside)
    aside.rename(shelf.folder / name)
    shelf.switch(name)


def _serves(served: Served) -> str:
    return served.get("readyz").headers["mreze-release"]


def _is_served(served: Served, name: str) -> bool:
    return _serves(served) == name


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    return [int(one) for one in listed.split()]


def _all_below(process: int) -> list[int]:
    return [below for child in _children(process) for below in (child, *_all_below(child))]


def _gone(process: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return ") Z " in Path(f"/proc/{process}/stat").read_text("utf-8")
    return True


def _ask(client: httpx.Client, address: str, kind: int) -> httpx.Response:
    """Lookups one after the other, which go to the express lanes; or everything that there is in turn."""
    if kind % 2 == 0 or kind % 3 == 0:
        query = f"SELECT ?s {{ ?s a ?class }} LIMIT 1 # {next(NUMBERS)}"
        return client.get(address + "sparql", params={"query": query}, headers={"accept": "text/csv"})
    paths = ("doc/bridges/old-bridge", "", "dumps/all.nt", "catalog.ttl", "queries/bridges.json", "sitemap.xml")
    return client.get(address + paths[next(NUMBERS) % len(paths)])


def test_switching_under_load_loses_no_request(served: Served, shelf: Shelf) -> None:
    """Twelve clients on connections of their own ask all the time while the release changes three times."""
    ended = threading.Event()
    begun = threading.Barrier(12 + 1, timeout=60)

    def ask(kind: int) -> list[tuple[int, str]]:
        seen = []
        with httpx.Client(timeout=30) as client:
            while not ended.is_set():
                answer = _ask(client, served.address, kind)
                seen.append((answer.status_code, answer.headers["mreze-release"]))
                if len(seen) == 1:
                    begun.wait()
                if kind == 1:
                    time.sleep(0.3)  # a connection that is idle in between
        return seen

    names = [NEW, f"{NEW}.2", f"{NEW}.3"]
    with ThreadPoolExecutor(12) as threads:
        running = [threads.submit(ask, kind) for kind in range(12)]
        try:
            begun.wait()
            for name in names:
                _add(shelf, name)
                assert eventually(partial(_is_served, served, name))
                time.sleep(0.5)
        finally:
            ended.set()
        seen = [one.result() for one in running]
    for client in seen:
        assert {status for status, _ in client} == {200}
        assert (client[0][1], client[-1][1]) == (OLD, names[-1])
    # Once the new ones have taken over, the old generations end.
    assert eventually(lambda: len(_children(served.process.pid)) == 1)


def test_a_query_that_runs_is_answered_by_the_old_release(served: Served, shelf: Shelf) -> None:
    """It began before the switch and ends after it; the connection is closed with its answer, and says so."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with ThreadPoolExecutor() as threads, httpx.Client(timeout=30) as client:
        parameters = {"query": slow, "timeout": "6"}
        running = threads.submit(client.get, served.address + "sparql", params=parameters)
        time.sleep(0.3)
        _add(shelf)
        assert eventually(lambda: _serves(served) == NEW, 5)
        assert not running.done()
        answer = running.result()
    assert answer.headers["mreze-release"] == OLD
    assert answer.status_code in {200, 504}
    assert answer.headers["connection"] == "close"


def _truncate(release: Path) -> None:
    (release / "manifest.json").write_bytes((release / "manifest.json").read_bytes()[:100])


def _alter(release: Path) -> None:
    path = release / "dumps" / "all.ttl"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty_store(release: Path) -> None:
    for one in (release / "store").iterdir():
        one.unlink()


def _spoil_store(release: Path) -> None:
    for one in (release / "store").glob("*.sst"):
        one.write_bytes(os.urandom(one.stat().st_size))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "unfinished": (lambda release: (release / "manifest.json").unlink(), "not a release: there is no manifest.json"),
    "manifest": (_truncate, "manifest.json: cannot be read"),
    "other version": (lambda release: (release / "manifest.json").write_text('{"version": 9}'), "not a manifest of"),
    "checksum": (_alter, "dumps/all.ttl: its sha256 is not the one"),
    "length": (lambda release: (release / "catalog.ttl").write_text("x"), "catalog.ttl: has 1 bytes"),
    "missing": (lambda release: (release / "dumps" / "all.nq").unlink(), "all.nq: No such file"),
    "no store": (lambda release: shutil.rmtree(release / "store"), "the store cannot be opened"),
    "empty store": (_empty_store, "the store cannot be opened"),
    "spoilt store": (_spoil_store, "store"),
}


def test_a_damaged_release_changes_nothing(served: Served, shelf: Shelf) -> None:
    """Of whatever kind the damage is: the last good release stays, log and /readyz say why, a sound one is taken."""
    log = shelf.folder.parent / "log"
    for number, (name, (damage, says)) in enumerate(DAMAGES.items(), 2):
        _add(shelf, f"{NEW}.{number}", damage)

        def trouble(number: int = number) -> bool:
            return f"{NEW}.{number}" in served.get("readyz").json().get("trouble", "")

        assert eventually(trouble), name
        answer = served.get("readyz")
        assert (answer.status_code, answer.json()["release"]) == (200, OLD), name
        assert says in answer.json()["trouble"], name
        assert served.get("doc/bridges/old-bridge").status_code == 200
        time.sleep(1.2)
        lines = [line for line in log.read_text("utf-8").splitlines() if f"{NEW}.{number}" in line and "ERROR" in line]
        assert len(lines) == 1, lines
        assert f"The release {OLD} is served as before." in lines[0]
        assert "again" in lines[0] or "Build one" in lines[0]
    _add(shelf)
    assert eventually(lambda: _serves(served) == NEW)
    assert "trouble" not in served.get("readyz").json()


@pytest.mark.parametrize("target", ["2026-01-01", "../elsewhere", "/nowhere"])
def test_a_link_that_points_nowhere_changes_nothing(served: Served, shelf: Shelf, target: str) -> None:
    """The release that is served stays, and /readyz names the link or what is not there."""
    link = shelf.folder / "current"
    link.unlink()
    link.symlink_to(target)
    assert eventually(lambda: "trouble" in served.get("readyz").json())
    assert Path(target).name in served.get("readyz").json()["trouble"]
    assert _serves(served) == OLD
    shelf.switch(OLD)
    assert eventually(lambda: "trouble" not in served.get("readyz").json())


def test_a_release_is_taken_when_its_copy_is_whole(served: Served, shelf: Shelf, minimal_release: Path) -> None:
    """Switched to too early, while its files are still on their way, it is served once they are all there."""
    (shelf.folder / NEW).mkdir()
    shelf.switch(NEW)
    assert eventually(lambda: "trouble" in served.get("readyz").json())
    shutil.copytree(minimal_release, shelf.folder / NEW, dirs_exist_ok=True)
    assert eventually(lambda: _serves(served) == NEW)


def test_at_the_start_the_last_good_one_is_served(shelf: Shelf) -> None:
    """The current release is damaged: an older one is served, and that is said."""
    _add(shelf, NEW, _alter)
    with serving(shelf.folder, log=shelf.folder.parent / "log") as served:
        assert _serves(served) == OLD
        assert eventually(lambda: "all.ttl" in served.get("readyz").json().get("trouble", ""))
    assert "its sha256 is not the one" in (shelf.folder.parent / "log").read_text("utf-8")


def test_an_older_release_may_be_made_current(served: Served, shelf: Shelf) -> None:
    """Back to the one before: that is served again, though a newer one is there."""
    _add(shelf)
    assert eventually(lambda: _serves(served) == NEW)
    shelf.switch(OLD)
    assert eventually(lambda: _serves(served) == OLD)


def test_without_a_link_the_newest_is_served(shelf: Shelf) -> None:
    """A folder that was filled by hand needs no link."""
    (shelf.folder / "current").unlink()
    shutil.copytree(shelf.folder / OLD, shelf.folder / NEW)
    with serving(shelf.folder) as served:
        assert _serves(served) == NEW


def test_a_generation_that_dies_is_started_anew(served: Served) -> None:
    """Whoever connects meanwhile waits and is answered."""
    (generation,) = _children(served.process.pid)
    processes = [generation, *_all_below(generation)]
    os.kill(generation, signal.SIGKILL)
    with httpx.Client(timeout=20) as client:
        assert client.get(served.address + "readyz").status_code == 200
    assert eventually(lambda: all(_gone(one) for one in processes))
    assert _children(served.process.pid) != [generation]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_with_all_its_processes(served: Served, shelf: Shelf, number: signal.Signals) -> None:
    """In the middle of a switch: exit status 0, soon, and no process is left."""
    shelf.switch(OLD)
    _add(shelf)
    time.sleep(0.7)
    processes = _all_below(served.process.pid)
    assert processes
    served.process.send_signal(number)
    assert served.process.wait(timeout=15) == 0
    assert eventually(lambda: all(_gone(one) for one in processes))


def test_killed_outright_it_leaves_no_orphan(served: Served) -> None:
    """SIGKILL of the supervisor ends all that it started, and what they started."""
    processes = _all_below(served.process.pid)
    assert len(processes) > 3
    served.process.kill()
    served.process.wait(timeout=10)
    assert eventually(lambda: all(_gone(one) for one in processes))
