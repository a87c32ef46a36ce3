"""What the asterisk of a name stands for: a name that ends with one has a footnote in a note that begins with one.

It belongs to the name: whoever shows that shows the footnote too, and not only where the thing itself is told of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.serve.store import Store
from mreze.serve.view import Value
from mreze.texts import pick

_MARK: Final = "*"
_NOTE: Final = term("skos:note")
_MOST: Final = 100
"""Notes of a thing that are read."""


def is_marked(name: str) -> bool:
    """Whether a name has a footnote."""
    return name.endswith(_MARK)


def marked(labels: Iterable[Triple]) -> set[str]:
    """The IRIs of what is called by a name that has a footnote."""
    return {
        one.subject.value
        for one in labels
        if isinstance(one.subject, NamedNode) and isinstance(one.object, Literal) and is_marked(one.object.value)
    }


def footnotes(store: Store, iris: Iterable[str], language: str) -> tuple[Value, ...]:
    """The footnotes of the names of things, each once, in a language or the nearest that there is."""
    found: dict[str, Value] = {}
    for iri in sorted(iris):
        notes = [one.object for one in store.fitting((NamedNode(iri), _NOTE, None), _MOST)]
        texts = {
            one.language or "": one.value for one in notes if isinstance(one, Literal) and one.value.startswith(_MARK)
        }
        chosen = pick({tag: tag for tag in texts}, language)
        if texts:
            foreign = chosen if chosen and chosen != language else None
            found.setdefault(texts[chosen], Value(texts[chosen], None, chosen, foreign))
    return tuple(found.values())
