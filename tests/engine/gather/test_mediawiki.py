"""A wiki says which entities exist; while its copies are behind it is left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.gather.clocks import Hand, settings
from tests.wikidata import Misbehaving, Reply, misbehaving

from mreze.errors import GatherError
from mreze.gather.mediawiki import Entity, read_entities
from mreze.gather.session import gathering

ENTITIES = {
    "Q129259": {"pageid": 1, "ns": 0, "title": "Q129259", "type": "item", "id": "Q129259"},
    "Q404": {"title": "Q42", "id": "Q42", "redirects": {"from": "Q404", "to": "Q42"}},
    "Q9": {"id": "Q9", "missing": ""},
}
KNOWN = {
    "Q129259": Entity("Q129259", exists=True),
    "Q404": Entity("Q404", exists=True, target="Q42"),
    "Q9": Entity("Q9", exists=False),
}
FINE = Reply(body=json.dumps({"entities": ENTITIES, "success": 1}))
LAGGING = Reply(
    body=json.dumps({"error": {"code": "maxlag", "info": "Waiting for db1: 7.2 seconds lagged.", "lag": 7.2}}),
    headers={"Retry-After": "5", "X-Database-Lag": "7"},
)


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    """A server that does what a test tells it."""
    with misbehaving() as one:
        yield one


def _entities(server: Misbehaving, folder: Path, *ids: str, hand: Hand | None = None) -> dict[str, Entity]:
    with gathering(settings(folder, server.address), "check", (hand or Hand()).clock) as session:
        return session.wikibase.entities(ids)


def test_entities_are_there_missing_or_elsewhere(server: Misbehaving, tmp_path: Path) -> None:
    """Each id is spoken of once, as it was asked; the request is as the API wants it."""
    server.script(FINE)
    assert _entities(server, tmp_path, "Q9", "Q404", "Q129259", "Q9") == KNOWN
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("GET", "/w/api.php")
    assert asked.parameters == {
        "action": "wbgetentities", "format": "json", "ids": "Q129259|Q404|Q9", "props": "info", "redirects": "yes",
        "maxlag": "5",
    }  # fmt: skip


def test_a_wiki_that_is_behind_is_left_alone(server: Misbehaving, tmp_path: Path) -> None:
    """As long as it says, then it is asked again."""
    server.script(LAGGING, LAGGING, FINE)
    hand = Hand()
    assert _entities(server, tmp_path, *KNOWN, hand=hand) == KNOWN
    assert hand.waits == [5.0, 5.0]
    server.script(LAGGING)
    with pytest.raises(
        GatherError, match=r"the wiki says maxlag: Waiting for db1: 7\.2 seconds lagged\.; asked 4 times"
    ):
        _entities(server, tmp_path / "other", *KNOWN)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply(body='{"error": {"code": "unknown_action", "info": "No."}}'),
            "api.php: the wiki says unknown_action: No.",
        ),
        (Reply(body='{"error": 1}'), "the wiki says error: no more is said"),
        (Reply(body="[]"), "which cannot be read: no object; asked 4 times"),
        (Reply(body='{"entities": {"Q1": {"id": "Q1"}}}'), "which cannot be read: it does not speak of Q129259"),
        (Reply(body='{"entities": []}'), "which cannot be read: it does not speak of Q129259"),
    ],
)
def test_other_answers_are_told(server: Misbehaving, tmp_path: Path, reply: Reply, told: str) -> None:
    """An error of the API, and what is no answer of it."""
    server.script(reply)
    with pytest.raises(GatherError) as caught:
        _entities(server, tmp_path, *KNOWN)
    assert told in str(caught.value)


def test_fifty_are_asked_at_once(server: Misbehaving, tmp_path: Path) -> None:
    """More need more requests; a number that no entity can have needs none."""
    ids = [f"Q{number}" for number in range(1, 53)]
    told = [{one: {"id": one} for one in part} for part in (sorted(ids)[:50], sorted(ids)[50:])]
    server.script(*(Reply(body=json.dumps({"entities": one})) for one in told))
    found = _entities(server, tmp_path, *ids, "Q99999999999")
    assert [len(one.parameters["ids"].split("|")) for one in server.asked] == [50, 2]
    assert len(found) == 53
    assert not found["Q99999999999"].exists


def test_what_is_no_id_is_not_asked(server: Misbehaving, tmp_path: Path) -> None:
    """One wrong id would spoil the answer to the others."""
    server.script(FINE)
    with pytest.raises(ValueError, match=r"no id of an entity: 'Q1\|Q2'"):
        _entities(server, tmp_path, "Q1|Q2")
    assert server.asked == []


def test_a_redirect_is_known_by_its_origin() -> None:
    """Whichever of the two ids the answer files it under."""
    told = {"entities": {"Q42": {"id": "Q42", "redirects": {"from": "Q404", "to": "Q42"}}}}
    assert read_entities(told, ["Q404"]) == {"Q404": Entity("Q404", exists=True, target="Q42")}
