"""A reconciliation service, asked for candidates by name (Reconciliation Service API 0.2, W3C community group).

A service may be another site's, whose things carry links to the authority: then its data extension is asked for these
(section 7), where it has one. What a service finds and nobody can translate is counted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import GatherError, Unanswered, Unreachable
from mreze.gather.answers import (
    Manifest,
    Proposal,
    read_links,
    read_manifest,
    read_properties,
    read_proposals,
)
from mreze.gather.authorities import WIKIDATA, Authority
from mreze.gather.model import Thing, Web
from mreze.gather.retrieval import batches
from mreze.gather.spellings import told_apart
from mreze.namespaces import term
from mreze.progress import Progress

_ACCEPT: Final = "application/json"
_QUERIES: Final = 25
"""So many queries at once at most, whatever the service allows."""
_NAMES: Final = 4
"""So many names of a thing are asked for."""
_IDS: Final = 50
_LINKS: Final = tuple(term(one).value for one in ("owl:sameAs", "schema:sameAs", "skos:exactMatch"))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a service proposes."""

    candidates: Mapping[str, Mapping[str, Proposal]]
    """By thing and IRI; of several proposals the one with the best score."""
    untranslated: Mapping[str, int]
    """How many things of the service have no IRI of the authority, by the reason."""


@dataclass(frozen=True)
class Service:
    """Asks a service."""

    web: Web
    address: str
    authority: Authority
    progress: Progress

    def find(self, things: Sequence[Thing], limit: int) -> Proposed:
        """The candidates of things.

        Args:
            things: that are looked for.
            limit: so many at most of each name.

        Raises:
            GatherError: there is no answer that can be read, or the service speaks another version.
        """
        manifest = self.web.get(self.address, {}, read_manifest, _ACCEPT)
        if manifest.versions and not any(one.startswith("0.") for one in manifest.versions):
            spoken = ", ".join(manifest.versions)
            told = f"{self.address}: the service speaks version {spoken} of the API, mreze 0.2."
            raise GatherError(f"{told} Give the address of that version, or leave it out: --no-service")
        found = self._proposals(things, manifest, limit)
        return self._translated(found, manifest)

    def _proposals(self, things: Sequence[Thing], manifest: Manifest, limit: int) -> list[tuple[str, Proposal]]:
        asked = [(one, name) for one in things for name in told_apart(one.labels, _NAMES)]
        parts = list(batches(asked, max(1, min(manifest.batch or _QUERIES, _QUERIES))))
        found: list[tuple[str, Proposal]] = []
        for number, part in enumerate(parts):
            self.progress("asking the service", number, len(parts))
            queries = {f"q{key}": _query(manifest, *one, limit) for key, one in enumerate(part)}
            answer = self.web.post(self.address, {"queries": _json(queries)}, _reading(queries), _ACCEPT)
            found += [(thing.iri, each) for key, (thing, _) in enumerate(part) for each in answer[f"q{key}"]]
        return found

    def _translated(self, found: Sequence[tuple[str, Proposal]], manifest: Manifest) -> Proposed:
        """The proposals under the authority's IRIs."""
        own = {one.id: iri for _, one in found if (iri := self._own(one.id, manifest))}
        foreign = sorted({one.id for _, one in found} - set(own))
        links, reason = self._links(foreign, manifest) if foreign else ({}, "")
        candidates: dict[str, dict[str, Proposal]] = defaultdict(dict)
        for thing, one in found:
            for iri in [own[one.id]] if one.id in own else links.get(one.id, ()):
                known = candidates[thing].get(iri)
                if known is None or one.score > known.score:
                    candidates[thing][iri] = one
        lost = sum(1 for one in foreign if not links.get(one))
        return Proposed(candidates, Counter({reason or f"no link to {self.authority.title}": lost} if lost else {}))

    def _own(self, id_: str, manifest: Manifest) -> str | None:
        return self.authority.read(id_ if "://" in id_ else manifest.space + id_)

    def _links(self, ids: Sequence[str], manifest: Manifest) -> tuple[Mapping[str, Sequence[str]], str]:
        """The authority's IRIs of things of the service, and why there are none where nobody can say."""
        if not manifest.extends:
            return {}, "the service has no data extension"
        try:
            properties = self._properties(manifest)
            if not properties:
                return {}, "the service knows no property for links"
            return self._linked(ids, properties), ""
        except (Unanswered, Unreachable):
            raise
        except GatherError as error:
            return {}, f"its data extension refuses: {error}"

    def _properties(self, manifest: Manifest) -> list[str]:
        """The properties that lead to the same thing elsewhere, of those that the service has, if it tells."""
        if not manifest.properties:
            return list(_LINKS[:1])
        known = self.web.get(manifest.properties, {}, read_properties, _ACCEPT)
        return [one for one in _LINKS if one in known]

    def _linked(self, ids: Sequence[str], properties: Sequence[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for part in batches(ids, _IDS):
            query = {"ids": list(part), "properties": [{"id": one} for one in properties]}
            rows = self.web.post(self.address, {"extend": _json(query)}, read_links, _ACCEPT)
            for id_ in part:
                iris = (self.authority.read(one) for one in rows.get(id_, ()))
                found[id_] = sorted({one for one in iris if one})
        return found


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _reading(queries: Mapping[str, object]) -> Callable[[bytes], Mapping[str, tuple[Proposal, ...]]]:
    return lambda body: read_proposals(body, tuple(queries))


def _query(manifest: Manifest, thing: Thing, name: str, limit: int) -> dict[str, Any]:
    """A query; types and properties are told to services that know them, others would refuse them."""
    query: dict[str, Any] = {"query": name, "limit": limit}
    if "wikidata.org/" in manifest.schema:
        types = [one.removeprefix(WIKIDATA.prefix) for one in thing.types]
        countries = [one.removeprefix(WIKIDATA.prefix) for one in thing.countries if WIKIDATA.owns(one)]
        properties = [{"pid": "P17", "v": {"id": one}} for one in countries]
        properties += [{"pid": "P856", "v": one} for one in thing.homepages]
    else:
        types = [one for one in thing.classes if one in manifest.types]
        properties = []
    if types:
        query["type"] = types[0] if len(types) == 1 else types
    if properties:
        query["properties"] = properties
    return query
