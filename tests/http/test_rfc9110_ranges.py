"""RFC 9110, 14: parts of a representation, put together, are the representation."""

from __future__ import annotations

import gzip
import re
from email.parser import BytesParser

import pytest
from tests.exchange import Answer, post, send
from tests.servers import Served

WHOLE = [
    "doc/bridges/old-bridge",
    "dumps/all.nt",
    "catalog.ttl",
    "static/site.css",
    "sitemap.xml",
    "queries/bridges.csv",
]


def _part(served: Served, path: str, wanted: str, **headers: str) -> Answer:
    answer = send(served, "GET", path, range=f"bytes={wanted}", **headers)
    assert answer.status == 206
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer


@pytest.mark.parametrize("path", WHOLE)
def test_parts_make_the_whole(minimal: Served, path: str) -> None:
    """First bytes, a middle and the last ones; each says where it stands, and of which representation it is."""
    whole = send(minimal, "GET", path)
    assert whole.headers["accept-ranges"] == "bytes"
    length = len(whole.content)
    got = b""
    for wanted, start, stop in (("0-99", 0, 100), ("100-199", 100, 200), ("200-", 200, length)):
        part = _part(minimal, path, wanted)
        assert part.headers["content-range"] == f"bytes {start}-{min(stop, length) - 1}/{length}"
        for name in ("etag", "content-type", "cache-control", "vary", "content-location", "last-modified"):
            assert part.headers.get(name) == whole.headers.get(name)
        got += part.content
    assert got == whole.content
    assert _part(minimal, path, "-7").content == whole.content[-7:]
    assert _part(minimal, path, f"{length - 1}-999999").content == whole.content[-1:]


@pytest.mark.parametrize("path", ["doc/bridges/old-bridge", "dumps/all.nt"])
def test_several_parts_come_in_one_answer(minimal: Served, path: str) -> None:
    """As multipart/byteranges, in the order asked for, each with its type and place (RFC 9110, 14.6)."""
    whole = send(minimal, "GET", path)
    answer = _part(minimal, path, "50-59, 0-9, -5")
    assert "content-range" not in answer.headers
    kind = answer.headers["content-type"]
    assert kind.startswith("multipart/byteranges; boundary=")
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + answer.content)
    parts = list(message.walk())[1:]
    assert [one.get_payload(decode=True) for one in parts] == [
        whole.content[50:60], whole.content[:10], whole.content[-5:],
    ]  # fmt: skip
    assert {one["Content-Type"] for one in parts} == {whole.headers["content-type"]}
    assert parts[1]["Content-Range"] == f"bytes 0-9/{len(whole.content)}"


@pytest.mark.parametrize("path", ["catalog.ttl", "dumps/all.nt"])
def test_parts_are_of_the_packed_bytes_where_these_are_sent(minimal: Served, path: str) -> None:
    """A range is one of the representation, whose coding belongs to it: an interrupted download goes on."""
    packed = send(minimal, "GET", path, accept_encoding="gzip")
    tag = packed.headers["etag"]
    first = _part(minimal, path, "0-499", accept_encoding="gzip")
    rest = _part(minimal, path, "500-", accept_encoding="gzip", if_range=tag)
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["etag"] == rest.headers["etag"] == tag
    assert first.content + rest.content == packed.content
    assert gzip.decompress(packed.content) == send(minimal, "GET", path).content
    # Whoever asks with the tag of the packed bytes for those that are not gets all of these.
    assert send(minimal, "GET", path, range="bytes=500-", if_range=tag).status == 200


def test_who_knows_the_representation_is_told_no_more_of_it(minimal: Served) -> None:
    """With If-Range an answer is short (RFC 9110, 15.3.7): the client has the rest of the fields already."""
    tag = send(minimal, "GET", "dumps/all.nt").headers["etag"]
    part = _part(minimal, "dumps/all.nt", "0-9", if_range=tag)
    assert not {"content-type", "last-modified", "link"} & part.headers.keys()
    assert {"etag", "date", "cache-control", "vary", "content-range"} <= part.headers.keys()


def test_what_differs_each_time_has_no_parts(minimal: Served) -> None:
    """Bytes of two answers would make neither of them."""
    path = "sparql?query=SELECT%20%28RAND%28%29%20AS%20%3Fr%29%20%7B%7D"
    answer = send(minimal, "GET", path, range="bytes=0-9")
    assert answer.status == 200
    assert not {"accept-ranges", "last-modified"} & answer.headers.keys()
    assert send(minimal, "GET", "healthz", range="bytes=0-0").status == 200


def test_what_is_no_representation_has_no_parts(minimal: Served) -> None:
    """An error, a redirect and what is retired are sent whole."""
    for path, status in (("nothing", 404), ("id/bridges/old-bridge", 303), ("doc/bridges/lost-bridge", 410)):
        answer = send(minimal, "GET", path, range="bytes=0-9", if_none_match="*")
        assert answer.status == status
        assert not {"accept-ranges", "content-range"} & answer.headers.keys()


def test_a_query_by_post_has_no_parts(minimal: Served) -> None:
    """Range is defined for GET (RFC 9110, 14.2)."""
    sent = {"content_type": "application/sparql-query", "range": "bytes=0-9", "if_none_match": "*"}
    answer = post(minimal, "sparql", b"ASK {}", **sent)
    assert answer.status == 200
    assert re.search(rb'"boolean"\s*:\s*true', answer.content)
