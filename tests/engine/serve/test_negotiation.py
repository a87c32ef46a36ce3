"""Which format, which language: pure decisions over headers."""

from __future__ import annotations

import pytest

from mreze.errors import NotAcceptable
from mreze.formats import DOCUMENTS, HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from mreze.serve.negotiation import choose, choose_language, telling_language


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/*;q=0.5, application/ld+json", JSON_LD),
        ("text/html;q=0.9, text/turtle;q=0.91", TURTLE),
        ("text/turtle;q=0.5, */*;q=0.5", TURTLE),
        ("text/html, */*", HTML),
        ("application/xhtml+xml", HTML),
        ("text/plain", N_TRIPLES),
        ("application/xml", RDF_XML),
        ("*/*, text/turtle;q=0, application/ld+json;q=0", N_TRIPLES),
        (" , ,text/turtle ; q=1 ;x=y", TURTLE),
        ("text/turtle;q=nonsense", TURTLE),
        ("text/turtle;q=2, application/rdf+xml;q=0.5", TURTLE),
    ],
)
def test_the_client_s_wish_decides(accept: str | None, expected: Format) -> None:
    """Quality, then what is named itself, then our order."""
    assert choose(accept, DOCUMENTS) is expected


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "nonsense"])
def test_nothing_fits(accept: str) -> None:
    """The error says what there is."""
    with pytest.raises(NotAcceptable, match="text/turtle"):
        choose(accept, DOCUMENTS)


@pytest.mark.parametrize(
    ("asked", "header", "expected"),
    [
        (None, None, "en"),
        ("sr-latn", "de", "sr-latn"),
        ("SR-Cyrl", None, "sr-cyrl"),
        ("xx", "sr", "sr-cyrl"),
        (None, "sr-Latn-RS, sr;q=0.5", "sr-latn"),
        (None, "sr-RS", "sr-cyrl"),
        (None, "en;q=0, sr", "sr-cyrl"),
        (None, "de, fr", "en"),
        (None, "de;q=1, sr-Latn;q=0.2, en;q=0.1", "sr-latn"),
    ],
)
def test_the_reader_s_language_decides(asked: str | None, header: str | None, expected: str) -> None:
    """The address goes before the header; a script that is not said is the first we have."""
    assert choose_language(asked, header, ("en", "sr-cyrl", "sr-latn")) == expected


@pytest.mark.parametrize(
    ("header", "query", "expected"),
    [
        (None, b"", "en"),
        ("sr-Latn-RS, en;q=0.5", b"", "sr-latn"),
        ("sr-latn;q=0.9, de;q=1", b"q=a&page=2", "sr-latn"),
        ("de-AT, de;q=0.9", b"lang=sr", "en"),
        ("de", b"release=2026-11-23", "de"),
        ("de", b"lang=sr&%72elease=2026-11-23", "de"),
        (None, b"release=2026-11-23", None),
    ],
)
def test_the_same_wish_is_the_same_answer(header: str | None, query: bytes, expected: str | None) -> None:
    """However it is spelt, but where another release may have other languages."""
    assert telling_language(header, query, ["en", "sr-cyrl", "sr-latn"]) == expected
