"""Timelines: `?thing ?date`, and if there are `?kind`, `?until`, `?standing`, `?detail`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mreze.pictures import PRESENT, STANDINGS
from mreze.serve.dating import say_moment
from mreze.serve.gallery.model import Drawn, Key
from mreze.serve.gallery.rows import Kinds, Namer, Row, Term
from mreze.serve.pictures.marks import KINDS, key
from mreze.serve.pictures.moments import Moment, read_moment
from mreze.serve.pictures.svg import NARROW, WIDE, Caption, common, element
from mreze.serve.pictures.timeline import Happening, Lane, draw_timeline
from mreze.serve.view import Value

MOST: Final = 60
"""So many things have a lane."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A row that could be read."""

    thing: Term
    kind: Term | None
    detail: Term | None
    moment: Moment
    until: Moment | None
    lasts: bool
    standing: str


def timeline(rows: Sequence[Row], namer: Namer, caption: Caption, today: Moment, most: int = MOST) -> Drawn | None:
    """A timeline of rows, with lanes for so many things at most; None where none has a date."""
    dated = [one for row in rows if (one := _dated(row)) is not None]
    if not dated:
        return None
    kinds = Kinds((one.kind for one in dated), KINDS)
    by_thing: dict[Term, list[_Dated]] = {}
    for one in dated:
        by_thing.setdefault(one.thing, []).append(one)
    lanes = [
        Lane(namer.name(thing), tuple(_happening(one, kinds, namer) for one in sorted(found, key=_order)))
        for thing, found in by_thing.items()
    ]
    drawings = tuple(
        draw_timeline(lanes[:most], replace(caption, id=f"{caption.id}-{size}"), width, today.end)
        for size, width in (("wide", WIDE), ("narrow", NARROW))
    )
    keys, lines = tuple(_keys(dated, kinds, namer)), tuple(_lines(dated, namer))
    return Drawn(drawings, keys, _columns(dated, namer), lines, tuple(namer.shown(most, len(lanes))))


def _dated(row: Row) -> _Dated | None:
    thing, date = row.get("thing"), row.get("date")
    moment = read_moment(date.value) if date is not None else None
    if thing is None or moment is None:
        return None
    until, standing = row.get("until"), row.get("standing")
    return _Dated(
        thing,
        row.get("kind"),
        row.get("detail"),
        moment,
        read_moment(until.value) if until is not None else None,
        until is not None and until.value == PRESENT,
        standing.value if standing is not None and standing.value in STANDINGS else "",
    )


def _order(one: _Dated) -> tuple[bool, float]:
    """What is held to be so comes before what another source says: it gets the better place for its date."""
    return one.standing == "otherwise", one.moment.start


def _happening(one: _Dated, kinds: Kinds, namer: Namer) -> Happening:
    when = _when(one, namer)
    shown = f"({when})" if one.standing == "otherwise" else when
    kind = f"{namer.value(one.kind).text}, " if one.kind is not None else ""
    other = f" ({namer.say('says another source')})" if one.standing == "otherwise" else ""
    until = f" – {say_moment(one.until, namer.language, short=True)}" if one.until is not None else ""
    told = f"{namer.value(one.thing).text}: {kind}{when}{until}{other}"
    href = namer.href(one.detail)
    language = common([None, *(namer.name(term).language for term in (one.thing, one.kind) if term is not None)])
    return Happening(
        kinds.number(one.kind), one.moment, shown + until, told, one.until, one.lasts, one.standing, href, language
    )


def _when(one: _Dated, namer: Namer) -> str:
    date = say_moment(one.moment, namer.language, short=True)
    if one.standing == "before":
        return namer.say("before {date}", date=date)
    return namer.say("after {date}", date=date) if one.standing == "after" else date


def _keys(dated: Sequence[_Dated], kinds: Kinds, namer: Namer) -> Iterator[Key]:
    for term in kinds.terms:
        if term is not None:
            yield Key(key(kinds.number(term), ""), namer.name(term).text, namer.name(term).language)
    if any(one.standing == "otherwise" for one in dated):
        yield Key(key(0, "otherwise"), namer.say("hollow, and in brackets: what another source says"))
    if any(one.standing in {"before", "after"} for one in dated):
        yield Key(_line("bound"), namer.say("a bound only: it was before or after that"))
    if any(len(one.moment.parts) == 1 for one in dated):
        band = element("rect", class_="extent", x=5, y=0, width=8, height=18)
        yield Key(_drawn(band), namer.say("a band: the year is known, not the day"))
    if any(one.lasts for one in dated):
        yield Key(_line("span"), namer.say("lasts to this day"))


def _line(class_: str) -> str:
    return _drawn(element("line", class_=class_, x1=0, y1=9, x2=18, y2=9))


def _drawn(content: str) -> str:
    drawn = element("g", content, class_="kind-1")
    return element("svg", drawn, class_="key", viewBox="0 0 18 18", width=18, height=18, aria_hidden="true")


def _columns(dated: Sequence[_Dated], namer: Namer) -> tuple[str, ...]:
    ends = (namer.say("end"),) if _has_ends(dated) else ()
    return namer.say("name"), namer.say("event"), namer.say("date"), *ends, namer.say("how it is known")


def _lines(dated: Sequence[_Dated], namer: Namer) -> Iterator[tuple[Value | None, ...]]:
    has_ends = _has_ends(dated)
    for one in dated:
        kind = namer.value(one.kind) if one.kind is not None else None
        date = Value(_when(one, namer), namer.href(one.detail))
        end = (_end(one, namer),) if has_ends else ()
        known = Value(namer.say("says another source")) if one.standing == "otherwise" else None
        yield (namer.value(one.thing), kind, date, *end, known)


def _has_ends(dated: Sequence[_Dated]) -> bool:
    return any(one.until is not None or one.lasts for one in dated)


def _end(one: _Dated, namer: Namer) -> Value | None:
    if one.until is not None:
        return Value(say_moment(one.until, namer.language, short=True))
    return Value(namer.say("lasts to this day")) if one.lasts else None
