"""How sure one can be that something described elsewhere is a thing of the site, from 0 to 100.

| what is compared                                 | agrees           | points | else                      | points |
|--------------------------------------------------|------------------|--------|---------------------------|--------|
| names, as matching/scoring.py does, 0 to 100     | the best of them | x 0.7  |                           |        |
| home page (scheme, www and a last slash aside)   | same             | 40     | other page of the host    | 15     |
|                                                  |                  |        | another                   | -5     |
| GeoNames id                                      | same             | 40     | another                   | -20    |
| own code (ISO 3166 and others)                   | same             | 30     |                           |        |
| country                                          | same             | 10     | another                   | -25    |
| type, or a narrower one                          | same             | 10     | another                   | -20    |
| distance                                         | below 5 km       | 20     | below 30 km               | 10     |
|                                                  |                  |        | above 100 km              | -30    |
| year of founding                                 | same             | 10     | more than one year apart  | -10    |

The sum is cut at 0 and 100. What either side says nothing of gives no points, and what cannot be compared (a country
of which only another authority's IRI is known) gives none either. A reconciliation service's own score is told, never
counted: every service has a scale of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from mreze.coordinates import kilometres
from mreze.gather.described import Description, Named
from mreze.gather.model import Found, Thing
from mreze.gather.retrieval import geonames_number
from mreze.matching.asking import read
from mreze.matching.identifiers import normal
from mreze.matching.model import Kind, Label
from mreze.matching.packing import Name, named
from mreze.matching.scoring import best_name

_NAME: Final = 0.7
_LESS: Final = {Kind.PREFERRED: 0.0, Kind.ALTERNATIVE: 2.0, Kind.FORMER: 3.0}
"""Points taken for a name of the site that is not the preferred one, as scoring.py does on the other side."""
_SHOWN: Final = 3
"""So many types are named."""
Clause = tuple[float, str]
"""Points, and what they are for."""


def weigh(thing: Thing, there: Description, found_by: Sequence[str] = (), told: Sequence[str] = ()) -> Found:
    """How sure one can be, with everything that speaks for it and against it.

    Args:
        thing: of the site.
        there: what may be the same.
        found_by: how it was found, for whoever decides.
        told: what else is to be told: a service's own score.
    """
    clauses = [*_names(thing, there), *(clause for compare in _CONDITIONS for clause in compare(thing, there))]
    score = min(100.0, max(0.0, sum(points for points, _ in clauses)))
    why = [text for _, text in clauses] + list(told)
    if found_by:
        why.append(f"found by: {', '.join(found_by)}")
    name = there.labels[0].text if there.labels else ""
    return Found(there.iri, name, there.description, round(score, 1), tuple(why))


def _names(thing: Thing, there: Description) -> Iterator[Clause]:
    best = best_of(thing.labels, there.labels)
    if best is None:
        yield 0, "no name to compare"
        return
    points, own, other = best
    same = own.text == other.text
    text = f"name “{own.text}” ({points:g})" if same else f"name “{own.text}”, there “{other.text}” ({points:g})"
    yield _NAME * points, text


def best_of(own: Sequence[Label], others: Sequence[Label]) -> tuple[float, Label, Label] | None:
    """The names of two things that fit best, and how well, from 0 to 100; None where one has none."""
    packed = named(others)
    found: tuple[float, Label, Label] | None = None
    for label in own:
        best = best_name(read(label.text), packed, prefix=False)
        if best is not None and (found is None or best[0] - _LESS[label.kind] > found[0]):
            found = best[0] - _LESS[label.kind], label, _label(best[1])
    return None if found is None else (round(max(0.0, found[0]), 1), found[1], found[2])


def _label(name: Name) -> Label:
    return name.label


def _homepage(thing: Thing, there: Description) -> Iterator[Clause]:
    if not thing.homepages or not there.homepages:
        return
    own, other = {normal(one) for one in thing.homepages}, {normal(one) for one in there.homepages}
    if own & other:
        yield 40, "same home page"
    elif _hosts(thing.homepages) & _hosts(there.homepages):
        yield 15, f"another page of the same host: {there.homepages[0]}"
    else:
        yield -5, f"other home page: {there.homepages[0]}"


def _hosts(addresses: Collection[str]) -> set[str]:
    return {host for one in addresses if (host := urlsplit(f"//{normal(one)}").hostname)}


def _geonames(thing: Thing, there: Description) -> Iterator[Clause]:
    own = {number for one in thing.links if (number := geonames_number(one))}
    if own and there.geonames:
        yield (
            (40, "same GeoNames id") if own & set(there.geonames) else (-20, f"other GeoNames id: {there.geonames[0]}")
        )


def _code(thing: Thing, there: Description) -> Iterator[Clause]:
    if same := sorted(set(thing.codes) & set(there.codes)):
        yield 30, f"same code: {same[0]}"


def _country(thing: Thing, there: Description) -> Iterator[Clause]:
    own = {normal(one) for one in thing.countries}
    if not own or not there.countries:
        return
    for one in there.countries:
        if own & {normal(each) for each in (one.iri, one.code) if each}:
            yield 10, f"same country: {_shown(one)}"
            return
    if any(_comparable(one, thing.countries) for one in there.countries):
        yield -25, f"other country: {', '.join(map(_shown, there.countries))}"


def _comparable(country: Named, own: Sequence[str]) -> bool:
    """Whether the site knows its country by the same sort of identifier: then another one is another country."""
    space = country.iri.rpartition("/")[0]
    by_code = bool(country.code) and any(len(one) == len(country.code) and one.isalpha() for one in own)
    return by_code or (bool(space) and any(one.rpartition("/")[0] == space for one in own))


def _type(thing: Thing, there: Description) -> Iterator[Clause]:
    if not thing.types or not there.types:
        return
    if not there.kinds.isdisjoint(thing.types) or any(one.iri in thing.types for one in there.types):
        yield 10, f"type: {_few(there.types)}"
    else:
        yield -20, f"other type: {_few(there.types)}"


def _few(types: Sequence[Named]) -> str:
    return ", ".join(map(_shown, types[:_SHOWN])) + (" …" if len(types) > _SHOWN else "")


def _shown(one: Named) -> str:
    return one.name or one.iri.rstrip("/").rpartition("/")[2]


def _distance(thing: Thing, there: Description) -> Iterator[Clause]:
    if thing.point is None or there.point is None:
        return
    own, other = ((one.latitude, one.longitude) for one in (thing.point, there.point))
    away = kilometres(own, other)
    points = next((points for most, points in ((5, 20.0), (30, 10.0), (100, 0.0)) if away <= most), -30.0)
    yield points, f"{away:.0f} km away" if away >= 1 else "less than 1 km away"


def _founded(thing: Thing, there: Description) -> Iterator[Clause]:
    if not thing.years or not there.years:
        return
    apart = min(abs(one - other) for one in thing.years for other in there.years)
    year = ", ".join(map(str, there.years))
    yield {0: (10.0, f"founded in the same year: {year}"), 1: (0.0, f"founded a year apart: {year}")}.get(
        apart, (-10.0, f"founded in another year: {year}")
    )


_CONDITIONS: Final = (_homepage, _geonames, _code, _country, _type, _distance, _founded)
