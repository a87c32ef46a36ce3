"""What releases change is told in feeds: they are replayed from the server, from plain files, and by a real client."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from tests import feeds
from tests.feeds import BASE, Member, Page, fold, follow, history, same
from tests.node import NODE, install
from tests.servers import Served, serving

from mreze.feeds import read_index
from mreze.namespaces import RDF_TYPE, term
from mreze.release import open_release

FEEDS = ("bulk", "catalog", "crossings")
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four releases in a row, with small pages."""
    return history(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def served(releases: list[Path]) -> Iterator[Served]:
    """The last of them, served."""
    with serving(releases[-1], "--workers", "1") as found:
        yield found


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    """A web server that knows nothing but files."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=15)
        process.stdout.close()


def _read(address: str) -> bytes:
    answer = httpx.get(address, headers={"accept": "application/trig, application/ld+json;q=0.5"})
    assert answer.status_code == 200, address
    return answer.content


def _expected(release: Path, name: str, at: str) -> set[Triple]:
    path, form = ("catalog.ttl", RdfFormat.TURTLE) if name == "catalog" else (f"dumps/{name}.nt", RdfFormat.N_TRIPLES)
    return feeds.graph((release / path).read_bytes(), form, at)


@pytest.mark.parametrize("extension", ["", ".trig", ".jsonld"])
@pytest.mark.parametrize("name", FEEDS)
def test_replaying_gives_what_is_served(served: Served, name: str, extension: str) -> None:
    """The dump of a dataset; and the catalogue, as this server gives it."""
    members = follow(_read, f"{served.address}feed/{name}{extension}")
    path, form = ("catalog.ttl", RdfFormat.TURTLE) if name == "catalog" else (f"dumps/{name}.nt", RdfFormat.N_TRIPLES)
    assert same(fold(members), feeds.graph(served.get(path).content, form, served.address))


@pytest.mark.parametrize("name", FEEDS)
def test_plain_files_are_a_feed(releases: list[Path], served: Served, name: str) -> None:
    """The release's folder behind any web server: the same bytes, the same replay, with addresses of that server."""
    with _files(releases[-1]) as at:
        members = follow(_read, f"{at}feed/{name}.trig")
        assert same(fold(members), _expected(releases[-1], name, at))
        for address in {one.page for one in members}:
            assert _read(address) == served.get(address.removeprefix(at)).content


def test_only_a_closed_page_is_kept_for_ever(served: Served, releases: list[Path]) -> None:
    """It is immutable in HTTP and in RDF; the open page and where a client begins are asked for again."""
    index = read_index(open_release(releases[-1]))
    assert index is not None
    for feed in index.feeds:
        assert served.get(f"{feed.path}.trig").headers["cache-control"] == "no-cache"
        for page in feed.pages:
            for extension in ("", ".trig", ".jsonld"):
                answer = served.get(f"{feed.page_path(page)}{extension}")
                assert answer.headers["cache-control"] == (FOREVER if page.closed else "no-cache")
                assert (b"ldes:immutable" in answer.content) == page.closed
    assert {page.closed for feed in index.feeds for page in feed.pages} == {True, False}


def test_relations_bound_the_times_of_a_page(served: Served) -> None:
    """What a page holds was published within what the relations to it say, so that a client can pass it over."""
    root = feeds.fetch(_read, f"{served.address}feed/crossings.trig")
    bounds: dict[str, dict[str, str]] = {}
    for relation in root.objects(root.address, "tree:relation"):
        (node,), (kind,) = root.objects(relation, "tree:node"), root.objects(relation, "rdf:type")
        (value,) = root.objects(relation, "tree:value")
        assert root.objects(relation, "tree:path") == [term("as:published").value]
        bounds.setdefault(node, {})[kind.rpartition("#")[2]] = value
    assert len(bounds) > 3
    for node, found in bounds.items():
        times = [one.published for one in feeds.fetch(_read, node).members()]
        assert min(times) == found["GreaterThanOrEqualToRelation"]
        assert max(times) == found.get("LessThanOrEqualToRelation", max(times))


def test_tags_and_types(served: Served) -> None:
    """Strong tags of each representation's own, 304 for who has it, HEAD, and negotiation."""
    trig, json_ld = served.get("feed/crossings.trig"), served.get("feed/crossings.jsonld")
    assert trig.headers["content-type"] == "application/trig; charset=utf-8"
    assert json_ld.headers["content-type"] == "application/ld+json"
    assert trig.headers["etag"] != json_ld.headers["etag"]
    assert not trig.headers["etag"].startswith("W/")
    assert served.get("feed/crossings", "application/ld+json").content == json_ld.content
    for accept in (None, "*/*", "application/trig"):
        negotiated = served.get("feed/crossings", accept)
        assert negotiated.content == trig.content
        assert "Accept" in negotiated.headers["vary"].split(", ")
        assert negotiated.headers["content-location"] == f"{served.address}feed/crossings.trig"
    assert served.get("feed/crossings.trig", if_none_match=trig.headers["etag"]).status_code == 304
    head = served.ask("HEAD", "feed/crossings.trig", accept_encoding="identity")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(trig.content)))
    assert served.get("feed/crossings", "image/png").status_code == 406
    for path in ("feed/nowhere", "feed/crossings/2026-11-23-99", "feed/crossings.nt", "feed/../manifest.json"):
        assert served.get(path).status_code == 404, path


