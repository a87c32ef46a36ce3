"""Bones of releases for what reads only dumps: a manifest and sorted N-Quads, made without building anything."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from pathlib import Path

from tests.bench.generate import BASE, LABEL, Size, lines

from mreze.release import MANIFEST, Release, ReleaseDataset, ReleaseFile, manifest

DATASET = "crossings"


def changed(graph: list[str], share: float, seed: int = 1) -> list[str]:
    """The graph with another label for a share of the statements that are labels."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    labelled = f'> {LABEL} "'
    return [
        one.replace(labelled, f"{labelled}New ", 1) if labelled in one and chance.random() < share else one
        for one in graph
    ]


def write_release(folder: Path, graph: Iterable[str]) -> Release:
    """A release that can be compared with others, and nothing else."""
    content = "".join(sorted(f"{one[:-1]}<{BASE}dataset/{DATASET}> .\n" for one in graph)).encode()
    (folder / "dumps").mkdir(parents=True)
    files = {}
    for name in (DATASET, "all"):
        path = f"dumps/{name}.nq"
        (folder / path).write_bytes(content)
        files[path] = ReleaseFile(path, len(content), hashlib.sha256(content).hexdigest())
    release = Release(
        root=folder,
        date=folder.name,
        base=BASE,
        languages=("en",),
        titles={"en": "Bones"},
        ontology=f"{BASE}ontology",
        datasets=(ReleaseDataset(DATASET, f"{BASE}dataset/{DATASET}", {"en": DATASET}, content.count(b"\n")),),
        prefixes={},
        counts={},
        files=files,
        input="",
    )
    (folder / MANIFEST).write_bytes(manifest(release))
    return release


def write_releases(folder: Path, size: Size) -> dict[str, Path]:
    """A first release, one in which a label of a thousand is new, and one in which half of them are."""
    graph = list(lines(size))
    found = {}
    for day, (name, share) in enumerate({"first": 0.0, "few": 0.001, "many": 0.5}.items(), start=1):
        found[name] = write_release(folder / f"2026-01-{day:02}", changed(graph, share)).root
    return found
