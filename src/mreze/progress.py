"""What a long piece of work tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told what is being done now, and how much of it is done."""

    def __call__(self, step: str, done: int = 0, total: int | None = None) -> None:
        """Take note.

        Args:
            step: what is being done.
            done: how many parts of it are done.
            total: how many parts it has, None where nobody knows.
        """


def unwatched(step: str, done: int = 0, total: int | None = None) -> None:
    """Nobody watches."""
