"""What one can set for a column of values that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import BadRequest
from mreze.serve.pages import html_language
from mreze.serve.reconcile import reading
from mreze.texts import Text, pick, text

EVERY: Final = "all"
"""Stands for texts of all languages."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How the values of a property are wanted."""

    limit: int | None = None
    """At most so many of them."""
    language: str = ""
    """A language tag; `EVERY`; "" for the language of whoever asks."""
    content: str = "things"
    """Of things: "things" (id and name), "names" (as texts) or "iris" (whole, as texts)."""
    coordinates: str = "wkt"
    """Of points: "wkt", or "latlong": latitude and longitude with a comma between them."""
    count: bool = False
    """Whether to tell only how many there are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as the manifest declares it."""

    name: str
    type: str
    default: str | int | bool
    label: Text
    help: Text
    choices: Mapping[str, Text]
    """What each value is called, where one is chosen from several."""


def settings(languages: Sequence[str]) -> tuple[Setting, ...]:
    """Every setting there is, for a site in these languages."""
    own = {one: {"en": html_language(one)} for one in languages}
    return (
        Setting(
            "limit", "number", 0, text("Limit"), text("At most so many values; 0 for all of them."), {},
        ),
        Setting(
            "language", "select", "", text("Language"), text("Of names and texts; others where there are none in it."),
            {"": text("that of the reader"), **own, EVERY: text("all languages")},
        ),
        Setting(
            "content", "select", "things", text("Things"), text("How a value that is a thing is given."),
            {
                "things": text("by id and name"),
                "names": text("by name"),
                "iris": text("by IRI"),
            },
        ),
        Setting(
            "coordinates", "select", "wkt", text("Coordinates"), text("How a point is written."),
            {"wkt": text("as WKT: POINT(longitude latitude)"), "latlong": text("as latitude,longitude")},
        ),
        Setting(
            "count", "checkbox", False, text("Count"), text("Only how many values there are."), {},
        ),
    )  # fmt: skip


def declare(languages: Sequence[str], language: str) -> list[dict[str, Any]]:
    """The settings for the manifest of 0.2 (section 7.1 of its specification), in the words of a language."""
    return [
        {
            "name": one.name,
            "label": pick(one.label, language),
            "type": one.type,
            "default": one.default,
            "help_text": pick(one.help, language),
            **_choices(one, language),
        }
        for one in settings(languages)
    ]


def declare_draft(languages: Sequence[str], language: str) -> list[dict[str, Any]]:
    """The same for the manifest of the draft of 1.0 (section 7.1)."""
    return [
        {
            "id": one.name,
            "name": pick(one.label, language),
            "type": one.type,
            "default": one.default,
            "helpText": pick(one.help, language),
            **_choices(one, language),
        }
        for one in settings(languages)
    ]


def _choices(setting: Setting, language: str) -> dict[str, Any]:
    if not setting.choices:
        return {}
    return {"choices": [{"value": one, "name": pick(called, language)} for one, called in setting.choices.items()]}


def read_wish(content: object, place: str, languages: Sequence[str]) -> Wish:
    """The settings that a client sends.

    Args:
        content: the object of settings.
        place: where it was sent, for an error.
        languages: those of the site.

    Raises:
        BadRequest: there is no such setting, or no such value of it.
    """
    known = {one.name: one for one in settings(languages)}
    said = reading.members(content, place, list(known))
    read = {name: _read(known[name], value, f"{place}.{name}") for name, value in said.items() if value is not None}
    return Wish(**{**read, "limit": read.get("limit") or None})


def _read(setting: Setting, value: object, place: str) -> Any:
    if setting.type == "number":
        return (
            0 if value in ("", "0") or (value == 0 and not isinstance(value, bool)) else reading.positive(value, place)
        )
    if setting.type == "checkbox":
        found = {"true": True, "on": True, "false": False, "": False}.get(str(value).lower())
        if found is None:
            reading.wrong(place, "true or false", value)
        return found
    chosen = reading.text(value, place)
    match = next((one for one in setting.choices if one.lower() == chosen.strip().lower()), None)
    if match is None:
        offered = ", ".join(repr(one) for one in setting.choices)
        raise BadRequest(f"{place} is {chosen[:80]!r}; it can be {offered}.")
    return match
