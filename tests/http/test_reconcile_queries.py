"""Tables are matched by the 0.2 API: batches by GET and POST, types, properties, limits, languages."""

from __future__ import annotations

import json

import pytest
from tests.reconciling import STABLE, batch, first
from tests.servers import Served

ORG = "http://www.w3.org/ns/org#"
ONTOLOGY = "https://w3id.org/mreze-gradova/ontology#"


def test_a_name_finds_its_thing(own: Served) -> None:
    """With id, name, classes, a score of at most 100 and what it is made of."""
    best = first(own, {"query": "Energy Cities"})
    assert (best["id"], best["name"], best["match"]) == ("organizations/energy-cities", "Energy Cities", True)
    assert 90 <= best["score"] <= 100
    assert {"id": ONTOLOGY + "Network", "name": "city network", "lang": "en"} in best["type"]
    assert all(set(one) == {"id", "value"} for one in best["features"])


def test_candidates_are_sorted_and_at_most_one_is_a_match(own: Served) -> None:
    """The best first; only that one can be certain."""
    found = batch(own, {"q0": {"query": "Historical Cities", "limit": 5}})["q0"]["result"]
    scores = [one["score"] for one in found]
    assert 0 < len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert not any(one["match"] for one in found[1:])


def test_every_query_of_a_batch_has_its_answer_under_its_key(own: Served) -> None:
    """Whatever the key is, also where nothing is found."""
    keys = {"q0": "ECAD", "": "ECAD", "ред 7": "Energy Cities", "0": "zzqqxxyyww"}
    found = batch(own, {key: {"query": name} for key, name in keys.items()})
    assert list(found) == list(keys)
    assert found["q0"] == found[""]
    assert found["ред 7"]["result"][0]["id"] == "organizations/energy-cities"
    assert found["0"]["result"] == []


def test_get_and_post_and_json_answer_alike(own: Served) -> None:
    """The specification wants the form; GET is for looking at, JSON for those who send nothing else."""
    queries = {"q0": {"query": "ECAD", "limit": 2}}
    expected = batch(own, queries)
    address = own.address + "reconcile"
    assert own.client.get(address, params={"queries": json.dumps(queries)}).json() == expected
    assert own.client.post(address, json={"queries": queries}).json() == expected
    assert own.client.post(address, json=queries).json() == expected
    assert own.client.post(address, params={"queries": json.dumps(queries)}, data={"limit": "1"}).json() == expected


def test_a_query_without_a_batch_is_answered_too(own: Served) -> None:
    """As clients asked before there were batches: a name with parameters, or an object."""
    address = own.address + "reconcile"
    plain = own.client.get(address, params={"query": "ECAD", "limit": "1"}).json()["result"]
    whole = own.client.get(address, params={"query": json.dumps({"query": "ECAD", "limit": 1})}).json()["result"]
    assert plain == whole == batch(own, {"q0": {"query": "ECAD", "limit": 1}})["q0"]["result"]
    assert len(plain) == 1


def test_an_id_is_a_query(own: Served) -> None:
    """Bare, as an IRI, or percent-encoded: always the thing itself, certain."""
    for query in ("organizations/ecad", own.base + "id/organizations/ecad", "organizations%2Fecad"):
        best = first(own, {"query": query})
        assert (best["id"], best["score"], best["match"]) == ("organizations/ecad", 100, True), query


def test_only_things_of_the_type_are_candidates(own: Served) -> None:
    """A class, several, or one above them; a prefixed name does as well."""
    for wanted in (ORG + "Organization", "org:Organization", [ORG + "Organization", ORG + "Membership"]):
        best = first(own, {"query": "ECAD", "type": wanted, "type_strict": "any"})
        assert best["id"] == "organizations/ecad"
    nothing = batch(own, {"q0": {"query": "organizations/ecad", "type": ORG + "Membership"}})["q0"]["result"]
    assert not [one for one in nothing if one["id"] == "organizations/ecad"]


def test_a_thing_can_be_wanted_of_all_types(own: Served) -> None:
    """type_strict is `all`: being of one of them is not enough."""
    types = [ORG + "Organization", ORG + "Membership"]
    assert batch(own, {"q0": {"query": "ECAD", "type": types, "type_strict": "all"}})["q0"]["result"] == []


def test_properties_weigh_in(own: Served) -> None:
    """A year that is right raises the score above that of one that is wrong; numbers and lists are values too."""
    scores = [
        first(own, {"query": "Energy Cities", "properties": [{"pid": "schema:foundingDate", "v": value}]})["score"]
        for value in ("1990", 1990, ["1815", "1990"], "1815")
    ]
    assert scores[0] == scores[1] == scores[2] > scores[3]


def test_a_thing_is_a_value(own: Served) -> None:
    """By its id, as clients send what they have matched before; a wrong one lowers the score."""

    def score(place: str) -> float:
        value = {"id": place, "name": "as it was matched"}
        found = first(
            own,
            {"query": "Stalna konferencija gradova i opština", "properties": [{"pid": f"{ONTOLOGY}seat", "v": value}]},
        )
        assert found["id"] == "organizations/skgo"
        return float(found["score"])

    assert score("places/belgrade") > score("places/nis")


