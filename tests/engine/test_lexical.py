"""Lexical forms of XSD datatypes."""

from __future__ import annotations

import pytest

from mreze.lexical import WAYS, is_valid
from mreze.namespaces import PREFIXES

XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("value", "datatype", "valid"),
    [
        ("2026-02-28", "date", True),
        ("2026-02-29", "date", False),
        ("2024-02-29Z", "date", True),
        ("2026-2-1", "date", False),
        ("soon", "date", False),
        ("2007", "gYear", True),
        ("-0044", "gYear", True),
        ("7", "gYear", False),
        ("2007-13", "gYearMonth", False),
        ("2026-11-23T24:00:00Z", "dateTime", True),
        ("2026-11-23T25:00:00Z", "dateTime", False),
        ("2026-11-23T12:00", "dateTime", False),
        ("٢٠١٠", "integer", False),
        ("true", "boolean", True),
        ("True", "boolean", False),
        ("1,5", "decimal", False),
        ("-1", "nonNegativeInteger", False),
        ("-0", "nonNegativeInteger", True),
        ("0", "positiveInteger", False),
        ("INF", "double", True),
        ("12\n", "integer", False),
        ("http://a b", "anyURI", False),
        ("anything", "string", True),
    ],
)
def test_forms_of_datatypes(value: str, datatype: str, *, valid: bool) -> None:
    """A literal is judged by the lexical form of its datatype."""
    assert is_valid(value, XSD + datatype) is valid


def test_other_datatypes_are_not_judged() -> None:
    """What mreze does not know is taken as it is."""
    assert is_valid("x", "https://example.org/datatype")


@pytest.mark.parametrize("datatype", sorted(WAYS))
def test_examples_are_of_their_datatype(datatype: str) -> None:
    """What a person is told to write is accepted."""
    _, such_as, example = WAYS[datatype].partition(", such as ")
    assert not such_as or is_valid(example, datatype)
