"""What is looked for, and what of what is found goes into the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mreze.gather.authorities import GEONAMES, WIKIDATA
from mreze.gather.decided import held_back
from mreze.gather.matching import Asked, Outcome, choose, look, offered
from mreze.gather.model import Candidate, Decision, Thing
from mreze.gather.reconciliation import Proposed
from mreze.gather.renames import Inhabitants
from mreze.gather.search import Findings, Search, Wanted
from mreze.gather.table import Entry, Table, table

HERE = "https://site.example/id/"
WD = "http://www.wikidata.org/entity/Q90000000"
A, B, C = (Thing(f"{HERE}things/{name}", (), ()) for name in "abc")
NOW = Inhabitants(frozenset({A.iri, B.iri, C.iri}), {f"{HERE}things/old": [C.iri]})
ROW = Candidate(A.iri, f"{WD}1", 70, "name “A” (100)", "A", link="owl:sameAs")


def _decided(one: Candidate, decision: Decision) -> Candidate:
    return replace(one, decision=decision, by="Ana", on="2026-11-26")


def _before(*rows: Candidate) -> Table:
    return table([Entry(one) for one in rows])


def _offer(before: Table, *found: Candidate, merged: dict[str, str] | None = None, limit: int = 5) -> Outcome:
    candidates = {one.iri: tuple(each for each in found if each.thing == one.iri) for one in (A, B, C)}
    findings = Findings(candidates, merged or {}, {}, 0, {})
    return offered(before, Asked((A, B, C), (), ()), findings, NOW, limit)


def test_who_has_a_link_or_an_accepted_candidate_is_not_looked_for() -> None:
    """A link counts in whichever form it is written, and only for its own authority; a tombstone leads on."""
    things = (
        replace(A, links=("https://www.wikidata.org/wiki/Q5",)),
        replace(B, links=("https://sws.geonames.org/900301/",)),
        C,
    )
    accepted = _decided(replace(ROW, thing=f"{HERE}things/old"), Decision.ACCEPTED)
    held = held_back(_before(accepted), NOW, {})
    found = choose(things, WIKIDATA, held)
    assert ([one.iri for one in found.things], found.linked, found.settled) == ([B.iri], (A.iri,), (C.iri,))
    found = choose(things, GEONAMES, held)
    assert ([one.iri for one in found.things], found.linked, found.settled) == ([A.iri, C.iri], (B.iri,), ())


def test_what_is_found_is_new_once() -> None:
    """A second run finds what is known, and leaves the table as it is."""
    first = _offer(Table(), ROW, replace(ROW, thing=B.iri, score=50))
    assert (len(first.new), first.known, first.nothing) == (2, 0, (C.iri,))
    second = _offer(first.table, ROW, replace(ROW, thing=B.iri, score=50))
    assert (second.new, second.known, second.table) == ((), 2, first.table)


def test_open_rows_are_described_anew_and_decided_ones_stay() -> None:
    """What is known of an open row follows the authority; a decided one is left as the person left it."""
    rejected = _decided(replace(ROW, candidate=f"{WD}2", note="another"), Decision.REJECTED)
    noted = replace(ROW, note="ask them", link="schema:sameAs")
    better = [replace(one, score=90.0, why="new", note="", link="owl:sameAs") for one in (noted, rejected)]
    found = _offer(_before(noted, rejected), *better)
    assert found.table.candidates == (replace(noted, score=90.0, why="new"), rejected)
    assert (found.new, found.known, found.held_back) == ((), 1, 1)


def test_nothing_is_lost_that_is_not_found_again() -> None:
    """Rows of things and candidates that this search did not find stay, and so do columns of people's own."""
    before = table([Entry(replace(ROW, candidate=f"{WD}7"), ("mine",))], ("own",))
    found = _offer(before, ROW)
    assert [one.candidate.candidate for one in found.table.entries] == [f"{WD}1", f"{WD}7"]
    assert found.table.by_key[A.iri, f"{WD}7"].further == ("mine",)


def test_what_was_rejected_is_not_offered_under_another_name() -> None:
    """Neither when the authority merged it into another, nor when the thing has another IRI."""
    rejected = _decided(ROW, Decision.REJECTED)
    merged = _offer(_before(rejected), replace(ROW, candidate=f"{WD}9"), merged={f"{WD}1": f"{WD}9"})
    assert (merged.new, merged.held_back, merged.table) == ((), 1, _before(rejected))
    moved = _offer(_before(replace(rejected, thing=f"{HERE}things/old")), replace(ROW, thing=C.iri))
    assert (moved.new, moved.held_back) == ((), 1)


def test_an_open_row_says_that_its_candidate_was_merged() -> None:
    """The row stays, for nobody deletes rows, and what the candidate became is offered beside it."""
    found = _offer(_before(ROW), replace(ROW, candidate=f"{WD}9"), merged={f"{WD}1": f"{WD}9"})
    gone = replace(ROW, score=0.0, why=f"it was merged into {WD}9")
    assert found.table.candidates == (replace(ROW, candidate=f"{WD}9"), gone)
    assert len(found.new) == 1


def test_what_was_rejected_for_a_lost_thing_is_told() -> None:
    """Nobody knows what the thing is called now, so its candidate is held back from all, with the remedy."""
    found = _offer(_before(_decided(replace(ROW, thing=f"{HERE}things/lost"), Decision.REJECTED)), ROW)
    assert (found.new, found.held_back) == ((), 1)
    assert "mreze links rename" in found.warnings[0]


def test_what_is_decided_does_not_count_towards_the_limit() -> None:
    """Five namesakes that were rejected do not hide the right one; what the limit leaves out is counted."""
    found = [replace(ROW, candidate=f"{WD}{number}", score=90.0 - number) for number in range(5)]
    before = _before(*(_decided(one, Decision.REJECTED) for one in found[:2]), replace(found[4], note="mine"))
    first = _offer(before, *found, limit=1)
    assert ([one.candidate for one in first.new], first.held_back) == ([f"{WD}2"], 2)
    assert (first.known, first.beyond) == (1, {A.iri: 1})
    assert _offer(before, *found, limit=2).beyond == {}


def test_a_thing_that_is_settled_meanwhile_gets_no_rows() -> None:
    """Nor does one that is renamed while it is looked for: its rows have the new name."""
    before = _before(_decided(replace(ROW, candidate=f"{WD}7"), Decision.ACCEPTED))
    found = _offer(before, ROW, replace(ROW, thing=f"{HERE}things/old"))
    assert (found.new, found.table) == ((), before)


def test_as_many_more_are_asked_for_as_may_be_rejected() -> None:
    """A service that is asked for five would tell the same five for ever."""
    rows = [_decided(replace(ROW, candidate=f"{WD}{number}"), Decision.REJECTED) for number in range(3)]
    asked: list[tuple[int, int]] = []

    class Proposing:
        def find(self, things: Sequence[Thing], limit: int) -> Proposed:
            asked.append((len(things), limit))
            return Proposed({}, {})

    search = Search(Wanted(WIKIDATA, 5, 40.0, ("en",)), None, Proposing(), lambda *_: None)
    look((A, B), NOW, _before(*rows), search)
    assert asked == [(2, 8)]
