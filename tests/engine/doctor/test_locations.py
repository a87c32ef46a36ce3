"""What a catalogue says of its files, what a header links, and which of many are tried."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from mreze.doctor.locations import File, addresses, links_of, read_files, spread
from mreze.doctor.visit import Visit

CATALOG = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
<x:whole> dcat:downloadURL <http://a.example/1.ttl> ; dcat:byteSize 12 ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> ; spdx:checksum [
    spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "AB" ] .
<x:bare> dcat:downloadURL <http://a.example/2> ; dcat:byteSize "many" ; dcat:mediaType "text/csv" .
<x:half> dcat:downloadURL <http://a.example/3> ; dcat:byteSize "99999999999999999999" ;
  spdx:checksum [ spdx:checksumValue "AB" ] .
<x:page> dcat:accessURL <http://a.example/4> .
"""


def test_files_are_read_as_far_as_they_are_described() -> None:
    """What is missing or no number is unknown; what has no downloadURL is no file."""
    triples = [one.triple for one in parse(CATALOG, format=RdfFormat.TURTLE)]
    assert sorted(read_files(triples), key=lambda one: one.url) == [
        File("http://a.example/1.ttl", 12, "text/turtle", ("sha256", "AB")),
        File("http://a.example/2", None, None, None),
        File("http://a.example/3", None, None, None),
    ]


@pytest.mark.parametrize(("count", "most", "expected"), [(3, 5, [0, 1, 2]), (5, 5, [0, 1, 2, 3, 4]), (9, 3, [0, 4, 8])])
def test_a_sample_is_spread(count: int, most: int, expected: list[int]) -> None:
    """From the first to the last."""
    assert spread([str(one) for one in range(count)], most) == [str(one) for one in expected]


def test_links_to_documents_are_followed_and_others_are_not() -> None:
    """An IRI, a licence or a class is no document of the site; a relative target is resolved."""
    header = (
        '<x.ttl>; rel="alternate"; type="text/turtle", <http://b.example/>; rel="license", </d>; rel="describedby up"'
    )
    visit = Visit("GET", "http://a.example/doc/x", 200, {"link": header})
    assert links_of(visit) == ["http://a.example/doc/x.ttl", "http://a.example/d"]


def test_a_sitemap_that_was_not_read_names_nothing() -> None:
    """Only a whole one counts; what is escaped in it is read as it is meant."""
    content = b"<urlset><url><loc> http://a.example/?a&amp;b </loc></url></urlset>"
    assert addresses(Visit("GET", "http://a.example/s", 200, {}, content)) == ["http://a.example/?a&b"]
    assert addresses(Visit("GET", "http://a.example/s", 404, {}, content)) == []
