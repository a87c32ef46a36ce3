"""What is said of things can be had in columns, in both versions of the API."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from tests.reconciling import DRAFT, STABLE, refused
from tests.servers import Served

MG = "https://w3id.org/mreze-gradova/ontology#"
ORG = "http://www.w3.org/ns/org#"
LATIN = {"accept-language": "sr-Latn"}
PATH = (
    "(^org:member|^org:organization/mg:evidence/^mg:evidence)/org:memberDuring/time:hasBeginning"
    "/(time:inXSDgYear|time:inXSDgYearMonth|time:inXSDDate)"
)
PREFIXES = f"PREFIX mg: <{MG}> PREFIX org: <{ORG}> PREFIX time: <http://www.w3.org/2006/time#> "


def _columns(*names: str, **settings: object) -> list[dict[str, object]]:
    return [{"id": name, **({"settings": settings} if settings else {})} for name in names]


def _extend(served: Served, ids: list[str], columns: list[dict[str, object]], **headers: str) -> Any:
    """The answer of 0.2; by GET it is the same."""
    query = {"ids": ids, "properties": columns}
    answer = served.client.post(served.address + "reconcile", data={"extend": json.dumps(query)}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    STABLE.hold("data-extension-query", query)
    again = served.client.get(served.address + "reconcile", params={"extend": json.dumps(query)}, headers=headers)
    assert again.content == answer.content
    return STABLE.hold("data-extension-response", answer.json())


def _values(served: Served, id_: str, name: str, **settings: object) -> list[Any]:
    found = _extend(served, [id_], _columns(name, **settings))["rows"][id_][name]
    assert isinstance(found, list)
    return found


def _draft(served: Served, query: object, **headers: str) -> httpx.Response:
    return served.client.post(served.address + "reconcile/1.0/extend", json=query, headers=headers)


def _propose(served: Served, path: str, **parameters: str) -> Any:
    return served.client.get(served.address + path, params=parameters).json()


def test_seat_country_founding_and_membership_can_be_had(own: Served) -> None:
    """Things by id and name, years as numbers, months as texts: as precise as they are known."""
    names = ["mg:seat", MG + "country", "schema:foundingDate", "mg:memberSince"]
    found = _extend(own, ["organizations/skgo", "organizations/grad-nis"], _columns(*names))
    assert [one["name"] for one in found["meta"]] == ["seat", "country", "founded", "member since"]
    assert found["meta"][0]["type"] == {"id": "https://schema.org/City", "name": "city"}
    network, city = found["rows"]["organizations/skgo"], found["rows"]["organizations/grad-nis"]
    assert network["mg:seat"] == [{"id": "places/belgrade", "name": "Belgrade"}]
    assert network[MG + "country"] == [{"id": "countries/serbia", "name": "Serbia"}]
    assert network["schema:foundingDate"] == [{"int": 1953}]
    assert {"str": "2007-05"} in city["mg:memberSince"]
    assert {"int": 2003} in city["mg:memberSince"]
    assert city["mg:seat"] == []


def test_names_are_in_the_language_of_the_reader(own: Served) -> None:
    """Those of properties and of things."""
    found = _extend(own, ["organizations/skgo"], _columns("mg:seat", "mg:memberSince"), **LATIN)
    assert [one["name"] for one in found["meta"]] == ["sedište", "član od"]
    assert found["rows"]["organizations/skgo"]["mg:seat"] == [{"id": "places/belgrade", "name": "Beograd"}]


@pytest.mark.parametrize(
    ("name", "path"), [("mg:memberSince", PATH), ("mg:coordinates", "mg:place?/geo:hasGeometry/geo:asWKT")]
)
def test_a_derived_property_has_the_values_that_its_path_leads_to(own: Served, name: str, path: str) -> None:
    """Of every thing exactly those that the SPARQL endpoint finds by the same path."""
    geo = "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
    query = f"{PREFIXES}{geo}SELECT DISTINCT ?thing ?value {{ ?thing {path} ?value }}"
    rows = own.query(query, "application/sparql-results+json").json()["results"]["bindings"]
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row["thing"]["value"].removeprefix(own.base + "id/"), set()).add(row["value"]["value"])
    assert len(wanted) > 20
    found = _extend(own, sorted(wanted), _columns(name))["rows"]
    told = {id_: {str(value) for one in row[name] for value in one.values()} for id_, row in found.items()}
    days = {id_: {one.removesuffix("T00:00:00Z") for one in values} for id_, values in told.items()}
    assert days == wanted


def test_a_network_tells_since_when_the_city_is_its_member(own: Served) -> None:
    """And not since when all its other members are, whose dates stand with them."""
    query = f"""{PREFIXES} SELECT ?network (COUNT(?date) AS ?dates) (SAMPLE(STR(?date)) AS ?since) {{
      ?membership org:member <{own.base}id/organizations/grad-nis> ; org:organization ?network .
      OPTIONAL {{ ?membership org:memberDuring/time:hasBeginning ?begin .
        ?begin time:inXSDgYear|time:inXSDgYearMonth|time:inXSDDate ?date }} }} GROUP BY ?network"""
    rows = own.query(query, "application/sparql-results+json").json()["results"]["bindings"]
    wanted = {
        row["network"]["value"].removeprefix(own.base + "id/"): [row["since"]["value"]] if "since" in row else []
        for row in rows
    }
    assert len(wanted) == 8
    assert ["2007-05"] in wanted.values()
    found = _extend(own, sorted(wanted), _columns("mg:memberSince"))["rows"]
    told = {
        id_: [str(value).removesuffix("T00:00:00Z") for one in row["mg:memberSince"] for value in one.values()]
        for id_, row in found.items()
    }
    assert told == wanted


def test_ids_are_read_however_they_come(own: Served) -> None:
    """Plain, percent-encoded once or twice, as an IRI; the row has the name that was sent."""
    ids = ["organizations/ecad", "organizations%2Fecad", "organizations%252Fecad", own.base + "id/organizations/ecad"]
    rows = _extend(own, ids, _columns("mg:seat"))["rows"]
    assert list(rows) == ids
    assert list(rows.values()) == [{"mg:seat": [{"id": "places/stockholm", "name": "Stockholm"}]}] * 4


def test_what_nobody_knows_has_no_values(own: Served) -> None:
    """An id of nothing, nothing at all, a part of a thing, a thing elsewhere: a row of nothing for each."""
    ids = ["organizations/nobody", "", "places/nis#point", "http://example.org/<>", "../../etc/passwd", "\u0000"]
    rows = _extend(own, ids, _columns("mg:seat", "rdfs:label"))["rows"]
    assert rows == {one: {"mg:seat": [], "rdfs:label": []} for one in ids}


def test_settings_say_how_values_are_wanted(own: Served) -> None:
    """Limit, language, things by name or IRI, points as people write them, only their number."""
    lhc = "organizations/lhc"
    assert _values(own, "places/nis", "mg:coordinates") == [{"str": "POINT(21.90333 43.32472)"}]
    assert _values(own, "places/nis", "mg:coordinates", coordinates="latlong") == [{"str": "43.32472,21.90333"}]
    assert _values(own, lhc, "mg:country", content="names") == [{"str": "Japan"}]
    assert _values(own, lhc, "mg:country", content="names", language="sr-latn") == [{"str": "Japan"}]
    assert _values(own, lhc, "mg:country", content="names", language="sr-cyrl") == [{"str": "Јапан"}]
    assert _values(own, lhc, "mg:country", content="iris") == [{"str": own.base + "id/countries/japan"}]
    assert _values(own, lhc, "rdfs:label") == [{"str": "League of Historical Cities"}]
    assert len(_values(own, lhc, "rdfs:label", language="all")) == 3
    assert _values(own, lhc, "rdfs:label", count=True) == [{"int": 3}]
    since = _values(own, "organizations/grad-nis", "mg:memberSince")
    for limit in (1, "1", 1.0):
        assert _values(own, "organizations/grad-nis", "mg:memberSince", limit=limit) == since[:1]
    assert _values(own, "organizations/grad-nis", "mg:memberSince", limit="0") == since


def test_the_manifests_declare_the_settings(own: Served) -> None:
    """What the declared defaults give is what one gets without settings; in the reader's language."""
    stable = own.get("reconcile", accept_language="sr-Latn").json()["extend"]
    draft = own.get("reconcile/1.0/", accept_language="sr-Latn").json()["extend"]
    defaults = {one["name"]: one["default"] for one in stable["property_settings"]}
    assert [one["id"] for one in draft["propertySettings"]] == list(defaults)
    assert [one["label"] for one in stable["property_settings"]] == [one["name"] for one in draft["propertySettings"]]
    assert "Ograničenje" in {one["label"] for one in stable["property_settings"]}
    for id_, name in (("organizations/lhc", "rdfs:label"), ("places/nis", "mg:coordinates")):
        assert _values(own, id_, name, **defaults) == _values(own, id_, name) != []
    for one in stable["property_settings"]:
        for choice in one.get("choices", []):
            _values(own, "places/nis", "mg:country", **{one["name"]: choice["value"]})


