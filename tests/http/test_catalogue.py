"""A portal reads the whole catalogue, page by page, whichever way of paging it knows, and each page alone is enough."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from tests.conftest import MINIMAL
from tests.servers import Served, serving

from mreze.namespaces import RDF_TYPE, term

PUBLIC = "https://data.example.org/graph/"
BASE = "https://minimal.example/data/"
DATASETS = 5
EXTENSIONS = ("ttl", "rdf", "jsonld", "nt")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The minimal site with five datasets, two on a page, behind a proxy; nothing refers to one of its nodes."""
    site = tmp_path_factory.mktemp("long") / "site"
    shutil.copytree(MINIMAL, site, ignore=shutil.ignore_patterns("releases"))
    path = site / "data" / "catalog.ttl"
    lines = path.read_text("utf-8")
    head, _, entry = lines.partition(f"<{BASE}dataset/bulk>\n")
    entry = entry.partition("\n.\n")[0]
    for number in range(DATASETS - 2):
        name = f"more{number}"
        folder = site / "data" / name
        folder.mkdir()
        label = '<http://www.w3.org/2000/01/rdf-schema#label> "X"@en'
        (folder / "extras.nt").write_text(f"<{BASE}id/extras/x{number}> {label} .\n", "utf-8")
        lines += f"\n<{BASE}dataset/{name}>\n" + entry.replace('"bulk"', f'"{name}"') + "\n.\n"
        lines = lines.replace("a dcat:Catalog ;", f"a dcat:Catalog ;\n    dcat:dataset <{BASE}dataset/{name}> ;", 1)
    lines += f'\n<{BASE}catalog#loose>\n    foaf:name "Nobody" ;\n.\n'
    assert head
    path.write_text(lines, "utf-8")
    with serving(site, "--workers", "1", "--catalog-page", "2", "--public-url", PUBLIC) as served:
        yield served


def _triples(content: bytes, extension: str) -> set[Triple]:
    form = RdfFormat.from_extension(extension)
    assert form is not None
    return {quad.triple for quad in parse(content, format=form)}


def _pages(served: Served, extension: str, kind: str, following: str) -> list[set[Triple]]:
    """What a client reads that knows one vocabulary: it takes the address of the next page as it stands."""
    address, pages = f"{PUBLIC}catalog.{extension}", []
    while address:
        answer = served.get(address.removeprefix(PUBLIC), "*/*")
        assert answer.status_code == 200
        triples = _triples(answer.content, extension)
        pages.append(triples)
        (view,) = [one.subject for one in triples if one.predicate == RDF_TYPE and one.object == term(kind)]
        targets = [one.object for one in triples if one.subject == view and one.predicate == term(following)]
        address = targets[0].value if targets and isinstance(targets[0], NamedNode) else ""
        assert not address or address.startswith(PUBLIC)
    return pages


def _instances(triples: set[Triple], kind: str) -> set[str]:
    return {str(one.subject) for one in triples if one.predicate == RDF_TYPE and one.object == term(kind)}


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    ("kind", "following"),
    [("hydra:PartialCollectionView", "hydra:next"), ("hydra:PagedCollection", "hydra:nextPage")],
)
def test_either_vocabulary_leads_through_all_datasets(long: Served, extension: str, kind: str, following: str) -> None:
    """Five datasets on three pages, none twice, in every syntax; what nothing refers to is not lost."""
    pages = _pages(long, extension, kind, following)
    found = [_instances(one, "dcat:Dataset") for one in pages]
    assert [len(one) for one in found] == [2, 2, 1]
    assert len(set.union(*found)) == DATASETS
    assert [term("foaf:name") in {one.predicate for one in page if "loose" in str(one.subject)} for page in pages] == [
        True,
        False,
        False,
    ]


def test_a_page_is_whole_in_itself(long: Served) -> None:
    """Whatever a page refers to, publishers, licences, formats, it describes; other datasets leave no trace in it."""
    pages = _pages(long, "nt", "hydra:PagedCollection", "hydra:nextPage")
    for page in pages:
        datasets = _instances(page, "dcat:Dataset")
        described = {one.subject for one in page}
        for name in ("dct:publisher", "dcat:contactPoint", "dct:license", "dct:format", "dcat:mediaType"):
            assert {one.object for one in page if one.predicate == term(name)} <= described, name
        listed = {str(one.object) for one in page if one.predicate == term("dcat:dataset")}
        identified = {str(one.subject) for one in page if one.predicate == term("dct:identifier")}
        assert listed == datasets
        assert datasets <= identified
        assert len(_instances(page, "dcat:Distribution")) == 6 * len(datasets)
        assert len(_instances(page, "dcat:Catalog")) == 1
        assert bool(_instances(page, "dcat:DataService")) == (page is pages[-1])


def test_services_come_once_and_last(long: Served) -> None:
    """With all datasets that they serve, of which a portal needs the identifier beside it, and takes none for new."""
    *_, last = _pages(long, "nt", "hydra:PagedCollection", "hydra:nextPage")
    sparql = {one.subject for one in last if one.predicate == term("dcat:endpointURL") and "sparql" in str(one.object)}
    served = {one.object for one in last if one.predicate == term("dcat:servesDataset") and one.subject in sparql}
    assert len(served) == DATASETS
    assert served <= {one.subject for one in last if one.predicate == term("dct:identifier")}
    assert len(_instances(last, "dcat:Dataset")) == 1


