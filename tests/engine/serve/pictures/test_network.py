"""A network is readable with one member and with two hundred."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from mreze.serve.pictures.network import MOST, Node, draw_network, layers
from mreze.serve.pictures.svg import NARROW, WIDE, Caption, Name

CAPTION = Caption("n", "Who?", "Told")
GROUPS = [Name(f"Group {letter}", f"#{letter}") for letter in "ABCDEFGH"]


def members(single: int) -> list[Node]:
    """One in all groups, one in two, and many in one each."""
    alone = [Node(Name(f"Lone {number:03}"), (number % 3,)) for number in range(single)]
    return [Node(Name("Two", "#two"), (1, 2)), *alone, Node(Name("All", "#all"), tuple(range(8)))]


def texts(root: ElementTree.Element) -> list[str]:
    """What is written in a picture."""
    return [one.text or "" for one in root.iter("text")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_many_are_one_bundle(width: float) -> None:
    """Who is in several groups is named, the one with the most first; the others are counted."""
    shown = layers(members(190), GROUPS)
    assert [one.name.text for one in shown.members] == ["All", "Two"]
    assert (shown.unnamed, shown.bundled) == (190, (64, 63, 63, 0, 0, 0, 0, 0))
    root = ElementTree.fromstring(draw_network(shown, "190 others", CAPTION, width))  # noqa: S314 - our own
    assert {"All", "Two", *(one.text for one in GROUPS)} <= set(texts(root))
    assert " ".join(texts(root)).count("others") == 1
    classes = [one.get("class") for one in root.iter("path")]
    assert (classes.count("tie"), classes.count("bundle")) == (10, 3)
    assert {one.get("href") for one in root.iter("a")} >= {"#all", "#two", "#A", "#H"}
    assert float(root.get("height", "")) < 500


def test_few_are_all_named() -> None:
    """Where there is room, nobody is in a bundle."""
    shown = layers([Node(Name("Niche"), tuple(range(8)))], GROUPS)
    assert (len(shown.members), shown.unnamed) == (1, 0)
    assert "bundle" not in draw_network(shown, "others", CAPTION, WIDE)
    assert len(layers(members(MOST - 2), GROUPS).members) == MOST


def test_names_do_not_cover_each_other() -> None:
    """The lines of names stand apart on either side."""
    long = [Name("Association of the cities of a very long name and of their regions " + str(one)) for one in range(8)]
    root = ElementTree.fromstring(draw_network(layers(members(50), long), "others", CAPTION, NARROW))  # noqa: S314 - our own
    for side in ("end", None):
        lines = sorted(float(one.get("y", "")) for one in root.iter("text") if one.get("text-anchor") == side)
        assert min(after - before for before, after in pairwise(lines)) > 15


def test_nothing_is_left_to_chance() -> None:
    """Equal input gives equal bytes, whatever its order."""
    one, other = layers(members(40), GROUPS), layers(members(40)[::-1], GROUPS)
    assert draw_network(one, "others", CAPTION, WIDE) == draw_network(other, "others", CAPTION, WIDE)