def test_names_are_in_the_language_of_the_reader(own: Served) -> None:
    """By the address, by the query, by the header, in this order; and the answer says which it is."""
    names = {
        language: first(own, {"query": "skgo"}, accept_language=language)["name"]
        for language in ("en", "sr-Cyrl", "sr-Latn")
    }
    assert len(set(names.values())) == 3
    in_query = first(own, {"query": "skgo", "lang": "sr-Cyrl"}, accept_language="en")
    assert (in_query["name"], in_query["lang"]) == (names["sr-Cyrl"], "sr-Cyrl")
    found = batch(own, {"q0": {"query": "skgo"}}, "reconcile?lang=sr-latn", accept_language="en")["q0"]["result"]
    assert found[0]["name"] == names["sr-Latn"]


def test_a_name_in_no_language_of_the_reader_says_which_it_is_in(minimal: Served) -> None:
    """And a thing that was found by another of its names tells by which."""
    best = first(minimal, {"query": "Neue Brücke"}, accept_language="en")
    assert (best["id"], best["name"], best["lang"]) == ("bridges/new-bridge", "New Bridge", "en")
    assert "Neue Brücke" in best["description"]


def test_an_empty_cell_finds_nothing(own: Served) -> None:
    """It fails no batch."""
    found = batch(own, {"q0": {"query": " "}, "q1": {"query": "ECAD"}})
    assert found["q0"]["result"] == []
    assert found["q1"]["result"]


def test_properties_alone_find_things(own: Served) -> None:
    """What has the value, without any name."""
    found = batch(
        own, {"q0": {"type": ORG + "Organization", "properties": [{"pid": "schema:foundingDate", "v": "1990"}]}}
    )
    assert "organizations/energy-cities" in {one["id"] for one in found["q0"]["result"][:3]}


@pytest.mark.parametrize("count", [1, 1_000])
def test_a_batch_may_be_large(own: Served, count: int) -> None:
    """All of it is answered."""
    found = batch(own, {str(number): {"query": f"Energy Cities {number}", "limit": 1} for number in range(count)})
    assert len(found) == count


def test_an_answer_is_kept(own: Served) -> None:
    """It has a tag, and whoever has it gets it no more: a release does not change."""
    address, sent = own.address + "reconcile", {"queries": '{"q0": {"query": "ECAD"}}'}
    answer = own.client.get(address, params=sent)
    STABLE.hold("reconciliation-result-batch", answer.json())
    assert own.client.get(address, params=sent, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("value", ["", " \t", "\u00a0", [], ["", " "]])
def test_a_value_that_is_blank_is_as_if_not_given(own: Served, value: object) -> None:
    """Clients send empty cells so; it says nothing against anything."""
    query = {"query": "Ниш", "type": "https://schema.org/City"}
    plain = batch(own, {"q0": query})["q0"]
    assert plain["result"][0]["match"] is True
    blank = {"pid": "mg:country", "v": value}
    assert batch(own, {"q0": {**query, "properties": [blank]}})["q0"] == plain
    serbia = {"pid": "mg:country", "v": "RS"}
    both = batch(own, {"q0": {**query, "properties": [blank, serbia]}})["q0"]
    assert both == batch(own, {"q0": {**query, "properties": [serbia]}})["q0"]
    assert batch(own, {"q0": {"properties": [blank]}})["q0"]["result"] == []


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("Niš", "Republika Srbija"),
        ("Ниш", "Република Србија"),
        ("Nis", "Republic of Serbia"),
        ("Niš", "Serbia"),
        ("Niš", "SRB"),
        ("Istanbul", "Türkiye Cumhuriyeti"),
        ("Skopje", "Republic of North Macedonia"),
    ],
)
def test_a_country_is_meant_by_any_of_its_names(own: Served, query: str, country: str) -> None:
    """In the long form too, as a query would find it; another country is none."""
    asked = {"query": query, "type": "https://schema.org/City"}
    best = first(own, {**asked, "properties": [{"pid": "mg:country", "v": country}]})
    assert (best["match"], {one["id"].rpartition("#")[2]: one["value"] for one in best["features"]}["country"]) == (
        True,
        100,
    )
    other = first(own, {**asked, "properties": [{"pid": "mg:country", "v": "Kingdom of Spain"}]})
    assert not other["match"]


@pytest.mark.parametrize(
    ("coordinates", "match"), [("39.86,-4.02", True), ("POINT(-4.02 39.86)", True), ("41.66,-83.55", False)]
)
def test_a_city_that_is_a_member_lies_where_its_place_lies(own: Served, coordinates: str, match: bool) -> None:
    """Toledo in Spain is a member and Toledo in Ohio is not: coordinates tell, though an organization has none."""
    query = {
        "query": "Toledo",
        "type": "https://schema.org/GovernmentOrganization",
        "properties": [{"pid": "mg:coordinates", "v": coordinates}],
    }
    best = first(own, query)
    assert (best["id"], best["match"]) == ("cities/toledo", match)
    assert ONTOLOGY + "coordinates" in {one["id"] for one in best["features"]}
