"""Whether what a site's links lead to is there: Wikidata is asked many at a time, the others one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mreze.errors import GatherError
from mreze.findings import Finding
from mreze.gather.authorities import AUTHORITIES, GEONAMES, WIKIDATA, Authority
from mreze.gather.links import Link, finding
from mreze.gather.mediawiki import MOST_IDS, Wikibase
from mreze.gather.model import Web
from mreze.progress import Progress, unwatched
from mreze.texts import text

GONE: Final = "link-gone"
MERGED: Final = "link-merged"
_RDF: Final = "application/rdf+xml, text/turtle;q=0.9"


@dataclass(frozen=True, slots=True)
class Existence:
    """What was found."""

    findings: tuple[Finding, ...]
    checked: int
    """How many things elsewhere were asked for."""
    unchecked: tuple[str, ...]
    """Why others were not: a clause for each authority."""


def look(links: Sequence[Link], web: Web, wikibase: Wikibase, progress: Progress = unwatched) -> Existence:
    """Whether the things that well-formed links lead to are there; whoever cannot be asked is passed over, and told.

    Args:
        links: of the site.
        web: asks GeoNames and the EU.
        wikibase: asks Wikidata.
        progress: is told each step.
    """
    by_target: dict[str, list[Link]] = {}
    for one in links:
        if one.authority.owns(one.target):
            by_target.setdefault(one.target, []).append(one)
    looking = _Looking(by_target, progress)
    looking.ask_wikibase(wikibase)
    for authority in AUTHORITIES.values():
        if authority is not WIKIDATA:
            looking.ask_one_by_one(authority, web)
    return Existence(tuple(looking.findings), looking.checked, tuple(looking.unchecked))


class _Looking:
    """The state of one run: what was found so far."""

    def __init__(self, by_target: dict[str, list[Link]], progress: Progress) -> None:
        self.by_target = by_target
        self.progress = progress
        self.findings: list[Finding] = []
        self.checked = 0
        self.unchecked: list[str] = []

    def of(self, authority: Authority) -> list[str]:
        return sorted(iri for iri, links in self.by_target.items() if links[0].authority is authority)

    def ask_wikibase(self, wikibase: Wikibase) -> None:
        items = [iri.removeprefix(WIKIDATA.prefix) for iri in self.of(WIKIDATA)]
        for start in range(0, len(items), MOST_IDS):
            self.progress(WIKIDATA.title, start, len(items))
            some = items[start : start + MOST_IDS]
            try:
                known = wikibase.entities(some)
            except GatherError as error:
                self.unchecked.append(str(error))
                return
            self.checked += len(some)
            for one in known.values():
                self.tell_entity(WIKIDATA.iri(one.id), exists=one.exists, target=one.target)

    def tell_entity(self, iri: str, *, exists: bool, target: str) -> None:
        if target:
            better = text("Write <{iri}>.", iri=WIKIDATA.iri(target))
            self.tell(iri, MERGED, text("The item was merged into another."), better)
        elif not exists:
            self.tell_gone(iri)

    def tell_gone(self, iri: str) -> None:
        remedy = text("Look for what took its place, or take the link away.")
        self.tell(iri, GONE, text("There is no such thing there, or no more."), remedy)

    def ask_one_by_one(self, authority: Authority, web: Web) -> None:
        iris = self.of(authority)
        silent: list[str] = []
        for number, iri in enumerate(iris):
            self.progress(authority.title, number, len(iris))
            there = self.is_there(iri, authority, web, silent)
            self.checked += there is not None
            if there is False:
                self.tell_gone(iri)
        if silent:
            self.unchecked.append(f"of {len(silent)} links to {authority.title}, the first: {silent[0]}")

    def is_there(self, iri: str, authority: Authority, web: Web, silent: list[str]) -> bool | None:
        try:
            there = web.exists(f"{iri}about.rdf" if authority is GEONAMES else iri, _RDF)
        except GatherError as error:
            silent.append(str(error))
            return None
        if there is None:
            silent.append(f"{iri}: nobody says whether it is there")
        return there

    def tell(self, iri: str, check: str, message: dict[str, str], remedy: dict[str, str]) -> None:
        self.findings += [finding(one, check, message, remedy) for one in self.by_target[iri]]
