"""Signposts lead: typed links of things, datasets, the catalogue and dumps (https://signposting.org/FAIR/)."""

from __future__ import annotations

import json
import re

import pytest
from tests.exchange import send
from tests.servers import Served

SCHEMA = "https://schema.org/"
LICENCE = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
LARGEST = 4_000
"""Bytes that a proxy takes in all the fields of an answer, unless it is told otherwise (nginx: proxy_buffer_size)."""


def _links(header: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]+)"', header):
        found.setdefault(relation, []).append(target)
    return found


def _of(served: Served, path: str, **headers: str) -> dict[str, list[str]]:
    return _links(send(served, "HEAD", path, **headers).headers["link"])


def test_a_thing_says_what_it_is_and_whose(minimal: Served) -> None:
    """Its classes, its licence, its dataset, its descriptions; the page and the data say the same."""
    links = _of(minimal, "doc/bridges/old-bridge")
    assert links["cite-as"] == [minimal.base + "id/bridges/old-bridge"]
    assert minimal.base + "ontology#Bridge" in links["type"]
    assert links["license"] == [LICENCE]
    assert links["collection"] == [minimal.base + "dataset/crossings"]
    assert len(links["describedby"]) == 4
    assert _of(minimal, "doc/bridges/old-bridge.html") == links
    assert _of(minimal, "id/bridges/old-bridge")["describedby"] == [minimal.address + "doc/bridges/old-bridge"]


def test_a_dataset_has_its_files(minimal: Served) -> None:
    """Each item answers with the type that the link names, and leads back to the dataset."""
    header = send(minimal, "HEAD", "dataset/crossings", accept="text/html").headers["link"]
    links = _links(header)
    iri = minimal.base + "dataset/crossings"
    assert (links["cite-as"], links["type"]) == ([iri], [SCHEMA + "Dataset"])
    assert links["collection"] == [minimal.base + "catalog"]
    assert len(links["item"]) == 6
    for target, media_type in re.findall(r'<([^>]*)>; rel="item"; type="([^"]+)"', header):
        path = target.removeprefix(minimal.address)
        file = send(minimal, "HEAD", path)
        assert file.headers["content-type"].partition(";")[0] == media_type
        for one in (path, path + ".gz"):
            back = _of(minimal, one)
            assert back["collection"] == [iri]
            assert back["license"] == [LICENCE]
            assert minimal.address + "dataset/crossings.ttl" in back["describedby"]


def test_the_catalogue_has_its_datasets(minimal: Served) -> None:
    """And a dump of everything is one of the catalogue."""
    links = _of(minimal, "catalog.ttl")
    assert links["type"] == [SCHEMA + "DataCatalog"]
    assert links["item"] == [minimal.base + f"dataset/{one}" for one in ("bulk", "crossings")]
    assert links["canonical"] == [minimal.address + "catalog"]
    assert _of(minimal, "dumps/all.ttl")["collection"] == [minimal.base + "catalog"]


@pytest.mark.parametrize("accept", ["application/linkset+json", "application/linkset", None, "application/json"])
def test_the_set_has_all_links(minimal: Served, accept: str | None) -> None:
    """What the headers say of the catalogue, the datasets and the dumps, in both forms of RFC 9264."""
    answer = send(minimal, "GET", "linkset", **({"accept": accept} if accept else {}))
    assert answer.status == 200
    assert answer.headers["content-type"] in {"application/linkset+json", "application/linkset"}
    found: set[tuple[str, str, str]] = set()
    if answer.headers["content-type"].endswith("json"):
        for context in json.loads(answer.content)["linkset"]:
            anchor = context.pop("anchor")
            found |= {(anchor, name, one["href"]) for name, targets in context.items() for one in targets}
    else:
        pattern = r'<([^>]*)>; rel="([^"]+)".*?; anchor="([^"]+)"'
        found = {(anchor, name, target) for target, name, anchor in re.findall(pattern, answer.content.decode())}
    for path, anchor in (
        ("catalog.ttl", minimal.base + "catalog"),
        ("dataset/bulk.ttl", minimal.base + "dataset/bulk"),
        ("dumps/bulk.nt", minimal.address + "dumps/bulk.nt"),
    ):
        links = _of(minimal, path)
        assert links["linkset"] == [minimal.address + "linkset.json"]
        for relation in {"item", "license", "type", "collection", "describedby"} & links.keys():
            assert {(anchor, relation, one) for one in links[relation]} <= found


def test_no_target_has_a_comma_and_no_header_is_too_long(own: Served) -> None:
    """Some readers split at commas (F-UJI does), and proxies refuse what is long."""
    for path in ("doc/organizations/skgo", "doc/memberships/nis-ecad", "dataset/nis", "catalog", "dumps/nis.ttl"):
        answer = send(own, "HEAD", path, accept="text/html" if "dumps" not in path else "*/*")
        header = answer.headers["link"]
        assert len(re.findall("<", header)) == len(header.split(", ")) > 3
        assert sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) < LARGEST, path


def test_robots_find_the_sitemap_and_it_finds_everything_that_there_is(minimal: Served) -> None:
    """Datasets and lists too, and nothing that is retired."""
    robots = send(minimal, "GET", "robots.txt").content.decode()
    assert f"Sitemap: {minimal.address}sitemap.xml\n" in robots
    addresses = re.findall(r"<loc>([^<]+)</loc>", send(minimal, "GET", "sitemap.xml").content.decode())
    for path in ("", "catalog", "dataset/crossings", "doc/bridges/old-bridge"):
        assert minimal.address + path in addresses
    assert {send(minimal, "HEAD", one.removeprefix(minimal.address)).status for one in addresses} == {200}
    assert not any("lost-bridge" in one for one in addresses)
