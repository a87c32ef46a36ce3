"""The cache keeps what was asked for last, and no more bytes than it may."""

from __future__ import annotations

from mreze.serve.cache import Cache
from mreze.serve.exchange import Response, link, matches


def test_what_was_not_asked_for_longest_makes_room() -> None:
    """Of three values of which two fit, the one that was used last stays."""
    cache: Cache[str] = Cache(capacity=25, largest=10)
    for name in ("a", "b"):
        cache.put(name, name, 10)
    assert cache.get("a") == "a"
    cache.put("c", "c", 10)
    assert [name for name in "abc" if cache.get(name)] == ["a", "c"]
    cache.put("a", "other", 10)
    assert cache.get("a") == "a"


def test_a_large_value_is_not_kept() -> None:
    """One value cannot push out all others."""
    cache: Cache[str] = Cache(capacity=100, largest=10)
    cache.put("large", "x", 11)
    assert cache.get("large") is None


def test_equal_contents_have_equal_tags() -> None:
    """A tag is strong: other bytes, another tag; a list, a weak form and a star match."""
    first, second, third = (Response(content) for content in (b"a", b"a", b"b"))
    assert first.etag == second.etag != third.etag
    assert matches(f'"x", W/{first.etag}', first.etag)
    assert matches("*", first.etag)
    assert not matches(third.etag, first.etag)
    assert not matches(None, first.etag)


def test_links_have_no_comma_in_their_target() -> None:
    """Some readers split a Link header at every comma."""
    assert link("https://x.example/a,b", "alternate", "text/turtle") == (
        '<https://x.example/a%2Cb>; rel="alternate"; type="text/turtle"'
    )