def test_texts_of_the_draft_tell_their_language(own: Served) -> None:
    """Names of things and properties too; the rows are a list, and a property may come twice."""
    columns = [*_columns("mg:country"), *_columns("rdfs:label", language="sr-cyrl"), *_columns("rdfs:label")]
    query = DRAFT.hold("data-extension-query", {"ids": ["organizations/lhc", "x"], "properties": columns})
    answer = _draft(own, query)
    found = DRAFT.hold("data-extension-response", answer.json())
    assert found["meta"][0] == {
        "id": "mg:country", "name": "country", "lang": "en",
        "type": {"id": "https://schema.org/Country", "name": "country"},
    }  # fmt: skip
    row, nobody = found["rows"]
    assert (row["id"], nobody["id"]) == ("organizations/lhc", "x")
    assert [one["values"] for one in row["properties"]] == [
        [{"id": "countries/japan", "name": "Japan", "lang": "en"}],
        [{"str": "Лига историјских градова", "lang": "sr-Cyrl"}],
        [{"str": "League of Historical Cities", "lang": "en"}],
    ]
    assert [one["values"] for one in nobody["properties"]] == [[], [], []]


def test_an_old_script_gets_its_answer_in_a_call(own: Served) -> None:
    """JSONP, as 0.2 has it."""
    query = json.dumps({"ids": ["places/nis"], "properties": [{"id": "mg:country"}]})
    answer = own.client.get(own.address + "reconcile", params={"extend": query, "callback": "done"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    found = json.loads(answer.text.removeprefix("/**/done(").removesuffix(");\n"))
    assert STABLE.hold("data-extension-response", found)["rows"]


def test_properties_are_proposed_for_a_class(own: Served) -> None:
    """The most used first, derived ones among them, as many as were asked for; in both versions."""
    for schemas, path in ((STABLE, "reconcile/properties"), (DRAFT, "reconcile/1.0/extend/propose")):
        found = _propose(own, path, type=ORG + "Membership")
        assert schemas.hold("data-extension-property-proposal", found)["type"] == ORG + "Membership"
        ids = [one["id"] for one in found["properties"]]
        assert {ORG + "member", ORG + "organization"} < set(ids)
        assert MG + "seat" not in ids
        few = _propose(own, path, type="org:Membership", limit="2", lang="sr-latn")
        assert schemas.hold("data-extension-property-proposal", few)["limit"] == 2
        assert [one["id"] for one in few["properties"]] == ids[:2]
        assert few["properties"][0]["name"] != found["properties"][0]["name"]
        organization = [one["id"] for one in _propose(own, path, type="org:Organization")["properties"]]
        assert MG + "memberSince" in organization
        assert organization.index(MG + "country") < organization.index("http://www.w3.org/2000/01/rdf-schema#label")
        assert {MG + "seat", MG + "coordinates"} < {one["id"] for one in _propose(own, path)["properties"]}


def test_a_superclass_has_the_properties_of_its_subclasses(minimal: Served) -> None:
    """A bridge is a place, though no thing is said to be a place only."""
    for name in ("ex:Bridge", "schema:Place"):
        found = minimal.get(f"reconcile/properties?type={name}").json()["properties"]
        assert minimal.base + "ontology#opened" in {one["id"] for one in found}


BAD = {
    "{": "is not JSON",
    "[]": "extend has to be an object",
    '{"ids": ["places/nis"]}': "extend has no `properties`",
    '{"ids": "places/nis", "properties": []}': "extend.ids has to be an array",
    '{"ids": [7], "properties": []}': "extend.ids[0] has to be a string",
    '{"ids": [], "properties": [{}]}': "extend.properties[0] has no `id`",
    '{"ids": [], "properties": ["mg:seat"]}': "extend.properties[0] has to be an object",
    '{"ids": [], "properties": [{"id": "mg:seta"}]}': MG + "seat",
    '{"ids": [], "properties": [{"id": "mg:seat"}, {"id": "mg:seat"}]}': "twice",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": {"limit": -1}}]}': "settings.limit",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": {"limit": "many"}}]}': "settings.limit",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": {"content": "x"}}]}': "'names'",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": {"color": "red"}}]}': "coordinates",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": {"count": "perhaps"}}]}': "settings.count",
    '{"ids": [], "properties": [{"id": "mg:seat", "settings": []}]}': "settings has to be an object",
}


