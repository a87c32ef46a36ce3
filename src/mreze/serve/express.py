"""An express lane: a process that has connections of its own and answers cheap queries on them at once.

A query that goes through the server to a worker and back wakes two processes more than it need; for a lookup that costs
as much as its evaluation. So a connection on which one lookup follows another is handed to such a process. It answers
only what is known to be cheap; at anything else it hands the connection back.

It looks at a request without taking it from the connection, evaluates, and takes it when the answer is written. So if
the process is killed nothing is lost: the server has every connection too, and goes on where this one stood.
"""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import Any, Final

from mreze.errors import phrase
from mreze.serve.exchange import Request
from mreze.serve.gauge import Doing, Gauge
from mreze.serve.lookup import Lookups
from mreze.serve.pool import Answer, understand
from mreze.serve.queue import Cost
from mreze.serve.responder import Made, NoAnswer, Responder
from mreze.serve.shortcut import Shortcut, wire
from mreze.serve.sparql import offered
from mreze.serve.tcp import Progress, progress
from mreze.serve.template import Costs, template
from mreze.serve.worker import Question, Seal

TAKE, CLOSED, BACK, READY, RETURN = b"T", b"C", b"B", b"R", b"E"
"""Messages of the control line: take this connection; it is closed; it is yours again; I am ready; give all back.

The number of the connection follows, but after the last two.
"""
NUMBER: Final = 8
"""Bytes of a connection's number; after that of TAKE come the peer, a NUL and what is known to be cheap."""
LARGEST: Final = 1 << 16
"""Bytes of a message, and of a request that is answered here."""
_LARGEST_ANSWER: Final = 1 << 17
"""Bytes that go out in one piece; more would keep the others waiting for a slow client."""
_END: Final = b"\r\n\r\n"
_IDLE: Final = 2.0
"""Seconds after which a connection on which nothing is asked goes back."""


class NotCheapError(NoAnswer):
    """The query is not known to be cheap."""


class InlineAnswers:
    """Has cheap questions answered in this very process."""

    def __init__(self, evaluate: Callable[[Question], tuple[int, bytes]]) -> None:
        self.costs = Costs()
        self._evaluate = evaluate

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:  # noqa: ARG002 - as Asker has it
        """Answer a question; it waits for nothing, so the coroutine ends where it begins."""
        kind = template(question.query)
        if question.federated or not self.is_cheap(kind):
            raise NotCheapError
        return understand(*self.evaluate(question, kind))

    def is_cheap(self, kind: str) -> bool:
        """Whether queries of this template are known to be."""
        return self.costs.of(kind) is Cost.CHEAP

    def evaluate(self, question: Question, kind: str) -> tuple[int, bytes]:
        """Answer a question, and learn what it took; see `worker.answer`."""
        begun = time.thread_time()
        found = self._evaluate(question)
        self.costs.learn(kind, time.thread_time() - begun)
        return found


@dataclass(slots=True)
class _Connection:
    number: int
    socket: socket.socket
    peer: str
    asked: float
    progress: Progress


