"""What a dataset has lost is found from the lines that differ, and is what counting all of it would find."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mreze.build.inventory import TOMBSTONE, add_up, losses, sizes
from mreze.build.release import build_release
from mreze.changes import merge
from mreze.errors import ReleaseError
from mreze.graph import read_site
from mreze.namespaces import RDF_TYPE
from mreze.release import open_release
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://e.example/"
SPACE = BASE + "id/"
SUBJECTS = [f"{SPACE}{one}" for one in ("a", "a#x", "a#y", "a-2", "a-2#x", "a/b", "b", "b#x", "c#x")] + [f"{BASE}other"]
DEAD = f"{RDF_TYPE} {TOMBSTONE}"
SAID = ["<urn:p> <urn:o>", '<urn:p> "1"', DEAD]


def _dump(chance: random.Random) -> list[str]:
    """Some of all statements, each in one graph or in two."""
    graphs = (f"<{BASE}g{number}>" for number in (1, 2))
    lines = [f"<{one}> {said} {graph} .\n" for graph in graphs for one in SUBJECTS for said in SAID]
    return sorted(one for one in lines if chance.random() < 0.3)


def _things(lines: list[str]) -> tuple[set[str], set[str], set[str]]:
    """The things, those of them that are no tombstones, and the triples, each once."""
    triples = {one.rpartition(" <")[0] for one in lines}
    subjects = {one[1 : one.index(">")] for one in triples}
    things = {one.partition("#")[0] for one in subjects if one.startswith(SPACE)}
    return things, {one for one in things if f"<{one}> {DEAD}" not in triples}, triples


@pytest.mark.parametrize("seed", range(40))
def test_losses_are_what_counting_finds(seed: int) -> None:
    """Things that share their beginning, parts, tombstones, statements in two graphs: all are told apart."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    old, new = _dump(chance), _dump(chance)
    if seed % 4 == 0:  # nearly the same
        new = sorted({*old, *new[:3]} - {*old[:2]})
    found = add_up(merge("".join(old).encode(), "".join(new).encode(), [SPACE.encode()]), SPACE, SPACE)
    before, after = _things(old), _things(new)
    assert found.gone == tuple(sorted(before[0] - after[0]))
    assert found.things == len(before[1]) - len(after[1])
    assert found.triples == len(before[2]) - len(after[2])


def test_a_release_has_lost_nothing_of_itself(tmp_path: Path) -> None:
    """The site that was released lacks nothing; a dump that is not sorted where it differs is damaged."""
    last = open_release(build_release(MINIMAL, tmp_path / "out", "2026-11-23").folder)
    graph = read_site(open_site(MINIMAL))
    found = losses(graph, last, "crossings")
    assert (found.gone, found.things, found.triples) == ((), 0, 0)
    assert sizes(last, "crossings")["triples"] == {one.name: one.triples for one in last.datasets}["crossings"]
    dump = last.root / "dumps/crossings.nq"
    dump.chmod(0o644)
    dump.write_bytes(b"".join(reversed(dump.read_bytes().splitlines(keepends=True))))
    with pytest.raises(ReleaseError, match=r"crossings\.nq"):
        losses(graph, last, "crossings")
