"""A served catalogue is read whole, or whoever runs the site is told what is wrong with which page."""

from __future__ import annotations

import pytest
from tests.engine.rehearse.site import Page, site

from mreze.errors import HarvestError
from mreze.rehearse.harvest import harvest

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix ex: <http://data.example/> .
"""
ONE = (PREFIXES + "ex:a a dcat:Dataset ; dct:title 'A'@en ; dct:temporal [ dct:title 'then' ] .").encode()
TWO = (PREFIXES + "ex:b a dcat:Dataset ; dct:title 'B'@en ; dct:temporal [ dct:title 'now' ] .").encode()


def _view(link: str, following: str, kind: str = "hydra:PartialCollectionView") -> bytes:
    return f"\n<> a {kind} ; hydra:{link} <{{site}}{following}> .".encode()


@pytest.mark.parametrize(
    ("kind", "link"), [("hydra:PartialCollectionView", "next"), ("hydra:PagedCollection", "nextPage")]
)
def test_all_pages_are_read(kind: str, link: str) -> None:
    """Pages are followed in both forms of Hydra; how a catalogue is paged is no part of it."""
    pages = {"/catalog.ttl": Page(ONE + _view(link, "2", kind)), "/2": Page(TWO)}
    with site(pages) as address:
        found = harvest(address + "catalog.ttl", 10)
    assert [one.value for one in found.datasets] == ["http://data.example/a", "http://data.example/b"]
    assert found.pages == (address + "catalog.ttl", address + "2")
    assert not [one for one in found.triples if "hydra" in str(one)]


def test_blank_nodes_of_two_pages_are_two() -> None:
    """A blank node of one page is never taken for one of another."""
    with site({"/catalog.ttl": Page(ONE + _view("next", "2")), "/2": Page(TWO)}) as address:
        found = harvest(address + "catalog.ttl", 10)
    periods = [found.objects(one, "dct:temporal")[0] for one in found.datasets]
    assert [str(found.objects(one, "dct:title")) for one in periods] == [
        "[<Literal value=then datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>]",
        "[<Literal value=now datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>]",
    ]


def test_what_else_is_there_can_be_fetched() -> None:
    """A judge asks the site for more: redirects are followed, names of headers are in lower case."""
    pages = {"/catalog.ttl": Page(ONE), "/old": Page(status=301, headers={"Location": "{site}new"}), "/new": Page(b"x")}
    with site(pages) as address:
        answer = harvest(address + "catalog.ttl", 10).fetch("GET", address + "old", {})
        head = harvest(address + "catalog.ttl", 10).fetch("HEAD", address + "old", {})
    assert (answer.address, answer.status, answer.body) == (address + "new", 200, b"x")
    assert (head.address, head.status, head.body) == (address + "new", 200, b"")
    assert answer.media_type == "text/turtle"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (Page(b"out of order", 500), "answered 500, not 200"),
        (Page(b"<!doctype html><p>Welcome", media_type="text/html"), "sent as text/html, which is no RDF: '<!doctype"),
        (Page(ONE, media_type=""), "sent as nothing, which is no RDF"),
        (Page(ONE[:-20]), "no whole document of text/turtle"),
        (Page(ONE, length=len(ONE) + 100), f"cut off after {len(ONE)} of {len(ONE) + 100} bytes"),
        (Page(b""), "no dcat:Dataset with an IRI"),
        (Page(PREFIXES.encode() + b"[] a dcat:Dataset ."), "no dcat:Dataset with an IRI"),
        (Page(ONE + _view("next", "catalog.ttl")), "which was read before: a reader never ends"),
        (Page(ONE + _view("next", "2")), "2: answered 404, not 200"),
        (Page(status=302, headers={"Location": "{site}catalog.ttl"}), "answered 302, not 200"),
        (Page(status=302, headers={"Location": "file:///etc/hostname"}), "answered 302, not 200"),
    ],
)
def test_a_catalogue_that_cannot_be_read_says_why(page: Page, told: str) -> None:
    """What a portal would stumble over is told with the page's address."""
    with site({"/catalog.ttl": page}) as address, pytest.raises(HarvestError) as raised:
        harvest(address + "catalog.ttl", 10)
    assert str(raised.value).startswith(address)
    assert told in str(raised.value)


def test_nobody_answers() -> None:
    """A site that is not there is told as such."""
    with site({}) as address:
        pass
    with pytest.raises(HarvestError, match="no answer"):
        harvest(address + "catalog.ttl", 10)
