"""The diagram of a vocabulary."""

from __future__ import annotations

import re

from mreze.serve.schema.drawing import LINE, WIDTH, Field, Node, draw, shortened
from mreze.serve.view import Value


def _node(name: str, *fields: Field) -> Node:
    return Node(name, Value(name), name, fields, own=True)


def _field(name: str, *targets: str) -> Field:
    return Field(Value(name), tuple(Value(one) for one in targets) or (Value("year"),), targets)


BRIDGES = [
    _node("bridge", _field("crosses", "river"), _field("beside", "bridge"), _field("opened"), _field("in", "town")),
    _node("river", _field("flows through", "town")),
    _node("town", _field("named after", "bridge")),
]


def test_each_property_is_a_line_and_each_target_an_arrow() -> None:
    """What is no thing stands in the line; an arrow starts at the edge of its box, at the height of its line."""
    drawing = draw(BRIDGES)
    assert [box.node.iri for box in drawing.boxes] == ["bridge", "river", "town"]
    bridge = drawing.boxes[0]
    assert [line.text for line in bridge.lines] == ["crosses", "beside", "opened: year", "in"]
    assert [one.title for one in drawing.arrows] == [
        "bridge – crosses → river",
        "bridge – beside → bridge",
        "bridge – in → town",
        "river – flows through → town",
        "town – named after → bridge",
    ]
    for arrow, line in zip(drawing.arrows[:3], (bridge.lines[0], bridge.lines[1], bridge.lines[3]), strict=True):
        assert arrow.path.startswith(f"M{bridge.left + WIDTH:g} {line.top + LINE / 2:g}C")


def test_everything_is_within_the_picture() -> None:
    """Boxes and the ends of arrows; a line is as high as a finger needs."""
    drawing = draw(BRIDGES)
    for box in drawing.boxes:
        assert 0 < box.left < box.left + WIDTH < drawing.width
        assert 0 < box.top < box.top + box.height < drawing.height
    for arrow in drawing.arrows:
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", arrow.path)]
        assert all(0 <= one <= drawing.width for one in numbers[::2])
        assert all(0 <= one <= drawing.height for one in numbers[1::2])
    assert LINE >= 24


def test_an_arrow_to_the_left_ends_at_the_right_edge() -> None:
    """A circle is drawn too."""
    drawing = draw(BRIDGES)
    bridge, back = drawing.boxes[0], drawing.arrows[-1]
    end = [float(one) for one in re.findall(r"-?[\d.]+", back.path)][-2]
    assert end == bridge.left + WIDTH + 5


def test_the_same_vocabulary_is_drawn_the_same() -> None:
    """Pictures are compared and cached."""
    assert draw(BRIDGES) == draw(list(BRIDGES))


def test_long_names_are_pressed_and_then_cut() -> None:
    """A text never leaves its box."""
    long = "a property with a name of many words"
    (box,) = draw(
        [_node("x", _field("short"), Field(Value("a name of thirty letters, say"), (), ()), _field(long))]
    ).boxes
    assert [line.pressed is not None for line in box.lines] == [False, True, True]
    assert box.lines[2].text.endswith("…")
    assert shortened("abc", 3) == "abc"
    assert shortened("ab cd", 4) == "ab…"
