"""A comparison as text, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from mreze.gather.differences.report import (
    Report,
    counted,
    difference_name,
    plain,
    property_name,
    short,
    why,
)  # fmt: skip
from mreze.gather.model import Compared, Difference, Evidence, Theirs
from mreze.gather.reasons import Reason
from mreze.texts import pick, text

_MARKS: Final = {
    Difference.CONTRADICTORY: "!",
    Difference.MISSING_THERE: "+",
    Difference.MISSING_HERE: "?",
    Difference.UNLINKED: "-",
    Difference.AGREES: "=",
}


def write_text(report: Report, language: str) -> str:
    """The counts first, then difference by difference, what is here above what is there."""
    blocks = ["\n".join(_head(report, language))]
    for kind, mark in _MARKS.items():
        found = [one for one in report.told(kind) if one.reason != Reason.NO_LINK]
        if found:
            blocks.append(f"{difference_name(kind, language).capitalize()}")
            blocks += ["\n".join(_block(report, one, mark, language)) for one in found]
    return "\n\n".join([*blocks, *_loose(report, language)]) + "\n"


def about(report: Report, language: str) -> list[str]:
    """Whom was asked and when, in sentences."""
    said = [text("Asked {endpoint} on {day}; snapshot {snapshot}.", **_asked(report))]
    if report.stated.modified:
        said.append(text("Its data are of {day}.", day=report.stated.modified))
    for thing, old, new in report.merged():
        named = {"thing": report.name(thing, language), "old": short(old), "new": short(new)}
        said.append(text("The item of {thing}, {old}, was merged into {new}: change the link.", **named))
    return [pick(one, language) for one in said]


def unlinked(report: Report, language: str) -> str:
    """How many statements are about things without an item, by property; "" where there are none."""
    loose = Counter(one.property for one in report.compared if one.reason == Reason.NO_LINK)
    counts = [f"{property_name(name, language)} {loose[name]}" for name in sorted(loose, key=lambda one: int(one[1:]))]
    told = text(
        "Of things without an item nothing was asked; statements about them: {counts}.", counts=", ".join(counts)
    )
    return pick(told, language) if counts else ""


def _asked(report: Report) -> dict[str, str]:
    return {"endpoint": report.endpoint, "day": report.fetched, "snapshot": report.snapshot}


def _head(report: Report, language: str) -> Iterator[str]:
    yield ", ".join(counted(report.counts(), language))
    yield from (f"  {plain(one)}" for one in about(report, language))


def _loose(report: Report, language: str) -> Iterator[str]:
    told = unlinked(report, language)
    if told:
        yield told


def _block(report: Report, one: Compared, mark: str, language: str) -> Iterator[str]:
    thing, item = report.thing(one), report.item(one)
    name = property_name(one.property, language)
    part = "" if one.about == "value" else f", {property_name(one.about, language)}"
    yield plain(f"{mark} {report.name(thing or item, language)} ({short(item) or '-'}): {name}{part}")
    for ours in one.ours:
        yield plain(f"    {pick(text('here'), language)}: {report.of(ours, language)}")
        yield from (plain(f"        {_cited(each)}") for each in ours.evidence)
    for theirs in one.theirs:
        yield plain(f"    {pick(text('there'), language)}: {report.of_theirs(theirs, language)}")
        yield from (plain(f"        {each}") for each in sources(report, theirs, language))
    yield f"    {why(one, language)}"


def _cited(one: Evidence) -> str:
    quote = f"“{one.quote}” " if one.quote else ""
    place = f"{one.title} <{one.url}>" if one.title else f"<{one.url or one.source}>"
    return quote + place + (" [Wikimedia]" if one.derived else "")


def sources(report: Report, theirs: Theirs, language: str) -> list[str]:
    """The references of a statement there, or in words that there are none; one that says nothing is none."""
    none = pick(text("no source"), language)
    return [report.source(one, language) or none for one in theirs.references] or [none]
