"""Finds what is asked for: by name in the index, or all things of a class."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from mreze.errors import NotFound
from mreze.formats import RESULTS_JSON
from mreze.matching.folding import fold
from mreze.matching.loosely import WORDS, says_all
from mreze.matching.model import Candidate, Entry, Label, Wanted, WideIndex
from mreze.matching.scoring import SAME
from mreze.serve.exchange import Request
from mreze.serve.reconcile.opening import open_known
from mreze.serve.reconcile.terms import Term, read_term
from mreze.serve.search.asked import Asked
from mreze.serve.service import Service
from mreze.serve.worker import Question

RANKED: Final = 200
"""So many of the best are ranked; who wants more things of a class has its list."""
FITTING: Final = 75.0
"""From this score on a thing is called so, misspelt at most; what has less is only near, unless it has the words."""
NEAR: Final = 5
"""So many near ones are told where nothing fits."""
_Row = dict[str, dict[str, str]]
_LIST: Final = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT {selected} WHERE {{
  GRAPH <{documents}> {{ ?document foaf:primaryTopic ?thing }}
  ?thing a/rdfs:subClassOf* <{kind}> .
}}"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found."""

    entry: Entry
    label: Label | None = None
    """The name that fits best."""
    score: float | None = None
    """From 0 to 100; None where nothing was asked that it could fit."""
    match: bool = False
    """Whether it is certain that this is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found."""

    kind: Term | None = None
    """The class that the things are of, where one was asked for."""
    hits: tuple[Hit, ...] = ()
    """Those of the page."""
    total: int = 0
    pages: int = 1
    is_cut: bool = False
    """Whether there may be more than the total."""
    near: tuple[Hit, ...] = ()
    """Where nothing fits: what is near to it."""
    kinds: tuple[tuple[Term, int], ...] = ()
    """The classes of all that was found, of whatever class; where nothing is asked, those that there are."""


async def find(service: Service, request: Request, asked: Asked) -> Found:
    """Find what is asked for.

    Raises:
        BadRequest: there is no such class.
        NotFound: there is no such page, or no index.
        Unavailable: the index is damaged.
        RequestError: the list of a class cannot be had; see `Asker.ask`.
    """
    index = await asyncio.to_thread(open_index, service)
    types = await known_types(service)
    kind = asked_kind(service, asked, types)
    if asked.text:
        return await asyncio.to_thread(by_name, index, asked, kind, types)
    kinds = tuple((one, one.count) for one in types.values() if one.count)
    if kind is None:
        return Found(kinds=kinds)
    return await _of_class(service, request, asked, kind, Found(kinds=kinds))


def open_index(service: Service) -> WideIndex:
    """The index of a release; opened when it is first asked for.

    Raises:
        NotFound: there is none.
        Unavailable: it is damaged.
    """
    if not service.release.indexed:
        told = "was built before there were indexes of names, so it cannot be searched. Search another release."
        raise NotFound(f"The release {service.release.name} {told}")
    return service.index


async def known_types(service: Service) -> Mapping[str, Term]:
    """The classes of a release by IRI.

    Raises:
        ReleaseError: what properties the site tells of cannot be read.
    """
    return (await open_known(service)).types


def asked_kind(service: Service, asked: Asked, types: Mapping[str, Term]) -> Term | None:
    """The class that was asked for, if any.

    Raises:
        BadRequest: there is no such class.
    """
    return read_term(asked.type, types, service.release.prefixes, "type", "type") if asked.type else None


def complete(service: Service, asked: Asked, kind: Term | None = None) -> list[Candidate]:
    """Things with a name that begins with the text; else those that are called so, misspelt, or have all its words.

    Args:
        service: where they are.
        asked: what is typed.
        kind: the class that they are of, where one was chosen.
    """
    if not asked.text:
        return []
    index = open_index(service)
    types = (kind.iri,) if kind else ()
    begun = index.find(Wanted(asked.text, types, limit=asked.limit, prefix=True))
    if begun:
        return begun
    found = index.find(Wanted(asked.text, types, limit=asked.limit))
    wide = _wider(index, replace(asked, prefix=True), types, [one for one in found if one.score >= FITTING])
    return [one for one in wide if _fits(one, asked)][: asked.limit]


