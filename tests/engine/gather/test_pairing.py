"""Memberships on both sides are paired, and their beginnings and ends compared, as a table."""

from __future__ import annotations

import pytest
from tests.stating import AGREES, CONTRADICTORY, HERE, THERE, B, Told, compare, member, stated, told

from mreze.gather.model import NoValue, Ours, SomeValue, Theirs

MANY: list[tuple[str, list[Ours], list[Theirs], Told]] = [
    ("nothing there", [member()], [], [(THERE, "value")]),
    ("the same", [member()], [stated()], [(AGREES, "value")]),
    ("another there", [member()], [stated(B)], [(THERE, "value"), (HERE, "value")]),
    ("another deprecated there", [member()], [stated(B, rank="deprecated")], [(THERE, "value")]),
    ("deprecated there", [member()], [stated(rank="deprecated")], [(CONTRADICTORY, "value")]),
    ("deprecated here", [member(rank="deprecated")], [stated()], [(CONTRADICTORY, "value")]),
    ("unknown there", [member()], [stated(SomeValue())], [(THERE, "value")]),
    ("none there", [member()], [stated(NoValue())], [(CONTRADICTORY, "value")]),
    ("no beginning there", [member(P580="2003")], [stated()], [(AGREES, "value"), (THERE, "P580")]),
    (
        "unknown beginning there",
        [member(P580="2003")],
        [stated(P580=SomeValue())],
        [(AGREES, "value"), (THERE, "P580")],
    ),
    ("no beginning here", [member()], [stated(P580="2003")], [(AGREES, "value"), (HERE, "P580")]),
    ("unknown end there only", [member()], [stated(P582=SomeValue())], [(AGREES, "value")]),
    ("no end there, explicitly", [member()], [stated(P582=NoValue())], [(AGREES, "value")]),
    ("an end there", [member()], [stated(P582="2015")], [(AGREES, "value"), (HERE, "P582")]),
    (
        "an end there, whose source ours is not",
        [member()],
        [stated(P582="2015", references=())],
        [(AGREES, "value"), (HERE, "P582")],
    ),
    (
        "an unknown end there, whose source ours is not",
        [member()],
        [stated(P582=SomeValue(), references=())],
        [(AGREES, "value")],
    ),
    (
        "an end here, which no source is to be added without",
        [member(P582="2015")],
        [stated(references=())],
        [(AGREES, "value"), (THERE, "P582")],
    ),
    (
        "the same end, without a source",
        [member(P582="2015")],
        [stated(P582="2015", references=())],
        [(AGREES, "value"), (THERE, "reference")],
    ),
    (
        "no end there explicitly, without a source",
        [member()],
        [stated(P582=NoValue(), references=())],
        [(AGREES, "value"), (THERE, "reference")],
    ),
    ("another beginning", [member(P580="2003")], [stated(P580="2005")], [(AGREES, "value"), (CONTRADICTORY, "P580")]),
    (
        "another beginning without a source",
        [member(P580="2003")],
        [stated(P580="2005", references=())],
        [(AGREES, "value"), (CONTRADICTORY, "P580")],
    ),
    (
        "a coarser beginning there",
        [member(P580="2003-05")],
        [stated(P580="2003")],
        [(AGREES, "value"), (AGREES, "P580")],
    ),
    (
        "a finer beginning there, whose source ours is not",
        [member(P580="2003")],
        [stated(P580="2003-05", references=())],
        [(AGREES, "value"), (AGREES, "P580")],
    ),
    (
        "ended and begun again on both sides",
        [member(P580="1990", P582="1995"), member(P580="2003")],
        [stated(P580="2003"), stated(P580="1990", P582="1995")],
        [(AGREES, "value"), (AGREES, "value")],
    ),
    (
        "begun again only here",
        [member(P580="1990", P582="1995"), member(P580="2003")],
        [stated(P580="1990", P582="1995")],
        [(AGREES, "value"), (THERE, "value")],
    ),
    (
        "ended before only there",
        [member(P580="2003")],
        [stated(P580="1990", P582="1995"), stated(P580="2003")],
        [(AGREES, "value"), (HERE, "value")],
    ),
    (
        "another source of ours has their other beginning",
        [member(P580="2003", rank="preferred"), member(P580="2005")],
        [stated(P580="2003"), stated(P580="2005")],
        [(AGREES, "value"), (AGREES, "value")],
    ),
    ("our sources disagree", [member(P580="2003"), member(P580="2005")], [], [(CONTRADICTORY, "value")]),
]


@pytest.mark.parametrize(("here", "there", "expected"), [row[1:] for row in MANY], ids=[row[0] for row in MANY])
def test_of_memberships_each_is_for_itself(here: list[Ours], there: list[Theirs], expected: Told) -> None:
    """With their beginnings and ends."""
    assert told(compare(here, there)) == expected


def test_what_is_added_to_a_statement_names_the_others_of_its_value() -> None:
    """Tools that find a statement by its value could add it to the wrong one."""
    same = [stated(references=()), stated(P580="1990", P582="1995"), stated(rank="deprecated")]
    found = [one for one in compare([member()], same) if one.about == "reference"]
    assert [len(one.theirs) for one in found] == [3]
