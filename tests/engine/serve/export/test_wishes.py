"""What the patterns for nginx find in a header is what the server finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from mreze.errors import NotAcceptable
from mreze.formats import DOCUMENTS, HTML, Format
from mreze.serve.export.wishes import (
    ANY,
    EXACT,
    QUALITIES,
    TYPE,
    accepted_languages,
    language_pattern,
    media_wishes,
)
from mreze.serve.negotiation import choose, choose_language
from mreze.serve.problems import PROBLEM

LANGUAGES = ("sr-cyrl", "sr-latn", "en")
NAMES = [one.media_type for one in (*DOCUMENTS, PROBLEM)]
WEIGHTS = [
    "",
    ";q=0",
    ";q=0.0",
    ";q=0.05",
    ";q=1",
    "; q=1.0",
    ";q=x",
    ";a=b;q=0.7",
    *(f";q=0.{n}" for n in range(1, 10)),
]


def _found(header: str, wishes: Iterable[tuple[str, str]], default: str) -> str:
    """What `map` gives: the first pattern that matches decides, groups go into its value."""
    for pattern, value in wishes:
        match = re.search(pattern.replace("(?<m", "(?P<m"), header, re.IGNORECASE)
        if match:
            return reduce(
                lambda text, group: text.replace(f"${{{group[0]}}}", group[1]), match.groupdict().items(), value
            )
    return default


def _best(source: str, levels: Iterable[str]) -> str | None:
    found = (re.search(rf"([\w-]+)={level}", source) for level in levels)
    return next((match[1] for match in found if match), None)


def _chosen(header: str, offered: Sequence[Format]) -> str | None:
    if not header:
        return offered[0].extension
    qualities = (_found(header, media_wishes(one, number), "00") for number, one in enumerate(offered))
    source = " ".join(f"{one.extension}={quality}" for one, quality in zip(offered, qualities, strict=True))
    return _best(source, [quality + specific for quality in QUALITIES for specific in (EXACT, TYPE, ANY)])


def _chosen_language(header: str) -> str:
    return _found(header, accepted_languages(LANGUAGES), LANGUAGES[0])


def _elements(names: Sequence[str]) -> st.SearchStrategy[str]:
    element = st.tuples(st.sampled_from(names), st.sampled_from(WEIGHTS))
    every = st.lists(element, min_size=1, max_size=5, unique_by=lambda one: one[0])
    return every.map(lambda chosen: ", ".join(name + weight for name, weight in chosen))


@given(_elements([*NAMES, "text/*", "application/*", "*/*", "image/png"]))
def test_the_form_is_the_servers(header: str) -> None:
    """Quality, then how specific, then our order; none where nothing is accepted."""
    for offered in (DOCUMENTS, (HTML, *DOCUMENTS[:-1]), (PROBLEM, HTML)):
        try:
            expected: str | None = choose(header, offered).extension
        except NotAcceptable:
            expected = None
        assert _chosen(header, offered) == expected


@given(_elements(["sr", "sr-RS", "sr-Latn", "sr-Latn-RS", "sr-Cyrl", "en", "en-GB", "de", "*", "srx"]))
def test_the_language_is_the_servers(header: str) -> None:
    """Quality, then the order of the header."""
    assert _chosen_language(header) == choose_language(None, header, LANGUAGES)


def test_a_tag_means_one_language() -> None:
    """Serbian as such is the script that is offered first."""
    patterns = {one: re.compile(language_pattern(one, LANGUAGES) + r"\Z") for one in LANGUAGES}
    for tag in ("sr", "sr-rs", "sr-latn", "sr-latn-rs", "sr-cyrl", "en", "en-us"):
        fitting = [one for one, pattern in patterns.items() if pattern.match(tag)]
        assert fitting == [choose_language(tag, None, LANGUAGES)], tag
