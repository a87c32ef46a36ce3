"""A comparison as a page that stands for itself: no script, nothing that is fetched from elsewhere."""

from __future__ import annotations

from typing import Any, Final

import jinja2

from mreze.gather.differences.prose import about, sources, unlinked
from mreze.gather.differences.report import Report, counted, difference_name, page, property_name, short, why
from mreze.gather.model import Address, Compared, Difference, Evidence, Item, Ours, Theirs
from mreze.gather.reasons import Reason
from mreze.texts import pick, text

_SECTIONS: Final = (
    Difference.CONTRADICTORY,
    Difference.MISSING_THERE,
    Difference.MISSING_HERE,
    Difference.UNLINKED,
    Difference.AGREES,
)
_OPEN: Final = 3
"""So many sections are there even if they are empty."""


def write_page(report: Report, language: str) -> str:
    """The page: what was asked, how many differences there are, and each of them, ours beside theirs."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mreze.gather"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("differences.html").render(
        language=language,
        site_title=pick(report.title, language),
        counts=counted(report.counts(), language),
        about=about(report, language),
        unlinked=unlinked(report, language),
        sections=[_section(report, one, language, number < _OPEN) for number, one in enumerate(_SECTIONS)],
        t=lambda english, **inserted: pick(text(english, **inserted), language),
    )


def _section(report: Report, kind: Difference, language: str, always: bool) -> dict[str, Any]:
    found = [one for one in report.told(kind) if one.reason != Reason.NO_LINK]
    return {
        "id": kind.value.replace(" ", "-"),
        "name": difference_name(kind, language),
        "shown": always or bool(found),
        "entries": [_entry(report, one, language) for one in found],
    }


def _entry(report: Report, one: Compared, language: str) -> dict[str, Any]:
    thing, item = report.thing(one), report.item(one)
    part = "" if one.about == "value" else property_name(one.about, language)
    return {
        "thing": report.name(thing or item, language),
        "href": _href(thing),
        "item": short(item),
        "item_href": _href(page(item, one.property)) if item else "",
        "property": property_name(one.property, language),
        "part": part,
        "why": why(one, language),
        "ours": [_ours(report, each, language) for each in one.ours],
        "theirs": [_theirs(report, each, language) for each in one.theirs],
    }


def _ours(report: Report, one: Ours, language: str) -> dict[str, Any]:
    return {
        "said": report.of(one, language),
        "href": _target(one.value, one.thing),
        "quotes": [_quote(each) for each in one.evidence],
    }


def _quote(one: Evidence) -> dict[str, Any]:
    return {
        "quote": one.quote,
        "language": one.language,
        "title": one.title or one.url or one.source,
        "href": _href(one.url),
        "read": one.read,
        "derived": one.derived,
    }


def _theirs(report: Report, one: Theirs, language: str) -> dict[str, Any]:
    hrefs = [_href(each.url or page(each.stated_in)) for each in one.references] or [""]
    named = zip(sources(report, one, language), hrefs, strict=True)
    return {
        "said": report.of_theirs(one, language),
        "href": _target(one.value),
        "sources": [{"name": name, "href": href} for name, href in named],
    }


def _target(value: object, thing: str = "") -> str:
    if isinstance(value, Item):
        return _href(page(value.iri))
    return _href(value.url if isinstance(value, Address) else thing)


def _href(address: str) -> str:
    """An address that may be followed: what else strangers write there (`javascript:`) is text."""
    return address if address.startswith(("http://", "https://")) else ""
