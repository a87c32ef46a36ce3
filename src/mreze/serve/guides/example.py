"""What of a release the samples are about: things with their names, a dataset, a saved query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.queries import SavedQuery
from mreze.serve.arguments import missing
from mreze.serve.lexer import differs_each_time
from mreze.serve.library import all_queries
from mreze.serve.service import Service
from mreze.serve.view import LABELS
from mreze.texts import pick

_NAMED: Final = 3
"""So many things stand for a column of a table."""
_LOOKED_AT: Final = 60
"""So many things are looked at for a name; without one among them the identifiers stand for names."""
_TOMBSTONE: Final = PREFIXES["as"] + "Tombstone"


@dataclass(frozen=True, slots=True)
class Example:
    """What the samples name."""

    iri: str
    """Of a thing; "" where a release has none."""
    kind: str
    """IRI of a class of it, or ""."""
    ids: tuple[str, ...]
    """What the reconciliation service calls things."""
    names: tuple[str, ...]
    """Of the same things."""
    dataset: str
    """The name of one."""
    query: str
    """The name of a saved query that gives rows without being told anything; "" where there is none."""


def find_example(service: Service, language: str) -> Example:
    """The thing that the catalogue tells to begin with and its like, else the first ones that there are.

    Args:
        service: whose release.
        language: of the names, where they have it.
    """
    catalogue = service.store.graph(f"{service.release.base}catalog")
    dataset, root = _start(service, catalogue)
    things = list(islice(_like(service, root), _LOOKED_AT))
    names = _names(service, things, language)
    chosen = [one for one in things if one in names][:_NAMED] or things[:_NAMED]
    start = len(f"{service.release.base}id/")
    query = _query(service, catalogue, dataset)
    return Example(
        things[0] if things else "",
        _kind(service, things[0]) if things else "",
        tuple(one[start:] for one in chosen),
        tuple(names.get(one, one[start:]) for one in chosen),
        dataset,
        query.name if query else "",
    )


def _start(service: Service, catalogue: Iterable[Triple]) -> tuple[str, str]:
    """The name of the dataset that the site is about, and the thing to begin with (void:rootResource), or ""."""
    wanted = term("void:rootResource")
    roots = {one.subject: one.object for one in catalogue if one.predicate == wanted}
    for one in service.release.datasets:
        if isinstance(root := roots.get(NamedNode(one.iri)), NamedNode):
            return one.name, root.value
    return (service.release.datasets[0].name if service.release.datasets else "all"), ""


def _like(service: Service, root: str) -> Iterator[str]:
    """A thing and others of its kind; without one, all things in their order. None is retired."""
    things, documents = f"{service.release.base}id/", f"{service.release.base}doc/"
    retired = {one.value for one in service.store.instances(_TOMBSTONE)}
    folder = root.rpartition("/")[0]
    if root and root not in retired:
        yield root
    for one in service.store.documents():
        thing = things + one.removeprefix(documents)
        if thing != root and thing not in retired and (not root or thing.rpartition("/")[0] == folder):
            yield thing


def _names(service: Service, things: Iterable[str], language: str) -> Mapping[str, str]:
    """What things are called, by IRI."""
    found: dict[str, dict[NamedNode, dict[str, str]]] = {}
    for one in service.store.labels(NamedNode(thing) for thing in things):
        if isinstance(one.subject, NamedNode) and isinstance(one.object, Literal):
            told = found.setdefault(one.subject.value, {}).setdefault(one.predicate, {})
            told[one.object.language or ""] = one.object.value
    best = {iri: next(texts for one in LABELS if (texts := told.get(one))) for iri, told in found.items()}
    return {iri: pick(dict(sorted(texts.items())), language) for iri, texts in best.items()}


def _kind(service: Service, thing: str) -> str:
    found = service.store.outgoing([NamedNode(thing)])
    kinds = (one.object for one in found if one.predicate == RDF_TYPE)
    return min((one.value for one in kinds if isinstance(one, NamedNode)), default="")


def _query(service: Service, catalogue: Iterable[Triple], dataset: str) -> SavedQuery | None:
    """That of the CSV file of a dataset, else of another one, else the first one that can be asked as it is."""
    wanted, prefix = term("mreze:csvQuery"), f"{service.release.base}queries/"
    own = f"{service.release.base}dataset/{dataset}"
    ranks: dict[str, int] = {}
    for one in catalogue:
        if one.predicate == wanted and isinstance(one.object, NamedNode) and isinstance(one.subject, NamedNode):
            name = one.object.value.removeprefix(prefix)
            ranks[name] = min(ranks.get(name, 1), 0 if one.subject.value == own else 1)
    ready = [
        one
        for one in all_queries(service.release)
        if one.form == "select" and not missing(one.parameters, {}) and not differs_each_time(one.text)
    ]
    return min(ready, key=lambda one: (ranks.get(one.name, 2), one.name), default=None)
