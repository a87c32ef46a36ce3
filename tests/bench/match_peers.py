"""Start the reconciliation services that are measured, each with the same names, on loopback."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.names import Thing
from tests.bench.peers import MissingPeerError, running

PORTS = {"datasette-reconcile": 7890, "csv-reconcile": 7891, "datasette-reconcile, trigram": 7892}
CANDIDATES = 15
"""Peers hold a row a name: the first five things are looked for among so many rows."""
WORDS = "unicode61 remove_diacritics 2"
"""SQLite's tokenizer that finds most of our questions and is fastest: whole words, without case and diacritics."""
_STOP_WORDS = ("grad", "opština", "град", "општина", "city", "municipality", "of")


@dataclass(frozen=True)
class Matcher:
    """A service under test."""

    name: str
    address: str
    """Where batches are posted to."""
    process: int
    prepared: float
    """Seconds that it took to make of the names what the service reads."""
    country: str
    """The property that says in which country a place is; "" if the service knows none."""
    key: Callable[[str], str] = str
    """The key of the thing that an id of the service is of."""
    limit: int = CANDIDATES
    """How many candidates it is asked for."""
    slow: bool = False
    """Whether it is asked fewer questions."""


@contextmanager
def datasette(folder: Path, world: Sequence[Thing], tokenizer: str = WORDS) -> Iterator[Matcher]:
    """datasette-reconcile (PyPI): a row a name, a full-text index of SQLite, country a column."""
    name = "datasette-reconcile" if tokenizer == WORDS else f"datasette-reconcile, {tokenizer}"
    program, port, began = _program("datasette"), PORTS[name], time.monotonic()
    folder = folder / f"datasette-{port}"
    folder.mkdir()
    _write_database(folder / "bench.db", world, tokenizer)
    prepared = time.monotonic() - began
    config = {"id_field": "id", "name_field": "name", "max_limit": CANDIDATES}
    table = {"plugins": {"datasette-reconcile": config}}
    (folder / "metadata.json").write_text(json.dumps({"databases": {"bench": {"tables": {"names": table}}}}), "utf-8")
    command = [program, "serve", "-i", str(folder / "bench.db"), "--metadata", str(folder / "metadata.json")]
    command += ["--port", str(port), "--setting", "sql_time_limit_ms", "60000"]
    address = f"http://127.0.0.1:{port}/bench/names/-/reconcile"
    with running(command, address) as process:
        yield Matcher(name, address, process, prepared, "country")


@contextmanager
def csv_reconcile(folder: Path, world: Sequence[Thing]) -> Iterator[Matcher]:
    """csv-reconcile (PyPI): a row a name, its own scorer (Dice) in C, two processes; it has no properties."""
    program, port, began = _program("csv-reconcile"), PORTS["csv-reconcile"], time.monotonic()
    home = folder / "csv-reconcile"
    home.mkdir()
    _write_rows(home / "names.tsv", world)
    settings = {
        "CSVKWARGS": {"delimiter": "\t"}, "CSVENCODING": "utf-8", "LIMIT": CANDIDATES, "THRESHOLD": 50.0,
        "SCOREOPTIONS": {"stopwords": list(_STOP_WORDS)},
    }  # fmt: skip
    written = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    (home / "settings.py").write_text(written, "utf-8")
    subprocess.run(
        [program, "init", "--config", "settings.py", "names.tsv", "id", "name"],
        check=True, capture_output=True, cwd=home,
    )  # fmt: skip
    prepared = time.monotonic() - began
    bind, address = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}/reconcile"
    command = [_program("gunicorn"), "-w", "2", "-b", bind, "-t", "3600", "--chdir", str(home)]
    with running([*command, "csv_reconcile:create_app()"], address) as process:
        yield Matcher("csv-reconcile", address, process, prepared, "", lambda one: one.partition("#")[0], slow=True)


PEERS: dict[str, Callable[[Path, Sequence[Thing]], AbstractContextManager[Matcher]]] = {
    "datasette": datasette,
    "datasette-trigram": lambda folder, world: datasette(folder, world, "trigram"),
    "csv": csv_reconcile,
}


def _write_database(path: Path, world: Iterable[Thing], tokenizer: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA journal_mode = OFF; CREATE TABLE names (id TEXT, name TEXT, country TEXT);"
        f'CREATE VIRTUAL TABLE names_fts USING fts5(name, content="names", tokenize="{tokenizer}");'
    )
    rows = ((one.key, name.text, one.country) for one in world for name in one.names)
    database.executemany("INSERT INTO names VALUES (?, ?, ?)", rows)
    database.executescript(
        "INSERT INTO names_fts (names_fts) VALUES ('rebuild'); INSERT INTO names_fts (names_fts) VALUES ('optimize');"
    )
    database.commit()
    database.close()


def _write_rows(path: Path, world: Iterable[Thing]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("id\tname\n")
        for thing in world:
            for number, name in enumerate(thing.names):
                file.write(f"{thing.key}#{number}\t{name.text}\n")


def _program(name: str) -> str:
    own = Path(sys.prefix).parent / ".venv-bench-match" / "bin" / name  # scripts/bench-match keeps them apart
    found = str(own) if own.is_file() else shutil.which(name)
    if found is None:
        raise MissingPeerError(f"{name} is not installed (PyPI)")
    return found
