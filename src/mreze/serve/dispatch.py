"""The server's side of the express lanes: it hands connections over, takes them back, and ends a lane that is stuck."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from mreze.serve.express import BACK, LARGEST, NUMBER, READY, RETURN, TAKE
from mreze.serve.gauge import Doing, Gauge, State
from mreze.serve.queue import Cost
from mreze.serve.sparql import from_query_string
from mreze.serve.tcp import progress
from mreze.serve.template import Costs, template

_PERIOD: Final = 0.05
_STUCK: Final = 0.5
"""Seconds after which what was thought to be cheap is not: the lane is ended, and its queries go where all go."""
_PAUSE: Final = 1
"""Seconds before another try where a lane ended before it was ready: the next one may well end the same way."""

Adopt = Callable[[], asyncio.Protocol]
"""Makes the protocol that goes on with a connection."""


class Forker(Protocol):
    """Makes and ends the processes; see `zygote.Zygote`."""

    def fork(self, slot: int) -> tuple[int, socket.socket]:
        """A new process for a lane: its id, and a socket to it."""

    def kill(self, process: int) -> int:
        """End one, and return the signal that ended it."""


@dataclass(slots=True, eq=False)
class _Lane:
    slot: int
    gauge: Gauge
    process: int
    control: socket.socket
    connections: dict[int, tuple[socket.socket, Adopt]] = field(default_factory=dict)


class Dispatch:
    """Knows the lanes and which connections they have."""

    def __init__(self, forker: Forker, gauges: Sequence[Gauge], costs: Costs) -> None:
        self._forker = forker
        self._gauges = gauges
        self._costs = costs
        self._lanes: list[_Lane] = []
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._returning = 0
        self.is_leaving = False
        """Whether the server ends every connection with its next answer, because another one has taken its place."""

    @property
    def has_connections(self) -> bool:
        """Whether a lane has a connection, or one is on its way back."""
        return self._returning > 0 or any(one.connections for one in self._lanes)

    def leave(self) -> None:
        """Take back every connection, and hand over no more."""
        self.is_leaving = True
        for lane in self._lanes:
            try:
                lane.control.send(RETURN)
            except OSError:  # it is full of what the lane has not read: so it is stuck
                with contextlib.suppress(ProcessLookupError):
                    os.kill(lane.process, signal.SIGKILL)

    async def start(self) -> None:
        """Fork the lanes and begin to watch them."""
        for slot, gauge in enumerate(self._gauges):
            await self._open(slot, gauge)
        if self._gauges:
            self._later(self._watch())

    async def stop(self) -> None:
        """Give up what the lanes have; their processes end with the zygote."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for lane in self._lanes:
            self._forget(lane)  # one that is not ready yet ends with its process
            for connection, _ in lane.connections.values():
                connection.close()

    def take(self, transport: asyncio.Transport, peer: str, query_string: str, adopt: Adopt) -> bool:
        """Hand a connection over on which nothing is under way, if what was last asked on it is known to be cheap.

        Args:
            transport: the connection; closed here where this returns True.
            peer: its other end.
            query_string: what was asked.
            adopt: goes on when the connection comes back.
        """
        if self.is_leaving:
            return False
        operation = from_query_string(query_string)
        kind = template(operation.query) if operation else ""
        if not self._lanes or self._costs.of(kind) is not Cost.CHEAP:
            return False
        message = b"\0".join((peer.encode(), kind.encode("utf-8", "replace")))
        if len(message) > LARGEST - 1 - NUMBER:
            return False
        lane = min(self._lanes, key=lambda one: len(one.connections))
        number = next(self._numbers) % (1 << 32)
        transport.pause_reading()
        connection = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
        try:
            socket.send_fds(lane.control, [TAKE + number.to_bytes(NUMBER) + message], [connection.fileno()])
        except OSError:  # it is full, or has just ended
            connection.close()
            transport.resume_reading()
            return False
        lane.connections[number] = connection, adopt
        transport.abort()
        return True

    async def _open(self, slot: int, gauge: Gauge) -> None:
        process, control = await asyncio.to_thread(self._forker.fork, slot)
        control.setblocking(False)
        lane = _Lane(slot, gauge, process, control)
        asyncio.get_running_loop().add_reader(control.fileno(), self._listen, lane)

    def _listen(self, lane: _Lane) -> None:
        """A lane has said something, or has ended."""
        with contextlib.suppress(BlockingIOError):
            while True:
                try:
                    message = lane.control.recv(LARGEST)
                except ConnectionError:
                    message = b""
                if not message:
                    self._replace(lane)
                    return
                if message == READY:
                    self._lanes.append(lane)
                    if self.is_leaving:
                        self.leave()
                    continue
                connection, adopt = lane.connections.pop(int.from_bytes(message[1:]))
                if message.startswith(BACK):
                    self._adopt(connection, adopt)
                else:
                    connection.close()

    def _replace(self, lane: _Lane) -> None:
        """Take back what an ended lane had."""
        self._forget(lane)
        if was_ready := lane in self._lanes:
            self._lanes.remove(lane)
        state = lane.gauge.read()
        for number, (connection, adopt) in lane.connections.items():
            busy = state.doing is Doing.WRITING and number == state.connection
            if not busy or _mend(connection, state):
                self._adopt(connection, adopt)
            else:
                connection.close()
        self._later(self._renew(lane, 0 if was_ready else _PAUSE))

    async def _renew(self, lane: _Lane, pause: float) -> None:
        await asyncio.sleep(pause)
        await self._open(lane.slot, lane.gauge)
        await asyncio.to_thread(self._forker.kill, lane.process)

    def _adopt(self, connection: socket.socket, adopt: Adopt) -> None:
        async def go_on() -> None:
            try:
                connection.setblocking(False)
                await asyncio.get_running_loop().connect_accepted_socket(adopt, connection)
            finally:
                self._returning -= 1

        self._returning += 1
        self._later(go_on())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_PERIOD)
            for lane in self._lanes:
                state = lane.gauge.read()
                if state.doing is Doing.EVALUATING and state.seconds > _STUCK:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(lane.process, signal.SIGKILL)

    def _forget(self, lane: _Lane) -> None:
        asyncio.get_running_loop().remove_reader(lane.control.fileno())
        lane.control.close()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        if self._closed:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _mend(connection: socket.socket, state: State) -> bool:
    """Whether one can go on with a connection on which an answer was being written."""
    connection.setblocking(False)
    now = progress(connection)
    if now.written == state.before.written:
        return True  # nothing of it was: the request is still there
    if now.written != state.after.written:
        return False  # a part of it: whoever reads it has to notice
    with contextlib.suppress(BlockingIOError):
        while (left := state.after.taken - progress(connection).taken) > 0:
            connection.recv(left)
    return True