def test_the_list_leads_to_every_feed(served: Served) -> None:
    """A page for people, RDF for programs; each view is there, and is that of its stream."""
    told = {quad.triple for quad in parse(served.get("feed", "text/turtle").content, format=RdfFormat.TURTLE)}
    views = {one.subject: one.object for one in told if one.predicate == term("tree:view")}
    assert len(views) == len(FEEDS)
    for stream, view in views.items():
        assert isinstance(view, NamedNode)
        assert isinstance(stream, NamedNode)
        page = feeds.fetch(_read, view.value)
        assert page.objects(stream.value, "tree:view") == [view.value]
        assert page.objects(stream.value, "rdf:type") == [term("ldes:EventStream").value]
        assert page.objects(stream.value, "ldes:timestampPath") == [term("as:published").value]
        assert page.objects(stream.value, "ldes:versionOfPath") == [term("as:object").value]
    page_for_people = served.get("feed", "text/html").text
    for name in FEEDS:
        assert f'href="./feed/{name}.trig"' in page_for_people
    assert 'href="./changes"' in page_for_people


def test_the_catalogue_has_feeds_as_services(served: Served) -> None:
    """Each with identifier, title, and datasets that have one too; none is a distribution."""
    told = {one.triple for one in parse(served.get("catalog.ttl").content, format=RdfFormat.TURTLE)}
    page = Page(frozenset(parse(served.get("catalog.ttl").content, format=RdfFormat.TURTLE)), served.address)
    services = [
        one.subject.value
        for one in told
        if one.predicate == term("dct:conformsTo")
        and one.object == NamedNode("https://w3id.org/ldes/specification")
        and isinstance(one.subject, NamedNode)
    ]
    assert len(services) == len(FEEDS)
    for service in services:
        assert page.objects(service, "rdf:type") == [term("dcat:DataService").value]
        (identifier,), (endpoint,) = page.objects(service, "dct:identifier"), page.objects(service, "dcat:endpointURL")
        assert endpoint == f"{served.address}feed/{identifier.removeprefix('feed-')}.trig"
        assert page.objects(service, "dct:title")
        assert page.objects(service, "dct:license")
        assert all(page.objects(one, "dct:identifier") for one in page.objects(service, "dcat:servesDataset"))
    assert not [one for one in page.objects(None, "dcat:downloadURL") if "/feed/" in one]
    assert Triple(NamedNode(BASE + "catalog#feed-catalog"), RDF_TYPE, term("dcat:DataService")) in told


@pytest.fixture(scope="module")
def client() -> Path:
    """A folder with the client of event streams that its authors publish."""
    return install(Path(__file__).parent / "ldes-client")


def _replayed(client: Path, address: str, *options: str) -> list[Member]:
    """The members that the client gives, in its order."""
    command = [*NODE, "node_modules/ldes-client/dist/bin/cli.js", "--ordered", "ascending", *options, address]
    result = subprocess.run(command, cwd=client, check=False, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    lines = "".join(line for line in result.stdout.splitlines(keepends=True) if line.startswith(("<", "_:")))
    quads = list(parse(lines, format=RdfFormat.N_QUADS))
    names = dict.fromkeys(
        one.subject.value for one in quads if one.predicate == term("as:object") and isinstance(one.subject, NamedNode)
    )
    member = term("tree:member")
    named = [Triple(NamedNode(BASE), member, NamedNode(one)) for one in names]
    page = Page(frozenset(quads) | frozenset(Quad(*one) for one in named), address)
    found = {one.iri: one for one in page.members()}
    return [found[one] for one in names]


@pytest.mark.parametrize("name", FEEDS)
def test_a_real_client_replays_a_feed(served: Served, client: Path, name: str) -> None:
    """From the server, by the address without an extension."""
    members = _replayed(client, f"{served.address}feed/{name}")
    assert [one.published for one in members] == sorted(one.published for one in members)
    path, form = ("catalog.ttl", RdfFormat.TURTLE) if name == "catalog" else (f"dumps/{name}.nt", RdfFormat.N_TRIPLES)
    assert same(fold(members), feeds.graph(served.get(path).content, form, served.address))


def test_a_real_client_stays_up_to_date(releases: list[Path], client: Path, tmp_path: Path) -> None:
    """From plain files: what it got at the first release it does not get again, and the rest makes the last one."""
    current = tmp_path / "current"
    current.symlink_to(releases[0])
    state = ("--save", str(tmp_path / "state"))
    with _files(current) as at:
        first = _replayed(client, f"{at}feed/crossings.trig", *state)
        assert fold(first) == _expected(releases[0], "crossings", at)
        current.unlink()
        current.symlink_to(releases[-1])
        more = _replayed(client, f"{at}feed/crossings.trig", *state)
        assert more
        assert not {one.iri for one in first} & {one.iri for one in more}
        assert fold([*first, *more]) == _expected(releases[-1], "crossings", at)
