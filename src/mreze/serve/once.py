"""What is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Keeps what was made; what could not be made is tried again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: list[T] = []

    @property
    def is_made(self) -> bool:
        """Whether nobody has to wait."""
        return bool(self._made)

    def get(self, make: Callable[[], T]) -> T:
        """What was made, or is made now; one makes it, whoever asks meanwhile waits."""
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(make())
        return self._made[0]
