"""What a thing is called in the service, and what clients make of it."""

from __future__ import annotations

import pytest

from mreze.serve.reconcile.ids import to_id, to_iris

BASE = "https://data.example/"
THING = BASE + "id/bridges/мост"


@pytest.mark.parametrize(
    "sent",
    [
        "bridges/мост", "/bridges/мост", "id/bridges/мост", " bridges/мост ", THING, "bridges/%D0%BC%D0%BE%D1%81%D1%82",
        "bridges%2F%D0%BC%D0%BE%D1%81%D1%82", "bridges%252F%25D0%25BC%25D0%25BE%25D1%2581%25D1%2582",
        "https%3A%2F%2Fdata.example%2Fid%2Fbridges%2Fмост",
    ],
)  # fmt: skip
def test_an_id_is_understood_however_it_is_encoded(sent: str) -> None:
    """Once, twice, or not at all."""
    assert THING in to_iris(sent, BASE)


def test_the_native_form_comes_first() -> None:
    """But data may have the encoded one, whose escapes are part of the IRI."""
    assert to_iris("bridges/%D0%BC", BASE) == [BASE + "id/bridges/м", BASE + "id/bridges/%D0%BC"]


def test_a_thing_elsewhere_is_its_iri() -> None:
    """Nothing is put before it."""
    iri = "http://www.wikidata.org/entity/Q129259"
    assert (to_iris(iri, BASE), to_id(iri, BASE)) == ([iri], iri)
    assert to_id(THING, BASE) == "bridges/мост"
