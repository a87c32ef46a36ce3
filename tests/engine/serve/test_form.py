"""A form shows what was written, also what is wrong."""

from __future__ import annotations

import pytest

from mreze.namespaces import PREFIXES
from mreze.serve.form import input_type

WRITTEN = [
    ("integer", "2010", "number"),
    ("integer", "-5", "number"),
    ("integer", "", "number"),
    ("integer", "x", "text"),
    ("positiveInteger", "1.5", "text"),
    ("date", "2026-11-27", "date"),
    ("date", "soon", "text"),
    ("anyURI", "x", "url"),
    ("string", "x", "text"),
]


@pytest.mark.parametrize(("datatype", "value", "expected"), WRITTEN)
def test_an_element_can_show_its_value(datatype: str, value: str, expected: str) -> None:
    """A number field would show nothing of what is no number, and there would be nothing to mend."""
    assert input_type(PREFIXES["xsd"] + datatype, value) == expected
