"""Networks: `?from ?to`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mreze.serve.gallery.model import Drawn
from mreze.serve.gallery.rows import Namer, Row, Term
from mreze.serve.pictures.network import Node, draw_network, layers
from mreze.serve.pictures.svg import NARROW, WIDE, Caption
from mreze.serve.view import Value

MOST: Final = 40
"""So many groups are shown, those with the most members."""


def network(rows: Sequence[Row], namer: Namer, caption: Caption) -> Drawn | None:
    """A network of rows; None where nothing is tied to anything."""
    ties: dict[Term, list[Term]] = {}
    for row in rows:
        if "from" in row and "to" in row and row["to"] not in ties.setdefault(row["from"], []):
            ties[row["from"]].append(row["to"])
    if not ties:
        return None
    counted = Counter(one for found in ties.values() for one in found)
    largest = {one for one, _ in counted.most_common(MOST)}
    groups = [one for one in counted if one in largest]
    numbers = {one: number for number, one in enumerate(groups)}
    members = [Node(namer.name(one), _numbered(found, numbers)) for one, found in ties.items()]
    shown = layers(members, [namer.name(one) for one in groups])
    others = namer.say("{count} others, each tied to one", count=shown.unnamed)
    drawings = tuple(
        draw_network(shown, others, replace(caption, id=f"{caption.id}-{size}"), width)
        for size, width in (("wide", WIDE), ("narrow", NARROW))
    )
    columns, lines = (namer.say("name"), namer.say("tied to")), tuple(_lines(ties, namer))
    return Drawn(drawings, (), columns, lines, tuple(namer.shown(MOST, len(counted), len(lines))))


def _numbered(groups: Sequence[Term], numbers: Mapping[Term, int]) -> tuple[int, ...]:
    """The groups that are shown, by their numbers."""
    return tuple(sorted(numbers[one] for one in groups if one in numbers))


def _lines(ties: dict[Term, list[Term]], namer: Namer) -> Iterator[tuple[Value | None, ...]]:
    for member, groups in sorted(ties.items(), key=lambda one: namer.value(one[0]).text.casefold()):
        for group in groups:
            yield namer.value(member), namer.value(group)
