"""Conditional requests (RFC 9110, 13): whether a client has what it asks for, or speaks of what is no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum

from mreze.errors import PreconditionFailed
from mreze.release import Release
from mreze.serve.exchange import matches


class Verdict(Enum):
    """What the conditions of a request come to."""

    GO_ON = "send it"
    NOT_MODIFIED = "the client has it"


def decide(headers: Mapping[str, str], etag: str, modified: str | None) -> Verdict:
    """Weigh the conditions of a GET or HEAD, in the order of RFC 9110, 13.2.2.

    Args:
        headers: of the request.
        etag: of what would be sent.
        modified: its Last-Modified, where it has one; without one, conditions on dates count for nothing.

    Raises:
        PreconditionFailed: the client speaks of another state.
    """
    if "if-match" in headers:
        if not matches_strongly(headers["if-match"], etag):
            raise PreconditionFailed("What is here has another entity tag than If-Match names.")
    elif "if-unmodified-since" in headers and _is_later(modified, headers["if-unmodified-since"]):
        raise PreconditionFailed("What is here was modified after the date of If-Unmodified-Since.")
    if "if-none-match" in headers:
        return Verdict.NOT_MODIFIED if matches(headers["if-none-match"], etag) else Verdict.GO_ON
    if "if-modified-since" not in headers or modified is None:
        return Verdict.GO_ON
    since = headers["if-modified-since"]
    return Verdict.GO_ON if _date(since) is None or _is_later(modified, since) else Verdict.NOT_MODIFIED


def matches_strongly(header: str, etag: str) -> bool:
    """Whether an If-Match header names the tag: a weak tag is equal to none (RFC 9110, 8.8.3.2)."""
    tags = [one.strip() for one in header.split(",")]
    return "*" in tags or etag in tags


def is_same(if_range: str, etag: str, modified: str | None) -> bool:
    """Whether an If-Range header names what is here: by its strong tag, or by its very date (RFC 9110, 13.1.5)."""
    validator = if_range.strip()
    return validator == etag if '"' in validator else modified is not None and _date(validator) == _date(modified)


def last_modified(release: Release, now: datetime) -> str | None:
    """When a release was last modified: at the beginning of its date.

    The second release of a day is one second later than the first: a date must tell them apart, and has no smaller
    unit. A date in the future would be a lie (RFC 9110, 8.8.2.1): then there is none.
    """
    _, _, number = release.name.partition(".")
    later = timedelta(seconds=int(number) - 1 if number.isdigit() else 0)
    modified = datetime.fromisoformat(release.date).replace(tzinfo=UTC) + later
    return format_datetime(modified, usegmt=True) if modified <= now else None


def _is_later(modified: str | None, header: str) -> bool:
    date, limit = _date(modified), _date(header)
    return date is not None and limit is not None and date > limit


def _date(header: str | None) -> datetime | None:
    """A date in one of the three forms of RFC 9110, 5.6.7; what is none of them counts for nothing."""
    try:
        found = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
