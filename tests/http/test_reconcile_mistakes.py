"""Who asks the reconciliation service wrongly is told what is wrong and where; nobody else notices."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import httpx
import pytest
from tests.reconciling import batch, refused
from tests.servers import Served

ORG = "http://www.w3.org/ns/org#"


def _sent(served: Served, queries: str) -> httpx.Response:
    return served.client.post(served.address + "reconcile", data={"queries": queries})


def _query(**members: object) -> str:
    return json.dumps({"q0": members})


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        ('{"q0": {"query": "a"}', "queries is not JSON: Expecting ',' delimiter at line 1, column 22."),
        ("", "queries is not JSON: Expecting value at line 1, column 1."),
        ("[" * 100_000, "queries is nested too deeply."),
        ('{"q0": ' * 5_000, "queries is nested too deeply."),
        ('{"q0": {"query": NaN}}', "NaN is no value"),
        ('{"q0": {"query": "a", "limit": -Infinity}}', "-Infinity is no value"),
        ('{"q0": {"query": "a", "limit": %s}}' % ("9" * 5_000), "queries is not JSON as it is read here"),
        ('{"q0": {"query": "a"}, "q0": {"query": "b"}}', "the member 'q0' comes twice"),
        ('{"q0": {"query": "a\\ud800"}}', "q0.query has half a character, \\ud800, at 2."),
        ('{"\\ud800": {"query": "a"}}', "a key of queries has half a character"),
        ("[]", "queries has to be an object of queries by their keys; it is an array."),
        ('"a"', "queries has to be an object of queries by their keys; it is a string"),
        ('{"q0": "a"}', 'q0 has to be an object; it is a string, "a".'),
        ('{"q0": {}}', "q0 asks for nothing: it has neither `query` nor `properties`."),
        (_query(properties=[]), "q0 asks for nothing"),
        (_query(query=7), "q0.query has to be a string; it is a number, 7."),
        (_query(query=None), "q0.query has to be a string; it is null."),
        (_query(query="a", limt=3), "q0 has no member 'limt'. It can have query, type,"),
        (_query(query="a", limit=0), "q0.limit has to be a positive integer; it is a number, 0."),
        (_query(query="a", limit=-1), "q0.limit has to be a positive integer; it is a number, -1."),
        (_query(query="a", limit=1.5), "q0.limit has to be a positive integer; it is a number, 1.5."),
        (_query(query="a", limit=True), "q0.limit has to be a positive integer; it is a boolean, true."),
        (_query(query="a", limit="x"), 'q0.limit has to be a positive integer; it is a string, "x".'),
        (_query(query="a", type_strict="most"), "q0.type_strict has to be one of any, should, all"),
        (_query(query="a", type={"id": ORG}), "q0.type has to be a string; it is an object."),
        (_query(query="a", type=["org:Organization", 3]), "q0.type[1] has to be a string; it is a number, 3."),
        (_query(query="a", properties={}), "q0.properties has to be an array; it is an object."),
        (_query(query="a", properties=[{"v": 1}]), "q0.properties[0] has no `pid`."),
        (_query(query="a", properties=[{"pid": "org:memberOf"}]), "q0.properties[0] has no `v`."),
        (
            _query(query="a", properties=[{"pid": "org:memberOf", "v": None}]),
            "q0.properties[0].v has to be a string, a",
        ),
        (_query(query="a", properties=[{"pid": "org:memberOf", "v": [[]]}]), "q0.properties[0].v[0] has to be"),
        (
            _query(query="a", properties=[{"pid": "org:memberOf", "v": {}}]),
            "q0.properties[0].v is an object without an",
        ),
        ('{"q0": {"properties": [{"pid": "org:memberOf", "v": 1e999}]}}', "q0.properties[0].v has to be a number that"),
    ],
)
def test_a_batch_that_cannot_be_read(own: Served, queries: str, told: str) -> None:
    """The error names the query, the member and what it has to be."""
    assert told in refused(_sent(own, queries), 400)


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        (json.dumps({str(one): {"query": "a"} for one in range(10_000)}), "has 10,000 queries; it may have 1,000."),
        (_query(query="a" * 100_000), "q0.query has 100,000 characters; it may have 10,000."),
        (_query(query="a", properties=[{"pid": "org:memberOf", "v": "a" * 100_000}]), "q0.properties[0].v has 100,000"),
        (_query(query="a", properties=[{"pid": "org:memberOf", "v": ["a"] * 101}]), "has 101 values; it may have 100"),
        (
            _query(query="a", properties=[{"pid": "org:memberOf", "v": "a"}] * 101),
            "has 101 properties; it may have 100",
        ),
        (_query(query="a", type=["org:Organization"] * 101), "q0.type has 101 types; it may have 100"),
    ],
)
def test_a_batch_that_is_too_large(own: Served, queries: str, told: str) -> None:
    """The error names the limit (specification of 0.2, section 3.1: 413)."""
    assert told in refused(_sent(own, queries), 413)


def test_a_long_name_within_the_limit_is_answered(own: Served) -> None:
    """A paragraph that stands in a cell finds nothing, and takes no time."""
    started = time.monotonic()
    found = batch(own, {str(one): {"query": "Niš и околина, " * 600} for one in range(20)})
    assert len(found) == 20
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"type": ORG + "Organisation"}, f"q0.type: there is no type '{ORG}Organisation' here. Near to it: <{ORG}Org"),
        ({"type": "http://schema.org/Organization"}, "Near to it: <https://schema.org/Organization>"),
        ({"type": "zzz"}, "reconcile/suggest/type tells which there are."),
        ({"properties": [{"pid": "schema:foundingdate", "v": "1990"}]}, "<https://schema.org/foundingDate>"),
        ({"properties": [{"pid": "P17", "v": "1990"}]}, "q0.properties[0].pid: there is no property 'P17' here."),
    ],
)
def test_a_name_that_nobody_knows(own: Served, members: dict[str, object], told: str) -> None:
    """Of a class or a property: the error names it, and what is near to it."""
    assert told in refused(_sent(own, _query(query="a", **members)), 400)


def test_a_limit_may_be_anything_that_is_a_number_of_things(own: Served) -> None:
    """Written as other languages write it, and however large: more than 100 are never given."""
    for limit in (1, 1.0, "1"):
        assert len(batch(own, {"q0": {"query": "grad", "limit": limit}})["q0"]["result"]) == 1
    assert 1 < len(batch(own, {"q0": {"query": "city", "limit": 1e9}})["q0"]["result"]) <= 100


@pytest.mark.parametrize("name", ["queries", "extend", "callback", "lang"])
def test_a_parameter_comes_once(minimal: Served, name: str) -> None:
    """In the address, in the form, or in both."""
    address = f"{minimal.address}reconcile?{name}=%7B%7D"
    assert f"{name} comes twice" in refused(minimal.client.get(f"{address}&{name}=%7B%7D"), 400)
    assert f"{name} comes twice" in refused(minimal.client.post(address, data={name: "{}"}), 400)


def test_one_thing_is_asked_at_once(minimal: Served) -> None:
    """Two are not answered by halves."""
    both = {"queries": "{}", "extend": "{}"}
    assert "not queries and extend" in refused(minimal.client.post(minimal.address + "reconcile", data=both), 400)


def test_a_body_is_what_it_is_said_to_be(minimal: Served) -> None:
    """A form or JSON, in UTF-8, not packed."""
    address, content = minimal.address + "reconcile", b"queries=%7B%7D"
    post = minimal.client.post
    form = "application/x-www-form-urlencoded"
    assert form in refused(post(address, content=content, headers={"content-type": "text/plain"}), 415)
    assert form in refused(post(address, content=content), 415)
    latin = post(address, content=content, headers={"content-type": f"{form}; charset=latin-1"})
    assert "UTF-8" in refused(latin, 415)
    packed = post(address, content=content, headers={"content-type": form, "content-encoding": "gzip"})
    assert packed.status_code == 415
    assert "UTF-8" in refused(post(address, content=b"\xff", headers={"content-type": "application/json"}), 400)
    assert "cannot be read" in refused(post(address, content=b"queries=%ff", headers={"content-type": form}), 400)
    assert "Nothing is asked" in refused(post(address, content=b"", headers={"content-type": form}), 400)
    assert post(address, content=content, headers={"content-type": f"{form}; charset=UTF-8"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], "the body has to be an object; it is an array."),
        ({}, "The body has no `queries`."),
        ({"queries": {}}, "queries has to be an array; it is an object."),
        ({"queries": [{}]}, "queries[0] asks for nothing: it has no `conditions`."),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "conditions[0] has no `propertyValue`."),
        ({"queries": [{"conditions": [{"propertyValue": "a"}]}]}, "conditions[0] has no `matchType`."),
        (
            {"queries": [{"conditions": [{"matchType": "label", "propertyValue": "a"}]}]},
            'queries[0].conditions[0].matchType has to be one of name, id, property; it is a string, "label".',
        ),
        (
            {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "a"}]}]},
            "is a condition on a property and has no `propertyId`.",
        ),
        (
            {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a", "matchQualifier": "exact"}]}]},
            "matchQualifier: there is none that this service knows.",
        ),
        (
            {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a", "required": "yes"}]}]},
            'required has to be a boolean; it is a string, "yes".',
        ),
        ({"queries": [{"query": "a"}]}, "queries[0] has no member 'query'."),
        (
            {"queries": [{"type": ["org:Role"], "conditions": [{"matchType": "name", "propertyValue": "a"}]}]},
            "queries[0].type has to be a string; it is an array.",
        ),
    ],
)
def test_a_batch_of_the_draft_that_cannot_be_read(own: Served, body: object, told: str) -> None:
    """Likewise."""
    assert told in refused(own.client.post(own.address + "reconcile/1.0/match", json=body), 400)


def test_the_match_service_takes_json_by_post(own: Served) -> None:
    """Nothing else."""
    address = own.address + "reconcile/1.0/match"
    answer = own.client.get(address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "OPTIONS, POST")
    assert "application/json" in refused(own.client.post(address, data={"queries": "[]"}), 415)
    large = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a"}]}] * 1_001}
    assert "it may have 1,000" in refused(own.client.post(address, json=large), 413)


def test_others_are_answered_meanwhile(own: Served) -> None:
    """While a large batch is worked on, a page comes as fast as always."""
    queries: dict[str, Any] = {str(one): {"query": f"Grad {one} Energy", "limit": 100} for one in range(1_000)}
    answers: list[httpx.Response] = []

    def ask() -> None:
        sent = {"queries": json.dumps(queries)}
        answers.append(httpx.post(own.address + "reconcile", data=sent, timeout=120))

    thread = threading.Thread(target=ask)
    thread.start()
    slowest = 0.0
    while thread.is_alive():
        started = time.monotonic()
        assert own.get("healthz").status_code == 200
        slowest = max(slowest, time.monotonic() - started)
        time.sleep(0.01)
    thread.join()
    assert [one.status_code for one in answers] == [200]
    assert slowest < 1
