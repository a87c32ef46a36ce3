"""What a push does to a server, and what it leaves where something goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from tests.backends import Backend, oxigraph_backend

from mreze.cli import main
from mreze.errors import BackendAway, BackendError, BackendIncomplete, ReleaseError
from mreze.progress import Progress
from mreze.push.pieces import Graph
from mreze.push.push import Loader, by_protocol, doomed, push, settled
from mreze.release import Release, open_release
from mreze.remote.client import Client, connect
from mreze.remote.endpoint import Credentials
from mreze.remote.graphnames import pointer
from mreze.remote.pointer import Pushed, State, forget_update, read_state

NAMES = ("2026-11-21", "2026-11-22", "2026-11-23")


def _pushed(name: str, *, complete: bool = True) -> Pushed:
    return Pushed(name, "digest", "token", complete, {"urn:g": 1})


def _state(served: str | None, *pushed: Pushed) -> State:
    return State(served, {one.name: one for one in pushed})


@pytest.mark.parametrize(
    ("state", "keep", "expected"),
    [
        (_state(None), 1, []),
        (_state("2026-11-23", *map(_pushed, NAMES)), 1, ["2026-11-22", "2026-11-21"]),
        (_state("2026-11-23", *map(_pushed, NAMES)), 2, ["2026-11-21"]),
        (_state("2026-11-21", *map(_pushed, NAMES)), 1, ["2026-11-23", "2026-11-22"]),
        (_state("2026-11-23", *map(_pushed, NAMES)), 9, []),
        (_state("2026-11-10.2", *map(_pushed, ("2026-11-10.2", "2026-11-10.9", "2026-11-10.10"))), 2, ["2026-11-10.9"]),
        (_state("2026-11-22", _pushed("2026-11-22"), _pushed("2026-11-21", complete=False)), 1, []),
    ],
)
def test_older_releases_make_room(state: State, keep: int, expected: list[str]) -> None:
    """The one that is served never does."""
    assert [one.name for one in doomed(state, keep)] == expected


@pytest.mark.parametrize(
    ("state", "there"),
    [
        (_state(None), False),
        (_state(None, _pushed("x")), True),
        (_state("x", _pushed("x")), True),
        (_state(None, _pushed("x", complete=False)), False),
        (_state("y", replace(_pushed("x"), input="other")), False),
        (_state("y", replace(_pushed("x"), graphs={"urn:g": 2})), False),
    ],
)
def test_what_is_there_is_not_loaded(state: State, there: bool) -> None:
    """The same release, whole; anything else is loaded."""
    assert (settled(state, "x", "digest", {"urn:g": 1}) is not None) is there


def test_what_is_served_is_not_overwritten() -> None:
    """Another release of the same name is an error, not a mixture."""
    with pytest.raises(BackendError, match="is called x"):
        settled(_state("x", replace(_pushed("x"), input="other")), "x", "digest", {"urn:g": 1})


@pytest.fixture
def client(backend: Backend, releases: list[Release]) -> Iterator[Client]:
    """A client of each server, which is empty."""
    one = connect(backend.given)
    for known in read_state(one, releases[0].base).pushed.values():
        for graph in known.graphs:
            one.delete_graph(graph)
        one.update(forget_update(releases[0].base, known.name))
    one.delete_graph(pointer(releases[0].base))
    yield one
    one.close()


@contextmanager
def _unchanged(client: Client, base: str) -> Iterator[None]:
    """What is served is the same afterwards, all of it."""
    before = read_state(client, base)
    yield
    after = read_state(client, base)
    assert after.served == before.served
    if before.served is not None:
        kept = after.pushed[before.served]
        assert kept == before.pushed[before.served]
        assert kept.complete
        assert {name: client.count(name) for name in kept.graphs} == dict(kept.graphs)


def test_a_release_is_pushed_switched_and_removed(client: Client, releases: list[Release]) -> None:
    """One after the other; the same one again only counts, an older one is switched back to."""
    first, second, third = releases
    done = push(first, client)
    assert (done.loaded, done.before, done.removed) == (True, None, ())
    assert done.triples > first.counts["triples"]
    again = push(first, client)
    assert (again.loaded, again.before, again.triples) == (False, first.name, done.triples)
    assert push(second, client).before == first.name
    assert not push(first, client).loaded
    assert read_state(client, first.base).served == first.name
    last = push(third, client, keep=2)
    assert last.removed == (first.name,)
    state = read_state(client, first.base)
    assert (state.served, set(state.pushed)) == (third.name, {second.name, third.name})
    assert not client.ask("ASK { ?s ?p ?o }", [f"{first.base}releases/{first.name}/default"])


def test_a_push_that_is_cut_changes_nothing(client: Client, releases: list[Release]) -> None:
    """What it loaded is taken away by the next one."""
    first, second, third = releases
    push(first, client)
    with _unchanged(client, first.base), pytest.raises(BackendAway, match="was served before is served still"):
        push(second, client, loader=_cut(by_protocol(client), BackendAway("the cable")))
    with _unchanged(client, first.base), pytest.raises(KeyboardInterrupt):
        push(second, client, loader=_cut(by_protocol(client), KeyboardInterrupt()))
    state = read_state(client, first.base)
    assert not state.pushed[second.name].complete
    push(third, client)
    assert set(read_state(client, first.base).pushed) == {first.name, third.name}
    assert not any(client.count(graph) for graph in state.pushed[second.name].graphs)


def test_a_server_that_counts_otherwise_is_not_believed(client: Client, releases: list[Release]) -> None:
    """A graph that lacks a triple, of a new release and of one that is there."""
    first, second, _ = releases
    push(first, client)
    with _unchanged(client, first.base), pytest.raises(BackendIncomplete, match=r"counts 0 triples in <.*>, of \d"):
        push(second, client, loader=_forgetful(by_protocol(client)))
    push(second, client)
    further = f"INSERT DATA {{ GRAPH <{first.base}releases/{first.name}/default> {{ <urn:s> <urn:p> <urn:o> }} }}"
    client.update(further)
    assert push(first, client).loaded
    client.update(further)
    with pytest.raises(BackendIncomplete, match="another name first"):
        push(first, client)


def test_two_pushes_do_not_mix(client: Client, releases: list[Release]) -> None:
    """Whoever is cleared by another push is not switched to."""
    first, second, third = releases
    push(first, client)

    def overtaken(store: Store, graphs: Sequence[Graph], progress: Progress) -> None:
        push(third, client)
        by_protocol(client)(store, graphs, progress)

    with pytest.raises(BackendError, match="somebody else"):
        push(second, client, loader=overtaken)
    assert read_state(client, first.base).served == third.name


def test_a_damaged_release_is_refused(client: Client, releases: list[Release], tmp_path: Path) -> None:
    """Before the server is told anything."""
    folder = tmp_path / releases[1].name
    shutil.copytree(releases[1].root, folder)
    (folder / "void.ttl").write_text("", "utf-8")
    push(releases[0], client)
    with _unchanged(client, releases[0].base), pytest.raises(ReleaseError, match=r"void\.ttl"):
        push(open_release(folder), client)
    assert set(read_state(client, releases[0].base).pushed) == {releases[0].name}


def test_a_folder_that_has_another_name_is_refused(client: Client, releases: list[Release]) -> None:
    """Names of releases become parts of IRIs."""
    odd = replace(releases[0], root=releases[0].root.with_name('x> "'))
    with pytest.raises(ReleaseError, match="called by its date"):
        push(odd, client)


def test_a_server_that_dies_is_told(releases: list[Release]) -> None:
    """In the middle of a push."""
    with oxigraph_backend() as mortal:
        client = connect(mortal.given)
        load = by_protocol(client)

        def dying(store: Store, graphs: Sequence[Graph], progress: Progress) -> None:
            load(store, graphs[:1], progress)
            mortal.process.kill()
            mortal.process.wait()
            load(store, graphs[1:], progress)

        with pytest.raises(BackendAway, match="served still"):
            push(releases[0], client, loader=dying)
        client.close()


def test_the_command_pushes(
    backend: Backend, client: Client, releases: list[Release], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a password from a file; it says what is served now."""
    who = backend.given.credentials or Credentials("nobody", "nothing")
    (tmp_path / "password").write_text(f"{who.password}\n", "utf-8")
    arguments = [
        "push",
        "--to",
        backend.given.address,
        "--user",
        who.user,
        "--password-file",
        str(tmp_path / "password"),
    ]
    assert main([*arguments, str(releases[0].root)]) == 0
    told = capsys.readouterr().out
    assert f"serves {releases[0].name} now" in told
    assert "(loaded; before: nothing)" in told
    assert main([*arguments, str(releases[0].root.parent), "--keep", "1"]) == 0
    captured = capsys.readouterr()
    assert f"serves {releases[2].name} now" in captured.out
    assert f"the release {releases[0].name} made room" in captured.err
    assert read_state(client, releases[0].base).served == releases[2].name


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--to", "http://127.0.0.1:9/"], 1, "Is the server running?"),
        (["--to", "http://a:b@127.0.0.1:9/"], 2, "seen by everybody"),
        (["--to", "nonsense"], 2, "no address of a SPARQL server"),
        (["--to", "http://127.0.0.1:9/", "--user", "a"], 2, "no password is given"),
        (["--to", "http://127.0.0.1:9/", "--user", "a", "--password-file", "/nowhere"], 2, "cannot be read"),
    ],
)
def test_the_command_tells_what_is_wrong(
    releases: list[Release], capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, told: str
) -> None:
    """On one line, and nothing is pushed."""
    assert main(["push", str(releases[0].root), *arguments]) == status
    assert told in capsys.readouterr().err


def test_what_is_no_release_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without any."""
    assert main(["push", str(tmp_path), "--to", "http://127.0.0.1:9/"]) == 2
    assert "neither a release nor a folder of releases" in capsys.readouterr().err


def _cut(load: Loader, error: BaseException) -> Loader:
    """Load half of the graphs, and then no more."""

    def cut(store: Store, graphs: Sequence[Graph], progress: Progress) -> None:
        load(store, graphs[: len(graphs) // 2], progress)
        raise error

    return cut


def _forgetful(load: Loader) -> Loader:
    """Leave one graph out."""
    return lambda store, graphs, progress: load(store, graphs[1:], progress)
