"""Forms are read as the standard says, whatever their length."""

from __future__ import annotations

import tracemalloc
from urllib.parse import quote_plus

import pytest

from mreze.serve.reconcile.parameters import unquoted


@pytest.mark.parametrize("text", ["", "a", "Ниш & околина", "100% +1", "%", "😀", "a\nb=c"])
@pytest.mark.parametrize("shift", range(4))
def test_what_was_encoded_is_read_again(text: str, shift: int) -> None:
    """Also where a piece would end in a character, or in its escape."""
    for whole in (text, "x" * shift + text * 60_000):
        assert unquoted(quote_plus(whole)) == whole


def test_what_is_no_escape_is_text() -> None:
    """At the end, too."""
    assert [unquoted(one) for one in ("%", "%4", "%zz", "a%2", "Ниш+%41")] == ["%", "%4", "%zz", "a%2", "Ниш A"]
    with pytest.raises(UnicodeDecodeError):
        unquoted("%ff")


def test_a_long_form_takes_a_few_times_its_length_in_memory() -> None:
    """A client that sends one after the other takes no memory from others."""
    encoded = "%D0%91" * 500_000
    tracemalloc.start()
    try:
        unquoted(encoded)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * len(encoded)
