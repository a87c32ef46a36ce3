"""When a release was last modified, and what of three forms of a date is understood."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from mreze.serve.conditions import is_same, last_modified, matches_strongly

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TAG, DATE = '"abc"', "Tue, 24 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-11-24", DATE),
        ("2026-11-24.2", "Tue, 24 Nov 2026 00:00:01 GMT"),
        ("2026-11-24.12", "Tue, 24 Nov 2026 00:00:11 GMT"),
        ("2026-11-25", None),
    ],
)
def test_releases_in_a_row_have_dates_in_a_row(name: str, expected: str | None) -> None:
    """Two of one day differ; one of tomorrow has none yet."""
    release: Any = SimpleNamespace(name=name, date=name.partition(".")[0])
    assert last_modified(release, NOW) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [(TAG, True), (f" {TAG} ", True), (f"W/{TAG}", False), ('"x"', False), (DATE, True), ("soon", False), ("", False)],
)
def test_a_part_is_sent_for_the_very_same_only(header: str, expected: bool) -> None:
    """Its strong tag, or its very date; what cannot be read is another one."""
    assert is_same(header, TAG, DATE) == expected


def test_a_date_says_nothing_of_what_has_none() -> None:
    """What has no Last-Modified is never the same by a date."""
    assert not is_same(DATE, TAG, None)
    assert not is_same("soon", TAG, None)


def test_a_weak_tag_is_equal_to_none() -> None:
    """Strong comparison (RFC 9110, 8.8.3.2)."""
    assert matches_strongly(f'"x", {TAG}', TAG)
    assert matches_strongly("*", TAG)
    assert not matches_strongly(f"W/{TAG}", TAG)
