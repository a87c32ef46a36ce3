"""What an operator may set, and how a request finds out where it is answered."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from typing import Final

from mreze.remote.endpoint import Given
from mreze.serve.queue import Limits

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
DEADLINE: Final = 30.0
"""Seconds a query may take, unless the operator says otherwise."""
MEMORY: Final = 1 << 30
"""Bytes of memory that it may take on top of what the store needs, likewise."""
IN_MEMORY: Final = 4 << 30
"""Bytes that a store in memory may take, likewise; each worker comes to have a copy of most of it."""
RESULT: Final = 64 << 20
"""Bytes that its answer may have, likewise."""

CATALOG_PAGE: Final = 100
"""Datasets that a page of the catalogue has, likewise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server."""

    address: str
    """Where it listens, as a base URL with a slash at the end: http://127.0.0.1:8000/"""
    public_url: str | None = None
    """Where the world sees it, if the operator says so; with a slash at the end."""
    workers: int = max(2, os.cpu_count() or 1)
    """How many queries are evaluated at once."""
    deadline: float = DEADLINE
    """Seconds a query may take."""
    limits: Limits = field(default_factory=Limits)
    """How many queries may wait."""
    trusted: tuple[Network, ...] = ()
    """Proxies whose Forwarded and X-Forwarded headers are believed."""
    memory: int = MEMORY
    """Bytes of memory that a query may take."""
    in_memory: int = IN_MEMORY
    """Bytes of memory that a release's store may take; a larger one is queried on disk."""
    result: int = RESULT
    """Bytes that an answer may have."""
    services: tuple[str, ...] = ()
    """What the IRIs of other servers begin with that a query may ask with SERVICE."""
    live: bool = True
    """Whether there is a server to ask; not where the site is copied to files."""

    catalog_page: int = CATALOG_PAGE
    """How many datasets a page of the catalogue has at most."""

    backend: Given | None = None
    """The server that has the store, if it is not embedded."""

    @property
    def location(self) -> str:
        """Where a release's locations stand when no request tells otherwise."""
        return self.public_url or self.address

    def trusts(self, address: str) -> bool:
        """Whether what this address says of the request before it is believed."""
        try:
            return any(ipaddress.ip_address(address) in network for network in self.trusted)
        except ValueError:
            return False

    def location_for(self, scheme: str, host: str | None, *, believed: bool = False) -> str:
        """Where a release's locations stand for a request: never under a host that a stranger made up."""
        if self.public_url is not None or not host:
            return self.location
        if (believed and _is_host(host)) or _is_loopback(host) or f"//{host}/" in self.address:
            return f"{scheme}://{host}/"
        return self.location


def _is_host(host: str) -> bool:
    return _HOST.fullmatch(host) is not None


def _is_loopback(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
