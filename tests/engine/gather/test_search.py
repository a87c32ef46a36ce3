"""Candidates from a service and from an endpoint are joined, described and weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.engine.gather.clocks import Hand, settings
from tests.wikidata import sparql_server

from mreze.gather.answers import Proposal
from mreze.gather.authorities import GEONAMES, WIKIDATA, Authority, authority
from mreze.gather.described import Description
from mreze.gather.model import Endpoint, Point, Thing
from mreze.gather.reconciliation import Proposed
from mreze.gather.search import Findings, Search, Wanted, link_to
from mreze.gather.session import gathering
from mreze.matching.model import Kind, Label
from mreze.progress import unwatched

ITEMS = Path(__file__).parents[2] / "sites" / "wikidata" / "organizations.ttl"
WD = "http://www.wikidata.org/entity/"
ORGANIZATION = "http://www.w3.org/ns/org#Organization"
AVEC = Thing(
    "https://site.example/id/avec",
    (Label("Alliance de Villes Euro-méditerranéennes de Culture", "fr"), Label("AVEC", "fr", Kind.ALTERNATIVE)),
    (ORGANIZATION,), (f"{WD}Q43229",), (f"{WD}Q142",), years=(1997,),
)  # fmt: skip
ENERGY = replace(AVEC, iri="https://site.example/id/energy", labels=(Label("Energy Cities", "en"),), years=())
NOBODY = replace(AVEC, iri="https://site.example/id/nobody", labels=(Label("Called as nobody is", "en"),))
WANTED = Wanted(WIKIDATA, 5, 40, ("en", "fr"))


@dataclass(frozen=True)
class Proposing:
    """Stands for a service."""

    proposed: Proposed

    def find(self, things: Sequence[Thing], limit: int) -> Proposed:  # noqa: ARG002 - as a service has them
        """What it was given."""
        return self.proposed


def _proposal(id_: str, score: float = 50, *types: tuple[str, str]) -> Proposal:
    return Proposal(id_, f"{id_} as the service calls it", "so it says", score, types)


def _find(
    endpoint: Endpoint | None,
    *things: Thing,
    wanted: Wanted = WANTED,
    proposed: Mapping[str, Mapping[str, Proposal]] = MappingProxyType({}),
) -> Findings:
    service = Proposing(Proposed(proposed, {"no link": 1} if proposed else {}))
    return Search(wanted, endpoint, service, unwatched).find(things)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real server, asked as commands ask."""
    with sparql_server(ITEMS.read_text("utf-8")) as address:
        chosen = replace(settings(tmp_path_factory.mktemp("snapshots")), endpoint=address)
        with gathering(chosen, "test", Hand().clock) as session:
            yield session.endpoint


def test_namesakes_come_after_and_pages_are_left_out(endpoint: Endpoint) -> None:
    """Of three items of one name the association is first, the game second; the category is told in the count."""
    found = _find(endpoint, ENERGY, NOBODY)
    assert [(one.candidate[-1], one.score) for one in found.candidates[ENERGY.iri]] == [("5", 90.0), ("3", 50.0)]
    assert found.candidates[NOBODY.iri] == ()
    assert found.left_out == {"categories": 1}
    first = found.candidates[ENERGY.iri][0]
    assert (first.name, first.description) == ("Energy Cities", "European association of cities")
    assert first.why == "name “Energy Cities” (100); same country: France; type: network of cities; found by: label"
    assert first.link == "owl:sameAs"


def test_few_points_are_cut(endpoint: Endpoint) -> None:
    """Below the least there is no candidate, which is counted; the limit counts once it is known what is rejected."""
    strict = _find(endpoint, ENERGY, wanted=replace(WANTED, least=60))
    assert (len(strict.candidates[ENERGY.iri]), strict.below) == (1, 1)
    assert len(_find(endpoint, ENERGY, wanted=replace(WANTED, limit=1)).candidates[ENERGY.iri]) == 2


