"""What a thing is found by, and how it is kept, does not change unnoticed: indexes are continued by later builds."""

from __future__ import annotations

import json

import pytest

from mreze.matching.documents import document
from mreze.matching.model import Entry, Kind, Label
from mreze.matching.packing import pack, unpack

HERE = "https://site.example"
MEMBERSHIP = Entry(
    f"{HERE}/id/memberships/nis-b40", (), (f"{HERE}/M",), (f"{HERE}/M", f"{HERE}/T"), (), ("b40", "nis", "nish")
)
CITY = Entry(
    f"{HERE}/id/cities/nis",
    (Label("City of Niš", "en"), Label("Град Ниш", "sr-cyrl"), Label("Niš", "", Kind.ALTERNATIVE)),
    (f"{HERE}/City",),
    (f"{HERE}/City",),
    ("787657", "http://www.wikidata.org/entity/Q129259"),
    ("serbia", "srbija"),
)
ASSOCIATION = Entry(f"{HERE}/id/a", (Label('Savez "gradova" i opština', "sr-latn"),), (), ())


@pytest.mark.parametrize(
    ("thing", "terms"),
    [
        (
            MEMBERSHIP,
            {
                "id": "site.example/id/memberships/nis-b40", "class": f"{HERE}/M {HERE}/T", "sound": "b40 nis",
                "size": "0",
            },
        ),
        (
            CITY,
            {
                "id": "787657 q129259 site.example/id/cities/nis wikidata.org/entity/q129259", "class": f"{HERE}/City",
                "name": "cityofnis cityofnish gradnis gradnish nis nish", "core": "nis", "initials": "con",
                "word": "city grad nis of", "start": "c ci g gr n ni o of", "words": "cityCCC gradCCC nisBBB nisCCC",
                "sound": "grad nis serbia siti srbia", "size": "3",
            },
        ),
        (
            ASSOCIATION,
            {
                "id": "site.example/id/a", "name": "savezgradovaiopshtina savezgradovaiopstina",
                "core": "savezgradovai",
                "initials": "sgio sgo", "word": "gradova i opstina savez", "start": "g gr i o op s sa",
                "words": "gradovaDDD opstinaDDD savezDDD", "sound": "gradova opstina saves", "size": "20",
            },
        ),
    ],
    ids=["membership", "city", "association"],
)  # fmt: skip
def test_a_thing_is_found_by_its_terms(thing: Entry, terms: dict[str, str]) -> None:
    """Those of its names, classes and identifiers, and of the names of what it refers to; most have no name."""
    made = document(thing).to_dict()
    again = document(pack(thing)[1]).to_dict()
    assert made.pop("thing") == again.pop("thing")
    for one in (made, again):
        assert {field: " ".join(sorted(map(str, found))) for field, found in one.items() if found} == terms


def test_a_thing_is_kept_as_json() -> None:
    """Letters are written as they are, names with what they are compared by; the same thing comes out."""
    content = pack(CITY)[1]
    assert json.loads(content) == [
        CITY.iri,
        [
            ["city of nis", "nis", ["cityofnish"], 0, "City of Niš", "en"],
            ["grad nis", "nis", ["gradnish"], 0, "Град Ниш", "sr-cyrl"],
            ["nis", "nis", ["nish"], 1, "Niš", ""],
        ],
        ["serbia", "srbija"], [f"{HERE}/City"], [f"{HERE}/City"], ["787657", "http://www.wikidata.org/entity/Q129259"],
    ]  # fmt: skip
    assert content.startswith(b'["https://site.example/id/cities/nis",[["city of nis","nis",')
    assert b"\\u" not in content
    for thing in (MEMBERSHIP, CITY, ASSOCIATION):
        assert unpack(pack(thing)[1]).entry == thing
