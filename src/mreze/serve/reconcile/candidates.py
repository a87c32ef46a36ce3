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

    def __init__(self, types: Mapping[str, Term], properties: Mapping[str, Term], base: str, language: str) -> None:
        """Prepare.

        Args:
            types: the classes by IRI.
            properties: the properties by IRI.
            base: the base IRI of the site.
            language: of the reader.
        """
        self._types = types
        self._properties = properties
        self._base = base
        self._language = language
        self._interface = language if language in LANGUAGES else "en"
        self._kinds: dict[str, dict[str, str]] = {}

    def candidate(self, found: Candidate, *, draft: bool) -> dict[str, Any]:
        """A candidate of a query; in the draft of 1.0 features have names."""
        features = self._features(found, draft=draft)
        return {
            **self._identity(found),
            "score": round(found.score, _DIGITS),
            "match": found.match,
            "type": self.types(found.entry),
            **({"features": features} if features else {}),
        }

    def _features(self, found: Candidate, *, draft: bool) -> list[dict[str, Any]]:
        """What the score is made of; where two are of one property the lower counts, as an id comes once."""
        values: dict[str, float] = {}
        for name, value in found.features:
            values[name] = min(value, values.get(name, value))
        told: list[dict[str, Any]] = [{"id": name, "value": round(value, _DIGITS)} for name, value in values.items()]
        return [{**one, **self._name(one["id"])} for one in told] if draft else told

    def _name(self, feature: str) -> dict[str, str]:
        known = self._properties.get(feature)
        if known is None:
            return {"name": pick(text("name"), self._interface), "lang": html_language(self._interface)}
        return named(known, self._language)

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
            self._kinds[iri] = {"id": iri, **(named(known, self._language) if known else {"name": iri})}
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
        known = (self._types.get(one) for one in found.entry.types)
        kinds = ", ".join(dict.fromkeys(one.name(self._language) for one in known if one is not None))
        if found.label.text in {name.text, ""}:
            return kinds
        other = pick(text("also called {name}", name=found.label.text), self._interface)
        return "; ".join(one for one in (kinds, other) if one)


def named(known: Term, language: str) -> dict[str, str]:
    """What a class or property is called, and which language that is: not always that of what it stands in."""
    tag = known.language(language)
    return {"name": known.title(language), **({"lang": html_language(tag)} if tag else {})}


def choose_name(labels: Sequence[Label], language: str) -> Label | None:
    """What a thing is called in a language: a better name goes before one in the language."""
    kinds = list(Kind)
    for kind in kinds:
        named = {one.language: one for one in reversed(labels) if one.kind is kind}
        if named:
            chosen = pick({tag: tag for tag in named}, language)
            return named[chosen]
    return None
