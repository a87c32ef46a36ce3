"""Dates are said as people say them."""

from __future__ import annotations

import pytest

from mreze.serve.dating import say_moment
from mreze.serve.pictures.moments import read_moment


@pytest.mark.parametrize(
    ("text", "language", "short", "long"),
    [
        ("2007", "en", "2007", "2007"),
        ("2007", "sr-cyrl", "2007.", "2007."),
        ("2007", "de", "2007", "2007"),
        ("2007-05", "en", "May 2007", "May 2007"),
        ("2007-05", "sr-cyrl", "мај 2007.", "мај 2007."),
        ("2007-10", "sr-latn", "okt 2007.", "oktobar 2007."),
        ("2016-10-05", "en", "5 Oct 2016", "5 October 2016"),
        ("2016-10-05", "de", "5. Okt. 2016", "5. Oktober 2016"),
        ("2016-10-05", "xx-nowhere", "2016-10-05", "2016-10-05"),
        ("-0043", "en", "44 BCE", "44 BCE"),
        ("-0043", "sr-cyrl", "44. п. н. е.", "44. п. н. е."),
        ("-0043", "sr-latn", "44. p. n. e.", "44. p. n. e."),
        ("0000", "de", "1 v. Chr.", "1 v. Chr."),
        ("-0043-03-15", "en", "15 Mar 44 BCE", "15 March 44 BCE"),
        ("-0004-02-29", "sr-latn", "29. feb 5. p. n. e.", "29. februar 5. p. n. e."),
        ("-0043", "xx", "-0043", "-0043"),
        ("12026", "en", "12026", "12026"),
    ],
)
def test_a_date_is_said_in_the_language(text: str, language: str, short: str, long: str) -> None:
    """In the words of the language, the era where it is not ours; what babel does not know, as the standard does."""
    moment = read_moment(text)
    assert moment is not None
    assert (say_moment(moment, language, short=True), say_moment(moment, language)) == (short, long)
