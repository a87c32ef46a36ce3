"""Where a server is, and who asks it."""

from __future__ import annotations

import pytest

from mreze.errors import UsageError
from mreze.remote.dialects import OXIGRAPH, PLAIN, VIRTUOSO, Addresses, Dialect, recognise
from mreze.remote.endpoint import PASSWORD, USER, Credentials, Given, checked_address, credentials, endpoint


@pytest.mark.parametrize(
    ("server", "dialect"),
    [
        ("Oxigraph/0.5.13", OXIGRAPH),
        ("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu  ", VIRTUOSO),
        ("nginx", PLAIN),
        ("", PLAIN),
    ],
)
def test_a_server_is_known_by_its_header(server: str, dialect: Dialect) -> None:
    """What is not known is plain SPARQL."""
    assert recognise(server) is dialect


@pytest.mark.parametrize(
    ("given", "dialect", "expected"),
    [
        (Given("http://h:7878/"), OXIGRAPH, Addresses("http://h:7878/query", "http://h:7878/update", "http://h:7878/store")),
        (Given("http://h/x/query"), OXIGRAPH, Addresses("http://h/x/query", "http://h/x/update", "http://h/x/store")),
        (
            Given("http://h:8890/sparql"), VIRTUOSO,
            Addresses("http://h:8890/sparql", "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
        ),
        (
            Given("http://h:8890/"), VIRTUOSO,
            Addresses("http://h:8890/sparql", "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
        ),
        (Given("http://h/ds"), PLAIN, Addresses("http://h/ds", "http://h/ds", "")),
        (
            Given("http://h/ds/query", update="http://h/ds/update", store="http://h/ds/data"), PLAIN,
            Addresses("http://h/ds/query", "http://h/ds/update", "http://h/ds/data"),
        ),
    ],
)  # fmt: skip
def test_one_address_gives_the_others(given: Given, dialect: Dialect, expected: Addresses) -> None:
    """What an engine does not say by itself, a person says."""
    assert endpoint(given, dialect).addresses == expected


@pytest.mark.parametrize(
    "address",
    ["http://dba:dba@h/sparql", "ftp://h/", "h:7878", "http://", "http://h:99999/", "http://h/?x=1", "http://h/#x"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """A password in it, too: others see the command line."""
    with pytest.raises(UsageError, match="address"):
        checked_address(address)


def test_a_password_is_not_repeated() -> None:
    """Neither in the error on an address that has one, nor where credentials are shown."""
    with pytest.raises(UsageError) as error:
        checked_address("http://dba:s3cret@h/")
    assert "s3cret" not in str(error.value)
    assert "s3cret" not in repr(Credentials("dba", "s3cret"))


@pytest.mark.parametrize(
    ("environment", "user", "password", "expected"),
    [
        ({}, None, None, None),
        ({USER: "a", PASSWORD: "b"}, None, None, Credentials("a", "b")),
        ({USER: "a", PASSWORD: "b"}, "c", "d", Credentials("c", "d")),
        ({PASSWORD: "b"}, "c", None, Credentials("c", "b")),
        ({}, "c", "", Credentials("c", "")),
    ],
)
def test_who_asks(
    environment: dict[str, str], user: str | None, password: str | None, expected: Credentials | None
) -> None:
    """The command line comes before the environment."""
    assert credentials(environment, user, password) == expected


@pytest.mark.parametrize("environment", [{USER: "a"}, {PASSWORD: "b"}])
def test_half_a_user_is_refused(environment: dict[str, str]) -> None:
    """A user without a password, or the other way round, is a mistake."""
    with pytest.raises(UsageError, match="is given"):
        credentials(environment, None, None)
