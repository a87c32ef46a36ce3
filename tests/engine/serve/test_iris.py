"""Paths and IRIs: what may be decoded is, what must not be is not."""

from __future__ import annotations

import pytest

from mreze.serve.iris import candidates, decode, encode
from mreze.serve.wire import encode_octets


@pytest.mark.parametrize(
    ("path", "decoded"),
    [
        ("a/b", "a/b"),
        ("%D0%9C%D0%BE%D1%81%D1%82", "Мост"),
        ("%41%7e", "A~"),
        ("a%2Fb", "a%2Fb"),
        ("a%2fb%20c%3F%23", "a%2Fb%20c%3F%23"),
        ("%FF%D0", "%FF%D0"),
        ("%C2%A0", "%C2%A0"),
        ("%", "%"),
        ("%zz", "%zz"),
        ("%00", "%00"),
    ],
)
def test_only_letters_are_decoded(path: str, decoded: str) -> None:
    """What is reserved, a control character, a space or no UTF-8 stays encoded, in capitals."""
    assert decode(path) == decoded
    assert decode(decoded) == decoded


def test_both_forms_are_tried() -> None:
    """The native one first, then the encoded one, then what was sent."""
    assert candidates("%d0%9c") == ["М", "%D0%9C", "%d0%9c"]
    assert candidates("plain") == ["plain"]


@pytest.mark.parametrize(
    ("iri", "uri"),
    [
        ("https://x.example/М?a=б#в", "https://x.example/%D0%9C?a=%D0%B1#%D0%B2"),
        ("https://x.example/%D0", "https://x.example/%D0"),
    ],
)
def test_an_iri_becomes_a_uri(iri: str, uri: str) -> None:
    """What is not ASCII is encoded, what is encoded is not encoded again."""
    assert encode(iri) == uri


def test_octets_of_a_request_line_are_encoded() -> None:
    """Raw letters in a path are what they would be percent-encoded."""
    assert encode_octets("GET /Мост HTTP/1.1".encode()) == b"GET /%D0%9C%D0%BE%D1%81%D1%82 HTTP/1.1"
    assert encode_octets(b"GET / HTTP/1.1") == b"GET / HTTP/1.1"
