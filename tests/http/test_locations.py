"""Identifiers are canonical, locations are where the client found the server."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse
from tests.servers import Served, serving

DCAT, VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"


def _objects(content: bytes, *predicates: str) -> set[str]:
    quads = parse(content, format=RdfFormat.TURTLE, base_iri="https://relative.invalid/")
    return {
        quad.object.value for quad in quads if quad.predicate.value in predicates and isinstance(quad.object, NamedNode)
    }


def _services(content: bytes) -> set[str]:
    """Where the endpoint, the feeds and reconciliation are, by the address that they stand under."""
    return {
        re.sub(r"(sparql|reconcile(?:/1\.0/)?|feed/[a-z]+\.trig)\Z", "", one)
        for one in _objects(content, DCAT + "endpointURL")
    }


def test_every_download_of_the_catalogue_is_there(minimal: Served, minimal_release: Path) -> None:
    """Each location answers under this address, with the bytes that the manifest sums up."""
    manifest = json.loads((minimal_release / "manifest.json").read_bytes())["files"]
    downloads = _objects(minimal.get("catalog.ttl").content, DCAT + "downloadURL")
    downloads |= _objects(minimal.get(".well-known/void").content, VOID + "dataDump")
    assert downloads
    for url in downloads:
        assert url.startswith(minimal.address + "dumps/")
        answer = minimal.client.get(url)
        path = url.removeprefix(minimal.address)
        assert hashlib.sha256(answer.content).hexdigest() == manifest[path]["sha256"]
        assert hashlib.sha256(minimal.client.get(url + ".gz").content).hexdigest() == manifest[path + ".gz"]["sha256"]


def test_locations_follow_the_address_that_was_asked(minimal: Served) -> None:
    """A loopback name is believed, a stranger's is not."""
    port = minimal.address.rstrip("/").rpartition(":")[2]
    believed = minimal.get("catalog.ttl", host=f"localhost:{port}")
    assert _services(believed.content) == {f"http://localhost:{port}/"}
    invented = minimal.get("catalog.ttl", host="evil.example")
    assert _services(invented.content) == {minimal.address}
    assert minimal.get("id/bridges/old-bridge", host="evil.example").headers["location"].startswith(minimal.address)


def test_the_public_url_is_written_everywhere(minimal_release: Path) -> None:
    """With --public-url the catalogue, the redirect, the links, the sitemap and the store name that address."""
    public = "https://data.example.org/graph/"
    with serving(minimal_release, "--public-url", public.rstrip("/")) as served:
        assert _services(served.get("catalog.ttl").content) == {public}
        assert served.get("id/rivers/green-river").headers["location"] == public + "doc/rivers/green-river"
        assert public + "doc/rivers/green-river.ttl" in served.get("doc/rivers/green-river").headers["link"]
        assert public + "doc/rivers/green-river" in served.get("sitemap.xml").text
        assert public + "sitemap.xml" in served.get("robots.txt").text
        query = f"SELECT ?url {{ GRAPH ?g {{ ?s <{DCAT}endpointURL> ?url }} }}"
        rows = served.query(query, "text/csv").text.split()
        assert public + "sparql" in rows
        assert all(one.startswith(public) for one in rows[1:])
        described = served.get("sparql", "text/turtle").text
        assert public + "sparql" in described


def test_links_say_what_else_there_is(minimal: Served) -> None:
    """cite-as, describes, canonical, licence and the other forms; no target has a comma."""
    header = minimal.get("doc/bridges/old-bridge").headers["link"]
    links = dict(re.findall(r'<([^>]*)>; rel="([^"]+)"', header))
    assert links[minimal.base + "id/bridges/old-bridge"] in {"cite-as", "describes"}
    assert links[minimal.address + "doc/bridges/old-bridge"] == "canonical"
    assert set(re.findall(r'\.(\w+)>; rel="alternate"', header)) == {"ttl", "jsonld", "nt", "rdf", "html"}
    assert 'rel="license"' in header
    for target, _ in re.findall(r'<([^>]*)>; rel="(alternate|describedby)"', header):
        assert minimal.client.get(target).status_code == 200


def test_the_sitemap_names_every_document(minimal: Served) -> None:
    """Each address of it answers."""
    addresses = re.findall(r"<loc>([^<]+)</loc>", minimal.get("sitemap.xml").text)
    assert minimal.address + "doc/bridges/old-bridge" in addresses
    statuses = {one: minimal.client.get(one).status_code for one in addresses}
    assert set(statuses.values()) == {200}


def test_a_trusted_proxy_tells_where_the_site_is(minimal_release: Path) -> None:
    """With --trust-proxy locations follow the proxy's headers, kept answers included; without, nobody's."""
    told = {"x-forwarded-proto": "https", "x-forwarded-host": "data.example.org"}
    with serving(minimal_release, "--trust-proxy", "127.0.0.1") as served:
        for _ in range(2):
            assert _services(served.get("catalog.ttl").content) == {served.address}
            proxied = served.get("catalog.ttl", **told)
            assert _services(proxied.content) == {"https://data.example.org/"}
        assert served.get("sparql", "text/turtle", **told).text.count("https://data.example.org/sparql") > 0
        hostile = served.get("catalog.ttl", x_forwarded_host="evil.example/x?<y>")
        assert _services(hostile.content) == {served.address}
    with serving(minimal_release) as served:
        assert _services(served.get("catalog.ttl", **told).content) == {served.address}
