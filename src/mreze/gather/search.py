"""Candidates of things, from wherever they come, described and weighed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from mreze.gather.answers import Proposal
from mreze.gather.authorities import AUTHORITIES, Authority
from mreze.gather.described import Description
from mreze.gather.descriptions import Describing, Descriptions
from mreze.gather.model import Candidate, Endpoint, Found, Thing
from mreze.gather.reconciliation import Proposed
from mreze.gather.retrieval import SERVICE, WAYS, Retrieval, Sightings
from mreze.gather.spellings import languages
from mreze.gather.weighing import weigh
from mreze.matching.model import Label
from mreze.namespaces import term
from mreze.progress import Progress

_CONCEPT: Final = term("skos:Concept").value
_AGENTS: Final = frozenset(term(one).value for one in ("org:Organization", "schema:Organization", "foaf:Organization"))
_EU: Final = frozenset(one for one in AUTHORITIES if one.startswith("eu-"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are wanted."""

    authority: Authority
    limit: int
    """So many of a thing at most that nobody has decided of; a service is asked for no more of each name."""
    least: float
    """Points that one has at least."""
    languages: tuple[str, ...]
    """Of the site."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found."""

    candidates: Mapping[str, tuple[Candidate, ...]]
    """By thing, the best first."""
    merged: Mapping[str, str]
    """What the authority merged into what."""
    left_out: Mapping[str, int]
    """How many things were found that are none, by what they are."""
    below: int
    """How many candidates have too few points."""
    untranslated: Mapping[str, int]
    """See Proposed."""


class Proposer(Protocol):
    """Proposes candidates."""

    def find(self, things: Sequence[Thing], limit: int) -> Proposed:
        """The candidates of things; see Service."""


@dataclass(frozen=True)
class Search:
    """Looks for things at an authority."""

    wanted: Wanted
    endpoint: Endpoint | None
    service: Proposer | None
    progress: Progress

    def find(self, things: Sequence[Thing], known: Collection[str] = (), spare: int = 0) -> Findings:
        """The candidates of things, all that there are.

        Args:
            things: that are looked for.
            known: IRIs of candidates that were found before, to be told what they were merged into.
            spare: how many more than the limit a service is asked for, since that many may be rejected already.

        Raises:
            GatherError: there is no answer that can be read.
        """
        authority, limit = self.wanted.authority, self.wanted.limit + spare
        proposed = self.service.find(things, limit) if self.service else Proposed({}, {})
        seen = Retrieval(self.endpoint, authority, self.progress).find(things) if self.endpoint else {}
        sightings = _joined(seen, proposed)
        items = {one for found in sightings.values() for one in found} | {one for one in known if authority.owns(one)}
        described = self._describe(things, items)
        return _weighed(things, sightings, proposed, described, self.wanted)

    def _describe(self, things: Sequence[Thing], items: set[str]) -> Descriptions:
        if self.endpoint is None:
            return Descriptions({}, {}, asked=False)
        tags = languages((label for one in things for label in one.labels), self.wanted.languages)
        asking = Describing(self.endpoint, self.wanted.authority, tags, self.progress)
        return asking.read(items, (each for one in things for each in one.types))


def _joined(seen: Sightings, proposed: Proposed) -> Sightings:
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for thing, iris in proposed.candidates.items():
        found[thing].update({one: [SERVICE] for one in iris})
    for thing, sighted in seen.items():
        for item, how in sighted.items():
            found[thing].setdefault(item, []).extend(how)
    return found


def _weighed(
    things: Sequence[Thing], sightings: Sightings, proposed: Proposed, described: Descriptions, wanted: Wanted
) -> Findings:
    left_out: Counter[str] = Counter()
    below = 0
    candidates = {}
    for thing in things:
        weighed = []
        proposals = {described.merged.get(one, one): of for one, of in proposed.candidates.get(thing.iri, {}).items()}
        for item, how in _present(sightings.get(thing.iri, {}), described.merged).items():
            proposal = proposals.get(item)
            there = described.items.get(item) or _as_proposed(item, proposal)
            if sort := _no_thing(there, proposal, wanted.authority):
                left_out[sort] += 1
                continue
            found = weigh(thing, there, how, _told(proposal, described, item))
            below += found.score < wanted.least
            if found.score >= wanted.least:
                weighed.append(_candidate(thing, there, found, wanted.authority))
        weighed.sort(key=lambda one: (-one.score, one.candidate))
        candidates[thing.iri] = tuple(weighed)
    return Findings(candidates, described.merged, left_out, below, proposed.untranslated)


def _present(sighted: Mapping[str, Sequence[str]], merged: Mapping[str, str]) -> Mapping[str, list[str]]:
    """What was sighted, under the IRIs that they have now."""
    found: dict[str, list[str]] = {}
    for item, how in sorted(sighted.items()):
        known = found.setdefault(merged.get(item, item), [])
        known += [one for one in how if one not in known]
    return {item: sorted(how, key=WAYS.index) for item, how in found.items()}


def _as_proposed(item: str, proposal: Proposal | None) -> Description:
    """What a service says of an item that no endpoint describes: its name, since its types have no relation to ours."""
    if proposal is None:
        return Description(item)
    labels = (Label(proposal.name, ""),) if proposal.name else ()
    return Description(item, labels, proposal.description)


def _no_thing(there: Description, proposal: Proposal | None, authority: Authority) -> str:
    """What it is, if it is only a page: a disambiguation, a list."""
    types = [one.iri for one in there.types]
    types += [authority.iri(id_) for id_, _ in proposal.types] if proposal and not types else []
    return next((authority.left_out[one] for one in types if one in authority.left_out), "")


def _told(proposal: Proposal | None, described: Descriptions, item: str) -> list[str]:
    """What is told of a proposal; its types only where nobody else tells types."""
    if proposal is None:
        return []
    said = []
    if item not in described.items:
        types = ", ".join(name for _, name in proposal.types if name)
        said += [f"the service calls it: {types}"] if types else []
        said += ["the endpoint does not know it"] if described.asked else []
    return [*said, f"the service's own score: {proposal.score:g}"]


def _candidate(thing: Thing, there: Description, found: Found, authority: Authority) -> Candidate:
    one = Candidate(thing.iri, found.iri, found.score, "; ".join(found.why), found.name, found.description)
    return replace(one, link=link_to(thing, there, authority))


def link_to(thing: Thing, there: Description, authority: Authority) -> str:
    """The property that a link is proposed to have.

    | thing        | is described there as                            | link            |
    |--------------|--------------------------------------------------|-----------------|
    | a concept    | anything                                         | skos:exactMatch |
    | an agent     | something with coordinates, and of no type of it | schema:sameAs   |
    | anything     | a concept of a table of the EU                   | schema:sameAs   |
    | anything     | anything else                                    | owl:sameAs      |
    """
    if _CONCEPT in thing.classes:
        return "skos:exactMatch"
    is_place = there.point is not None and there.kinds.isdisjoint(thing.types)
    if authority.name in _EU or (is_place and not _AGENTS.isdisjoint(thing.classes)):
        return "schema:sameAs"
    return "owl:sameAs"
