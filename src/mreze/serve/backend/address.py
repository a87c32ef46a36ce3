"""Where a server is that has the store, as the operator names it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server takes queries."""

    url: str
    credentials: str = field(default="", repr=False)
    """NAME:PASSWORD, if it wants them."""
