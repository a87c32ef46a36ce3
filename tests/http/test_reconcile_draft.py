"""Tables are matched by the draft of 1.0: conditions on names, ids and properties, with quantifiers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.reconciling import batch, matches, refused
from tests.servers import Served

ORG = "http://www.w3.org/ns/org#"


def _named(value: object, **others: object) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": value, **others}


def _ids(candidates: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in candidates]


def test_queries_are_answered_in_their_order(own: Served) -> None:
    """Each with its candidates; what is not found has none."""
    queries = [{"conditions": [_named(name)]} for name in ("ECAD", "zzqqxxyyww", "Energy Cities")]
    found = matches(own, queries)
    assert found[0][0]["id"] == "organizations/ecad"
    assert found[1] == []
    assert found[2][0]["match"] is True
    assert 0 <= found[2][0]["score"] <= 100
    assert all(one["name"] for one in found[2][0]["features"])


def test_a_type_and_a_limit_narrow_it(own: Served) -> None:
    """As in the other version."""
    [found] = matches(own, [{"type": ORG + "Organization", "limit": 1, "conditions": [_named("Cities")]}])
    assert len(found) == 1


def test_an_id_is_a_condition(own: Served) -> None:
    """Of a thing of the site, and of nothing else."""
    by_id = {"matchType": "id", "propertyValue": "organizations/ecad"}
    [found, nothing] = matches(own, [{"conditions": [by_id]}, {"conditions": [{**by_id, "propertyValue": "ECAD"}]}])
    assert (_ids(found), found[0]["match"]) == (["organizations/ecad"], True)
    assert nothing == []


def test_one_of_several_names_is_enough(own: Served) -> None:
    """Or all are wanted, or the thing must not be called so."""
    names = ["Energy Cities", "ECAD"]
    either, both, other = matches(
        own,
        [
            {"conditions": [_named(names)]},
            {"conditions": [_named(names, matchQuantifier="all", required=True)]},
            {"conditions": [_named("Cities"), _named("Energy Cities", matchQuantifier="none", required=True)]},
        ],
    )
    assert set(_ids(either)[:2]) == {"organizations/energy-cities", "organizations/ecad"}
    assert not any(one["match"] for one in either)
    assert not set(_ids(both)) & {"organizations/energy-cities", "organizations/ecad"}
    assert other
    assert "organizations/energy-cities" not in _ids(other)


def test_a_property_that_is_required_filters(own: Served) -> None:
    """One that is not only weighs."""

    def asked(required: bool) -> dict[str, Any]:
        founded = {"matchType": "property", "propertyId": "schema:foundingDate", "propertyValue": "1815"}
        return {"conditions": [_named("Energy Cities"), {**founded, "required": required}]}

    weighed, filtered = matches(own, [asked(False), asked(True)])
    assert weighed[0]["id"] == "organizations/energy-cities"
    assert "organizations/energy-cities" not in _ids(filtered)


def test_names_are_in_the_language_of_the_query(own: Served) -> None:
    """Which is what its words are in; a condition may be in another."""
    query = {"lang": "sr-Cyrl", "dir": "ltr", "conditions": [_named("SKGO", lang="sr-Latn")]}
    [found] = matches(own, [query], accept_language="en")
    assert found[0]["lang"] == "sr-Cyrl"
    nested = [*found[0]["type"], *found[0]["features"]]  # would be taken to be in the language of the candidate
    assert {one["lang"] for one in nested} == {"sr-Cyrl"}


@pytest.mark.parametrize("value", ["", " ", [], ["", "\t"]])
def test_a_value_that_is_blank_is_as_if_not_given(own: Served, value: object) -> None:
    """Also where it is required."""
    blank = {"matchType": "property", "propertyId": "mg:country", "propertyValue": value, "required": True}
    query = {"type": "https://schema.org/City", "conditions": [_named("Ниш")]}
    plain, given, nothing = matches(
        own, [query, {**query, "conditions": [*query["conditions"], blank]}, {"conditions": [blank]}]
    )
    assert plain[0]["match"] is True
    assert given == plain
    assert nothing == []


def test_what_is_called_but_one_of_all_is_no_candidate(own: Served) -> None:
    """No candidate has less than the least score."""
    [found] = matches(own, [{"conditions": [_named(["Niš", "Beograd"], matchQuantifier="all")]}])
    assert [one for one in found if one["score"] < 50] == []


def test_what_is_null_is_not_there(own: Served) -> None:
    """Clients write out all members that they know; it is so in 0.2 too, and what has to be there is still missed."""
    said = _named("Energy Cities")
    nothing = dict.fromkeys(("type", "limit", "lang", "dir"))
    empty = dict.fromkeys(("propertyId", "required", "matchQuantifier", "matchQualifier", "lang", "dir"))
    query = {"queries": [{**nothing, "conditions": [{**said, **empty}]}]}
    answer = own.client.post(own.address + "reconcile/1.0/match", json=query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"][0]["candidates"] == matches(own, [{"conditions": [said]}])[0]
    missing = {"queries": [{"conditions": [{"matchType": None, "propertyValue": "a"}]}]}
    assert "matchType" in refused(own.client.post(own.address + "reconcile/1.0/match", json=missing), 400)
    name = {"query": "Energy Cities"}
    old = {**dict.fromkeys(("type", "type_strict", "limit", "properties", "lang")), **name}
    answer = own.client.post(own.address + "reconcile", data={"queries": json.dumps({"q": old})})
    assert answer.status_code == 200, answer.text
    assert answer.json() == batch(own, {"q": name})
