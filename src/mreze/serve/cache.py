"""What was made before: a release never changes, so neither do its answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Keeps the values that were asked for last, up to a number of bytes."""

    def __init__(self, capacity: int, largest: int) -> None:
        self._capacity = capacity
        self._largest = largest
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """The value kept under a key."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Keep a value of so many bytes; what was not asked for longest makes room."""
        if size > self._largest or key in self._kept:
            return
        self._kept[key] = value, size
        self._size += size
        while self._size > self._capacity:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._size -= dropped
