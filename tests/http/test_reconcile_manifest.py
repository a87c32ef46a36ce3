"""The reconciliation service describes itself in both versions of the API, and what it names is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.pushed import LOCATIONS
from tests.reconciling import DRAFT, STABLE, first
from tests.servers import Served, serving


def _manifest(served: Served, path: str = "reconcile", **headers: str) -> Any:
    answer = served.get(path, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    schemas = DRAFT if "1.0" in path else STABLE
    return schemas.hold("manifest", answer.json())


def test_both_manifests_are_as_their_schemas_say(minimal: Served, own: Served) -> None:
    """Each at its own address; the one of the draft with and without the slash at its end."""
    for served in (minimal, own):
        stable, draft = _manifest(served), _manifest(served, "reconcile/1.0/")
        assert (stable, draft) == (_manifest(served, "reconcile/"), _manifest(served, "reconcile/1.0"))
        assert (stable["versions"], draft["versions"]) == (["0.2"], ["1.0-draft"])
        assert stable["identifierSpace"] == served.base + "id/"
        assert stable["name"] == draft["name"] != ""
        assert "identifierSpace" not in draft
        assert draft["standardizedScore"] is True
        assert stable["batchSize"] == draft["batchSize"] == 1_000


def test_a_slash_at_the_end_changes_nothing(own: Served) -> None:
    """Clients put one there; what they post is not lost in a redirect."""
    for sent in ({"queries": '{"q0": {"query": "ECAD"}}'}, {"extend": '{"ids": ["places/nis"], "properties": []}'}):
        plain, slashed = (own.client.post(own.address + path, data=sent) for path in ("reconcile", "reconcile/"))
        assert (slashed.status_code, slashed.content) == (200, plain.content)


def test_every_address_of_the_manifest_answers(own: Served) -> None:
    """Documentation, logo, and what it suggests with."""
    manifest = _manifest(own)
    for address in (manifest["documentation"], manifest["logo"]):
        assert own.client.get(address).status_code == 200
    for kind, said in manifest["suggest"].items():
        answer = own.client.get(said["service_url"] + said["service_path"], params={"prefix": "a"})
        assert answer.status_code == 200, kind
        assert answer.json()["result"]


def test_default_types_are_those_of_the_data(own: Served) -> None:
    """Classes of which there are things, each with its name."""
    types = {one["id"]: one["name"] for one in _manifest(own)["defaultTypes"]}
    assert types["http://www.w3.org/ns/org#Membership"] == "membership"
    assert len(types) == 10


def test_types_that_are_called_alike_are_told_apart(own: Served) -> None:
    """In the manifest, where they are suggested, and with the candidates, whose description has the word once."""
    names = [one["name"] for one in _manifest(own)["defaultTypes"]]
    suggested = [one["name"] for one in own.get("reconcile/suggest/type?prefix=organization").json()["result"]]
    found = first(own, {"query": "Kyoto", "type": "org:Organization"})
    for told in (names, suggested, [one["name"] for one in found["type"]]):
        assert {"organization (org:Organization)", "organization (schema:Organization)"} < set(told)
        assert len(set(told)) == len(told)
    assert found["description"].split(", ").count("organization") == 1


def test_names_are_in_the_language_of_the_reader(own: Served) -> None:
    """By the header or by the address; then the addresses that it names are in that language too."""
    by_header = own.get("reconcile", accept_language="sr-Latn")
    by_address = _manifest(own, "reconcile?lang=sr-latn")
    assert by_header.headers["content-language"] == "sr-Latn"
    assert "Accept-Language" in by_header.headers["vary"]
    assert by_header.json()["name"] == by_address["name"] != _manifest(own)["name"]
    assert by_address["suggest"]["entity"]["service_path"] == "/reconcile/suggest/entity?lang=sr-latn"
    assert by_address["view"]["url"] == f"{own.address}reconcile/view?id={{{{id}}}}&lang=sr-latn"


def test_addresses_are_public_ones(minimal_release: Path) -> None:
    """Behind a proxy too; identifiers stay what they are."""
    with serving(minimal_release, "--public-url", "https://data.example.org/graph") as served:
        manifest = _manifest(served)
        assert manifest["view"]["url"] == "https://data.example.org/graph/reconcile/view?id={{id}}"
        suggest = manifest["suggest"]["entity"]
        assert suggest["service_url"] + suggest["service_path"] == (
            "https://data.example.org/graph/reconcile/suggest/entity"
        )
        assert manifest["identifierSpace"] == served.base + "id/"


def test_parameters_that_nobody_knows_change_nothing(minimal: Served) -> None:
    """JQuery adds one of its own to what it asks for as a script."""
    answer = minimal.get("reconcile?callback=jQuery_1.done&_=1764000000000")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("/**/jQuery_1.done({")
    assert answer.text.endswith("});\n")
    assert minimal.get("reconcile?_=1764000000000").json() == _manifest(minimal)


def test_a_callback_is_the_name_of_a_function(minimal: Served) -> None:
    """Nobody puts a script of theirs there."""
    for name in ("alert(1)//", "a b", "x" * 300, "<b>"):
        assert minimal.client.get(minimal.address + "reconcile", params={"callback": name}).status_code == 400


def test_other_sites_may_ask(minimal: Served) -> None:
    """Also with a body of JSON, which a browser asks about beforehand."""
    asked = {"origin": "https://elsewhere.example", "access-control-request-headers": "content-type"}
    for path, methods in (
        ("reconcile", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("reconcile/1.0/match", {"OPTIONS", "POST"}),
    ):
        answer = minimal.client.options(
            minimal.address + path, headers={**asked, "access-control-request-method": "POST"}
        )
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-headers"] == "content-type"
        assert set(answer.headers["access-control-allow-methods"].split(", ")) == methods


def test_the_page_for_people_tells_how(own: Served) -> None:
    """It has the address of this server to copy, and the limits."""
    page = own.get("reconcile/guide?lang=sr-cyrl", "text/html").text
    assert f"{own.address}reconcile?lang=sr-cyrl" in page
    assert "1,000" in page


@pytest.mark.engine_cannot("oxigraph", "virtuoso", LOCATIONS)
def test_the_catalogue_has_both_services(own: Served) -> None:
    """Each at its own address, for all datasets, with the standard that it keeps to; it describes itself there."""
    query = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?name ?endpoint ?described ?standard (COUNT(DISTINCT ?dataset) AS ?datasets) {
          GRAPH ?catalog { ?service dct:identifier ?name ; dcat:endpointURL ?endpoint ;
            dcat:endpointDescription ?described ; dct:conformsTo ?standard ; dcat:servesDataset ?dataset }
          FILTER STRSTARTS(?name, "reconciliation") } GROUP BY ?name ?endpoint ?described ?standard ORDER BY ?name"""
    rows = own.query(query, "application/sparql-results+json").json()["results"]["bindings"]
    found = [{name: value["value"] for name, value in row.items()} for row in rows]
    for one, name, path, standard, version in zip(
        found,
        ("reconciliation", "reconciliation-1.0"),
        ("reconcile", "reconcile/1.0/"),
        ("reconciliation/CG-FINAL-specs-0.2", "https://reconciliation-api.github.io/specs/draft/"),
        ("0.2", "1.0-draft"),
        strict=True,
    ):
        assert (one["name"], one["endpoint"], one["datasets"]) == (name, own.address + path, "2")
        assert standard in one["standard"]
        assert own.client.get(one["described"]).json()["versions"] == [version]