@pytest.mark.parametrize("query", BAD)
def test_a_bad_query_is_told_what_is_wrong(own: Served, query: str) -> None:
    """With the place; by the same rules in the draft, where only a property may come twice."""
    answer = own.client.post(own.address + "reconcile", data={"extend": query})
    assert BAD[query] in refused(answer, 400)
    draft = own.client.post(
        own.address + "reconcile/1.0/extend", content=query, headers={"content-type": "application/json"}
    )
    if BAD[query] == "twice":
        assert draft.status_code == 200
    else:
        assert refused(draft, 400)


def test_what_is_too_much_is_refused(own: Served) -> None:
    """The error names the limit, and the server goes on."""
    many = {"ids": [f"x{number}" for number in range(10_001)], "properties": _columns("mg:seat")}
    answer = own.client.post(own.address + "reconcile", data={"extend": json.dumps(many)})
    assert "10,000 cells" in refused(answer, 413)
    assert "10,000 cells" in refused(_draft(own, many), 413)
    assert _values(own, "organizations/ecad", "mg:seat")


def test_an_unknown_class_proposes_nothing(own: Served) -> None:
    """It is an error that names what is near; so is a limit that is none."""
    assert ORG + "Organization" in refused(own.get("reconcile/properties?type=org:Organisation"), 400)
    assert "limit" in refused(own.get("reconcile/properties?limit=0"), 400)
    assert "twice" in refused(own.get("reconcile/properties?type=org:Role&type=org:Role"), 400)
