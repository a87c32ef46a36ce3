"""Who asks, and where: a connection tells, a trusted proxy may tell otherwise."""

from __future__ import annotations

import ipaddress

import pytest

from mreze.serve.origin import Origin, find_origin
from mreze.serve.settings import Settings

PROXY, INNER, CLIENT = "192.0.2.1", "192.0.2.2", "198.51.100.7"
SETTINGS = Settings("http://127.0.0.1:8000/", trusted=(ipaddress.ip_network("192.0.2.0/24"),))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (PROXY, "http", "h")),
        ({"x-forwarded-for": CLIENT}, (CLIENT, "http", "h")),
        ({"x-forwarded-for": f"10.9.9.9, {CLIENT}"}, (CLIENT, "http", "h")),
        ({"x-forwarded-for": f"10.9.9.9, {CLIENT}, {INNER}"}, (CLIENT, "http", "h")),
        ({"x-forwarded-proto": "https", "x-forwarded-host": "d.example"}, (PROXY, "https", "d.example")),
        ({"x-forwarded-for": CLIENT, "x-forwarded-proto": "https"}, (CLIENT, "https", "h")),
        ({"x-forwarded-for": f"{CLIENT}, {INNER}", "x-forwarded-proto": "https"}, (CLIENT, "https", "h")),
        (
            {"x-forwarded-for": f"6.6.6.6, {CLIENT}", "x-forwarded-host": "evil.example, d.example"},
            (CLIENT, "http", "d.example"),
        ),
        ({"x-forwarded-proto": "javascript"}, (PROXY, "http", "h")),
        ({"forwarded": f"for={CLIENT};proto=https;host=d.example"}, (CLIENT, "https", "d.example")),
        ({"forwarded": f'for=6.6.6.6, For="{CLIENT}:123"; Proto=HTTPS'}, (CLIENT, "https", "h")),
        ({"forwarded": 'for="[2001:db8::7]:80"'}, ("2001:db8::7", "http", "h")),
        ({"forwarded": f"for={CLIENT}", "x-forwarded-for": "6.6.6.6"}, (CLIENT, "http", "h")),
        ({"forwarded": ";;=,"}, (PROXY, "http", "h")),
    ],
)
def test_a_trusted_proxy_is_believed(headers: dict[str, str], expected: tuple[str, str, str]) -> None:
    """As far from the right as proxies are trusted, and no further."""
    client, scheme, host = expected
    assert find_origin(SETTINGS, PROXY, "http", {"host": "h", **headers}) == Origin(client, scheme, host, believed=True)


def test_a_stranger_is_not() -> None:
    """Whoever is not trusted may say what they like."""
    headers = {
        "host": "h",
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-host": "evil.example",
        "forwarded": "for=6.6.6.6",
    }
    assert find_origin(SETTINGS, CLIENT, "http", headers) == Origin(CLIENT, "http", "h")
    assert find_origin(Settings(""), PROXY, "http", headers) == Origin(PROXY, "http", "h")
