"""A comparison for programs: tab-separated values, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mreze.gather.cells import guarded, join
from mreze.gather.differences.report import ORDER, Report, bare, english, evidence, plain, qualifiers
from mreze.gather.model import Compared, Ours, Theirs

COLUMNS = (
    "difference", "property", "about", "thing", "item", "our value", "our qualifiers", "their value",
    "their qualifiers", "statement", "rank", "their references", "quote", "source url", "source title", "reason",
)  # fmt: skip
"""Of the table, in this order; a program may rely on their names."""


def write_table(report: Report, _: str) -> str:
    """A row for each difference, and for what agrees with a note; in English whatever the language of words is."""
    rows = [_row(report, one) for one in report.told(*ORDER)]
    return join([list(COLUMNS), *([guarded(plain(cell)) for cell in row] for row in rows)])


def _row(report: Report, one: Compared) -> list[str]:
    ours, theirs = one.ours[:1], one.theirs[:1]
    found = evidence(one)
    best = next((each for each in found if not each.derived), found[0] if found else None)
    cells = {
        "difference": one.difference.value,
        "property": english(one.property),
        "about": one.about,
        "thing": report.thing(one),
        "item": report.item(one),
        "our value": " | ".join(dict.fromkeys(bare(each.value) for each in one.ours)),
        "our qualifiers": "; ".join(text for each in ours for text in qualifiers(each)),
        "their value": " | ".join(_value(each) for each in theirs),
        "their qualifiers": "; ".join(text for each in theirs for text in qualifiers(each)),
        "statement": " ".join(each.iri for each in theirs),
        "rank": " ".join(each.rank.value for each in theirs),
        "their references": " | ".join(report.source(each, "en") for each in _references(theirs)),
        "quote": best.quote if best else "",
        "source url": best.url if best else "",
        "source title": best.title if best else "",
        "reason": one.reason,
    }
    return [cells[name] for name in COLUMNS]


def _value(theirs: Theirs) -> str:
    return f"{bare(theirs.value)} ({theirs.name})" if theirs.name else bare(theirs.value)


def _references(theirs: Sequence[Theirs]) -> list[Any]:
    return [reference for one in theirs for reference in one.references]


def write_json(report: Report, language: str) -> str:
    """Everything that was compared, what agrees too, with all evidence and all references."""
    counts = report.counts()
    content = {
        "endpoint": report.endpoint,
        "fetched": report.fetched,
        "snapshot": report.snapshot,
        "modified": report.stated.modified or None,
        "language": language,
        "counts": {one.value: counts.get(one, 0) for one in ORDER},
        "missingItems": sorted(report.stated.missing),
        "mergedItems": [{"thing": thing, "item": old, "into": new} for thing, old, new in report.merged()],
        "compared": [_compared(report, one, language) for one in sorted(report.compared, key=report.place)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _compared(report: Report, one: Compared, language: str) -> dict[str, Any]:
    thing = report.thing(one)
    return {
        "difference": one.difference.value,
        "property": one.property,
        "about": one.about,
        "thing": thing or None,
        "label": report.name(thing, language) if thing else None,
        "item": report.item(one) or None,
        "ours": [_ours(each) for each in one.ours],
        "theirs": [_theirs(each) for each in one.theirs],
        "reason": one.reason,
    }


def _ours(one: Ours) -> dict[str, Any]:
    return {
        "value": bare(one.value),
        "thing": one.thing or None,
        "rank": one.rank.value,
        "qualifiers": {name: bare(value) for name, value in sorted(one.qualifiers.items())},
        "evidence": [_known(asdict(each)) for each in one.evidence],
    }


def _theirs(one: Theirs) -> dict[str, Any]:
    return {
        "statement": one.iri,
        "value": bare(one.value),
        "name": one.name or None,
        "rank": one.rank.value,
        "qualifiers": {name: [bare(value) for value in values] for name, values in sorted(one.qualifiers.items())},
        "references": [_known(asdict(each)) for each in one.references],
    }


def _known(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value or value is False}
