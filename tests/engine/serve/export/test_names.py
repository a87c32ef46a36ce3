"""Every address has a file that web servers find, or is refused."""

from __future__ import annotations

import pytest

from mreze.errors import ReleaseError
from mreze.serve.export.names import address, form, stem


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "index"),
        ("queries/", "queries/index"),
        ("doc/bridges/v1.0", "doc/bridges/v1.0"),
        ("doc/bridges/%D0%BC%D0%BE%D1%81%D1%82", "doc/bridges/мост"),
        ("doc/bridges/100%25", "doc/bridges/100%"),
    ],
)
def test_a_file_is_called_as_servers_look_for_it(path: str, expected: str) -> None:
    """Decoded; what ends with a slash has an index."""
    assert stem(path) == expected


@pytest.mark.parametrize("path", ["doc/a%2Fb", "doc/../x", "doc//x", "doc/%2e%2e/x", "doc/a%00", ".mreze/export"])
def test_what_no_file_can_be_called_is_refused(path: str) -> None:
    """And named, so that its author can rename it."""
    with pytest.raises(ReleaseError, match="Rename it"):
        stem(path)


def test_page_and_language_stand_before_the_extension() -> None:
    """The first page and the first language are not named."""
    assert form("doc/x", "html") == "doc/x.html"
    assert form("doc/x", "html", 2, "sr-latn") == "doc/x.page-2.sr-latn.html"


def test_an_address_is_encoded() -> None:
    """What a URL gives another meaning is escaped."""
    assert address("doc/мост 100%#?.ttl") == "doc/%D0%BC%D0%BE%D1%81%D1%82%20100%25%23%3F.ttl"
