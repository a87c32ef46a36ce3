"""Values have the form in answers that says most and makes nothing up."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.namespaces import term
from mreze.serve.reconcile.cells import cell, chosen
from mreze.serve.reconcile.settings import EVERY, Wish
from mreze.serve.reconcile.things import Name

BASE = "https://cells.example/"
CRS84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 2)"
LITERALS: list[tuple[str, str, dict[str, Any]]] = [
    ("7", "integer", {"int": 7}),
    ("-007", "integer", {"int": -7}),
    ("+7", "nonNegativeInteger", {"int": 7}),
    ("seven", "integer", {"str": "seven"}),
    ("1.50", "decimal", {"float": 1.5}),
    ("1e3", "double", {"float": 1000.0}),
    ("INF", "double", {"str": "INF"}),
    ("1e999", "double", {"str": "1e999"}),
    ("NaN", "float", {"str": "NaN"}),
    ("true", "boolean", {"str": "true"}),
    ("1994", "gYear", {"int": 1994}),
    ("1994Z", "gYear", {"int": 1994}),
    ("-0044", "gYear", {"int": -44}),
    ("1994-04", "gYearMonth", {"str": "1994-04"}),
    ("2019-07-09", "date", {"date": "2019-07-09T00:00:00Z"}),
    ("2019-07-09+02:00", "date", {"date": "2019-07-09T00:00:00+02:00"}),
    ("2019-13-09", "date", {"str": "2019-13-09"}),
    ("soon", "date", {"str": "soon"}),
    ("2019-07-09T12:30:00.5+02:00", "dateTime", {"date": "2019-07-09T12:30:00.5+02:00"}),
    ("2019-07-09T12:30:00", "dateTime", {"date": "2019-07-09T12:30:00"}),
    ("2019-07-09T24:00:00Z", "dateTime", {"str": "2019-07-09T24:00:00Z"}),
    ("a text", "string", {"str": "a text"}),
]


def _cell(value: Any, name: Name | None = None, *, tagged: bool = False, **wish: Any) -> dict[str, Any]:
    names = {value.value: name} if name else {}
    return cell(value, Wish(**wish), names, BASE, tagged=tagged)


@pytest.mark.parametrize(("text", "datatype", "expected"), LITERALS)
def test_a_literal_has_the_form_of_its_type(text: str, datatype: str, expected: dict[str, Any]) -> None:
    """What does not fit the form is a text, as it is written."""
    found = _cell(Literal(text, datatype=term(f"xsd:{datatype}")))
    assert found == expected
    assert [type(one) for one in found.values()] == [type(one) for one in expected.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POINT(21.9 43.3)", "43.3,21.9"),
        (" point ( -1e1 +.5 ) ", "+.5,-1e1"),
        (CRS84, "2,1"),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(43 21)",) * 2,
        ("POINT EMPTY",) * 2,
        ("POINT(1 2 3)",) * 2,
        ("POINT(a b)",) * 2,
        ("LINESTRING(1 2, 3 4)",) * 2,
    ],
)
def test_a_point_can_be_had_as_people_write_it(text: str, expected: str) -> None:
    """Latitude first; what is no point, or has another order of axes, stays."""
    value = Literal(text, datatype=term("geo:wktLiteral"))
    assert _cell(value, coordinates="latlong") == {"str": expected}
    assert _cell(value) == {"str": text}


def test_a_thing_has_an_id_and_everything_else_a_text() -> None:
    """What is no thing of the site could not be asked for by an id."""
    thing, part, other = (NamedNode(one) for one in (BASE + "id/a/b", BASE + "id/a/b#c", "https://other.example/"))
    name = Name("Ниш", "sr-cyrl")
    assert _cell(thing, name) == {"id": "a/b", "name": "Ниш"}
    assert _cell(thing, name, tagged=True) == {"id": "a/b", "name": "Ниш", "lang": "sr-Cyrl"}
    assert _cell(thing, name, content="names") == {"str": "Ниш"}
    assert _cell(thing, name, content="iris") == {"str": BASE + "id/a/b"}
    for node in (part, other):
        assert _cell(node, name, tagged=True) == {"str": "Ниш", "lang": "sr-Cyrl"}
        assert _cell(node, Name("short", None, is_said=False)) == {"str": node.value}
    assert _cell(BlankNode("b")) == {"str": "_:b"}
    assert _cell(Literal("Ниш", language="sr-cyrl"), tagged=True) == {"str": "Ниш", "lang": "sr-Cyrl"}
    assert _cell(Literal("Ниш", language="sr-cyrl")) == {"str": "Ниш"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [("sr-latn", "Niš 7"), ("sr-cyrl", "Ниш 7"), ("de", "Nish 7"), (EVERY, "Nish Niš Ниш 7"), ("sr", "Ниш 7")],
)
def test_of_texts_in_several_languages_those_of_one_are_chosen(language: str, expected: str) -> None:
    """That of the reader, else the nearest; what is in no language stays."""
    tags = {"en": "Nish", "sr-latn": "Niš", "sr-cyrl": "Ниш"}
    values = [*(Literal(one, language=tag) for tag, one in tags.items()), Literal(7)]
    assert " ".join(one.value for one in chosen(values, language)) == expected
