"""A request to a service elsewhere, and what came back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HTML: Final = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT: Final = 4096
_SHOWN: Final = 80


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
        return f"{self.method} {self.address}" + (f" ({_cut(told)})" if told else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case."""

    @property
    def content_type(self) -> str:
        """As the service said it; "" where it did not."""
        return self.headers.get("content-type", "")

    def __str__(self) -> str:
        """What it looks like, in a few words."""
        begin = self.body[:_LOOKED_AT].decode("utf-8", "replace")
        if not self.body:
            return "an empty body"
        if self.content_type.startswith(("text/html", "application/xhtml")) or _HTML.match(begin):
            title = _TITLE.search(begin)
            return f"an HTML page titled “{_cut(unescape(title[1]))}”" if title else "an HTML page"
        return f"“{_cut(begin)}”"


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


def _cut(told: str) -> str:
    line = " ".join("".join(one if one.isprintable() else " " for one in told).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + "…"
