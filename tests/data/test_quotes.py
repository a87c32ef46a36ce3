"""A quote is what its source says, byte for byte, and every fact that needs one has one."""

from __future__ import annotations

import hashlib

import pytest
from pyoxigraph import NamedNode
from tests.data.graph import DATA, nis, quotes, slug, source_text, term, value

PAGE_SHA256 = "1a862d2687face234d1ca8ca2abedd8a1242c7f55ad4e460c7f48ec3c1702e93"
NEVER_A_SOURCE = (
    "dnhewrhegkli", "kampuspedia", "zxc.wiki", "miniwiki", "kiwix", "grokipedia", "osmarks", "fr-academic",
    "knowledger", "wiki.li",
)  # fmt: skip
"""Hosts that only mirror other sites: what nobody else says is left out."""
MUST_HAVE_EVIDENCE = ("mg:Claim", "mg:DatedName", "mg:MemberCount", "org:Membership")


@pytest.mark.parametrize(("quote", "source", "words"), [pytest.param(*one, id=slug(one[0])) for one in quotes()])
def test_quote_stands_in_its_source(quote: NamedNode, source: str, words: str) -> None:
    """The exact words of a quote are in the text of the source that it names, no-break spaces included."""
    assert words.strip(), quote
    assert words in source_text(source)


def test_a_quote_does_not_reach_over_an_omission() -> None:
    """No quote joins what stands apart in its source."""
    assert [quote for quote, _, words in quotes() if "…" in words or "\n" in words] == []


def test_no_break_spaces_are_kept() -> None:
    """Quotes from the page have its no-break spaces, for they were copied and not typed."""
    assert any("\u00a0" in words for _, source, words in quotes() if source == "mreze-gradova")


@pytest.mark.parametrize("name", MUST_HAVE_EVIDENCE)
def test_statement_has_evidence_of_its_own(name: str) -> None:
    """A claim, a membership, a dated name and a member count each rest on a quote in the same file."""
    graph = nis()
    own = {quote.value for quote, _, _ in quotes()}
    for statement in graph.of_class(name):
        evidence = graph.values(statement, "mg:evidence")
        assert evidence, statement
        assert set(evidence) <= own, statement
        assert {one.partition("#")[0] for one in evidence} == {statement.value.partition("#")[0]}
        assert len(graph.objects(statement, "mg:certainty")) == 1, statement


def test_every_quote_is_used() -> None:
    """A quote that no fact rests on is not kept."""
    used = {value(quad.object) for quad in nis().quads if quad.predicate == term("mg:evidence")}
    assert sorted(quote.value for quote, _, _ in quotes() if quote.value not in used) == []


def test_sources_are_sources() -> None:
    """Every quoted source is described, says when and in what it was read, and is no mere mirror."""
    graph = nis()
    for source in graph.of_class("prov:Entity"):
        address = value(graph.one(source, "schema:url"))
        assert not any(host in address for host in NEVER_A_SOURCE), address
        assert value(graph.one(source, "mg:dateRead")) <= "2026-11-23"
        assert value(graph.one(source, "mg:readInCopy")) == "true"
        assert len(graph.objects(source, "skos:note")) == 3, source
    assert {source for _, source, _ in quotes()} <= {slug(one) for one in graph.of_class("prov:Entity")}


def test_a_quote_has_the_language_of_its_source() -> None:
    """A quote and the source that it is from are of one language."""
    graph = nis()
    for quote, _, _ in quotes():
        source = graph.one(quote, "oa:hasSource")
        assert isinstance(source, NamedNode)
        assert graph.one(quote, "dct:language") == graph.one(source, "dct:language"), quote


def test_each_text_belongs_to_a_source() -> None:
    """No text is held of which no source is described."""
    for path in sorted(DATA.glob("sources/*.txt")):
        assert path.with_suffix(".ttl").is_file(), path


def test_the_page_is_the_one_that_was_read() -> None:
    """The city's page is held byte for byte as the project was given it."""
    held = (DATA / "sources" / "mreze-gradova.txt").read_bytes()
    assert hashlib.sha256(held).hexdigest() == PAGE_SHA256
