"""A person's word on a candidate is kept, with who and when; nobody's word is lost in silence, nor after a rename."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mreze.errors import UsageError
from mreze.gather.decided import held_back
from mreze.gather.model import Candidate, Decision
from mreze.gather.renames import Inhabitants, heirs, renamed
from mreze.gather.review import Verdict, decide
from mreze.gather.table import Table

BASE = "https://example.org/id/"
NET, OLD, NEW, CITY = (f"{BASE}organizations/{one}" for one in ("net", "old", "new", "city"))
Q1, Q2, Q3 = (f"http://www.wikidata.org/entity/Q{number}" for number in (1, 2, 3))
GEO = "https://sws.geonames.org/1/"
ACCEPTED, REJECTED, OPEN = Decision.ACCEPTED, Decision.REJECTED, Decision.OPEN


def table(*rows: Candidate) -> Table:
    """A table of these rows."""
    return Table().with_candidates(rows)


def row(thing: str, candidate: str, decision: Decision = OPEN, by: str = "", **more: str) -> Candidate:
    """A row."""
    return Candidate(thing, candidate, 90, "name", decision=decision, by=by, on="2026-01-02" if by else "", **more)


def verdict(thing: str, candidate: str, decision: Decision, **more: str | bool) -> Verdict:
    """What Ana says on a day."""
    return replace(Verdict(thing, candidate, decision, "Ana", "2026-03-04"), **more)  # type: ignore[arg-type]  # by name


def test_a_verdict_says_who_and_when() -> None:
    """And leaves every other row as it is."""
    before = table(row(NET, Q1), row(NET, Q2))
    after = decide(before, verdict(NET, Q1, ACCEPTED, by=" Ana  Anić\n", note="same seat"))
    assert after.by_key[NET, Q1].candidate == replace(
        row(NET, Q1), decision=ACCEPTED, by="Ana Anić", on="2026-03-04", note="same seat"
    )
    assert after.by_key[NET, Q2] == before.by_key[NET, Q2]


def test_the_same_word_again_changes_nothing() -> None:
    """Whoever says it, the first one stays."""
    before = table(row(NET, Q1, REJECTED, "Ivo"))
    assert decide(before, verdict(NET, Q1, REJECTED)) == before


def test_the_other_word_needs_to_be_meant() -> None:
    """With change it holds, and the note tells what was said before."""
    before = table(row(NET, Q1, REJECTED, "Ivo", note="too far"))
    with pytest.raises(UsageError, match=r"Q1 was rejected by Ivo on 2026-01-02 for .*/net\. .*: --change"):
        decide(before, verdict(NET, Q1, ACCEPTED))
    after = decide(before, verdict(NET, Q1, ACCEPTED, change=True, note="moved")).candidates[0]
    assert (after.decision, after.by, after.on) == (ACCEPTED, "Ana", "2026-03-04")
    assert after.note == "moved; rejected by Ivo on 2026-01-02 before; too far"


@pytest.mark.parametrize(
    ("known", "said", "told"),
    [
        ([row(NET, Q1)], verdict(NET, Q1, ACCEPTED, by="  "), "nobody decided this. Say who you are: --by NAME"),
        ([], verdict(NET, Q1, ACCEPTED), "has no row of .*/net and .*Q1. Look for candidates: mreze links match"),
        ([row(NET, Q1, name="N")], verdict(NET, Q2, REJECTED), "It has .*Q1 “N”. To reject what no search"),
        ([row(NET, Q1, ACCEPTED, "Ivo"), row(NET, Q2)], verdict(NET, Q2, ACCEPTED),
         r"Q1 was accepted already for .*/net by Ivo on 2026-01-02\. .* mreze links reject .*net .*Q1 --change"),
        ([row(NET, Q1, ACCEPTED, "Ivo"), row(CITY, Q1)], verdict(CITY, Q1, ACCEPTED),
         r"Q1 was accepted already for another thing, .*/net by Ivo on 2026-01-02\. .*--link schema:sameAs"),
    ],
)  # fmt: skip
def test_a_verdict_that_cannot_hold_is_refused(known: list[Candidate], said: Verdict, told: str) -> None:
    """Nobody's, of what is not in the table, a second one for a thing, a second thing for one."""
    with pytest.raises(UsageError, match=told):
        decide(table(*known), said)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([], verdict(NET, Q1, ACCEPTED, new=True)),
        ([row(NET, Q1, REJECTED, "Ivo"), row(NET, Q2)], verdict(NET, Q2, ACCEPTED)),
        ([row(NET, Q1, ACCEPTED, "Ivo"), row(NET, GEO)], verdict(NET, GEO, ACCEPTED)),
        ([row(NET, Q1, ACCEPTED, "Ivo"), row(NET, Q2)], verdict(NET, Q2, REJECTED)),
        ([row(NET, Q1, ACCEPTED, "Ivo"), row(CITY, Q1)], verdict(CITY, Q1, ACCEPTED, link="schema:sameAs")),
    ],
)
def test_a_verdict_that_can_hold_does(known: list[Candidate], said: Verdict) -> None:
    """One named by hand, one beside a rejected one, of another authority, and with a link of its own."""
    after = decide(table(*known), said).by_key[said.thing, said.candidate].candidate
    assert (after.decision, after.by, after.link) == (said.decision, "Ana", said.link)


