"""Networks: `?from ?to`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mreze.serve.gallery.model import Drawn
from mreze.serve.gallery.rows import Namer, Row, Term
from mreze.serve.pictures.network import Node, draw_network, layers
from mreze.serve.pictures.svg import NARROW, WIDE, Caption
from mreze.serve.view import Value


def network(rows: Sequence[Row], namer: Namer, caption: Caption) -> Drawn | None:
    """A network of rows; None where nothing is tied to anything."""
    ties: dict[Term, list[Term]] = {}
    for row in rows:
        if "from" in row and "to" in row and row["to"] not in ties.setdefault(row["from"], []):
            ties[row["from"]].append(row["to"])
    if not ties:
        return None
    groups = list(dict.fromkeys(one for found in ties.values() for one in found))
    members = [Node(namer.name(one), tuple(sorted(map(groups.index, found)))) for one, found in ties.items()]
    shown = layers(members, [namer.name(one) for one in groups])
    others = namer.say("{count} others, each tied to one", count=shown.unnamed)
    drawings = tuple(
        draw_network(shown, others, Caption(f"{caption.id}-{size}", caption.title, caption.description), width)
        for size, width in (("wide", WIDE), ("narrow", NARROW))
    )
    columns = (namer.say("name"), namer.say("tied to"))
    return Drawn(drawings, (), columns, tuple(_lines(ties, namer)))


def _lines(ties: dict[Term, list[Term]], namer: Namer) -> Iterator[tuple[Value | None, ...]]:
    for member, groups in sorted(ties.items(), key=lambda one: namer.value(one[0]).text.casefold()):
        for group in groups:
            yield namer.value(member), namer.value(group)
