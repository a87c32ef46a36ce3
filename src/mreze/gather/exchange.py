"""A request to a service elsewhere; what comes back is `mreze.answer.Answer`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from mreze.answer import cut


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; it has no secrets, so it can be kept and shown."""

    method: str
    address: str
    """Without a user's name and password."""
    parameters: tuple[tuple[str, str], ...]
    """Of the query or of the form, sorted."""
    accept: str = ""
    whole: bool = True
    """Whether the body is wanted, or only to know that there is one."""

    @property
    def key(self) -> str:
        """What tells it from all others, 64 hexadecimal digits."""
        told = json.dumps([self.method, self.address, self.parameters, self.accept, self.whole])
        return hashlib.sha256(told.encode()).hexdigest()

    def __str__(self) -> str:
        told = "&".join(f"{name}={value}" for name, value in self.parameters)
        return f"{self.method} {self.address}" + (f" ({cut(told)})" if told else "")


def request_to(method: str, address: str, parameters: Mapping[str, str], accept: str = "") -> Request:
    """A request as it is kept: parameters in order, no secrets."""
    return Request(method, without_secrets(address), tuple(sorted(parameters.items())), accept)


def without_secrets(address: str) -> str:
    """An address without the user's name and password."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def credentials(address: str) -> tuple[str, str] | None:
    """The user's name and password of an address."""
    given, at, _ = urlsplit(address).netloc.rpartition("@")
    user, _, password = given.partition(":")
    return (unquote(user), unquote(password)) if at else None