def test_what_a_service_found_is_described_by_the_endpoint(endpoint: Endpoint) -> None:
    """An item that was merged is offered as the one that it became, once, with all ways in which it was found."""
    found = _find(endpoint, AVEC, proposed={AVEC.iri: {f"{WD}Q900000023": _proposal("Q900000023", 33)}})
    (one,) = found.candidates[AVEC.iri]
    assert one.candidate == f"{WD}Q900000003"
    assert one.why.endswith("the service's own score: 33; found by: service, label")
    assert found.merged == {f"{WD}Q900000023": f"{WD}Q900000003"}
    assert found.untranslated == {"no link": 1}


def test_what_was_found_before_is_known_by_its_new_name(endpoint: Endpoint) -> None:
    """A candidate of the table that was merged since is told, though nobody found it again."""
    found = Search(WANTED, endpoint, None, unwatched).find([NOBODY], [f"{WD}Q900000023", "https://elsewhere.example/1"])
    assert found.merged == {f"{WD}Q900000023": f"{WD}Q900000003"}


def test_what_nobody_describes_is_as_the_service_says() -> None:
    """Without an endpoint there is the service's name and description, and its types are only told."""
    proposals = {
        f"{WD}Q900000003": replace(_proposal("Q900000003", 33, ("Q5", "human")), name="AVEC"),
        f"{WD}Q900000014": _proposal("Q900000014", 90, ("Q4167410", "")),
    }
    found = _find(None, AVEC, proposed={AVEC.iri: proposals})
    (one,) = found.candidates[AVEC.iri]
    assert (one.name, one.description, one.score) == ("AVEC", "so it says", 68.6)
    assert one.why == (
        "name “AVEC” (98); the service calls it: human; the service's own score: 33; found by: service"
    )  # fmt: skip
    assert found.left_out == {"disambiguation pages": 1}


def test_what_the_endpoint_does_not_know_is_told(endpoint: Endpoint) -> None:
    """A service may know what is there no more, or not yet: that is told beside its score."""
    found = _find(
        endpoint, NOBODY, proposed={NOBODY.iri: {f"{WD}Q900000099": replace(_proposal("x"), name="nobody is")}}
    )
    (one,) = found.candidates[NOBODY.iri]
    assert "; the endpoint does not know it; the service's own score: 50; found by: service" in one.why


PLACE = Description(f"{WD}Q1", point=Point(1, 2))
CLUB = Description(f"{WD}Q2", point=Point(1, 2), kinds=frozenset({f"{WD}Q43229"}))
CITY = Thing("https://site.example/id/city", (), (ORGANIZATION,))
CONCEPT = Thing("https://site.example/id/c", (), ("http://www.w3.org/2004/02/skos/core#Concept",))
SPOT = Thing("https://site.example/id/spot", (), ("https://schema.org/City",))


@pytest.mark.parametrize(
    ("thing", "there", "asked", "link"),
    [
        (CONCEPT, PLACE, WIKIDATA, "skos:exactMatch"),
        (CITY, PLACE, WIKIDATA, "schema:sameAs"),
        (CITY, PLACE, GEONAMES, "schema:sameAs"),
        (CITY, replace(PLACE, point=None), WIKIDATA, "owl:sameAs"),
        (AVEC, CLUB, WIKIDATA, "owl:sameAs"),
        (AVEC, PLACE, WIKIDATA, "schema:sameAs"),
        (SPOT, PLACE, WIKIDATA, "owl:sameAs"),
        (SPOT, PLACE, authority("eu-place"), "schema:sameAs"),
        (CONCEPT, PLACE, authority("eu-country"), "skos:exactMatch"),
    ],
)
def test_a_link_is_proposed(thing: Thing, there: Description, asked: Authority, link: str) -> None:
    """Things of a kind are the same; an agent is not the place that it governs; concepts match."""
    assert link_to(thing, there, asked) == link
