"""RFC 9110 row by row: what requests under conditions are answered, on a document, a dump, and where there is none."""

from __future__ import annotations

import pytest
from tests.exchange import Answer, send
from tests.servers import Served

DOCUMENT, DUMP, MISSING = "doc/bridges/old-bridge", "dumps/all.nt", "doc/bridges/nowhere"
PROGRAMME: list[tuple[str, str, dict[str, str], int]] = [
    # Section, method, header fields, status. {tag}, {date}, {length} are those of the representation.
    ("9.3.1", "GET", {}, 200),
    ("9.3.2", "HEAD", {}, 200),
    ("13.1.1", "GET", {"if-match": "{tag}"}, 200),
    ("13.1.1", "GET", {"if-match": '"other", {tag}'}, 200),
    ("13.1.1", "GET", {"if-match": "*"}, 200),
    ("13.1.1", "GET", {"if-match": '"other"'}, 412),
    ("13.1.1", "HEAD", {"if-match": '"other"'}, 412),
    ("13.1.1", "GET", {"if-match": "W/{tag}"}, 412),  # strong comparison
    ("13.1.2", "GET", {"if-none-match": "{tag}"}, 304),
    ("13.1.2", "HEAD", {"if-none-match": "{tag}"}, 304),
    ("13.1.2", "GET", {"if-none-match": "W/{tag}"}, 304),  # weak comparison
    ("13.1.2", "GET", {"if-none-match": '"a", W/"b" ,{tag}'}, 304),
    ("13.1.2", "GET", {"if-none-match": "*"}, 304),
    ("13.1.2", "GET", {"if-none-match": '"other"'}, 200),
    ("13.1.2", "GET", {"if-none-match": "{bare}"}, 200),  # no tag without its quotes
    ("13.1.3", "GET", {"if-modified-since": "{date}"}, 304),
    ("13.1.3", "HEAD", {"if-modified-since": "{date}"}, 304),
    ("13.1.3", "GET", {"if-modified-since": "Fri, 31 Dec 2100 23:59:59 GMT"}, 304),
    ("13.1.3", "GET", {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
    ("13.1.3", "GET", {"if-modified-since": "tomorrow"}, 200),
    ("13.1.3", "GET", {"if-modified-since": "{date}", "if-none-match": '"other"'}, 200),  # ignored beside a tag
    ("13.1.3", "GET", {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT", "if-none-match": "{tag}"}, 304),
    ("5.6.7", "GET", {"if-modified-since": "Sunday, 06-Nov-94 08:49:37 GMT"}, 200),
    ("5.6.7", "GET", {"if-modified-since": "Fri Dec 31 23:59:59 2100"}, 304),
    ("13.1.4", "GET", {"if-unmodified-since": "{date}"}, 200),
    ("13.1.4", "GET", {"if-unmodified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 412),
    ("13.1.4", "HEAD", {"if-unmodified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 412),
    ("13.1.4", "GET", {"if-unmodified-since": "yesterday"}, 200),
    ("13.1.4", "GET", {"if-unmodified-since": "Sat, 01 Jan 2000 00:00:00 GMT", "if-match": "{tag}"}, 200),
    ("13.2.2", "GET", {"if-match": '"other"', "if-none-match": "{tag}"}, 412),  # If-Match goes first
    ("13.2.2", "GET", {"if-match": "{tag}", "if-none-match": "{tag}"}, 304),
    ("13.2.2", "GET", {"if-none-match": "{tag}", "range": "bytes=0-9"}, 304),
    ("14.2", "GET", {"range": "bytes=0-9"}, 206),
    ("14.2", "HEAD", {"range": "bytes=0-9"}, 200),
    ("14.2", "GET", {"range": "pages=1-2"}, 200),
    ("14.2", "GET", {"range": "bytes=9-0"}, 200),
    ("14.2", "GET", {"range": "bytes=a-b"}, 200),
    ("14.2", "GET", {"range": "bytes=" + ",".join(f"{one}-{one}" for one in range(0, 40, 2))}, 200),  # too many
    ("14.2", "GET", {"range": "bytes=0-9,5-20"}, 200),  # the same bytes twice
    ("14.1.2", "GET", {"range": "BYTES=0-0"}, 206),
    ("14.1.2", "GET", {"range": "bytes=-5"}, 206),
    ("14.1.2", "GET", {"range": "bytes=5-"}, 206),
    ("14.1.2", "GET", {"range": "bytes=-99999999999"}, 206),
    ("14.1.2", "GET", {"range": "bytes=0-1,{length}-"}, 206),  # one of the two is there
    ("15.5.17", "GET", {"range": "bytes={length}-"}, 416),
    ("15.5.17", "GET", {"range": "bytes=-0"}, 416),
    ("13.1.5", "GET", {"range": "bytes=0-9", "if-range": "{tag}"}, 206),
    ("13.1.5", "GET", {"range": "bytes=0-9", "if-range": "W/{tag}"}, 200),
    ("13.1.5", "GET", {"range": "bytes=0-9", "if-range": '"other"'}, 200),
    ("13.1.5", "GET", {"range": "bytes=0-9", "if-range": "{date}"}, 206),
    ("13.1.5", "GET", {"range": "bytes=0-9", "if-range": "Fri, 31 Dec 2100 23:59:59 GMT"}, 200),
    ("13.1.5", "GET", {"range": "bytes={length}-", "if-range": '"other"'}, 200),
    ("13.1.5", "GET", {"if-range": '"other"'}, 200),  # nothing without Range
    ("12.5.3", "GET", {"accept-encoding": "gzip"}, 200),
    ("12.5.3", "GET", {"accept-encoding": "identity;q=0"}, 406),
    ("12.5.3", "GET", {"accept-encoding": "*;q=0"}, 406),
    ("12.5.3", "GET", {"accept-encoding": "br"}, 200),
    ("9.3.7", "OPTIONS", {}, 204),
    ("9.3.7", "OPTIONS", {"if-match": '"other"'}, 204),  # conditions are of what selects a representation
    ("15.5.6", "PUT", {}, 405),
    ("15.5.6", "DELETE", {"if-match": '"other"'}, 405),
    ("15.5.6", "POST", {"if-none-match": "*"}, 405),
    ("9.3.8", "TRACE", {}, 405),
]


def _row(served: Served, path: str, method: str, headers: dict[str, str]) -> tuple[Answer, Answer]:
    """The answer to a row, and that to a plain GET before it."""
    plain = send(served, "GET", path)
    tag = plain.headers.get("etag", '"none"')
    known = {
        "{tag}": tag,
        "{bare}": tag.strip('"'),
        "{date}": plain.headers.get("last-modified", "Mon, 23 Nov 2026 00:00:00 GMT"),
        "{length}": str(len(plain.content)),
    }
    filled = dict(headers)
    for name in filled:
        for placeholder, value in known.items():
            filled[name] = filled[name].replace(placeholder, value)
    return send(served, method, path, **filled), plain


@pytest.mark.parametrize("path", [DOCUMENT, DUMP])
@pytest.mark.parametrize(("section", "method", "headers", "status"), PROGRAMME)
def test_the_programme(
    minimal: Served, path: str, section: str, method: str, headers: dict[str, str], status: int
) -> None:
    """Each row gives its status, and the fields and the content that go with it."""
    answer, plain = _row(minimal, path, method, headers)
    assert answer.status == status, section
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["date"]
    if status in {200, 206, 304}:
        for name in ("cache-control", "vary"):
            assert answer.headers[name] == plain.headers[name], section
    if status == 200 and "gzip" not in headers.get("accept-encoding", ""):
        assert answer.headers | {"date": ""} == plain.headers | {"date": ""}, section
        assert answer.content == (b"" if method == "HEAD" else plain.content)
    if status in {304, 204}:
        assert answer.content == b""
    if status == 304:  # RFC 9110, 15.4.5
        assert answer.headers["etag"] == plain.headers["etag"]
        assert answer.headers.get("content-location") == plain.headers.get("content-location")
        assert not {"content-type", "content-length", "last-modified", "content-language"} & answer.headers.keys()
    if status == 405:  # RFC 9110, 10.2.1
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    if status == 416:  # RFC 9110, 14.4
        assert answer.headers["content-range"] == f"bytes */{len(plain.content)}"
    if status in {405, 406, 412, 416} and method != "HEAD":
        assert b'"status": %d' % status in answer.content
    assert method == "HEAD" or status in {204, 304} or len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize(("section", "method", "headers", "status"), PROGRAMME)
def test_where_there_is_nothing_conditions_count_for_nothing(
    minimal: Served, section: str, method: str, headers: dict[str, str], status: int
) -> None:
    """A missing IRI is 404 whatever the conditions (RFC 9110, 13.2.1); its route has methods as others have."""
    answer, _ = _row(minimal, MISSING, method, headers)
    assert answer.status == (status if status in {204, 405} else 404), section
    assert not {"etag", "last-modified", "accept-ranges", "content-range"} & answer.headers.keys()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert method == "HEAD" or answer.status == 204 or b'"status": %d' % answer.status in answer.content
