"""Push a release: clear what was cut, load, count, switch, take older ones away."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from mreze.errors import BackendError, BackendIncomplete, ReleaseError
from mreze.progress import Progress, unwatched
from mreze.push.pieces import Graph, cut, dumped, list_graphs, open_graphs
from mreze.release import NAME, Release, release_order, verify
from mreze.remote.client import Client
from mreze.remote.pointer import Pushed, State, begin_update, forget_update, read_state, switch_update, withdraw_update

Loader = Callable[[Store, Sequence[Graph], Progress], None]
"""Puts graphs into the server."""
_AGAIN: Final = "The release that was served before is served still; push again."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a push did."""

    release: str
    triples: int
    """Of all its graphs."""
    loaded: bool
    """Whether it was not there before."""
    before: str | None
    """The release that was served until now."""
    removed: tuple[str, ...]


def push(
    release: Release,
    client: Client,
    progress: Progress = unwatched,
    *,
    keep: int | None = None,
    loader: Loader | None = None,
) -> Outcome:
    """Put a release into a server and make it the one that is served.

    Whatever stops it before the last step leaves served what is served; what it has loaded by then is seen by nobody,
    and the next push takes it away.

    Args:
        release: what to push.
        client: of the server.
        progress: is told how far it is.
        keep: how many releases stay, the served one among them; None for all.
        loader: puts the graphs there; the Graph Store Protocol where it is None.

    Raises:
        ReleaseError: the release is damaged.
        BackendError: the server does not do what it should.
    """
    progress("looking at the release")
    if not NAME.fullmatch(release.name):
        raise ReleaseError(
            f"{release.root}: a release is called by its date, 2026-11-23 or the like. Rename the folder."
        )
    verify(release)
    store = open_graphs(release)
    graphs = list_graphs(release, store)
    state = read_state(client, release.base)
    there = _there(client, state, release, graphs, progress)
    present = there or _load(release, client, progress, (store, graphs, state, loader or by_protocol(client)))
    if state.served != release.name:
        _switch(client, release.base, present)
    removed = _prune(client, release, keep, progress) if keep is not None else ()
    return Outcome(release.name, sum(present.graphs.values()), there is None, state.served, removed)


def settled(state: State, name: str, digest: str, graphs: dict[str, int]) -> Pushed | None:
    """The release as it is at the server already; None where it has to be loaded.

    Raises:
        BackendError: another release of this name is served.
    """
    there = state.pushed.get(name)
    if there is not None and there.complete and there.input == digest and dict(there.graphs) == graphs:
        return there
    if state.served == name:
        raise BackendError(
            f"the server serves another release that is called {name}, which is not taken away under those who "
            "read it. Push one of another name first, then this one again."
        )
    return None


def _there(
    client: Client, state: State, release: Release, graphs: Sequence[Graph], progress: Progress
) -> Pushed | None:
    """The release as it is at the server, counted; None where it has to be loaded, for the first time or anew."""
    served = state.served == release.name
    present = settled(state, release.name, release.input, {one.there: one.triples for one in graphs})
    try:
        if present is not None:
            _compare(client, present, progress, served=served)
    except BackendIncomplete:
        if served:
            raise
        return None
    return present


def by_protocol(client: Client) -> Loader:
    """Load by the Graph Store Protocol, a piece at a time."""

    def load(store: Store, graphs: Sequence[Graph], progress: Progress) -> None:
        total, done = sum(one.triples for one in graphs), 0
        for graph in graphs:
            with dumped(store, graph) as lines:
                told = _telling(lines, client.endpoint.dialect.piece, f"loading <{graph.there}>", done, total, progress)
                client.put_graph(graph.there, told)
            done += graph.triples

    return load


def doomed(state: State, keep: int) -> list[Pushed]:
    """The releases to be taken away so that so many stay; never the one that is served."""
    complete = [one for one in state.pushed.values() if one.complete and one.name != state.served]
    newest = sorted(complete, key=lambda one: release_order(one.name), reverse=True)
    return newest[max(0, keep - 1) :]


def _telling(
    lines: Iterable[bytes], size: int, step: str, done: int, total: int, progress: Progress
) -> Iterator[bytes]:
    progress(step, done, total)
    for number, piece in cut(lines, size):
        yield piece
        done += number
        progress(step, done, total)


def _load(
    release: Release, client: Client, progress: Progress, parts: tuple[Store, Sequence[Graph], State, Loader]
) -> Pushed:
    store, graphs, state, load = parts
    for one in state.pushed.values():
        if one.name == release.name or not one.complete:
            progress(f"clearing {one.name}")
            _remove(client, release.base, one)
    begun = Pushed(
        release.name, release.input, uuid.uuid4().hex, complete=False, graphs={g.there: g.triples for g in graphs}
    )
    client.update(begin_update(release.base, begun))
    try:
        load(store, graphs, progress)
        _compare(client, begun, progress, served=False)
    except BackendError as error:
        raise type(error)(f"{error} {_AGAIN}") from error
    return begun


def _compare(client: Client, release: Pushed, progress: Progress, *, served: bool) -> None:
    """Hold what the server counts against what there is."""
    for number, (name, triples) in enumerate(sorted(release.graphs.items())):
        progress("counting", number, len(release.graphs))
        if (counted := client.count(name)) != triples:
            remedy = "Push a release of another name first, then this one again." if served else "Look at its log."
            raise BackendIncomplete(
                f"{client.endpoint.address}: counts {counted:,} triples in <{name}>, of {triples:,} in the release. "
                f"{remedy}"
            )


def _switch(client: Client, base: str, release: Pushed) -> None:
    client.update(switch_update(base, release))
    if read_state(client, base).served != release.name:
        raise BackendError(
            f"{client.endpoint.address}: was told to serve {release.name}, and does not. Is somebody else "
            f"pushing? {_AGAIN}"
        )


def _prune(client: Client, release: Release, keep: int, progress: Progress) -> tuple[str, ...]:
    gone = doomed(read_state(client, release.base), keep)
    for one in gone:
        progress(f"removing {one.name}")
        _remove(client, release.base, one)
    return tuple(one.name for one in gone)


def _remove(client: Client, base: str, release: Pushed) -> None:
    """Take a release away: nobody is to think that it is there while it goes."""
    client.update(withdraw_update(base, release.name))
    for name in release.graphs:
        client.delete_graph(name)
    client.update(forget_update(base, release.name))
