"""Reconciliation services are asked for candidates: our own, and others that lack this or that."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MINIMAL
from tests.engine.gather.clocks import TERMS, Hand, settings
from tests.servers import built, serving
from tests.wikidata import GARBAGE, HTML_PAGE, Misbehaving, Reply, misbehaving

from mreze.errors import GatherError
from mreze.gather.authorities import WIKIDATA
from mreze.gather.model import Thing
from mreze.gather.reconciliation import Proposed, Service
from mreze.gather.session import gathering
from mreze.matching.model import Label
from mreze.progress import unwatched

WD = "http://www.wikidata.org/entity/"
BRIDGE = Thing("https://site.example/id/a", (Label("Old Bridge", "en"), Label("Стари мост", "sr-cyrl")), ())
ORGANIZATION = Thing(
    "https://site.example/id/b", (Label("Energy Cities", "en"),), ("https://site.example/o#City",),
    (f"{WD}Q43229",), ("https://site.example/id/france", f"{WD}Q142"), homepages=("https://energy-cities.eu/",),
)  # fmt: skip
MANIFEST = {
    "versions": ["0.1", "0.2"],
    "name": "A",
    "identifierSpace": WD,
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "batchSize": 1,
}


def _find(address: str, folder: Path, *things: Thing) -> Proposed:
    chosen = replace(settings(folder), terms=replace(TERMS, retries=1))
    with gathering(chosen, "test", Hand().clock) as session:
        return Service(session.web, address, WIKIDATA, unwatched).find(things, 3)


def _reply(content: object) -> Reply:
    return Reply(body=json.dumps(content))


def _result(*candidates: dict[str, Any]) -> Reply:
    return _reply({"q0": {"result": list(candidates)}})


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    """A server that does what a test tells it."""
    with misbehaving() as one:
        yield one


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Our own service of another site, whose things have links to Wikidata, in both directions that sites use."""
    folder = tmp_path_factory.mktemp("bridges")
    shutil.copytree(MINIMAL, folder / "site")
    path = folder / "site" / "data" / "crossings" / "bridges" / "old-bridge.ttl"
    text = path.read_text("utf-8").replace(
        "@prefix rdf:", "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdf:"
    )
    text = text.replace("    rdfs:label", f"    owl:sameAs <{WD}Q900000301> ;\n    rdfs:label", 1)
    path.write_text(text, "utf-8")
    with serving(built(folder / "site", folder / "out"), "--workers", "2") as served:
        yield served.address + "reconcile"


def test_our_own_service_is_asked_for_the_links_of_what_it_finds(bridges: str, tmp_path: Path) -> None:
    """What another site calls the same is the candidate; a thing of it without a link is counted."""
    new = replace(BRIDGE, iri="https://site.example/id/new", labels=(Label("New Bridge", "en"),))
    found = _find(bridges, tmp_path, BRIDGE, new)
    assert set(found.candidates[BRIDGE.iri]) == {f"{WD}Q900000301"}
    assert found.candidates[BRIDGE.iri][f"{WD}Q900000301"].name == "Old Bridge"
    assert list(found.untranslated) == ["no link to Wikidata"]
    assert found.untranslated["no link to Wikidata"] >= 1


def test_what_is_asked_is_what_the_api_says(server: Misbehaving, tmp_path: Path) -> None:
    """A batch is a form with a JSON object; Wikidata's service is told type, country and home page."""
    server.script(_reply(MANIFEST), _result({"id": "Q5", "name": "Energy Cities", "score": 87.5, "type": []}))
    found = _find(server.address, tmp_path, ORGANIZATION)
    assert [one.method for one in server.asked] == ["GET", "POST"]
    assert json.loads(server.asked[1].parameters["queries"]) == {
        "q0": {
            "query": "Energy Cities",
            "limit": 3,
            "type": "Q43229",
            "properties": [{"pid": "P17", "v": {"id": "Q142"}}, {"pid": "P856", "v": "https://energy-cities.eu/"}],
        }
    }
    assert found.candidates[ORGANIZATION.iri][f"{WD}Q5"].score == 87.5
    assert not found.untranslated


def test_batches_are_as_large_as_the_service_takes(server: Misbehaving, tmp_path: Path) -> None:
    """With a batchSize of 1, each name is a request of its own; the best score of an item counts."""
    one, other = ({"id": f"{WD}Q5", "name": "x", "score": score} for score in (20, 60))
    server.script(_reply(MANIFEST), _result(one), _result(other))
    found = _find(server.address, tmp_path, BRIDGE)
    assert [list(json.loads(each.parameters["queries"])) for each in server.asked[1:]] == [["q0"], ["q0"]]
    assert found.candidates[BRIDGE.iri][f"{WD}Q5"].score == 60


