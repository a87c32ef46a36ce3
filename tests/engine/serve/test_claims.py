"""Claims are told one by one, each with those who say otherwise."""

from __future__ import annotations

import pytest
from tests.engine.serve.test_facts import facts_of

from mreze.serve.claims import Claim, claims_of


def _claims() -> dict[str, Claim]:
    return {one.id: one for one in claims_of(facts_of())}


@pytest.mark.parametrize(
    ("name", "words", "followed", "rivals"),
    [
        ("c-begin", "A – ontology#during – beginning: 2003", True, ["c-rival"]),
        ("c-month", "A – ontology#during – beginning: May 2003", True, ["c-rival"]),
        ("c-rival", "A – ontology#during – beginning: 2005", False, ["c-begin", "c-month"]),
        ("c-none", "A – seat: ontology#nothing", True, []),
    ],
)
def test_a_claim_says_what_it_states_and_who_disagrees(
    name: str, words: str, followed: bool, rivals: list[str]
) -> None:
    """In words, with the value that it gives; what says it more exactly is no rival."""
    claim = _claims()[name]
    assert claim.in_words("A") == words
    assert (claim.followed, [one.id for one in claim.rivals]) == (followed, rivals)
    assert claim.iri.endswith(f"#{name}")


def test_a_rival_has_its_value_and_its_words() -> None:
    """Both sides can be read beside each other."""
    (rival,) = _claims()["c-begin"].rivals
    assert [one.text for one in rival.values] == ["2005"]
    assert [one.words for one in rival.quotes] == ["since 2005"]
