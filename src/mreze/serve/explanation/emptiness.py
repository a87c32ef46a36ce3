"""Why a query finds nothing, in the order in which people want to know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from mreze.release import Release
from mreze.serve.dataset import DatasetClause, read_dataset
from mreze.serve.explanation.asking import Asking, OutOfTime
from mreze.serve.explanation.cursor import NotUnderstood
from mreze.serve.explanation.joins import (
    check_classes,
    check_graphs,
    check_inference,
    check_patterns,
    check_together,
)  # fmt: skip
from mreze.serve.explanation.known import Known, find_known
from mreze.serve.explanation.languages import check_languages
from mreze.serve.explanation.literals import check_literals
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.names import check_names
from mreze.serve.explanation.places import Outline, outline
from mreze.serve.explanation.reader import read_patterns
from mreze.serve.explanation.things import similar_thing
from mreze.serve.explanation.variables import check_variables
from mreze.serve.store import Store

_MOST: Final = 20


async def explain_emptiness(
    query: str, clause: DatasetClause, location: str, store: Store, release: Release, asking: Asking, *, empty: bool
) -> list[Missing]:
    """Say what of a query the release does not have; nothing where that cannot be found out in time.

    Args:
        query: what found nothing.
        clause: the dataset that the request names, which goes before the query's own.
        location: where the release is served; relative IRIs are resolved against the endpoint there.
        store: what was queried.
        release: what it is of.
        asking: to look for what may have been meant.
        empty: whether nothing was found; else only what is missing by itself is told.
    """
    base = location + "sparql"
    try:
        read = read_patterns(query, base)
        known = await find_known(asking, release)
    except (NotUnderstood, OutOfTime):
        return []
    asked = clause if clause.default or clause.named else read_dataset(query, base)
    spread = outline(read, asked)
    found = list(_distinct(_check_terms(spread, known, store)))[:_MOST]
    found = [await _suggest(one, known, location, store, asking) for one in found]
    if not empty:
        return found
    if not any(one.settles for one in found) and not _no_row_is_left(spread, found):
        found += list(_distinct(_check_patterns(spread, known, store)))[:_MOST]
    if not any(one.settles for one in found) and not _no_row_is_left(spread, found):
        found += await _together(spread, asking, found)
    return found + list(check_inference(spread))


def _check_terms(spread: Outline, known: Known, store: Store) -> Iterator[Missing]:
    yield from check_graphs(spread)
    yield from check_names(spread, known, store)
    yield from check_languages(spread, known)
    yield from check_literals(spread, known, store)
    yield from check_variables(spread.query)


def _check_patterns(spread: Outline, known: Known, store: Store) -> Iterator[Missing]:
    yield from check_patterns(spread, known, store)
    yield from check_classes(spread, known)


def _no_row_is_left(spread: Outline, found: list[Missing]) -> bool:
    """Whether each row of some VALUES has something that is missing."""
    names = {one.name for one in found}
    return any(
        element.rows and all(any(one and {one.iri, one.text} & names for one in row) for row in element.rows)
        for element in spread.query.where.elements
    )


async def _together(spread: Outline, asking: Asking, told: list[Missing]) -> list[Missing]:
    try:
        found = await check_together(spread, asking)
    except OutOfTime:
        return []
    # Of a group in which names are missing, that it finds nothing is no news.
    return [] if found is None or (told and found.name.startswith("{")) else [found]


async def _suggest(one: Missing, known: Known, location: str, store: Store, asking: Asking) -> Missing:
    if one.kind != "iri" or one.similar is not None:
        return one
    return replace(one, similar=await similar_thing(one.name, known.base, location, store, asking))


def _distinct(found: Iterable[Missing]) -> Iterator[Missing]:
    told: set[tuple[str, str]] = set()
    for one in found:
        if (one.kind, one.name) not in told:
            told.add((one.kind, one.name))
            yield one
