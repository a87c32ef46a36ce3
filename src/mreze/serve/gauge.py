"""What an express lane is doing, for the server to see at any time: memory that both share."""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from mreze.serve.tcp import Progress

_STATE: Final = struct.Struct("=BxxxxxxxQdQQQQ")


class Doing(IntEnum):
    """What a lane does at the moment."""

    WAITING = 0
    EVALUATING = 1
    WRITING = 2


@dataclass(frozen=True, slots=True)
class State:
    """What a lane does, for which connection, and for how many seconds already."""

    doing: Doing
    connection: int
    seconds: float
    before: Progress
    """How far the connection was before the answer was written."""
    after: Progress
    """How far it is when the answer is written and the request taken."""


class Gauge:
    """Written by the lane, read by the server."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, mmap.PAGESIZE)

    def set(self, doing: Doing, connection: int = 0) -> None:
        """Say what the lane does from now on."""
        _STATE.pack_into(self._memory, 0, doing, connection, time.monotonic(), 0, 0, 0, 0)

    def write(self, connection: int, before: Progress, after: Progress) -> None:
        """Say that it writes an answer from now on."""
        counts = before.written, before.taken, after.written, after.taken
        _STATE.pack_into(self._memory, 0, Doing.WRITING, connection, time.monotonic(), *counts)

    def read(self) -> State:
        """What the lane does."""
        doing, connection, since, *counts = _STATE.unpack_from(self._memory)
        before, after = Progress(*counts[:2]), Progress(*counts[2:])
        return State(Doing(doing), connection, time.monotonic() - since, before, after)
