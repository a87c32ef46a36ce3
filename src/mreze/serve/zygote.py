"""The zygote: a process with one thread that holds the store and forks workers on demand.

The engine cannot be interrupted, so a query past its deadline is ended by killing its worker; a fork of the zygote
takes its place at once, with the store already in memory. The zygote is forked before any thread or event loop
exists: a fork of a process with threads could inherit a lock that nobody will ever release.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Final

from mreze.errors import ReleaseError

_COMMAND: Final = struct.Struct(">cI")
_PID: Final = struct.Struct(">I")
_FORK, _KILL = b"F", b"K"
_PR_SET_PDEATHSIG: Final = 1

Work = Callable[[socket.socket, int | None], None]
"""What a process does with its socket; the number is that of the express lane that it is, None for a worker."""
_WORKER: Final = 0xFFFFFFFF


class Zygote:
    """The server's end of the line to the zygote; thread-safe, each call takes some tens of milliseconds at most."""

    def __init__(self, process: int, control: socket.socket) -> None:
        self.process = process
        self._control = control
        self._lock = threading.Lock()

    def fork(self, slot: int | None = None) -> tuple[int, socket.socket]:
        """A new worker, or express lane: its process id, and the server's end of a socket to it."""
        ours, theirs = socket.socketpair(type=socket.SOCK_STREAM if slot is None else socket.SOCK_SEQPACKET)
        with self._lock, theirs:
            command = _COMMAND.pack(_FORK, _WORKER if slot is None else slot)
            socket.send_fds(self._control, [command], [theirs.fileno()])
            return _PID.unpack(_read(self._control, _PID.size))[0], ours

    def kill(self, process: int) -> int:
        """Kill a worker and wait until it is gone; one that is gone already is only cleared away.

        Returns:
            The signal that ended it, 0 where it ended by itself.
        """
        with self._lock:
            self._control.sendall(_COMMAND.pack(_KILL, process))
            (ended_by,) = _PID.unpack(_read(self._control, _PID.size))
            return int(ended_by)

    def close(self) -> None:
        """End the zygote and with it every worker."""
        with self._lock:
            self._control.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def start(work: Work) -> Zygote:
    """Fork the zygote of this process.

    Args:
        work: what a worker does with its socket.

    Raises:
        ReleaseError: this process has threads already.
    """
    if threading.active_count() > 1:
        raise ReleaseError("the worker processes must be started before any thread")
    ours, theirs = socket.socketpair()
    gc.freeze()
    process = os.fork()
    if process == 0:
        ours.close()
        exit_after(lambda: _serve(theirs, work))
    theirs.close()
    return Zygote(process, ours)


def _serve(control: socket.socket, work: Work) -> None:
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    workers: set[int] = set()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _COMMAND.size, 1)
        if not message:
            break
        command, number = _COMMAND.unpack(message)
        if command == _FORK:
            reply = _fork_worker(control, descriptors[0], work, None if number == _WORKER else number)
            workers.add(reply)
        else:
            reply = _end(number)
            workers.discard(number)
        control.sendall(_PID.pack(reply))
    for process in workers:
        _end(process)


def _fork_worker(control: socket.socket, descriptor: int, work: Work, slot: int | None) -> int:
    process = os.fork()
    if process == 0:
        control.close()
        die_with_parent()
        _silence()
        exit_after(lambda: work(socket.socket(fileno=descriptor), slot))
    os.close(descriptor)
    return process


def _end(process: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    try:
        _, status = os.waitpid(process, 0)
    except ChildProcessError:
        return 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def exit_after(action: Callable[[], None]) -> None:
    """Do the action and leave the process without running what its parent had planned for its own end."""
    status = 1
    try:
        action()
        status = 0
    except (ConnectionError, KeyboardInterrupt):
        pass  # the other end has gone: there is nobody left to tell
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, however that ends."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _silence() -> None:
    """Leave out of the log what the engine says when a query has used up its memory; Python's own reports go on."""
    sys.stderr = open(os.dup(sys.stderr.fileno()), "w", buffering=1, encoding="utf-8")  # noqa: SIM115, PTH123 - kept
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def _read(connection: socket.socket, count: int) -> bytes:
    content = connection.recv(count, socket.MSG_WAITALL)
    if len(content) < count:
        raise ReleaseError("the process that forks workers has ended")
    return content
