"""Signposts: typed links that tell programs what belongs to what (https://signposting.org/FAIR/).

They go out as Link headers (RFC 8288), and those of the catalogue, the datasets and the dumps together as a set of
links (RFC 9264), where there is room for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.formats import GRAPHS, Format
from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.serve.exchange import link
from mreze.serve.iris import encode

LINKSET_JSON: Final = Format("links in JSON", "application/linkset+json", "json", ("application/json",), charset=False)
LINKSET: Final = Format("links", "application/linkset", "txt", ("text/plain",), charset=False)
LINKSETS: Final = (LINKSET_JSON, LINKSET)
"""What a set of links is offered in."""
MOST: Final = 20
"""Links of one relation in a header; proxies refuse an answer whose header is long, and the set of links has all."""
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_CATALOG, _DATASET = (PREFIXES["schema"] + name for name in ("DataCatalog", "Dataset"))


@dataclass(frozen=True, slots=True)
class Signpost:
    """One link of a resource."""

    relation: str
    target: str
    media_type: str | None = None

    @property
    def header(self) -> str:
        """The link as a header has it."""
        return link(self.target, self.relation, self.media_type)


@dataclass(frozen=True)
class Signposts:
    """Makes the links of one catalogue."""

    base: str
    location: str
    """Where the release is served."""
    said: Collection[Triple]
    """The catalogue, with its locations."""

    @cached_property
    def _index(self) -> dict[tuple[object, NamedNode], list[str]]:
        """The IRIs of a subject's property."""
        found: dict[tuple[object, NamedNode], set[str]] = {}
        for one in self.said:
            if isinstance(one.object, NamedNode):
                found.setdefault((one.subject, one.predicate), set()).add(one.object.value)
        return {key: sorted(values) for key, values in found.items()}

    def of_catalogue(self) -> list[Signpost]:
        """It is a catalogue, which has datasets."""
        iri = NamedNode(f"{self.base}catalog")
        items = [Signpost("item", encode(one)) for one in self._values(iri, "dcat:dataset")]
        return [Signpost("type", _CATALOG), *self._terms(iri), *self._described("catalog"), *items, self._set]

    def of_dataset(self, dataset: str) -> list[Signpost]:
        """It is a dataset of the catalogue, and has files."""
        iri = NamedNode(dataset)
        items = [self._file(url, form) for url, form, _ in self._files(iri)]
        whole = Signpost("collection", encode(f"{self.base}catalog"))
        described = self._described(dataset.removeprefix(self.base))
        return [Signpost("type", _DATASET), *self._terms(iri), *described, *items, whole, self._set]

    def of_file(self, url: str) -> list[Signpost]:
        """It is a file of a dataset, or of the catalogue as a whole; a packed one is as the one in it."""
        plain = url.removesuffix(".gz")
        for dataset in self._values(NamedNode(f"{self.base}catalog"), "dcat:dataset"):
            found = [distribution for at, _, distribution in self._files(NamedNode(dataset)) if at == plain]
            if found:
                terms = self._terms(found[0]) or self._terms(NamedNode(dataset))
                whole, name = Signpost("collection", encode(dataset)), dataset.removeprefix(self.base)
                return [whole, *terms, *self._described(name), self._set]
        catalogue = NamedNode(f"{self.base}catalog")
        whole = Signpost("collection", encode(catalogue.value))
        return [whole, *self._terms(catalogue), *self._described("catalog"), self._set]

    def of_thing(self, own: Iterable[Triple], thing: str, datasets: Iterable[str]) -> list[Signpost]:
        """It is what its classes say, and belongs to datasets."""
        node = NamedNode(thing)
        kinds = sorted(
            {
                one.object.value
                for one in own
                if one.subject == node and one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)
            }
        )
        posts = [Signpost("type", encode(one)) for one in kinds]
        for dataset in sorted(datasets):
            posts.append(Signpost("collection", encode(dataset)))
            posts += [one for one in self._terms(NamedNode(dataset)) if one not in posts]
        return posts

    def files(self) -> list[str]:
        """Addresses of the files of all datasets."""
        datasets = self._values(NamedNode(f"{self.base}catalog"), "dcat:dataset")
        return [url for one in datasets for url, _, _ in self._files(NamedNode(one))]

    def datasets(self) -> list[str]:
        """IRIs of the datasets."""
        return self._values(NamedNode(f"{self.base}catalog"), "dcat:dataset")

    @property
    def _set(self) -> Signpost:
        return Signpost("linkset", f"{self.location}linkset.json", LINKSET_JSON.media_type)

    def _terms(self, subject: NamedNode) -> list[Signpost]:
        """Under which licence, and by whom; whoever only publishes a thing is not said to have written it."""
        licences = [Signpost("license", encode(one)) for one in self._values(subject, "dct:license")]
        return licences + [Signpost("author", encode(one)) for one in self._values(subject, "dct:creator")]

    def _described(self, name: str) -> list[Signpost]:
        at = f"{self.location}{encode(name)}"
        return [Signpost("describedby", f"{at}.{one.extension}", one.media_type) for one in GRAPHS]

    def _file(self, url: str, form: str | None) -> Signpost:
        return Signpost("item", encode(url), form)

    def _files(self, dataset: NamedNode) -> list[tuple[str, str | None, NamedNode]]:
        """The files of a dataset: address, media type, distribution."""
        found = []
        for one in self._values(dataset, "dcat:distribution"):
            node = NamedNode(one)
            forms = self._values(node, "dcat:mediaType")
            form = forms[0].removeprefix(_IANA) if forms and forms[0].startswith(_IANA) else None
            found += [(url, form, node) for url in self._values(node, "dcat:downloadURL")]
        return found

    def _values(self, subject: NamedNode, predicate: str) -> list[str]:
        return self._index.get((subject, term(predicate)), [])


def headers(posts: Sequence[Signpost]) -> list[str]:
    """The links for a header: of each relation as many as it may have."""
    counted: dict[str, int] = {}
    found = []
    for one in posts:
        counted[one.relation] = counted.get(one.relation, 0) + 1
        if counted[one.relation] <= MOST:
            found.append(one.header)
    return found


def write_json(links: Iterable[tuple[str, Sequence[Signpost]]]) -> bytes:
    """Links by what they are of, as application/linkset+json (RFC 9264, 4.2)."""
    contexts = []
    for anchor, posts in links:
        context: dict[str, object] = {"anchor": anchor}
        for relation in dict.fromkeys(one.relation for one in posts):
            context[relation] = [
                {"href": one.target, **({"type": one.media_type} if one.media_type else {})}
                for one in posts
                if one.relation == relation
            ]
        contexts.append(context)
    return (json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1) + "\n").encode()


def write_text(links: Iterable[tuple[str, Sequence[Signpost]]]) -> bytes:
    """The same as application/linkset (RFC 9264, 4.1)."""
    lines = [f'{one.header}; anchor="{anchor}"' for anchor, posts in links for one in posts]
    return (",\n".join(lines) + "\n").encode()


WRITERS: Final[dict[Format, Callable[[Iterable[tuple[str, Sequence[Signpost]]]], bytes]]] = {
    LINKSET_JSON: write_json,
    LINKSET: write_text,
}