def by_name(index: WideIndex, asked: Asked, kind: Term | None, types: Mapping[str, Term]) -> Found:
    """What is called so.

    Args:
        index: of the names.
        asked: what is looked for.
        kind: the class that it is of, if that is known.
        types: all classes by IRI.

    Raises:
        NotFound: there is no such page.
    """
    whole = _ranked(index, asked, ())
    chosen = _ranked(index, asked, (kind.iri,)) if kind else whole
    fitting = [one for one in chosen if _fits(one, asked)]
    counted = Counter(name for one in whole if _fits(one, asked) for name in one.entry.classes)
    kinds = tuple((types[name], count) for name, count in counted.items() if name in types)
    shown, pages = _cut(fitting, asked)
    near = () if fitting else tuple(map(_hit, chosen[:NEAR]))
    is_cut = len(chosen) == RANKED and _fits(chosen[-1], asked)
    return Found(kind, tuple(map(_hit, shown)), len(fitting), pages, is_cut, near, kinds)


def _ranked(index: WideIndex, asked: Asked, types: tuple[str, ...]) -> list[Candidate]:
    """The best; where nothing fits, also what the text is the beginning of, or what has its words somewhere."""
    found = index.find(Wanted(asked.text, types, limit=RANKED, prefix=asked.prefix))
    if not asked.prefix and not any(_fits(one, asked) for one in found):
        begun = index.find(Wanted(asked.text, types, limit=RANKED, prefix=True))
        found = begun if any(_fits(one, asked) for one in begun) else found
    return _wider(index, asked, types, found)


def _wider(index: WideIndex, asked: Asked, types: tuple[str, ...], found: list[Candidate]) -> list[Candidate]:
    """Also what has the words somewhere, where nothing that was found has all of them in its name."""
    if any(_fits(one, asked) and _is_whole(one, asked.text) for one in found):
        return found
    looked = index.look(Wanted(asked.text, types, limit=RANKED, prefix=asked.prefix))
    best = {one.entry.iri: one for one in sorted([*found, *looked], key=lambda one: one.score)}
    return sorted(best.values(), key=lambda one: -one.score)[:RANKED]


def _is_whole(candidate: Candidate, text: str) -> bool:
    """Whether no word of the text is left over; a single word has been found by its initials, or by the sort."""
    return candidate.score >= SAME or len(fold(text).split()) == 1 or says_all(text, candidate.label.text)


def _fits(candidate: Candidate, asked: Asked) -> bool:
    if candidate.score >= FITTING or (WORDS, 100.0) in candidate.features:
        return True
    own, words = set(fold(candidate.label.text).split()), set(fold(asked.text).split())
    return bool(own and words) and (own <= words or words <= own)


def _hit(candidate: Candidate) -> Hit:
    return Hit(candidate.entry, candidate.label, candidate.score, candidate.match)


def _cut(hits: list[Candidate], asked: Asked) -> tuple[list[Candidate], int]:
    pages = count_pages(len(hits), asked)
    return hits[(asked.page - 1) * asked.limit : asked.page * asked.limit], pages


def count_pages(total: int, asked: Asked) -> int:
    """How many pages there are.

    Raises:
        NotFound: the one that is asked for is none of them.
    """
    pages = max(1, -(-total // asked.limit))
    if not 1 <= asked.page <= pages:
        raise NotFound(f"There is no page {asked.page} of this: it has {pages}.")
    return pages


async def _of_class(service: Service, request: Request, asked: Asked, kind: Term, found: Found) -> Found:
    """All things of a class, in the order of their IRIs."""
    rows = await _ask(service, request, kind.iri, "(COUNT(DISTINCT ?thing) AS ?total)", "")
    total = int(rows[0]["total"]["value"])
    pages = count_pages(total, asked)
    window = f" ORDER BY ?thing LIMIT {asked.limit} OFFSET {(asked.page - 1) * asked.limit}"
    rows = await _ask(service, request, kind.iri, "DISTINCT ?thing", window)
    hits = tuple(Hit(_entry(service.index, one["thing"]["value"])) for one in rows)
    return replace(found, kind=kind, hits=hits, total=total, pages=pages)


def _entry(index: WideIndex, iri: str) -> Entry:
    return index.entry(iri) or Entry(iri, (), (), ())


async def _ask(service: Service, request: Request, kind: str, selected: str, window: str) -> list[_Row]:
    query = _LIST.format(selected=selected, documents=service.release.base + "documents", kind=kind) + window
    question = Question(query, request.location, RESULTS_JSON.extension, None)
    answer = await service.answers.ask(question, service.settings.deadline, request.client)
    found: list[_Row] = json.loads(answer.content)["results"]["bindings"]
    return found
