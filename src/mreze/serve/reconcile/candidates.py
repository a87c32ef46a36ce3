"""Candidates as the service tells them: by id, in the reader's language, with what they were found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from mreze.matching.model import Candidate, Entry, Kind, Label
from mreze.serve.pages import html_language
from mreze.serve.reconcile.ids import to_id
from mreze.serve.reconcile.terms import Term
from mreze.texts import LANGUAGES, pick, text

_DIGITS: Final = 2


class Writer:
    """Writes candidates for one reader."""

    def __init__(self, types: Mapping[str, Term], base: str, language: str) -> None:
        """Prepare.

        Args:
            types: the classes by IRI.
            base: the base IRI of the site.
            language: of the reader.
        """
        self._types = types
        self._base = base
        self._language = language
        self._kinds: dict[str, dict[str, str]] = {}

    def candidate(self, found: Candidate, *, draft: bool) -> dict[str, Any]:
        """A candidate of a query; in the draft of 1.0 features have names."""
        features: list[dict[str, Any]] = [
            {"id": name, "value": round(value, _DIGITS)} for name, value in found.features
        ]
        if draft:
            features = [{**one, "name": str(one["id"]).replace("-", " ").replace("_", " ")} for one in features]
        return {
            **self._identity(found),
            "score": round(found.score, _DIGITS),
            "match": found.match,
            "type": self.types(found.entry),
            **({"features": features} if features else {}),
        }

    def suggestion(self, found: Candidate) -> dict[str, Any]:
        """A thing that may be meant by what is typed."""
        return {**self._identity(found), "notable": self.types(found.entry)}

    def types(self, entry: Entry) -> list[dict[str, str]]:
        """The classes of a thing."""
        return [self.type(one) for one in entry.types]

    def type(self, iri: str) -> dict[str, str]:
        """A class by its id and name."""
        if iri not in self._kinds:
            known = self._types.get(iri)
            self._kinds[iri] = {"id": iri, "name": known.name(self._language) if known else iri}
        return self._kinds[iri]

    def _identity(self, found: Candidate) -> dict[str, Any]:
        id_ = to_id(found.entry.iri, self._base)
        name = choose_name(found.entry.labels, self._language)
        if name is None or not name.text.strip():
            return {"id": id_, "name": id_}
        told: dict[str, Any] = {"id": id_, "name": name.text}
        if description := self._description(found, name):
            told["description"] = description
        if name.language:
            told["lang"] = html_language(name.language)
        return told

    def _description(self, found: Candidate, name: Label) -> str:
        """What tells it from others: what it is, and the name that it was found by where that is another."""
        kinds = ", ".join(one["name"] for one in self.types(found.entry))
        if found.label.text in {name.text, ""}:
            return kinds
        language = self._language if self._language in LANGUAGES else "en"
        other = pick(text("also called {name}", name=found.label.text), language)
        return "; ".join(one for one in (kinds, other) if one)


def choose_name(labels: Sequence[Label], language: str) -> Label | None:
    """What a thing is called in a language: a better name goes before one in the language."""
    kinds = list(Kind)
    for kind in kinds:
        named = {one.language: one for one in reversed(labels) if one.kind is kind}
        if named:
            chosen = pick({tag: tag for tag in named}, language)
            return named[chosen]
    return None