def test_pages_say_where_they_stand(long: Served) -> None:
    """The first page needs no number; there are counts, neighbours in the Link header, alternates of this page."""
    first, second = long.get("catalog.ttl"), long.get("catalog.ttl?page=2")
    assert first.content == long.get("catalog.ttl?page=1").content
    assert _triples(first.content, "ttl") == _triples(long.get("catalog", "text/turtle").content, "ttl")
    totals = {one.object for one in _triples(first.content, "ttl") if one.predicate == term("hydra:totalItems")}
    assert totals == {Literal(str(DATASETS), datatype=term("xsd:integer"))}
    assert f'<{PUBLIC}catalog.ttl?page=2>; rel="next"' in first.headers["link"]
    assert 'rel="prev"' not in first.headers["link"]
    for relation, number in (("prev", 1), ("next", 3)):
        assert f'<{PUBLIC}catalog.ttl?page={number}>; rel="{relation}"' in second.headers["link"]
    assert f'<{PUBLIC}catalog.jsonld?page=2>; rel="alternate"' in second.headers["link"]


@pytest.mark.parametrize("number", ["0", "4", "-1", "two", "99999999999", ""])
def test_a_page_that_is_not_there_is_told(long: Served, number: str) -> None:
    """It is 404, never an empty catalogue, on which a portal would delete everything."""
    assert long.get(f"catalog.ttl?page={number}").status_code == 404


def test_people_turn_pages(long: Served) -> None:
    """The page for people has the datasets of the page and links to its neighbours."""
    text = long.get("catalog.html?page=2").text
    assert "Page 2 of 3." in text
    assert 'rel="prev" href="catalog.html?page=1"' in text
    assert 'rel="next" href="catalog.html?page=3"' in text
    assert "catalog.ttl?page=2" in text
    assert "Page 1" not in long.get("dataset/bulk.html").text


def test_a_short_catalogue_has_one_page(own: Served) -> None:
    """Where all fits, nothing is said of pages, and there is no second one."""
    assert b"hydra" not in own.get("catalog.nt").content
    assert own.get("catalog.ttl?page=1").content == own.get("catalog.ttl").content
    assert own.get("catalog.ttl?page=2").status_code == 404


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_size_is_known_before_the_reading(own: Served, extension: str) -> None:
    """HEAD answers as GET does, without a redirect, with the same length and type, whatever is accepted."""
    path, plain = f"catalog.{extension}", {"accept_encoding": "identity"}
    got, head = own.get(path, "*/*", **plain), own.ask("HEAD", path, "*/*", **plain)
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    assert int(head.headers["content-length"]) == len(got.content)
    assert [head.headers[name] for name in ("content-type", "etag")] == [
        got.headers[name] for name in ("content-type", "etag")
    ]


@pytest.mark.parametrize("path", ["catalog", "catalog.jsonld", "dataset/crossings"])
@pytest.mark.parametrize("accept", ["*/*", None, "text/html;q=0.5, */*"])
def test_whoever_takes_anything_gets_data(minimal: Served, path: str, accept: str | None) -> None:
    """`*/*` on an address of the catalogue means RDF."""
    assert "html" not in minimal.get(path, accept).headers["content-type"]


def test_the_context_is_in_the_file(own: Served) -> None:
    """JSON-LD has its context inlined: there is nothing to fetch, and nothing that can break."""
    context = own.get("catalog.jsonld").json()["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context


@pytest.mark.parametrize("name", ["members", "nis"])
def test_a_dataset_alone_is_whole(own: Served, name: str) -> None:
    """Its document has its period, its files and the names of what it refers to, and nothing of other datasets."""
    said = _triples(own.get(f"dataset/{name}.ttl").content, "ttl")
    dataset = NamedNode(f"{own.base}dataset/{name}")
    (period,) = [one.object for one in said if (one.subject, one.predicate) == (dataset, term("dct:temporal"))]
    assert isinstance(period, BlankNode)
    assert {one.predicate for one in said if one.subject == period} >= {term("dcat:startDate"), term("dcat:endDate")}
    (licence,) = [one.object for one in said if (one.subject, one.predicate) == (dataset, term("dct:license"))]
    assert [one for one in said if one.subject == licence and one.predicate == term("skos:prefLabel")]
    assert not [one for one in said if one.subject == NamedNode(own.base + "catalog")]


def test_a_page_tells_nothing_twice(own: Served) -> None:
    """What the data say under two tags of one language stands on the page once, and no node is nameless."""
    page = own.get("catalog.html").text
    title = "Мреже градова којима припада Ниш"
    assert own.get("catalog.nt").text.count(f'title> "{title}"@sr') == 2
    assert f'lang="sr">{title}' not in page
    assert page.count(f"<dd>{title}") + page.count(f'lang="sr-Cyrl">{title}') >= 1
    assert "_:" not in page