class Express:
    """Answers on the connections that come over its control line."""

    def __init__(
        self, control: socket.socket, gauge: Gauge, responder: Responder, answers: InlineAnswers, seal: Seal
    ) -> None:
        self._control = control
        self._gauge = gauge
        self._shortcut = Shortcut(responder)
        self._lookups = Lookups(responder, self._shortcut)
        self._answers = answers
        self._events = select.epoll()
        self._open: dict[int, _Connection] = {}
        self._seal = seal
        self._date = b"", 0

    def run(self) -> None:
        """Work until the control line ends."""
        self._seal.shut()
        self._gauge.set(Doing.WAITING)
        self._control.send(READY)
        self._events.register(self._control, select.EPOLLIN)
        swept = time.monotonic()
        while True:
            for descriptor, _ in self._events.poll(_IDLE / 2):
                connection = self._open.get(descriptor)
                if connection is not None:
                    self._serve(connection)
                elif descriptor == self._control.fileno() and not self._take():
                    return
            if time.monotonic() - swept > _IDLE / 2:
                swept = time.monotonic()
                self._give_back_idle(swept)

    def _take(self) -> bool:
        with self._seal.broken():
            message, descriptors, _, _ = socket.recv_fds(self._control, LARGEST, 1)
        if not message:
            return False
        if message == RETURN:
            for one in list(self._open.values()):
                self._let_go(one, BACK)
            return True
        number = int.from_bytes(message[1 : 1 + NUMBER])
        peer, _, kind = message[1 + NUMBER :].partition(b"\0")
        self._answers.costs.teach(kind.decode())
        taken = socket.socket(fileno=descriptors[0])
        taken.setblocking(False)
        connection = _Connection(number, taken, peer.decode(), time.monotonic(), progress(taken))
        self._open[taken.fileno()] = connection
        self._events.register(taken, select.EPOLLIN)
        return True

    def _serve(self, connection: _Connection) -> None:
        """Answer a request, or hand the connection back with the request still in it."""
        try:
            head = connection.socket.recv(LARGEST, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            head = b""
        if not head:
            self._let_go(connection, CLOSED)
            return
        found = (
            self._shortcut.kept(head, connection.peer)
            or self._look_up(connection, head)
            or self._answer(connection, head)
        )
        if found is None or len(found[1]) > _LARGEST_ANSWER:
            self._let_go(connection, BACK)
        else:
            self._write(connection, len(head), *found)

    def _look_up(self, connection: _Connection, head: bytes) -> tuple[int, bytes] | None:
        lookup = self._lookups.read(head, connection.peer) if head.endswith(_END) else None
        if lookup is None or not self._answers.is_cheap(lookup.kind):
            return None
        self._gauge.set(Doing.EVALUATING, connection.number)
        content = self._lookups.write(lookup, *self._answers.evaluate(lookup.question, lookup.kind))
        if content is None:
            return None
        self._shortcut.put(head, connection.peer, HTTPStatus.OK, content)
        return HTTPStatus.OK, content

    def _answer(self, connection: _Connection, head: bytes) -> tuple[int, bytes] | None:
        request = self._shortcut.read(head, connection.peer) if head.endswith(_END) else None
        answer = self._shortcut.answer(request) if request and _is_plain(request) else None
        if answer is None:
            return None
        self._gauge.set(Doing.EVALUATING, connection.number)
        try:
            made = _finish(answer)
        except NotCheapError:
            return None
        finally:
            self._gauge.set(Doing.WAITING)
        content = wire(made)
        self._shortcut.keep(head, connection.peer, made, content)
        return made.status, content

    def _write(self, connection: _Connection, length: int, status: int, content: bytes) -> None:
        connection.asked = now = time.monotonic()
        answer = b"HTTP/1.1 %d %b\r\ndate: %b\r\n%b" % (status, _PHRASES[status], self._dated(int(now)), content)
        before = connection.progress
        after = connection.progress = Progress(before.written + len(answer), before.taken + length)
        self._gauge.write(connection.number, before, after)
        try:
            sent = connection.socket.send(answer)
            if sent < len(answer):
                connection.socket.settimeout(1)
                connection.socket.sendall(memoryview(answer)[sent:])
                connection.socket.setblocking(False)
            connection.socket.recv(length)
        except OSError:
            self._let_go(connection, CLOSED)
        self._gauge.set(Doing.WAITING)

    def _dated(self, second: int) -> bytes:
        if self._date[1] != second:
            self._date = formatdate(usegmt=True).encode("ascii"), second
        return self._date[0]

    def _give_back_idle(self, now: float) -> None:
        for one in list(self._open.values()):
            if now - one.asked > _IDLE:
                self._let_go(one, BACK)

    def _let_go(self, connection: _Connection, message: bytes) -> None:
        self._events.unregister(connection.socket)
        del self._open[connection.socket.fileno()]
        if message == CLOSED:
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)
        connection.socket.close()
        self._control.send(message + connection.number.to_bytes(NUMBER))


_PHRASES: Final = {one.value: phrase(one).encode("ascii") for one in HTTPStatus}


def _is_plain(request: Request) -> bool:
    """Whether it is one query and nothing else, and its answer no page."""
    return (
        request.query_string.startswith("query=") and "&" not in request.query_string and not offered(request.accept)[2]
    )


def _finish(answer: Coroutine[Any, Any, Made]) -> Made:
    """What a coroutine returns that waits for nothing."""
    try:
        answer.send(None)
    except StopIteration as done:
        made: Made = done.value
        return made
    answer.close()
    raise NotCheapError  # it would have to wait
