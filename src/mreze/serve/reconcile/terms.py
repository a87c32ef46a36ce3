"""The names of classes and properties as clients write them, and what is near to one that there is not."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from mreze.errors import BadRequest
from mreze.texts import pick

_NEAR: Final = 3
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property."""

    iri: str
    labels: Mapping[str, str]
    """By language tag."""
    short: str = ""
    """Its prefixed name."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    """How many things are of the class, or statements have the property."""
    broader: tuple[str, ...] = ()
    """IRIs of the classes that a class is directly a subclass of."""
    shared: frozenset[str] = frozenset()
    """Those of its labels that another class, or property, has too."""

    def name(self, language: str) -> str:
        """What it is called in a language, or if nobody said so, its prefixed name."""
        return pick(self.labels, language) or self.short or self.iri

    def title(self, language: str) -> str:
        """The same, where it stands among others: with its prefixed name if another is called so too."""
        name = self.name(language)
        return f"{name} ({self.short or self.iri})" if name in self.shared else name

    def language(self, language: str) -> str | None:
        """Which language that is in, if any."""
        name = self.name(language)
        known = [language, *sorted(self.labels)]
        return next((one for one in known if self.labels.get(one) == name), None)


def tell_apart(terms: Iterable[Term]) -> list[Term]:
    """The same terms, each with those of its labels that are not its own alone."""
    found = list(terms)
    called = Counter(label for one in found for label in set(one.labels.values()))
    return [replace(one, shared=frozenset(name for name in one.labels.values() if called[name] > 1)) for one in found]


def read_term(name: str, terms: Mapping[str, Term], prefixes: Mapping[str, str], place: str, kind: str) -> Term:
    """The term that a client means: by its IRI, or its prefixed name.

    Args:
        name: as it was sent.
        terms: those that there are, by IRI.
        prefixes: the namespaces of the site by prefix.
        place: where it was sent, for an error.
        kind: what it is: "type" or "property".

    Raises:
        BadRequest: there is none of that name; the error has some that are near.
    """
    sent = name.strip()
    iri = sent[1:-1] if sent.startswith("<") and sent.endswith(">") else sent
    prefix, colon, local = iri.partition(":")
    found = terms.get(iri) or (terms.get(prefixes.get(prefix, "") + local) if colon else None)
    if found is None:
        shown = sent[:_LONGEST].encode("utf-8", "replace").decode()
        near = ", ".join(f"<{one}>" for one in _near(shown, terms.values()))
        told = f"{place}: there is no {kind} {shown!r} here. {f'Near to it: {near}. ' if near else ''}"
        raise BadRequest(f"{told}reconcile/suggest/{kind} tells which there are.")
    return found


def _near(name: str, terms: Iterable[Term]) -> list[str]:
    """Those whose IRI, prefixed name, or label is near to a name."""
    ways: dict[str, str] = {}
    for one in terms:
        for way in (one.iri, one.short, one.iri.rpartition("#")[2].rpartition("/")[2], *one.labels.values()):
            ways.setdefault(way.casefold(), one.iri)
    close = difflib.get_close_matches(name.casefold(), [one for one in ways if one], n=_NEAR)
    return list(dict.fromkeys(ways[one] for one in close))
