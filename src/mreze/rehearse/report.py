"""Tell what survives of a catalogue and what is lost: as text, as JSON, and beside an earlier rehearsal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mreze.errors import UsageError
from mreze.rehearse.verdict import Loss, Verdict

VERSION: Final = 1
"""Version of the JSON's form."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What all readers made of one catalogue."""

    address: str
    release: str
    """The name of the release that was served; "" where the site does not tell."""
    language: str
    verdicts: tuple[Verdict, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Readers that did not judge, each with what has to be done first."""

    @property
    def lost(self) -> int:
        """How much is lost, over all readers."""
        return sum(len(one.lost) for one in self.verdicts)


@dataclass(frozen=True, slots=True)
class Regression:
    """Something that arrived once and does not any more."""

    reader: str
    dataset: str
    what: str


def since(before: Rehearsal, now: Rehearsal) -> tuple[Regression, ...]:
    """What survived before and does not now, by the readers that have judged both times; fewer points count as well."""
    asked = {one.reader for one in now.verdicts}
    today = {_key(now, one): one for one in now.verdicts}
    found = []
    for one in before.verdicts:
        if one.reader not in asked:
            continue
        other = today.get(_key(before, one), Verdict(one.reader, one.dataset))
        gone = [what for what in one.survives if what not in other.survives]
        if one.score is not None and (other.score is None or other.score[0] < one.score[0]):
            gone.append(f"{one.score[0]} points, now {other.score[0] if other.score else 'none'}")
        found += [Regression(one.reader, one.dataset, what) for what in gone]
    return tuple(found)


def _key(rehearsal: Rehearsal, verdict: Verdict) -> tuple[str, str]:
    """A catalogue without an IRI goes by its address, which another day is another one."""
    return verdict.reader, "" if verdict.dataset == rehearsal.address else verdict.dataset


def as_text(rehearsal: Rehearsal, regressions: Sequence[Regression]) -> str:
    """The report for people."""
    datasets = sorted({one.dataset for one in rehearsal.verdicts})
    release = f", release {rehearsal.release}" if rehearsal.release else ""
    lines = [f"{rehearsal.address}{release}, read by portals in {rehearsal.language}"]
    for dataset in datasets:
        lines += ["", dataset]
        for one in rehearsal.verdicts:
            if one.dataset == dataset:
                lines += _verdict(one)
    lines += ["", *(f"{name} did not read it: {why}" for name, why in rehearsal.skipped.items())]
    lines += [f"lost since: {one.what}, {one.dataset}, {one.reader}" for one in regressions]
    lines.append(_summary(rehearsal, regressions))
    return "\n".join(lines) + "\n"


def as_json(rehearsal: Rehearsal, regressions: Sequence[Regression]) -> str:
    """The report for programs; what `--save` keeps."""
    content = {
        "version": VERSION,
        "address": rehearsal.address,
        "release": rehearsal.release,
        "language": rehearsal.language,
        "lost": rehearsal.lost,
        "skipped": dict(rehearsal.skipped),
        "since": [{"reader": one.reader, "dataset": one.dataset, "what": one.what} for one in regressions],
        "verdicts": [_content(one) for one in rehearsal.verdicts],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_saved(path: Path) -> Rehearsal:
    """A report that was saved.

    Raises:
        UsageError: it is none, or of another version.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != VERSION:
            raise UsageError(
                f"{path}: a report of version {content['version']}, not {VERSION}. Rehearse that release anew."
            )
        verdicts = tuple(_from_content(one) for one in content["verdicts"])
        return Rehearsal(content["address"], content["release"], content["language"], verdicts, content["skipped"])
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}. Write one: mreze rehearse --save {path}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path}: no report of a rehearsal: {error!r}. Write one: mreze rehearse --save FILE"
        ) from error


Form = Callable[[Rehearsal, Sequence[Regression]], str]
FORMS: Final[Mapping[str, Form]] = {"text": as_text, "json": as_json}
"""The forms of a report, by name."""


def _verdict(verdict: Verdict) -> list[str]:
    points = "" if verdict.score is None else f", {verdict.score[0]} of {verdict.score[1]} points"
    counts = f"{len(verdict.survives)} arrive, {len(verdict.lost)} lost, {len(verdict.unread)} not read{points}"
    return [
        f"  {verdict.reader}: {counts}",
        *(f"    lost: {line}" for line in _grouped(verdict.lost)),
        *(f"    not read: {line}" for line in _grouped(verdict.unread)),
    ]


def _grouped(losses: Iterable[Loss]) -> list[str]:
    """One line a reason: most of what is lost is lost for the same one."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for one in losses:
        by_reason[one.why].append(one.what)
    return [f"{', '.join(_together(what))}: {_printable(why)}" for why, what in by_reason.items()]


def _together(what: Iterable[str]) -> list[str]:
    """One word a property: what is lost of one file is mostly lost of all."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for one in what:
        name, _, part = one.partition(" of ")
        parts[f"{name} of" if part else name].append(part)
    return [" ".join([name, *found]).rstrip() for name, found in parts.items()]


def _printable(text: str) -> str:
    """A text with its control characters escaped: some of it comes from the site that was read."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _summary(rehearsal: Rehearsal, regressions: Sequence[Regression]) -> str:
    if not rehearsal.verdicts:
        return "Nobody has read it."
    if not rehearsal.lost and not regressions:
        return "Nothing is lost."
    return f"Lost: {rehearsal.lost}; lost since: {len(regressions)}."


def _content(verdict: Verdict) -> dict[str, Any]:
    return {
        "reader": verdict.reader,
        "dataset": verdict.dataset,
        "survives": list(verdict.survives),
        "lost": [{"what": one.what, "why": one.why} for one in verdict.lost],
        "unread": [{"what": one.what, "why": one.why} for one in verdict.unread],
        "score": verdict.score,
    }


def _from_content(content: Mapping[str, Any]) -> Verdict:
    return Verdict(
        content["reader"],
        content["dataset"],
        tuple(content["survives"]),
        tuple(Loss(**one) for one in content["lost"]),
        (content["score"][0], content["score"][1]) if content["score"] else None,
        tuple(Loss(**one) for one in content["unread"]),
    )
