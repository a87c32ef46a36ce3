"""Which things the service knows, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.errors import NotFound
from mreze.matching.identifiers import PROPERTIES
from mreze.namespaces import RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.release import Release
from mreze.serve.iris import decode
from mreze.serve.reconcile.ids import space, to_iris
from mreze.serve.store import Store, Topic
from mreze.serve.view import Viewer
from mreze.texts import pick

_NAMES: Final = (SKOS_PREF_LABEL, RDFS_LABEL, term("skos:altLabel"), term("skos:hiddenLabel"))
_IDENTIFIERS: Final = tuple(map(term, PROPERTIES))
_MOST: Final = 1_000
"""Names, and identifiers, of a thing that are read."""
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called."""

    text: str
    language: str | None = None
    """The language tag of the text, if it has one."""
    is_said: bool = True
    """Whether somebody calls it so; else it is made of the IRI."""


def is_thing(iri: str, base: str) -> bool:
    """Whether an IRI is that of a thing with a document of its own, and no part of one."""
    return iri.startswith(space(base)) and "#" not in iri


def find_topic(store: Store, release: Release, id_: str) -> Topic | None:
    """What the document of the thing with an id tells of; None where there is no such thing."""
    return find_topics(store, release, [id_])[id_]


def find_topics(store: Store, release: Release, ids: Iterable[str]) -> dict[str, Topic | None]:
    """The same of several ids; the store is asked once."""
    documents = {one: _documents(one, release.base) for one in ids}
    found = store.topics(dict.fromkeys(one for some in documents.values() for one in some))
    return {id_: next((found[one] for one in some if one in found), None) for id_, some in documents.items()}


def _documents(id_: str, base: str) -> list[str]:
    """The documents that would tell of the thing with an id."""
    iris = (iri for iri in to_iris(id_, base) if is_thing(iri, base))
    return [one for iri in iris if _is_iri(one := f"{base}doc/{iri.removeprefix(space(base))}")]


def _is_iri(text: str) -> bool:
    """Whether an IRI can be made of it; else nothing has it."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def get_topic(store: Store, release: Release, id_: str) -> Topic:
    """The same, where there has to be one.

    Raises:
        NotFound: there is none.
    """
    topic = find_topic(store, release, id_)
    if topic is None:
        raise NotFound(
            f"Nothing here has the id {decode(id_)[:_SHOWN]!r}. An id is what follows {space(release.base)}."
        )
    return topic


def name_things(store: Store, release: Release, iris: Iterable[str], language: str) -> dict[str, Name]:
    """What things, terms and whatever else has an IRI are called in a language; at worst by the IRI."""
    wanted = dict.fromkeys(iris)
    if not wanted:
        return {}
    labels = store.labels(NamedNode(one) for one in wanted)
    viewer = Viewer((), labels, base=release.base, language=language, root="")
    shown = {one: viewer.label(one) for one in wanted}
    return {one: Name(value.text, value.language or None, value.language is not None) for one, value in shown.items()}


def known_as(store: Store, release: Release, iri: str, language: str) -> tuple[str, tuple[str, ...]]:
    """What a thing is called in a language, and all that it is called, its identifiers elsewhere included."""
    node = NamedNode(iri)
    said = store.fitting((node, None, None), _MOST)
    if len(said) == _MOST:  # a hub: what is wanted of it may not be among them
        said = [one for name in (*_NAMES, *_IDENTIFIERS) for one in store.fitting((node, name, None), _MOST)]
    found: dict[NamedNode, list[Literal | NamedNode]] = {}
    for one in said:
        if isinstance(one.object, Literal | NamedNode):
            found.setdefault(one.predicate, []).append(one.object)
    names = tuple(dict.fromkeys(one.value for name in (*_NAMES, *_IDENTIFIERS) for one in found.get(name, ())))
    labels = found.get(SKOS_PREF_LABEL) or found.get(RDFS_LABEL) or []
    texts = {one.language or "": one.value for one in labels if isinstance(one, Literal)}
    return pick(texts, language) or name_things(store, release, [iri], language)[iri].text, names