@pytest.mark.parametrize(
    ("iri", "found"),
    [
        ("a", {"a"}), ("b", {"a"}), ("c", {"a"}), ("gone", set()), ("split", {"a", "x"}), ("circle", set()),
        ("self", set()),
    ],
)  # fmt: skip
def test_tombstones_lead_on(iri: str, found: set[str]) -> None:
    """Over several, to several, to nothing, and never in a circle for ever."""
    retired = {
        "b": ["a"], "c": ["b"], "gone": [], "split": ["b", "x"], "circle": ["round"], "round": ["circle"],
        "self": ["self"],
    }  # fmt: skip
    assert heirs(iri, retired) == found


@pytest.mark.parametrize(
    ("rows", "offer", "may"),
    [
        ([row(NET, Q1, REJECTED)], (NET, Q1), False),
        ([row(NET, Q1, REJECTED)], (NET, Q2), True),
        ([row(NET, Q1, REJECTED)], (CITY, Q1), True),
        ([row(NET, Q1)], (NET, Q1), True),
        ([row(NET, Q1, ACCEPTED)], (NET, Q2), False),
        ([row(NET, Q1, ACCEPTED)], (NET, GEO), True),
        ([row(OLD, Q1, REJECTED)], (NEW, Q1), False),  # by a chain of tombstones
        ([row(OLD, Q1, REJECTED)], (NET, Q1), True),
        ([row(OLD, Q1, ACCEPTED)], (NEW, Q2), False),
        ([row(NET, Q2, REJECTED)], (NET, Q3), False),  # Q2 was merged into Q3
        ([row(NET, Q3, REJECTED)], (NET, Q2), False),
        ([row(f"{BASE}organizations/lost", Q1, REJECTED)], (NET, Q1), False),
        ([row(f"{BASE}organizations/lost", Q2, REJECTED)], (CITY, Q3), False),
        ([row(f"{BASE}organizations/lost", Q1, ACCEPTED)], (NET, Q1), True),
        ([row(f"{BASE}organizations/retired", Q1, REJECTED)], (NET, Q1), False),
        ([row(f"{BASE}organizations/retired", Q1, ACCEPTED)], (NET, Q1), True),
    ],
)
def test_what_was_decided_is_not_offered_again(rows: list[Candidate], offer: tuple[str, str], may: bool) -> None:
    """For the thing as it is called now and the candidate as it is, and for nobody where the thing is lost."""
    middle = f"{BASE}organizations/middle"
    now = Inhabitants(frozenset({NET, NEW, CITY}), {OLD: [middle], middle: [NEW], f"{BASE}organizations/retired": []})
    assert held_back(table(*rows), now, {Q2: Q3}).offers(*offer) is may


def test_a_lost_thing_is_told_with_its_remedy() -> None:
    """Once for each, with how much is held back."""
    lost = f"{BASE}organizations/lost"
    held = held_back(table(row(lost, Q1, REJECTED), row(lost, Q2), row(NET, Q1)), Inhabitants(frozenset({NET}), {}), {})
    (warning,) = held.warnings()
    assert f"the site has no thing {lost} any more" in warning
    assert "What was rejected for it (1) is offered to nobody meanwhile." in warning
    assert warning.endswith(f"mreze links rename {lost} NEW")


def test_a_retired_thing_without_a_successor_is_told() -> None:
    """If something was rejected for it, for it may go by another name; else it is retired for good."""
    now = Inhabitants(frozenset({NET}), {OLD: []})
    (warning,) = held_back(table(row(OLD, Q1, REJECTED), row(OLD, Q2)), now, {}).warnings()
    assert f"{OLD} is retired, and its tombstone names nothing that took its place (dct:isReplacedBy)" in warning
    assert "What was rejected for it (1) is offered to nobody meanwhile." in warning
    assert warning.endswith(f"mreze links rename {OLD} NEW")
    assert not list(held_back(table(row(OLD, Q2)), now, {}).warnings())


def test_redirects_in_a_circle_end() -> None:
    """Whatever an authority says."""
    held = held_back(table(row(NET, Q1, REJECTED)), Inhabitants(frozenset({NET}), {}), {Q1: Q2, Q2: Q1})
    assert not held.offers(NET, Q1)


def test_rows_follow_a_thing() -> None:
    """All of them, with what was decided; of two rows of one candidate the decided one is kept, and both notes."""
    before = table(row(OLD, Q1, REJECTED, "Ivo", note="a"), row(OLD, Q2), row(NEW, Q1, note="b"), row(NET, Q1))
    after = renamed(before, OLD, NEW)
    assert after.candidates == table(row(NEW, Q1, REJECTED, "Ivo", note="b; a"), row(NEW, Q2), row(NET, Q1)).candidates


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row(NEW, Q1)], "has no row of .*/old: there is nothing to rename"),
        (
            [row(OLD, Q1, REJECTED), row(NEW, Q1, ACCEPTED)],
            "Q1 is rejected in line 0 and accepted in line 0",
        ),
        (
            [row(OLD, Q1, ACCEPTED), row(NEW, Q2, ACCEPTED)],
            "cannot be .*nothing was changed.* a second candidate",
        ),
    ],
)
def test_a_rename_contradicts_nobody(rows: list[Candidate], told: str) -> None:
    """Neither what was said of a candidate nor what was accepted for the thing."""
    with pytest.raises(UsageError, match=told):
        renamed(table(*rows), OLD, NEW)
