"""Answers that were made before: a release never changes, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from mreze.serve.exchange import Response

_LARGEST: Final = 1 << 20


class Cache:
    """Keeps the answers that were asked for last, up to a number of bytes."""

    def __init__(self, capacity: int = 64 << 20) -> None:
        self._capacity = capacity
        self._size = 0
        self._kept: OrderedDict[Hashable, Response] = OrderedDict()

    def get(self, key: Hashable) -> Response | None:
        """The answer kept under a key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, response: Response) -> None:
        """Keep an answer; what was not asked for longest makes room."""
        size = len(response.content) + 1_000
        if size > _LARGEST or key in self._kept:
            return
        self._kept[key] = response
        self._size += size
        while self._size > self._capacity:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content) + 1_000
