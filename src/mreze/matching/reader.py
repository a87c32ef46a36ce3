"""Open an index, and find things in it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy

from mreze.errors import ReleaseError
from mreze.matching.asking import read
from mreze.matching.conditions import AGREES, Comparison, Said
from mreze.matching.folding import fold
from mreze.matching.identifiers import asked, normal
from mreze.matching.loosely import WORDS, fit
from mreze.matching.model import Candidate, Entry, Facts, Kind, Label, Wanted
from mreze.matching.packing import Packed, unpack
from mreze.matching.retrieval import Retrieval
from mreze.matching.schema import DESCRIPTION, READ, THING, VERSION
from mreze.matching.scoring import LEAST, SAME, WEIGHT, best_name, is_certain, nearness
from mreze.matching.words import great
from mreze.release import ReleaseFile, find_damage
from mreze.storage import remedied

_REMEDY: Final = "Build the release again: mreze build SITE"
_TRIES: Final = 100
_KINDS: Final = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A thing and how well its name fits."""

    thing: Packed
    label: Label
    score: float
    nearness: float = 1.0
    """How alike the names are, to put things of one score in order."""
    identified: bool = False


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A thing and its score, in which what is said of it has its share."""

    judged: _Judged
    score: float
    features: tuple[tuple[str, float], ...]


class TantivyIndex:
    """An index on disk, opened for reading; any number of threads may ask it."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        base: str,
        prefixes: Mapping[str, str],
        *,
        sounds: bool = True,
    ) -> None:
        self._searcher = searcher
        self._retrieval = Retrieval(searcher, schema)
        self._base = base
        self._prefixes = prefixes
        self._sounds = sounds

    def __len__(self) -> int:
        return self._searcher.num_docs

    def entry(self, iri: str) -> Entry | None:
        """The thing of that IRI, or None."""
        found = (self._packed(one).entry for one in self._retrieval.identified({normal(iri)}))
        return next((one for one in found if one.iri == iri), None)

    def find(self, wanted: Wanted, facts: Facts | None = None) -> list[Candidate]:
        """The candidates, the best first; without `facts` conditions say nothing."""
        weighed = sorted(self._weigh(self._judge(wanted), wanted, facts), key=_order)
        certain = is_certain([one.score for one in weighed])
        return [
            Candidate(one.judged.thing.entry, one.judged.label, one.score, certain and not place, one.features)
            for place, one in enumerate(weighed[: max(wanted.limit, 0)])
        ]

    def look(self, wanted: Wanted) -> list[Candidate]:
        """See `WideIndex`; nothing where the index is of an older form."""
        words = great(fold(wanted.text).split()) if self._sounds else ()
        found = [self._loosely(words, one, wanted) for one in self._retrieval.loosely(words, wanted)] if words else []
        return [one for _, one in sorted((one for one in found if one), key=lambda pair: pair[0])]

    def _loosely(
        self, words: tuple[str, ...], address: tantivy.DocAddress, wanted: Wanted
    ) -> tuple[tuple[float, float, str], Candidate] | None:
        """A thing, and its place among others."""
        thing = self._packed(address)
        found = fit(words, thing, prefix=wanted.prefix)
        if found is None or found.points <= 0:
            return None
        features = ((WORDS, round(SAME * found.share, 2)),)
        candidate = Candidate(thing.entry, found.name.label, round(found.points, 2), match=False, features=features)
        return (-candidate.score, -found.told, thing.iri), candidate

    def _judge(self, wanted: Wanted) -> list[_Judged]:
        found = {one.thing.iri: one for one in self._identified(wanted)}
        forms = read(wanted.text)
        seen: set[tuple[int, int]] = set()
        best = 0.0
        for worth, addresses in self._retrieval.steps(forms, wanted):
            if not worth(best):
                continue
            for address in addresses:
                place = (address.segment_ord, address.doc)
                if place in seen:
                    continue
                seen.add(place)
                thing = self._packed(address)
                named = best_name(forms, thing, prefix=wanted.prefix)
                if named and named[0] >= LEAST:
                    best = max(best, named[0])
                    near = nearness(forms[-1], named[1])
                    found.setdefault(thing.iri, _Judged(thing, named[1].label, named[0], near))
        return list(found.values())

    def _identified(self, wanted: Wanted) -> Iterator[_Judged]:
        for address in self._retrieval.identified(set(asked(wanted.text, self._base, self._prefixes)), wanted.types):
            thing = self._packed(address)
            label = thing.names[0].label if thing.names else Label(thing.iri.removeprefix(self._base), "")
            yield _Judged(thing, label, SAME, identified=True)

    def _packed(self, address: tantivy.DocAddress) -> Packed:
        return unpack(self._searcher.doc(address)[THING][0])

    def _weigh(self, judged: list[_Judged], wanted: Wanted, facts: Facts | None) -> Iterator[_Weighed]:
        said = self._said(judged, wanted, facts)
        telling = [place for place in range(len(wanted.conditions)) if any(each[place].known for each in said if each)]
        for one, each in zip(judged, said, strict=True):
            if any(
                condition.required and agrees.score < AGREES
                for condition, agrees in zip(wanted.conditions, each, strict=False)
            ):
                continue
            scores = [(wanted.conditions[place].property, each[place].score) for place in telling]
            total = (one.score + WEIGHT * sum(score for _, score in scores)) / (1 + WEIGHT * len(scores))
            if total < LEAST:
                continue
            features = tuple((name, round(score, 2)) for name, score in (("name", one.score), *scores))
            yield _Weighed(one, round(total, 2), features)

    def _said(self, judged: list[_Judged], wanted: Wanted, facts: Facts | None) -> list[tuple[Said, ...]]:
        if facts is None or not wanted.conditions:
            return [() for _ in judged]
        comparison = Comparison(facts, self._base, self._prefixes)
        return [
            tuple(comparison.compare(one.thing.iri, condition) for condition in wanted.conditions) for one in judged
        ]


