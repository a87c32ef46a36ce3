"""What a client asks things for, column by column (data extension, section 7 of both specifications)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mreze.errors import BadRequest, PayloadTooLarge
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.limits import CELLS
from mreze.serve.reconcile.settings import Wish, read_wish
from mreze.serve.reconcile.terms import Term
from mreze.serve.reconcile.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """A property, and how its values are wanted."""

    id: str
    """As the client named it."""
    term: Term
    wish: Wish


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query."""

    ids: tuple[str, ...]
    """As the client named the things, each once."""
    columns: tuple[Column, ...]


def read_columns(content: object, place: str, vocabulary: Vocabulary, languages: Sequence[str]) -> Wanted:
    """The query of a client.

    Args:
        content: what was sent.
        place: what that is called in an error.
        vocabulary: the properties that there are.
        languages: those of the site.

    Raises:
        BadRequest: it is not of the form that the specification has, or names a property that there is not.
        PayloadTooLarge: it asks for too much at once.
    """
    said = _members(content, place, ("ids", "properties"))
    ids = tuple(dict.fromkeys(reading.text(one, at) for one, at in reading.items(said["ids"], f"{place}.ids")))
    asked = list(reading.items(said["properties"], f"{place}.properties"))
    if len(ids) * len(asked) > CELLS or len(asked) > CELLS:
        told = f"{place} asks for {len(asked):,} properties of {len(ids):,} things; that may be {CELLS:,} cells."
        raise PayloadTooLarge(f"{told} Ask for fewer things at once.")
    return Wanted(ids, tuple(_column(one, at, vocabulary, languages) for one, at in asked))


def refuse_repeated(wanted: Wanted, place: str) -> None:
    """An answer of 0.2 has a place for each property only once.

    Raises:
        BadRequest: a property is named twice.
    """
    names = [one.id for one in wanted.columns]
    for name in names:
        if names.count(name) > 1:
            raise BadRequest(f"{place}.properties names {name!r} twice. Ask for it once, or in two queries.")


def _column(content: object, place: str, vocabulary: Vocabulary, languages: Sequence[str]) -> Column:
    said = _members(content, place, ("id",))
    name = reading.text(said["id"], f"{place}.id")
    settings = said.get("settings")
    wish = Wish() if settings is None else read_wish(settings, f"{place}.settings", languages)
    return Column(name, vocabulary.property(name, f"{place}.id"), wish)


def _members(content: object, place: str, needed: Sequence[str]) -> dict[str, Any]:
    """An object that has some members; others may be there, clients add what only they need."""
    if not isinstance(content, dict):
        reading.wrong(place, "an object", content)
    for one in needed:
        if one not in content:
            raise BadRequest(f"{place} has no `{one}`.")
    return content
