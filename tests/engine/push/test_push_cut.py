"""A push that goes wrong on the way, wherever that is: a whole release is served, before and after."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace

import pytest
from tests.backends import Backend
from tests.relay import relaying
from tests.wikidata import HTML_PAGE, NOTHING, Reply

from mreze.errors import BackendDenied, BackendError
from mreze.push.push import push
from mreze.release import Release
from mreze.remote.client import Client, connect
from mreze.remote.endpoint import Credentials
from mreze.remote.pointer import forget_update, read_state

RESULTS = {"Content-Type": "application/sparql-results+json"}
ROW = '{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"7"}}]}}'
TROUBLES = {
    "nothing": NOTHING,
    "half": Reply(body=ROW, headers=RESULTS, manner="half"),
    "an error": Reply(500, "out of memory"),
    "a denial": Reply(401, "who are you?"),
    "a page": HTML_PAGE,
    "another number": Reply(body=ROW, headers=RESULTS),
    "another row": Reply(body=ROW.replace('"n"', '"x"').replace("7", "x"), headers=RESULTS),
    "no row": Reply(body=ROW.partition("[{")[0] + "[]}}", headers=RESULTS),
    "yes": Reply(body='{"head":{},"boolean":true}', headers=RESULTS),
    "too late": None,
}
"""What comes in the place of an answer; None is none, though the server did what it was told."""


PLACES = [
    ("oxigraph", list(TROUBLES)),
    ("virtuoso", ["half", "a denial", "too late"]),
]


@pytest.mark.parametrize(("engine", "troubles"), PLACES)
def test_a_push_that_is_cut_anywhere_leaves_a_whole_release(
    request: pytest.FixtureRequest, releases: list[Release], engine: str, troubles: list[str]
) -> None:
    """From the first request to the switch: what is served is whole, one or the other, and the next push is well."""
    first, second, _ = releases
    given = request.getfixturevalue(engine).given
    with closing(connect(given)) as client, relaying(given.address) as relay:
        push(first, client)
        _forget(client, second)
        with closing(connect(replace(given, address=relay.address))) as cut:
            begun = len(relay.bodies)
            push(second, cut)
            length = len(relay.bodies) - begun
            for turn, trouble in enumerate(troubles):
                push(first, client)
                _forget(client, second)
                at = len(relay.bodies) + (length - 4) * turn // (len(troubles) - 1)
                relay.troubles, relay.lost = _planned(TROUBLES[trouble], at)
                with suppress(BackendError):
                    push(second, cut)
                _is_whole(client, first.base, {first.name, second.name})
            assert push(second, cut).release == second.name


def _is_whole(client: Client, base: str, names: set[str]) -> None:
    state = read_state(client, base)
    assert state.served in names
    served = state.pushed[str(state.served)]
    assert served.complete
    assert {name: client.count(name) for name in served.graphs} == dict(served.graphs)


def _planned(reply: Reply | None, at: int) -> tuple[dict[int, Reply], set[int]]:
    return ({}, {at}) if reply is None else ({at: reply}, set())


def _forget(client: Client, release: Release) -> None:
    known = read_state(client, release.base).pushed.get(release.name)
    for graph in known.graphs if known else ():
        client.delete_graph(graph)
    client.update(forget_update(release.base, release.name))


def test_a_wrong_password_changes_nothing(virtuoso: Backend, releases: list[Release]) -> None:
    """It is told whose it is, and what is served is served."""
    first, second, _ = releases
    wrong = replace(virtuoso.given, credentials=Credentials("dba", "s3cret"))
    with closing(connect(virtuoso.given)) as right, closing(connect(wrong)) as denied:
        push(first, right)
        with pytest.raises(BackendDenied, match="user and the password"):
            push(second, denied)
        _is_whole(right, first.base, {first.name})