def _order(one: _Weighed) -> tuple[float, float, int, str]:
    return -one.score, -one.judged.nearness, _KINDS[one.judged.label.kind], one.judged.thing.iri


def open_index(folder: Path) -> TantivyIndex:
    """Open the index in a folder, every byte of which is verified; nothing is written there.

    Raises:
        ReleaseError: it is missing, damaged, or of another version.
    """
    described = _describe(folder)
    for name, listed in described["files"].items():
        if trouble := find_damage(folder, ReleaseFile(name, **listed)):
            raise ReleaseError(f"{trouble} {_REMEDY}")
    try:
        with _linked(folder, described["files"]) as links:
            index = tantivy.Index.open(str(links))
            index.config_reader("manual")
            searcher = index.searcher()
            sounds = described["version"] == VERSION
            return TantivyIndex(searcher, index.schema, described["base"], described["prefixes"], sounds=sounds)
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder}: cannot be opened: {error}. {remedied(error, _REMEDY)}") from error


@contextmanager
def _linked(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """A folder with links to files: tantivy locks the one that it opens, and a release stays untouched."""
    links = Path(tempfile.mkdtemp(prefix="mreze-index-"))
    try:
        for name in names:
            (links / name).symlink_to((folder / name).resolve())
        yield links
    finally:
        for _ in range(_TRIES):  # its thread that looks for changes, until it is told not to, may write meanwhile
            shutil.rmtree(links, ignore_errors=True)
            if not links.exists():
                break


def _describe(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        content: Any = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise ReleaseError(f"{folder}: there is no {DESCRIPTION}, so no index. {_REMEDY}") from error
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path}: cannot be read: {error}. {remedied(error, _REMEDY)}") from error
    if not isinstance(content, dict) or content.get("version") not in READ:
        raise ReleaseError(f"{path}: not an index of version {VERSION}. {_REMEDY} with this mreze.")
    return content
