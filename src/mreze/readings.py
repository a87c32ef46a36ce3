"""What reading a large file of a site gave, kept for the next time: its lines, and what there is to know of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.findings import Finding
from mreze.keeping import Keeper, findings_as_json, findings_of_json, key_of
from mreze.site import Site, SiteFile
from mreze.spans import Span

_LINES, _FACTS = "read", "read-facts"
_LEAST: Final = 1 << 16
"""Size in bytes of the lines from which they are kept: to read less again is as quick as to look for it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file."""

    span: Span
    count: int
    findings: list[Finding]
    prefixes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A file, and what is known of it before it is read."""

    file: SiteFile
    stamp: tuple[int, int, int]
    """What changes when the file does."""
    digest: str
    """Of all that a reading depends on; empty where nobody keeps anything, or the file cannot be read."""
    reading: Reading | None
    """That of an earlier time."""

    @property
    def size(self) -> int:
        """In bytes."""
        return self.stamp[0]

    def is_unchanged(self, site: Site) -> bool:
        """Whether the digest is still that of the file."""
        return _stamp(site, self.file) == self.stamp


def look_up(site: Site, files: Sequence[tuple[SiteFile, str]], keeper: Keeper | None, jobs: int) -> list[Known]:
    """What is known of files.

    Args:
        site: whose files they are.
        files: each with the IRI of the graph of what names none.
        keeper: what keeps readings.
        jobs: how many files are looked at at a time.
    """
    stamps = [_stamp(site, file) for file, _ in files]
    if keeper is None:
        return [Known(file, stamp, "", None) for (file, _), stamp in zip(files, stamps, strict=True)]
    with ThreadPoolExecutor(jobs) as pool:
        digests = list(pool.map(lambda it: _digest(site, *it), files))
    return [
        Known(file, stamp, digest, _find(keeper, digest) if digest else None)
        for (file, _), stamp, digest in zip(files, stamps, digests, strict=True)
    ]


def _stamp(site: Site, file: SiteFile) -> tuple[int, int, int]:
    try:
        stat = (site.root / file.path).stat()
    except OSError:
        return 0, 0, 0
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _digest(site: Site, file: SiteFile, graph: str) -> str:
    try:
        with (site.root / file.path).open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").digest()
    except OSError:
        return ""
    return key_of(file.path.as_posix(), file.role, file.dataset or "", graph, digest)


def _find(keeper: Keeper, digest: str) -> Reading | None:
    lines, facts = keeper.find(_LINES, digest), keeper.find(_FACTS, digest)
    if lines is None or facts is None:
        return None
    kept = json.loads(facts.read_bytes())
    return Reading(
        Span(lines, 0, lines.stat().st_size), kept["count"], findings_of_json(kept["findings"]), kept["prefixes"]
    )


def keep_reading(keeper: Keeper, digest: str, reading: Reading, aside: Path) -> Reading:
    """Keep what was read, if it lies in a file of its own.

    Args:
        keeper: where.
        digest: of the file.
        reading: of the file.
        aside: the path of a new file.
    """
    span = reading.span
    if span.size < _LEAST or span.start or span.size != span.path.stat().st_size:
        return reading
    facts = {
        "count": reading.count,
        "findings": findings_as_json(reading.findings),
        "prefixes": reading.prefixes,
    }
    aside.write_text(json.dumps(facts), "utf-8")
    keeper.keep(_FACTS, digest, aside)
    return Reading(
        Span(keeper.keep(_LINES, digest, span.path), 0, span.size), reading.count, reading.findings, reading.prefixes
    )
