"""Where what was made once is kept for the next time, and by what it is found there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from mreze.findings import Finding


class Keeper(Protocol):
    """Keeps artefacts, which are files that nobody changes, by the digest of all that they are made of."""

    def find(self, kind: str, key: str) -> Path | None:
        """The artefact; None where there is none that is whole."""

    def keep(self, kind: str, key: str, path: Path) -> Path:
        """Take a file over; returns where it is from now on."""


def key_of(*parts: str | bytes) -> str:
    """The key of an artefact: sha256 over all that it depends on, in this order.

    The engine and the packages that it builds with need not be named: what they made is kept apart.
    """
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as they are kept."""
    return [asdict(one) | {"path": one.path.as_posix() if one.path else None} for one in findings]


def findings_of_json(kept: Iterable[dict[str, Any]]) -> list[Finding]:
    """Findings that were kept."""
    return [Finding(**one | {"path": Path(one["path"]) if one["path"] else None}) for one in kept]
