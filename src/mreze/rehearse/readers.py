"""Ask a portal's reading code what it makes of a catalogue: a program of its own, JSON in and JSON out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import ReaderError
from mreze.rehearse.environments import driver, environment, last_words

HARVESTS: Final = 2
"""A catalogue is harvested every night: the second time nothing may change."""
_NOT_ITS_OWN: Final = frozenset({"CKAN_INI", "PYTHONHOME", "PYTHONPATH", "UDATA_SETTINGS", "VIRTUAL_ENV"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader made of one thing of the catalogue."""

    key: str
    """What the reader knows it by from night to night."""
    product: Mapping[str, Any] | None
    """What it would store; None where it stores nothing."""
    errors: tuple[str, ...] = ()
    """Why the portal refuses it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One harvest."""

    errors: tuple[str, ...]
    """What stopped all of it."""
    datasets: tuple[Told, ...]
    services: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """What a reader's program answered."""

    versions: Mapping[str, str]
    harvests: tuple[Reading, ...]
    names: Mapping[str, str | None]
    """The tag that the portal makes of a word; None where it makes none."""


def ask(reader: str, address: str, language: str, names: Sequence[str], deadline: float) -> Readings:
    """Let a reader harvest a catalogue.

    Args:
        reader: whose environment is installed.
        address: of the catalogue.
        language: the portal's, as a language tag.
        names: words that the portal may make tags of.
        deadline: seconds for all of it.

    Raises:
        ReaderError: its program fails or does not end.
    """
    place = environment(reader)
    question = {"address": address, "language": language, "harvests": HARVESTS, "names": list(names)}
    variables = {name: value for name, value in os.environ.items() if name not in _NOT_ITS_OWN}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [place / "bin" / "python", "-P", driver(reader)],
            input=json.dumps(question), capture_output=True, text=True, encoding="utf-8", timeout=deadline, check=False,
            cwd=place, env=variables | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ReaderError(
            f"{reader}: had not read {address} after {deadline:g} seconds. Give more: --timeout"
        ) from error
    except OSError as error:
        raise ReaderError(f"{reader}: {place} is damaged: {error}. Make it anew: mreze rehearse --install") from error
    if done.returncode != 0:
        raise ReaderError(f"{reader}: its program failed: {last_words(done.stderr)}")
    return from_json(done.stdout)


def from_json(text: str) -> Readings:
    """The answer of a reader's program.

    Raises:
        ReaderError: it is none.
    """
    try:
        content = json.loads(text)
        return Readings(
            content["versions"], tuple(_reading(one) for one in content["harvests"]), content.get("names") or {}
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReaderError(f"a reader's program answered something else than asked: {error!r}") from error


def _reading(content: Mapping[str, Any]) -> Reading:
    return Reading(
        tuple(content["errors"]),
        tuple(_told(one) for one in content["datasets"]),
        tuple(_told(one) for one in content["services"]),
    )


def _told(content: Mapping[str, Any]) -> Told:
    return Told(content["key"], content["product"], tuple(content["errors"]))
