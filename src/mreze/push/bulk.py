"""Virtuoso's bulk loader: files in a folder that the server may read, and statements to its SQL port.

http://docs.openlinksw.com/virtuoso/rdfperfloading/
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import RdfFormat, Store

from mreze.errors import BackendAway, BackendDenied, BackendRefused, BackendSlow, UsageError
from mreze.progress import Progress
from mreze.push.pieces import Graph
from mreze.push.push import Loader
from mreze.remote.endpoint import Credentials
from mreze.storage import refusal

_QUIET: Final = ("VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT")
_ERROR: Final = "*** Error"


@dataclass(frozen=True, slots=True)
class Bulk:
    """Where the bulk loader is."""

    folder: Path
    """One that the server, on this machine or by a shared disk, may read (DirsAllowed)."""
    sql: str
    """Where it takes SQL, host:port."""
    program: str = "isql-vt"
    """Virtuoso's isql."""
    seconds: float = 24 * 3_600.0
    """How long all of it may take."""


def by_bulk_loader(bulk: Bulk, who: Credentials | None) -> Loader:
    """Load by the bulk loader.

    Raises:
        UsageError: there is no isql, or nobody to be asked as.
    """
    program = shutil.which(bulk.program)
    if program is None:
        raise UsageError(f"{bulk.program} is not installed (Debian: virtuoso-opensource-7-bin). Push without --bulk.")
    if who is None:
        raise UsageError("the bulk loader needs a user. Say --user and --password-file.")
    command = [program, bulk.sql, who.user, who.password, *_QUIET]

    def load(store: Store, graphs: Sequence[Graph], progress: Progress) -> None:
        with _files(store, graphs, bulk.folder, progress) as folder:
            progress("the server loads")
            _run(command, bulk, statements(folder, graphs))

    return load


def statements(folder: Path, graphs: Sequence[Graph]) -> str:
    """What the server is told, one statement a line: list the files, load them, keep them, say what failed."""
    lines = [f"ld_dir({_text(str(folder))}, '{number}.nt', {_text(one.there)});" for number, one in enumerate(graphs)]
    listed = f"from DB.DBA.load_list where ll_file like {_text(f'{folder}/%')}"
    lines += [
        "rdf_loader_run();",
        "checkpoint;",
        f"select concat('{_ERROR} ', ll_error) {listed} and ll_error is not null;",
    ]
    lines += [f"delete {listed};", "commit work;"]
    return "\n".join(lines) + "\n"


@contextmanager
def _files(store: Store, graphs: Sequence[Graph], folder: Path, progress: Progress) -> Iterator[Path]:
    """The graphs as files, in a folder that is gone afterwards."""
    try:
        with TemporaryDirectory(prefix="mreze-", dir=folder) as name:
            made = Path(name).resolve()
            made.chmod(0o755)  # the server is another user
            for number, one in enumerate(graphs):
                progress(f"writing <{one.there}>", number, len(graphs))
                store.dump(str(made / f"{number}.nt"), RdfFormat.N_TRIPLES, from_graph=one.here)
            yield made
    except OSError as error:
        raise refusal(error, folder, "--bulk DIR", "the graphs cannot be written there") from error


def _run(command: Sequence[str], bulk: Bulk, script: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - isql, found on PATH
            command, input=script, capture_output=True, text=True, timeout=bulk.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BackendSlow(f"{bulk.sql}: has not loaded all within {bulk.seconds:g} seconds.") from error
    told = " ".join((done.stdout + done.stderr).split())
    if done.returncode or _ERROR in told:
        said = told[max(0, told.find(_ERROR)) :][:400]
        raise _error(said)(f"{bulk.sql}: the bulk loader says: “{said}”. Look at DirsAllowed and the address, --sql.")


def _error(said: str) -> type[BackendAway | BackendDenied | BackendRefused]:
    if "Bad login" in said:
        return BackendDenied
    return BackendAway if "connect" in said.lower() else BackendRefused


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
