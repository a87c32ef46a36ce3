"""Ask while there is time: an explanation is worth a second, and no more."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import RequestError

Ask = Callable[[str, Sequence[str], Sequence[str], float], Awaitable[bytes]]
"""Asks a query over default and named graphs (none: all), for so many seconds; gives SPARQL results in JSON."""
Row = dict[str, dict[str, str]]
SECONDS: Final = 1.0
_LEAST: Final = 0.02


class OutOfTime(Exception):
    """The question was not answered in what was left of the second."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks until a moment."""

    ask: Ask
    until: float
    """By the monotonic clock: in an express lane there is no event loop."""

    @classmethod
    def begin(cls, ask: Ask, seconds: float = SECONDS) -> Asking:
        """Ask from now on, for so many seconds."""
        return cls(ask, time.monotonic() + seconds)

    async def rows(self, query: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> list[Row]:
        """The solutions of a query.

        Raises:
            OutOfTime: there are none yet, or the server has no time for them.
        """
        left = self.until - time.monotonic()
        if left < _LEAST:
            raise OutOfTime
        try:
            content: dict[str, Any] = json.loads(await self.ask(query, default, named, left))
        except RequestError as error:  # too slow, too large, too many: then it is not explained
            raise OutOfTime from error
        found: list[Row] = content["results"]["bindings"]
        return found
