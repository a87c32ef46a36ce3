"""Links of a catalogue that has more than the test sites: authors, many files, commas."""

from __future__ import annotations

import json

from pyoxigraph import RdfFormat, parse

from mreze.serve.signposts import MOST, Signpost, Signposts, headers, write_json, write_text

BASE, AT = "https://example.org/data/", "http://127.0.0.1:8000/"
FILES = "".join(
    f"<{BASE}dataset/a> dcat:distribution <{BASE}dataset/a#{one}> .\n"
    f"<{BASE}dataset/a#{one}> dcat:downloadURL <{AT}{one}> .\n"
    for one in range(MOST + 5)
)
CATALOG = f"""
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
<{BASE}catalog> dcat:dataset <{BASE}dataset/a> ; dct:publisher <{BASE}catalog#publisher> .
<{BASE}dataset/a> dct:creator <https://orcid.example/1> ; dct:license <https://licence.example/a,b> .
{FILES}
"""


def _posts() -> Signposts:
    return Signposts(BASE, AT, [one.triple for one in parse(CATALOG, format=RdfFormat.TURTLE)])


def test_who_made_a_dataset_is_its_author() -> None:
    """Who publishes the catalogue is not."""
    assert Signpost("author", "https://orcid.example/1") in _posts().of_dataset(BASE + "dataset/a")
    assert Signpost("author", "https://orcid.example/1") in _posts().of_file(AT + "3.gz")
    assert not [one for one in _posts().of_catalogue() if one.relation == "author"]


def test_a_header_has_so_many_links_of_a_relation_and_the_set_has_all() -> None:
    """A long header is refused on its way."""
    posts = _posts().of_dataset(BASE + "dataset/a")
    assert sum('rel="item"' in one for one in headers(posts)) == MOST
    (context,) = json.loads(write_json([("x:", posts)]))["linkset"]
    assert len(context["item"]) == MOST + 5
    assert write_text([("x:", posts)]).count(b'rel="item"') == MOST + 5


def test_a_target_has_no_comma() -> None:
    """It is written as an escape: some readers split a header at every comma."""
    assert any("a%2Cb" in one for one in headers(_posts().of_dataset(BASE + "dataset/a")))


def test_a_thing_of_two_datasets_says_each_licence_once() -> None:
    """And both datasets."""
    posts = _posts().of_thing([], BASE + "id/x", [BASE + "dataset/a", BASE + "dataset/a#b"])
    assert [one.relation for one in posts].count("license") == 1
    assert [one.relation for one in posts].count("collection") == 2
