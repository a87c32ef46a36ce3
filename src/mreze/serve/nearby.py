"""What there is at an address that is written nearly like one where nothing is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final
from urllib.parse import unquote

from mreze.serve.iris import encode
from mreze.serve.library import all_queries
from mreze.serve.pages import Reader, interface_text
from mreze.serve.resources.guides import HEADINGS
from mreze.serve.service import Service
from mreze.serve.services import LIVE
from mreze.serve.view import Value
from mreze.texts import pick

PLACES: Final = {
    "catalog.html": "Data",
    "queries/": "Questions",
    "sparql": "Ask with SPARQL",
    "search": "Search",
    "ontology.html": "Vocabulary",
    "shapes.html": "Shapes of the data",
    "dumps/": "Take the data",
    "guides/": "Guides",
    "changes.html": "What changed",
    "feed.html": "All feeds",
    "releases/": "All releases",
}
"""Where pages of every site are, and what they are called."""
_ALIKE: Final = 0.7
"""So much of two names is the same, of 1 (https://docs.python.org/3/library/difflib.html)."""
_MOST: Final = 3


def alike(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that are written nearly so, the nearest first; case and an extension count for nothing."""
    by_stem = {one.rstrip("/").partition(".")[0].lower(): one for one in names}
    stem = wanted.partition(".")[0].lower()
    return [by_stem[one] for one in get_close_matches(stem, by_stem, _MOST, _ALIKE)] if stem else []


def nearby(service: Service, reader: Reader) -> tuple[Value, ...]:
    """Pages and questions whose addresses are written nearly like that of the request."""
    first, slash, rest = unquote(reader.request.path).rstrip("/").partition("/")
    if slash and alike(first, ("queries",)):
        return tuple(_questions(service, reader, rest))
    if slash and alike(first, ("guides",)) and (found := alike(rest, HEADINGS)):
        return tuple(_page(reader, f"guides/{one}", HEADINGS[one]) for one in found)
    if slash:
        return ()
    places = (one for one in PLACES if service.settings.live or one.rstrip("/") not in LIVE)
    return tuple(_page(reader, one, PLACES[one]) for one in alike(first, places))


def _questions(service: Service, reader: Reader, name: str) -> Iterable[Value]:
    by_name = {one.name: one for one in all_queries(service.release)}
    for one in alike(name, by_name):
        href = f"{reader.request.root}queries/{encode(one)}{reader.query}"
        yield Value(pick(by_name[one].summary, reader.language), href)


def _page(reader: Reader, path: str, heading: str) -> Value:
    return Value(interface_text(reader, heading), f"{reader.request.root}{path}{reader.query}")
