"""What was asked and answered in a run, kept in a folder so that the run can go on, or be repeated without a network.

DIR/<command>-<YYYY-MM-DD>[.n]/snapshot.json      what the run is, when it began and whether it ended well
                               <sha256>.json      an exchange each, named by its request
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from mreze.answer import Answer
from mreze.errors import GatherError
from mreze.gather.exchange import Request

_HEAD: Final = "snapshot.json"


@dataclass(frozen=True, slots=True)
class Head:
    """What a snapshot says of itself."""

    command: str
    begun: datetime
    finished: datetime | None
    mreze: str
    """The version that wrote it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder of exchanges."""

    folder: Path
    head: Head
    writable: bool = True
    """Not where a run is repeated from it."""
    resumed: bool = False
    """Whether an earlier run left it unfinished."""

    def find(self, request: Request) -> Answer | None:
        """The answer that was kept, if there is one.

        Raises:
            GatherError: the file is damaged, and nothing may be asked again.
        """
        path = self._path(request)
        try:
            return _answer(json.loads(path.read_bytes()), request)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if self.writable:
                return None
            raise GatherError(
                f"{path}: the file is damaged ({error}). Restore it from a copy, or run without --offline."
            ) from error

    def keep(self, request: Request, answer: Answer, when: datetime) -> None:
        """Write an exchange, whole or not at all."""
        told = {
            "request": asdict(request),
            "time": when.isoformat(timespec="seconds"),
            "status": answer.status,
            "contentType": answer.content_type,
            **_body(answer.body),
        }
        _write(self._path(request), told)

    def close(self, when: datetime) -> None:
        """Say that the run ended well."""
        _write_head(self.folder, Head(self.head.command, self.head.begun, when, version("mreze")))

    def unreadable(self, request: Request, error: Exception) -> GatherError:
        """What to say where a kept answer makes no sense and nothing may be asked again."""
        return GatherError(
            f"{self._path(request)}: what is kept there cannot be read ({error}). Restore it from a copy, or run "
            f"without --offline."
        )

    def lacks(self, request: Request) -> GatherError:
        """What to say where a request is missing and nothing may be asked."""
        return GatherError(
            f"{self.folder}: the snapshot has no answer to {request}. Options or data differ from those of the run "
            f"that made it: give the same, or run without --offline."
        )

    def _path(self, request: Request) -> Path:
        return self.folder / f"{request.key}.json"


def open_snapshot(
    folder: Path, command: str, when: datetime, *, offline: bool = False, fresh: bool = False
) -> Snapshot:
    """The snapshot that a run writes or reads.

    Args:
        folder: of all snapshots.
        command: what is run, a name for a file.
        when: now.
        offline: read the newest one that was finished.
        fresh: begin anew, though the last run of the command left one unfinished.

    Raises:
        GatherError: there is none to read, one is damaged, or the folder cannot be written.
    """
    there = _existing(folder, command)
    if offline:
        return _finished(folder, command, there)
    if there and not fresh:
        head = _read_head(there[-1])
        if head.finished is None:
            return Snapshot(there[-1], head, resumed=True)
    return _begin(folder, command, when)


def _finished(folder: Path, command: str, there: list[Path]) -> Snapshot:
    for one in reversed(there):
        head = _read_head(one)
        if head.finished is not None:
            return Snapshot(one, head, writable=False)
    unfinished = f", only the unfinished {there[-1].name}" if there else ""
    raise GatherError(
        f"{folder}: no finished snapshot of {command}{unfinished}. Run the command once without --offline, or name "
        f"the folder: --snapshot DIR"
    )


def _existing(folder: Path, command: str) -> list[Path]:
    """Folders of a command's snapshots, the oldest first."""
    named = re.compile(re.escape(command) + r"-(\d{4}-\d\d-\d\d)(?:\.(\d+))?")
    found = {}
    for one in folder.iterdir() if folder.is_dir() else ():
        if (match := named.fullmatch(one.name)) and one.is_dir():
            found[match[1], int(match[2] or 1)] = one
    return [one for _, one in sorted(found.items())]


def _begin(folder: Path, command: str, when: datetime) -> Snapshot:
    head = Head(command, when.replace(microsecond=0), None, version("mreze"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=".", dir=folder))
        aside.chmod(0o755)
        _write_head(aside, head)
        return Snapshot(_rename(aside, folder / f"{command}-{when:%Y-%m-%d}"), head)
    except OSError as error:
        raise GatherError(
            f"{folder}: no snapshot can be written there: {error.strerror}. Name a folder that can be: --snapshot DIR"
        ) from error


def _rename(aside: Path, wanted: Path) -> Path:
    number = 1
    while (path := wanted if number == 1 else wanted.with_name(f"{wanted.name}.{number}")).exists():
        number += 1
    return aside.rename(path)


def _read_head(folder: Path) -> Head:
    path = folder / _HEAD
    try:
        told = json.loads(path.read_bytes())
        finished = told["finished"]
        return Head(
            told["command"], datetime.fromisoformat(told["begun"]),
            None if finished is None else datetime.fromisoformat(finished), told["mreze"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GatherError(
            f"{path}: the file is damaged ({error}). Restore it from a copy, remove the folder, or begin anew: --fresh"
        ) from error


def _write_head(folder: Path, head: Head) -> None:
    finished = None if head.finished is None else head.finished.isoformat(timespec="seconds")
    _write(folder / _HEAD, {**asdict(head), "begun": head.begun.isoformat(timespec="seconds"), "finished": finished})


def _write(path: Path, told: Mapping[str, Any]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise GatherError(
            f"{path}: cannot be written: {error.strerror}. Make room or name another folder: --snapshot DIR"
        ) from error


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


def _answer(told: Mapping[str, Any], request: Request) -> Answer:
    if told["request"] != json.loads(json.dumps(asdict(request))):
        raise ValueError("it is the answer to another request")
    body = told["body"].encode() if "body" in told else base64.b64decode(told["base64"], validate=True)
    return Answer(int(told["status"]), body, {"content-type": str(told["contentType"])})
