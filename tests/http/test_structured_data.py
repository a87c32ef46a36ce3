"""Search engines find in the pages what the catalogue says, in the terms that they know."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from tests.servers import Served, serving

PATTERN = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def _embedded(served: Served, path: str, language: str = "en") -> dict[str, Any]:
    (found,) = PATTERN.findall(served.get(f"{path}?lang={language}", "text/html").text)
    assert "<" not in found
    read = json.loads(found)
    assert isinstance(read, dict)
    return read


def test_a_dataset_has_what_search_engines_ask(own: Served) -> None:
    """Google's rules: name, description of 50 to 5,000 characters, and everything that it recommends and we know."""
    told = _embedded(own, "dataset/nis")
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert told["@id"] == told["identifier"] == own.base + "dataset/nis"
    assert told["url"] == own.address + "dataset/nis.html"
    assert 50 <= len(told["description"]) <= 5_000
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["isAccessibleForFree"] is True
    assert told["creator"]["@type"] == told["publisher"]["@type"] == "Organization"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", told["temporalCoverage"])
    assert told["spatialCoverage"]["@type"] == "Place"
    assert told["includedInDataCatalog"]["url"] == own.address
    assert {"version", "datePublished", "dateModified", "inLanguage", "isBasedOn"} <= set(told)
    assert len(told["keywords"]) > 3


def test_its_files_can_be_fetched(own: Served) -> None:
    """Each download is there, with its type and its size."""
    files = _embedded(own, "dataset/nis")["distribution"]
    assert len(files) == 6
    for one in files:
        answer = own.client.head(one["contentUrl"], headers={"accept-encoding": "identity"})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(one["encodingFormat"])
        assert f"{answer.headers['content-length']} B" == one["contentSize"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Memberships of the City of Niš in city networks"),
        ("sr-cyrl", "Чланства Града Ниша у мрежама градова"),
        ("sr-latn", "Članstva Grada Niša u mrežama gradova"),
    ],
)
def test_it_speaks_the_language_of_the_page(own: Served, language: str, name: str) -> None:
    """Name and keywords are those of the reader's language."""
    assert _embedded(own, "dataset/nis", language)["name"] == name


@pytest.mark.parametrize("path", ["", "catalog.html"])
def test_the_catalogue_names_its_datasets(minimal: Served, path: str) -> None:
    """On the home page and on its own, each dataset with name, description and address."""
    told = _embedded(minimal, path)
    assert told["@type"] == "DataCatalog"
    assert {one["@id"] for one in told["dataset"]} == {
        f"{minimal.base}dataset/{name}" for name in ("bulk", "crossings")
    }
    assert all(minimal.client.get(one["url"]).status_code == 200 for one in told["dataset"])
    assert all(one["name"] and one["description"] for one in told["dataset"])


def test_locations_are_the_public_ones(minimal_release: Any) -> None:
    """Behind a proxy the addresses are those that the world sees."""
    with serving(minimal_release, "--public-url", "https://data.example.org/graph") as served:
        told = _embedded(served, "dataset/bulk")
        assert told["url"] == "https://data.example.org/graph/dataset/bulk.html"
        assert told["distribution"][0]["contentUrl"].startswith("https://data.example.org/graph/dumps/bulk.")


def test_it_is_json_ld(minimal: Served) -> None:
    """With the context of schema.org put in place of its address it is read as RDF."""
    told = _embedded(minimal, "dataset/crossings") | {"@context": {"@vocab": "https://schema.org/"}}
    quads = list(parse(json.dumps(told), format=RdfFormat.JSON_LD))
    kinds = {str(one.object) for one in quads if one.predicate.value.endswith("#type")}
    assert kinds >= {f"<https://schema.org/{name}>" for name in ("Dataset", "DataCatalog", "DataDownload")}


def test_only_pages_of_the_catalogue_have_it(minimal: Served) -> None:
    """Other pages describe no dataset."""
    for path in ("ontology.html", "void.html", "doc/rivers/green-river.html"):
        assert not PATTERN.search(minimal.get(path).text)
