"""A request as the handlers see it, and what they answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote

from mreze.errors import BadRequest, NotFound

PARAMETER: Final = "release"
"""The parameter of an address that names a release."""
TIMELESS: Final = frozenset({"healthz", "readyz", "releases", "robots.txt", "static"})
"""First parts of paths that are of the server, not of a release."""
_MOST_PARAMETERS: Final = 100
_LONGEST_NUMBER: Final = 10


@dataclass(frozen=True)
class Request:
    """An HTTP request."""

    method: str
    path: str
    """As it was sent, still percent-encoded, without the slash at its start."""
    query_string: str
    headers: Mapping[str, str]
    """By name in lower case; of repeated ones the values joined with commas."""
    location: str
    """Where this release is served, as far as this client is concerned; ends with a slash."""
    body: bytes = b""
    client: str = ""
    """Who asks: an address."""

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query string; of repeated ones the last."""
        try:
            return dict(parse_qsl(self.query_string, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS))
        except ValueError as error:
            raise BadRequest(f"The parameters cannot be read: {error}") from error

    @property
    def page(self) -> int:
        """Which page of something long is asked for, from 1.

        Raises:
            NotFound: it is no number.
        """
        asked = self.parameters.get("page", "1")
        if not (asked.isascii() and asked.isdigit() and len(asked) < _LONGEST_NUMBER):
            raise NotFound(f"There is no page {asked!r} of this: pages are numbered from 1.")
        return int(asked)

    @property
    def release(self) -> str:
        """The release that the address names; "" where it is to be the current one."""
        return self.parameters.get(PARAMETER, "") if f"{PARAMETER}=" in self.query_string else ""

    def keep(self, reference: str) -> str:
        """A reference to another address of this server, within the release that this one names."""
        return pinned(reference, self.release) if self.release else reference

    @property
    def accept(self) -> str | None:
        """The Accept header."""
        return self.headers.get("accept")

    @property
    def root(self) -> str:
        """The relative reference from this path to the home page."""
        return "../" * self.path.count("/") or "./"


@dataclass(frozen=True)
class Response:
    """An answer; the application adds what all answers have."""

    content: bytes = b""
    content_type: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    """Sent in place of the content."""
    length: int | None = None
    """Bytes of the file."""
    tag: str | None = None
    """What the entity tag is made of, where it is known without reading the content."""

    kept: bool = True
    """Whether the same request gets the same answer as long as the release is served."""
    dated: bool = True
    """Whether it is of the release, whose date is then that of its last modification."""

    @property
    def etag(self) -> str:
        """A strong entity tag: equal tags mean equal bytes of the same type."""
        return f'"{self.tag}"' if self.tag else entity_tag(self.content, self.content_type or "")


def entity_tag(content: bytes, content_type: str) -> str:
    """The entity tag of what has no other name than its bytes: in another syntax the same bytes are something else."""
    return f'"{hashlib.sha256(content_type.encode() + content).hexdigest()[:32]}"'


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match header names the tag (weak comparison, RFC 9110, 8.8.3.2)."""
    if header is None:
        return False
    tags = [one.strip().removeprefix("W/") for one in header.split(",")]
    return "*" in tags or etag in tags


def vary(*names: str) -> str:
    """A Vary header of several, each name once."""
    return ", ".join(dict.fromkeys(one.strip() for name in names for one in name.split(",") if one.strip()))


def pinned(reference: str, release: str) -> str:
    """A reference that names a release; one that names one already stays."""
    address, sharp, fragment = reference.partition("#")
    if any(one.startswith(f"{PARAMETER}=") for one in address.partition("?")[2].split("&")):
        return reference
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={quote(release)}{sharp}{fragment}"


def link(target: str, relation: str, media_type: str | None = None) -> str:
    """One link of a Link header (RFC 8288); some readers split at every comma, so the target has none."""
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{target.replace(",", "%2C")}>; rel="{relation}"{kind}'
