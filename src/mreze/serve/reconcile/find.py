"""Finds the candidates of a query, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mreze.matching.model import Candidate, Facts, Index, Wanted
from mreze.matching.scoring import CERTAIN, LEAST, is_certain
from mreze.serve.reconcile.asked import Asked, Named
from mreze.serve.reconcile.ids import to_iris
from mreze.serve.reconcile.limits import CANDIDATES
from mreze.serve.reconcile.scan import Scan


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things of one release."""

    index: Index
    facts: Facts
    base: str
    """The base IRI of the site."""
    scan: Scan
    """Finds what has no name."""

    def find(self, asked: Asked) -> list[Candidate]:
        """The candidates, the best first."""
        if asked.is_empty:
            return []
        if not asked.names:
            return self._limited(asked, self.scan.find(asked.types, asked.conditions))
        only = asked.names[0]
        if len(asked.names) == 1 and len(only.values) == 1 and only.quantifier != "none" and not only.by_id:
            return self._limited(asked, self._look(asked, only.values[0]))
        return self._limited(asked, self._combined(asked))

    def _look(self, asked: Asked, text: str, limit: int | None = None) -> list[Candidate]:
        """What the index finds by one name."""
        most = CANDIDATES if asked.every_type else limit or asked.limit
        known = self._known(text) if "%" in text else None  # clients percent-encode ids
        return self.index.find(Wanted(known or text, asked.types, asked.conditions, most), self.facts)

    def _known(self, id_: str) -> str | None:
        """The IRI of the thing that an id names, if there is one."""
        return next((one for one in to_iris(id_, self.base) if self.index.entry(one)), None)

    @staticmethod
    def _limited(asked: Asked, found: list[Candidate]) -> list[Candidate]:
        if asked.every_type:
            found = [one for one in found if set(asked.types) <= set(one.entry.classes)]
        return [one for one in found if one.score >= LEAST][: asked.limit]

    def _combined(self, asked: Asked) -> list[Candidate]:
        """What several names, or ids, find together: scores are their mean; what must not be there is taken out."""
        known: dict[str, Candidate] = {}
        told: list[tuple[Named, dict[str, float]]] = []
        for named in asked.names:
            scores: list[dict[str, float]] = []
            for value in named.values:
                found = {one.entry.iri: one for one in self._by(asked, named, value)}
                known = found | known if named.quantifier != "none" else known
                scores.append({iri: one.score for iri, one in found.items()})
            told.append((named, _joined(named, scores)))
        if not any(named.quantifier != "none" for named in asked.names):
            known = {one.entry.iri: one for one in self.scan.find(asked.types, asked.conditions)}
        return _ranked(known, told)

    def _by(self, asked: Asked, named: Named, value: str) -> list[Candidate]:
        if not named.by_id:
            return self._look(asked, value, CANDIDATES)
        iri = self._known(value)
        return [one for one in self._look(asked, iri, CANDIDATES) if one.entry.iri == iri] if iri else []


def _joined(named: Named, scores: list[dict[str, float]]) -> dict[str, float]:
    """How well each thing is called what it is said to be; for "none" the things that are called so."""
    things = {iri for one in scores for iri in one}
    choose = min if named.quantifier == "all" else max
    return {iri: choose(one.get(iri, 0.0) for one in scores) for iri in things}


def _ranked(known: dict[str, Candidate], told: list[tuple[Named, dict[str, float]]]) -> list[Candidate]:
    ranked = []
    for iri, candidate in known.items():
        wanted = [scores.get(iri, 0.0) for named, scores in told if named.quantifier != "none"]
        if any(not scores.get(iri) for named, scores in told if named.required and named.quantifier != "none"):
            continue
        if any(scores.get(iri, 0.0) >= CERTAIN for named, scores in told if named.quantifier == "none"):
            continue
        score = sum(wanted) / len(wanted) if wanted else candidate.score
        ranked.append(replace(candidate, score=score, match=False))
    ranked.sort(key=lambda one: (-one.score, one.entry.iri))
    if is_certain([one.score for one in ranked[:2]]):
        ranked[0] = replace(ranked[0], match=True)
    return ranked
