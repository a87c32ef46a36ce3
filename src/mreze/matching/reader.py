"""Open an index, and find things in it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy

from mreze.errors import ReleaseError
from mreze.matching.asking import Form, read
from mreze.matching.conditions import AGREES, Comparison, Said
from mreze.matching.identifiers import asked, normal
from mreze.matching.model import Candidate, Entry, Facts, Label, Wanted
from mreze.matching.packing import Packed, unpack
from mreze.matching.retrieval import Retrieval
from mreze.matching.schema import DESCRIPTION, THING, VERSION
from mreze.matching.scoring import CERTAIN, GAP, LEAST, SAME, WEIGHT, best_name

_REMEDY: Final = "Build the release again: mreze build SITE"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A thing and how well its name fits."""

    entry: Entry
    label: Label
    score: float
    identified: bool = False


class TantivyIndex:
    """An index on disk, opened for reading; any number of threads may ask it."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, base: str, prefixes: Mapping[str, str]
    ) -> None:
        self._searcher = searcher
        self._retrieval = Retrieval(searcher, schema)
        self._base = base
        self._prefixes = prefixes

    def __len__(self) -> int:
        return self._searcher.num_docs

    def entry(self, iri: str) -> Entry | None:
        """The thing of that IRI, or None."""
        found = (self._packed(one).entry for one in self._retrieval.identified({normal(iri)}))
        return next((one for one in found if one.iri == iri), None)

    def find(self, wanted: Wanted, facts: Facts | None = None) -> list[Candidate]:
        """The candidates, the best first; without `facts` conditions say nothing."""
        judged = self._judge(wanted)
        candidates = self._weigh(judged, wanted, facts)
        candidates.sort(key=_order)
        return _with_match(candidates)[: max(wanted.limit, 0)]

    def _judge(self, wanted: Wanted) -> list[_Judged]:
        found: dict[str, _Judged] = {}
        for one in self._identified(wanted):
            found[one.entry.iri] = one
        forms = read(wanted.text)
        for address in self._retrieval.named(forms, wanted, lambda one: self._score(one, forms, wanted)):
            thing = self._packed(address)
            best = best_name(forms, thing, prefix=wanted.prefix)
            if best and best[0] >= LEAST and thing.entry.iri not in found:
                found[thing.entry.iri] = _Judged(thing.entry, best[1].label, best[0])
        return list(found.values())

    def _score(self, address: tantivy.DocAddress, forms: tuple[Form, ...], wanted: Wanted) -> float:
        best = best_name(forms, self._packed(address), prefix=wanted.prefix)
        return best[0] if best else 0.0

    def _identified(self, wanted: Wanted) -> Iterator[_Judged]:
        for address in self._retrieval.identified(set(asked(wanted.text, self._base, self._prefixes)), wanted.types):
            entry = self._packed(address).entry
            label = entry.labels[0] if entry.labels else Label(entry.iri.removeprefix(self._base), "")
            yield _Judged(entry, label, SAME, identified=True)

    def _packed(self, address: tantivy.DocAddress) -> Packed:
        return unpack(self._searcher.doc(address)[THING][0])

    def _weigh(self, judged: list[_Judged], wanted: Wanted, facts: Facts | None) -> list[Candidate]:
        said = self._said(judged, wanted, facts)
        telling = [
            number for number in range(len(wanted.conditions)) if any(each[number].known for each in said if each)
        ]
        found = []
        for one, each in zip(judged, said, strict=True):
            if _lacks(wanted, each):
                continue
            scores = [each[number].score for number in telling] if each else []
            total = (one.score + WEIGHT * sum(scores)) / (1 + WEIGHT * len(scores))
            if one.identified and not scores:
                total = SAME
            features = [("name", round(one.score, 2))]
            features += [
                (wanted.conditions[number].property, round(each[number].score, 2)) for number in telling if each
            ]
            found.append(Candidate(one.entry, one.label, round(total, 2), match=False, features=tuple(features)))
        return found

    def _said(self, judged: list[_Judged], wanted: Wanted, facts: Facts | None) -> list[tuple[Said, ...]]:
        if facts is None or not wanted.conditions:
            return [() for _ in judged]
        comparison = Comparison(facts, self._base, self._prefixes)
        return [
            tuple(comparison.compare(one.entry.iri, condition) for condition in wanted.conditions) for one in judged
        ]


def _lacks(wanted: Wanted, said: tuple[Said, ...]) -> bool:
    return any(
        condition.required and each.score < AGREES for condition, each in zip(wanted.conditions, said, strict=False)
    )


def _order(candidate: Candidate) -> tuple[float, int, str]:
    return -candidate.score, list(type(candidate.label.kind)).index(candidate.label.kind), candidate.entry.iri


def _with_match(candidates: list[Candidate]) -> list[Candidate]:
    if not candidates or candidates[0].score < CERTAIN:
        return candidates
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < GAP:
        return candidates
    best = candidates[0]
    return [Candidate(best.entry, best.label, best.score, match=True, features=best.features), *candidates[1:]]


def open_index(folder: Path) -> TantivyIndex:
    """Open the index in a folder, every byte of which is verified; nothing is written there.

    Raises:
        ReleaseError: it is missing, damaged, or of another version.
    """
    described = _describe(folder)
    for name, listed in described["files"].items():
        _verify(folder / name, listed)
    try:
        # tantivy locks the folder that it opens: one with links to the files is as good, and a release stays untouched.
        with tempfile.TemporaryDirectory(prefix="mreze-index-") as links:
            for name in described["files"]:
                (Path(links) / name).symlink_to((folder / name).resolve())
            index = tantivy.Index.open(links)
            searcher = index.searcher()
            return TantivyIndex(searcher, index.schema, described["base"], described["prefixes"])
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder}: cannot be opened: {error}. {_REMEDY}") from error


def _describe(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        content: Any = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise ReleaseError(f"{folder}: there is no {DESCRIPTION}, so no index. {_REMEDY}") from error
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path}: cannot be read: {error}. {_REMEDY}") from error
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ReleaseError(f"{path}: not an index of version {VERSION}. {_REMEDY} with this mreze.")
    return content


def _verify(path: Path, listed: Mapping[str, Any]) -> None:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReleaseError(f"{path}: {error.strerror}. {_REMEDY}") from error
    if digest != listed["sha256"]:
        raise ReleaseError(f"{path}: its sha256 is not the one that {DESCRIPTION} lists. {_REMEDY}")
