"""A worker keeps to its caps, whatever it is asked, and opens nothing that it may not."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import socket
from pyoxigraph import Literal, NamedNode, Quad, Store
from mreze.formats import RESULTS_JSON
from mreze.serve import worker, zygote

first, second, p = (NamedNode("https://x.example/" + name) for name in ("a", "b", "p"))
store = Store()
for graph in (first, second):
    store.bulk_extend(Quad(NamedNode(f"x:{one}"), p, Literal("x" * 200), graph) for one in range(100_000))
caps = worker.Caps(64 << 20, 1 << 20)
forker = zygote.start(lambda connection, _: worker.work(connection, store, {"srj": RESULTS_JSON}, caps))
process, connection = forker.fork()
query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
for graphs in ((first.value,), (second.value, "https://x.example/nowhere"), (first.value, second.value)):
    connection.sendall(worker.Question(query, "https://x.example/", "srj", None, graphs).frame())
    header = connection.recv(worker.ANSWER.size)
    if header:
        length, kind, _ = worker.ANSWER.unpack(header)
        print("answered" if kind == worker.SOLUTIONS else "too large" if kind == worker.TOO_LARGE else kind)
        connection.recv(length, socket.MSG_WAITALL)
    else:
        print("ended by", forker.kill(process))
"""


def test_a_merge_that_is_too_large_is_stopped() -> None:
    """Graphs that share triples are copied, within the memory that a query may have: past it there is no answer."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    lines = done.stdout.split("\n")
    assert lines[:2] == ["answered", "answered"]
    assert lines[2] in {"too large", "ended by 6"}


@pytest.mark.parametrize(("federated", "expected"), [(False, "closed closed"), (True, "closed open")])
def test_connections_can_be_opened_only_for_a_question_that_may(federated: bool, expected: str) -> None:
    """For good where nobody may be asked, and else for every other question: the limit is one of the kernel."""
    program = PROGRAM.partition("first, second")[0] + (
        "def ask(datasets, formats, question, largest):\n"
        "    try:\n"
        "        socket.socket().close()\n"
        "    except OSError:\n"
        "        return worker.SOLUTIONS, b'closed'\n"
        "    return worker.SOLUTIONS, b'open'\n"
        "worker.answer = ask\n"
        f"caps = worker.Caps(1 << 30, 1 << 20, federated={federated})\n"
        "forker = zygote.start(lambda connection, _: worker.work(connection, Store(), {}, caps))\n"
        "_, connection = forker.fork()\n"
        "for federated in (False, True):\n"
        "    connection.sendall(worker.Question('', '', None, None, federated=federated).frame())\n"
        "    length, _, _ = worker.ANSWER.unpack(connection.recv(worker.ANSWER.size, socket.MSG_WAITALL))\n"
        "    print(connection.recv(length, socket.MSG_WAITALL).decode(), end=' ')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == expected
