"""Where a release is served, as far as a request may say."""

from __future__ import annotations

import pytest

from mreze.serve.settings import Settings

ADDRESS = "http://192.0.2.7:8000/"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (None, ADDRESS),
        ("", ADDRESS),
        ("localhost", "http://localhost/"),
        ("localhost:81", "http://localhost:81/"),
        ("127.0.0.1:81", "http://127.0.0.1:81/"),
        ("[::1]:81", "http://[::1]:81/"),
        ("192.0.2.7:8000", ADDRESS),
        ("192.0.2.7", ADDRESS),
        ("evil.example", ADDRESS),
        ("localhost.evil.example", ADDRESS),
        ("127.0.0.1@evil.example", ADDRESS),
        ("localhost/evil", ADDRESS),
    ],
)
def test_only_loopback_and_the_own_address_are_believed(host: str | None, expected: str) -> None:
    """A stranger's Host header never gets into a location."""
    assert Settings(ADDRESS).location_for("http", host) == expected


def test_the_public_url_goes_before_all() -> None:
    """What the operator said is the location, whoever asks."""
    settings = Settings(ADDRESS, "https://data.example.org/x/")
    assert settings.location_for("http", "localhost") == settings.location == "https://data.example.org/x/"