OTHER = MANIFEST | {"identifierSpace": "https://other.example/id/", "schemaSpace": "https://other.example/o#"}
FOUND = _result({"id": "x/1", "name": "X", "score": 1}, {"id": "x/2", "name": "Y", "score": None})
LINKS = {
    "meta": [],
    "rows": {
        "x/1": {"p": [{"str": "https://www.wikidata.org/wiki/Q7"}, {"id": "https://elsewhere.example/1"}, 5]},
        "x/2": {"p": []},
    },
}
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
KNOWING = _reply({"properties": [{"id": SAME_AS}]})
EXTENDING = OTHER | {"extend": {}}
PROPOSING = "propose"


@pytest.mark.parametrize(
    ("replies", "items", "untranslated"),
    [
        ([_reply(OTHER), FOUND, FOUND], set(), {"the service has no data extension": 2}),
        ([_reply(EXTENDING), FOUND, FOUND, _reply(LINKS)], {"Q7"}, {"no link to Wikidata": 1}),
        (
            [_reply(EXTENDING | {"extend": {"propose_properties": {}}}), FOUND, FOUND, _reply(LINKS)],
            {"Q7"},
            {"no link to Wikidata": 1},
        ),
        (
            [_reply(OTHER | {"extend": PROPOSING}), FOUND, FOUND, KNOWING, _reply(LINKS)],
            {"Q7"},
            {"no link to Wikidata": 1},
        ),
        (
            [_reply(EXTENDING | {"extend": PROPOSING}), FOUND, FOUND, _reply({"properties": [{"id": "size"}]})],
            set(),
            {"the service knows no property for links": 2},
        ),
    ],
)  # fmt: skip
def test_a_service_that_lacks_something(
    server: Misbehaving, tmp_path: Path, replies: list[Reply], items: set[str], untranslated: dict[str, int]
) -> None:
    """Links are asked for where the service has data extension, and what cannot be translated is counted."""
    proposing = {"propose_properties": {"service_url": server.address[:-1], "service_path": "/properties"}}
    content = json.loads(str(replies[0].body))
    content["extend"] = proposing if content.get("extend") == PROPOSING else content.get("extend")
    server.script(_reply(content), *replies[1:])
    found = _find(server.address, tmp_path, BRIDGE)
    assert set(found.candidates.get(BRIDGE.iri, {})) == {WD + one for one in items}
    assert dict(found.untranslated) == untranslated


def test_a_refused_extension_is_told(server: Misbehaving, tmp_path: Path) -> None:
    """A service that does not take the question is told of with the number of things that are lost by it."""
    server.script(_reply(EXTENDING), FOUND, FOUND, Reply(400, "unknown property"))
    (reason,) = _find(server.address, tmp_path, BRIDGE).untranslated
    assert reason.startswith("its data extension refuses: ")
    assert "400" in reason


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        ([HTML_PAGE], "HTML page"),
        ([GARBAGE], "127.0.0.1"),
        ([_reply({"name": "no manifest"})], "no identifierSpace"),
        ([_reply([1])], "the manifest is no JSON object but [1]"),
        ([_reply(MANIFEST | {"versions": ["1.0-draft"]})], "speaks version 1.0-draft of the API, mreze 0.2"),
        ([_reply(MANIFEST), _reply({"q1": {"result": []}})], "no result for q0"),
        ([_reply(MANIFEST), _reply({"q0": {"error": "no"}})], 'no result for q0 but {"error": "no"}'),
        ([_reply(MANIFEST), _result({"name": "nothing but a name"})], "a candidate of q0 has no id"),
        ([_reply(MANIFEST), Reply(body="[" * 100_000)], "nested too deeply"),
        ([_reply(EXTENDING), FOUND, FOUND, Reply(500, "trouble")], "answered 500"),
        ([_reply(EXTENDING), FOUND, FOUND, GARBAGE], "cannot be read"),
    ],
)
def test_what_is_no_answer_is_an_error(server: Misbehaving, tmp_path: Path, replies: list[Reply], told: str) -> None:
    """Whatever comes in the place of an answer is told, with the address; nothing of it is taken."""
    server.script(*replies)
    with pytest.raises(GatherError) as error:
        _find(server.address, tmp_path, BRIDGE)
    assert told in str(error.value)
    assert server.address in str(error.value)
