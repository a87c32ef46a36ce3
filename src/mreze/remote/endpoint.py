"""Where a SPARQL server is, what it speaks, and who asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from mreze.errors import UsageError
from mreze.remote.dialects import Addresses, Dialect

USER: Final = "MREZE_BACKEND_USER"
PASSWORD: Final = "MREZE_BACKEND_PASSWORD"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user; the password shows in no message."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL server."""

    address: str
    """As a person gave it."""
    dialect: Dialect
    addresses: Addresses
    credentials: Credentials | None = None
    cap: int | None = None
    """How many rows it gives at most, where it also cuts graphs there and no header says so."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a server."""

    address: str
    dialect: str | None = None
    """A name of mreze.remote.dialects.DIALECTS; None where the server is to tell."""
    update: str | None = None
    store: str | None = None
    credentials: Credentials | None = None


def endpoint(given: Given, dialect: Dialect) -> Endpoint:
    """The server that is given, which speaks a dialect."""
    usual = dialect.addresses(given.address)
    addresses = Addresses(usual.query, given.update or usual.update, given.store or usual.store)
    return Endpoint(given.address, dialect, addresses, given.credentials)


def checked_address(text: str) -> str:
    """An address of a server.

    Raises:
        UsageError: it is none, or has a password in it, which others on the machine would see.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{text!r} is no address of a SPARQL server: {error}.") from error
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "an address with a password in it is seen by everybody on this machine. Leave it out, and set "
            f"{USER} and {PASSWORD}, or say --user and --password-file."
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or port == 0:
        raise UsageError(f"{text!r} is no address of a SPARQL server. Write http://localhost:7878/ or the like.")
    return text if parts.path else f"{text}/"


def credentials(environment: Mapping[str, str], user: str | None, password: str | None) -> Credentials | None:
    """Who asks: as the command line says, or else the environment; None for nobody in particular.

    Args:
        environment: variables by name.
        user: from the command line.
        password: likewise, read from a file.

    Raises:
        UsageError: there is a user without a password, or a password without a user.
    """
    who = environment.get(USER) if user is None else user
    known = environment.get(PASSWORD) if password is None else password
    if not who and known is None:
        return None
    if not who or known is None:
        missing = "password" if who else "user"
        raise UsageError(f"no {missing} is given. Set {USER} and {PASSWORD}, or say --user and --password-file.")
    return Credentials(who, known)
