"""What is cited names its author, year, release, address and licence."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import RdfFormat, parse

from mreze.namespaces import PREFIXES
from mreze.serve.citation import Cited, in_bibtex, in_pieces, publisher, read_imprint

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
CATALOGUE = """
<https://x.example/catalog> dct:publisher <https://x.example/catalog#p> , <https://x.example/catalog#nameless> ;
    dct:license <https://out.example/by> .
<https://x.example/catalog#p> foaf:name "The project"@en , "Пројекат"@sr-cyrl .
<https://out.example/by> skos:prefLabel "Attribution"@en .
"""
CITED = Cited("Most & {more} 50%", "Bridges_", "The project", "2026-11-27.2", "https://x.example/id/bridges/most", "BY")


def test_the_imprint_is_read_from_the_catalogue() -> None:
    """A publisher without a name is none; what is called there is known by its IRI."""
    triples = {quad.triple for quad in parse(HEAD + CATALOGUE, format=RdfFormat.TURTLE)}
    imprint = read_imprint(triples, "https://x.example/catalog")
    assert (publisher(imprint, "sr-latn"), publisher(imprint, "en")) == ("Пројекат", "The project")
    assert imprint.licences["https://x.example/catalog"] == ("https://out.example/by",)
    assert len(list(imprint.labels_of(["https://out.example/by", "https://out.example/none"]))) == 1


def in_words(cited: Cited) -> str:
    """The pieces as one text."""
    return "".join(one.text for one in in_pieces(cited))


def test_names_in_a_citation_are_apart() -> None:
    """What others wrote is isolated, so that a mark in it turns nothing else round; each has its language."""
    cited = Cited("abc \u202egnp", "Site", "P", "2026-11-27", "https://x.example/", "BY", "en", "de")
    isolated = [(one.text, one.language) for one in in_pieces(cited) if one.isolated]
    assert isolated == [
        ("P", None), ("abc \u202egnp", "en"), ("Site", None), ("https://x.example/", None), ("BY", "de"),
    ]  # fmt: skip


def test_a_citation_in_words() -> None:
    """Who, when, what, where, as of which release; nothing is made up where nothing is known."""
    told = "Most & {more} 50%. Bridges_, 2026-11-27.2. https://x.example/id/bridges/most"
    assert in_words(CITED) == f"The project (2026). {told}. BY."
    assert in_words(Cited("Most", "Bridges", "", "2026-11-27", "https://x.example/")) == (
        "Most. Bridges, 2026-11-27. https://x.example/."
    )


def test_a_citation_in_bibtex() -> None:
    """What is special to TeX is escaped, braces balance, the key names thing and release."""
    entry = in_bibtex(CITED)
    assert entry.startswith("@misc{bridges-most-2026-11-27.2,\n")
    assert r"title = {{Most \& \{more\} 50\%}}," in entry
    assert r"howpublished = {Bridges\_}," in entry
    assert "year = {2026}," in entry
    assert "url = {https://x.example/id/bridges/most}," in entry
    assert "author" not in in_bibtex(Cited("Most", "Bridges", "", "2026-11-27", "https://x.example/"))


def test_a_citation_names_the_query() -> None:
    """At the end of the words, and in the note, where a percent sign is escaped."""
    cited = replace(CITED, query="Query: https://x.example/sparql?query=A%20B")
    assert in_words(cited).endswith(". BY. Query: https://x.example/sparql?query=A%20B")
    assert r"note = {Release 2026-11-27.2, BY, Query: https://x.example/sparql?query=A\%20B}," in in_bibtex(cited)
