"""What an authority's SPARQL endpoint has that may be a thing of the site, and what it says of that.

Found by name, by home page and by GeoNames' number; what none of these finds and has a point, by its place. Questions
are batches; each is an exchange of the snapshot, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import Literal, NamedNode

from mreze.coordinates import kilometres
from mreze.gather import questions
from mreze.gather.authorities import GEONAMES, Authority, Role
from mreze.gather.model import Endpoint, Point, Row, Thing
from mreze.gather.spellings import written
from mreze.progress import Progress

Each = TypeVar("Each")
_NAMES: Final = 400
"""So many forms of names a question, each with its tag."""
_VALUES: Final = 200
_PLACES: Final = 20
_NEAR: Final = 5.0
"""Kilometres."""
LABEL, HOMEPAGE, NUMBER, PLACE, SERVICE = "label", "home page", "GeoNames id", "place", "service"
WAYS: Final = (SERVICE, LABEL, HOMEPAGE, NUMBER, PLACE)
"""In which something is found, in the order in which they are told."""
Sightings = Mapping[str, Mapping[str, Sequence[str]]]
"""By thing and candidate: how it was found."""


def batches(values: Sequence[Each], size: int) -> Iterator[Sequence[Each]]:
    """The values, so many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


@dataclass(frozen=True)
class Retrieval:
    """Asks an endpoint for candidates."""

    endpoint: Endpoint
    authority: Authority
    progress: Progress

    def find(self, things: Sequence[Thing]) -> Sightings:
        """The candidates of things, and how each was found.

        Raises:
            GatherError: there is no answer that can be read.
        """
        found: dict[str, dict[str, list[str]]] = {one.iri: {} for one in things}
        self._add(found, LABEL, self._by_name(things))
        if self.authority.properties(Role.HOMEPAGE):
            self._add(found, HOMEPAGE, self._by_value(HOMEPAGE, Role.HOMEPAGE, _by_page(things)))
        if self.authority.properties(Role.GEONAMES):
            self._add(found, NUMBER, self._by_value(NUMBER, Role.GEONAMES, _by_number(things)))
        self._add(found, PLACE, self._by_place([one for one in things if not found[one.iri]]))
        return found

    def _add(self, found: dict[str, dict[str, list[str]]], how: str, pairs: Iterable[tuple[str, str]]) -> None:
        for thing, item in sorted(set(pairs)):
            if self.authority.owns(item):
                found[thing].setdefault(item, []).append(how)

    def _by_name(self, things: Sequence[Thing]) -> list[tuple[str, str]]:
        called: dict[tuple[str, str], list[str]] = defaultdict(list)
        for thing in things:
            for form in written(thing.labels, plain=self.authority.plain):
                called[form].append(thing.iri)
        # Stores differ in the case of tags that they give back.
        owners = {(text, tag.lower()): iris for (text, tag), iris in called.items()}
        rows = self._ask(LABEL, list(called), _NAMES, lambda part: questions.named(self.authority, part))
        found = []
        for row in rows:
            value = row.get("value")
            if isinstance(value, Literal):
                iris = owners.get((value.value, (value.language or "").lower()), ())
                found += [(one, item) for one in iris if (item := _iri(row, "item"))]
        return found

    def _by_value(self, how: str, role: Role, owners: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        terms = {term: iris for term, iris in owners.items() if term}
        ask = self._ask(how, list(terms), _VALUES, lambda part: questions.having(self.authority, role, part))
        pairs = ((str(row["value"]), _iri(row, "item")) for row in ask if "value" in row)
        return [(one, item) for value, item in pairs if item for one in terms.get(value, ())]

    def _by_place(self, things: Sequence[Thing]) -> list[tuple[str, str]]:
        """What lies near; that is asked only of things whose country and, at Wikidata, type are known there."""
        placed = [one for one in things if self._can_be_placed(one)]
        types = sorted({each for one in placed for each in one.types if self.authority.owns(each)})
        spots = [(one.iri, one.point, country) for one in placed if one.point for country in self._countries(one)]

        def question(part: Sequence[tuple[str, Point, str]]) -> str:
            return questions.within(self.authority, [(point, country) for _, point, country in part], types, _NEAR)

        found = []
        for number, part in enumerate(parts := list(batches(spots, _PLACES))):
            self.progress(f"looking by {PLACE}", number, len(parts))
            rows = [(_iri(row, "item"), _position(row)) for row in self.endpoint.select(question(part), questions.NEAR)]
            near = [
                (thing, item) for thing, point, _ in part for item, place in rows if item and _is_near(point, place)
            ]
            found += near
        return found

    def _can_be_placed(self, thing: Thing) -> bool:
        needs_type = bool(self.authority.subclass)
        return bool(thing.point and self._countries(thing) and (thing.types or not needs_type))

    def _countries(self, thing: Thing) -> list[str]:
        """The country as the authority writes it, terms of SPARQL; none where it has no coordinates."""
        if not self.authority.properties(Role.POINT, Role.LATITUDE):
            return []
        if self.authority.name == GEONAMES.name:
            return [questions.literal(one) for one in thing.countries if len(one) == 2 and one.isalpha()]
        return [f"<{one}>" for one in thing.countries if self.authority.owns(one)]

    def _ask(self, how: str, values: Sequence[Each], size: int, question: Callable[[Sequence[Each]], str]) -> list[Row]:
        parts = list(batches(values, size))
        rows: list[Row] = []
        for number, part in enumerate(parts):
            self.progress(f"looking by {how}", number, len(parts))
            rows += self.endpoint.select(question(part), questions.FOUND)
        return rows


def _iri(row: Row, name: str) -> str:
    value = row.get(name)
    return value.value if isinstance(value, NamedNode) else ""


def _position(row: Row) -> tuple[float, float] | None:
    try:
        latitude, longitude = (float(row[name].value) for name in ("latitude", "longitude"))
    except (KeyError, ValueError):
        return None
    return latitude, longitude


def _is_near(point: Point, place: tuple[float, float] | None) -> bool:
    return place is not None and kilometres((point.latitude, point.longitude), place) <= _NEAR


def pages(address: str) -> list[str]:
    """The ways in which a home page may be written: http and https, with www and without, with a last slash or not."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return [address]
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return [address]
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    return [
        urlunsplit((scheme, netloc, end, parts.query, ""))
        for scheme in ("https", "http")
        for netloc in (host, f"www.{host}")
        for end in ((path, f"{path}/") if not parts.query else (parts.path,))
    ]


def _by_page(things: Sequence[Thing]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        for one in dict.fromkeys(page for address in thing.homepages for page in pages(address)):
            found[questions.iri(one) or ""].append(thing.iri)
    return found


def _by_number(things: Sequence[Thing]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        for one in thing.links:
            if number := geonames_number(one):
                found[questions.literal(number)].append(thing.iri)
    return found


def geonames_number(iri: str) -> str:
    """The number in a link to GeoNames, in whichever form; "" where it is none."""
    found = GEONAMES.meant.search(iri)
    return found[1] if found else ""
