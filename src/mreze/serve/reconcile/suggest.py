"""Suggests what may be meant by what is typed so far: things, classes, properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mreze.matching.folding import fold
from mreze.matching.model import Index, Wanted
from mreze.serve.reconcile.candidates import Writer, named
from mreze.serve.reconcile.limits import PAGED
from mreze.serve.reconcile.terms import Term
from mreze.texts import LANGUAGES, pick, text

_WAYS: Final = 5
"""Of a term to be what is meant, from being called so to having it somewhere in its IRI; more is none."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the suggestions are wanted."""

    prefix: str
    skip: int
    limit: int

    @property
    def cut(self) -> slice:
        """Those of all."""
        return slice(self.skip, self.skip + self.limit)


def suggest_things(index: Index, writer: Writer, page: Page, types: tuple[str, ...]) -> dict[str, Any]:
    """Things whose names begin with what is typed, or that it is the id of; past `PAGED` there are none.

    Whatever the page, all are looked for, so that those of one page never stand on another.
    """
    if not page.prefix.strip() or page.skip >= PAGED:
        return {"result": []}
    found = index.find(Wanted(page.prefix, types, limit=PAGED, prefix=True))
    return {"result": [writer.suggestion(one) for one in found[page.cut]]}


def suggest_terms(terms: Mapping[str, Term], page: Page, language: str, what: str) -> dict[str, Any]:
    """Classes or properties; without anything typed all that are in use, the most used first.

    Args:
        terms: those that there are, by IRI.
        page: which of them.
        language: of the reader.
        what: what their number counts, in English: "things" or "statements".
    """
    wanted = page.prefix.strip()
    if not wanted:
        found = [one for one in terms.values() if one.count]
    else:
        ranked = [(_way(one, wanted, fold(wanted)), -one.count, one.iri) for one in terms.values()]
        found = [terms[iri] for way, _, iri in sorted(ranked) if way < _WAYS]
    return {"result": [describe(one, terms, language, what) for one in found[page.cut]]}


def describe(one: Term, terms: Mapping[str, Term], language: str, what: str) -> dict[str, Any]:
    """A class or property with what helps to choose it."""
    interface = language if language in LANGUAGES else "en"
    counted = pick(text("things: {count}", count=one.count), interface) if what == "things" else ""
    counted = counted or pick(text("statements: {count}", count=one.count), interface)
    told = ". ".join(part.rstrip(".") for part in (pick(one.descriptions, language), counted) if part)
    described: dict[str, Any] = {"id": one.iri, **named(one, language), "description": told}
    broader = [{"id": iri, **named(terms[iri], language)} for iri in one.broader if iri in terms]
    return described | ({"broader": broader} if broader else {})


def _way(one: Term, wanted: str, folded: str) -> int:
    """In which way a term may be meant; the smaller the likelier."""
    if wanted.casefold() in {one.iri.casefold(), one.short.casefold()}:
        return 0
    names = [fold(label) for label in one.labels.values()]
    local = fold(one.iri.rpartition("#")[2].rpartition("/")[2])
    if folded and folded in [*names, local]:
        return 1
    if folded and _begins([*names, local], folded):
        return 2
    if folded and _begins((word for name in names for word in name.split()), folded):
        return 3
    begins = one.iri.casefold().startswith(wanted.casefold()) or one.short.casefold().startswith(wanted.casefold())
    return 4 if begins else _WAYS


def _begins(names: Iterable[str], folded: str) -> bool:
    return any(name.startswith(folded) for name in names)
