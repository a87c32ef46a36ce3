"""Who asks, and under which address: the connection tells, or a proxy that is trusted does.

`Forwarded` (https://www.rfc-editor.org/rfc/rfc7239) or, in its absence, the X-Forwarded-* headers that came before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mreze.serve.settings import Settings


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from."""

    client: str
    """An address, or what a proxy calls the client."""
    scheme: str
    host: str | None
    believed: bool = False
    """Whether a trusted proxy says so: then the host is one that the operator meant."""


def find_origin(settings: Settings, peer: str, scheme: str, headers: Mapping[str, str]) -> Origin:
    """Find out who asks.

    Every proxy adds its element at the end of a header, so they are read from there, as far as those are trusted who
    wrote them: what stands before was made up by whoever likes to.

    Args:
        settings: which proxies are trusted.
        peer: the other end of the connection.
        scheme: of the connection.
        headers: by name in lower case; repeated ones joined with commas.
    """
    host = headers.get("host")
    if not settings.trusts(peer):
        return Origin(peer, scheme, host)
    hops = _forwarded(headers["forwarded"]) if "forwarded" in headers else _x_forwarded(headers)
    found = Origin(peer, scheme, host, believed=True)
    for hop in reversed(hops):
        if not settings.trusts(found.client):
            break
        scheme = hop.get("proto", "").lower()
        found = Origin(
            hop.get("for") or found.client,
            scheme if scheme in {"http", "https"} else found.scheme,
            hop.get("host") or found.host,
            believed=True,
        )
    return found


def _forwarded(header: str) -> list[dict[str, str]]:
    hops = []
    for element in header.split(","):
        pairs = (one.partition("=") for one in element.split(";"))
        hops.append({name.strip().lower(): value.strip().strip('"') for name, _, value in pairs})
    for hop in hops:
        if "for" in hop:
            hop["for"] = _without_port(hop["for"])
    return hops


def _x_forwarded(headers: Mapping[str, str]) -> list[dict[str, str]]:
    columns = {name: _elements(headers.get(f"x-forwarded-{name}", "")) for name in ("for", "proto", "host")}
    length = max(len(one) for one in columns.values())
    # A proxy that names fewer hops in one header than in another speaks of the outermost: it replaced what was there.
    padded = {name: [*values[:1] * (length - len(values)), *values] for name, values in columns.items()}
    return [{name: values[at] for name, values in padded.items() if values} for at in range(length)]


def _elements(header: str) -> list[str]:
    return [one.strip() for one in header.split(",") if one.strip()]


def _without_port(node: str) -> str:
    """A node of RFC 7239, section 6, as an address: `192.0.2.1:80`, `[2001:db8::1]:80`."""
    if node.startswith("["):
        return node[1:].partition("]")[0]
    return node.partition(":")[0] if node.count(":") == 1 else node
