"""Every error that mreze raises on purpose, sorted by who must act.

MrezeError
├── UsageError            the person at the command line: a wrong argument
├── SiteError             the author of a site: a file to mend
├── ReleaseError          the operator: a release folder that cannot be opened or written
├── StorageError          the operator: a disk is full, a folder cannot be written to, too many files are open
├── HarvestError          whoever runs the site that is read: it does not answer as a catalogue does
├── ReaderError           the operator: a portal's reading code cannot be installed or run
├── GatherError           whoever gathers: a service elsewhere gives no answer that can be read
│   ├── Unanswered       … however often it is asked; later it may
│   └── Unreachable      … because nobody is there
├── BackendError          the operator: a SPARQL server behind mreze does not do what it is asked
│   ├── BackendAway      … nobody is there, or it has trouble of its own: later it may
│   │   └── BackendSlow … it takes too long, or says that it would
│   ├── BackendDenied    … it does not know the user, or does not let them
│   ├── BackendRefused   … it does not take this query or these data
│   ├── BackendTooMuch   … its answer is larger than is read
│   ├── BackendIncomplete  … its answer is cut, or no answer to what was asked
│   │   └── BackendCapped    … it never gives more at once: asking for less will help
│   └── NotABackend      … it is no SPARQL server
└── RequestError          the HTTP client; `status` says how
    ├── BadRequest              400
    ├── Forbidden               403
    ├── NotFound                404
    ├── MethodNotAllowed        405
    ├── NotAcceptable           406
    ├── Gone                    410
    ├── PreconditionFailed      412
    ├── PayloadTooLarge         413
    ├── AddressTooLong          414
    ├── UnsupportedMediaType    415
    ├── RangeNotSatisfiable     416
    ├── Unanswerable            422  a limit that a retry cannot help
    ├── TooManyRequests         429  the client's own share is used up
    ├── HeadTooLarge            431
    ├── Unavailable             503  a retry may help
    └── DeadlineExceeded        504
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Final

from mreze.formats import Format

_PHRASES: Final = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}


def phrase(status: HTTPStatus) -> str:
    """What RFC 9110, 15 calls a status; Python calls some by older names, which of them depends on its version."""
    return _PHRASES.get(status, status.phrase)


class MrezeError(Exception):
    """The root: whoever catches it can show its text to a person."""


class UsageError(MrezeError):
    """The command was called wrongly."""


class SiteError(MrezeError):
    """A file of the site stops the work; says which, where, and what to do."""

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return f"{place}{self.message}" + (f" {self.remedy}" if self.remedy else "")


class ReleaseError(MrezeError):
    """A release folder is missing, unfinished or damaged."""


class StorageError(MrezeError):
    """The machine refuses room, permission or open files; says where, why, and what helps."""


class HarvestError(MrezeError):
    """A served catalogue cannot be read; says which address, and what it answered."""


class ReaderError(MrezeError):
    """A reader's environment cannot be made, or its program does not answer; says what it said last."""


class GatherError(MrezeError):
    """A service elsewhere gives no answer that can be read; says which address, what came, and what to do."""


class Unanswered(GatherError):
    """A service answers with trouble of its own, or with what cannot be read, however often it is asked."""


class Unreachable(GatherError):
    """Nobody answers at the address, or there is no network."""


class BackendError(MrezeError):
    """A SPARQL server does not do what it is asked; says which address, what came, and what to do."""


class BackendAway(BackendError):
    """Nobody answers, or the server has trouble of its own: asking again may help."""


class BackendSlow(BackendAway):
    """The server takes longer than it may, or refuses because it would."""


class BackendDenied(BackendError):
    """The server does not know the user, or does not let them do this."""


class BackendRefused(BackendError):
    """The server does not understand this query, or does not take these data: asking again will not help."""


class BackendTooMuch(BackendError):
    """The answer is larger than is read."""


class BackendIncomplete(BackendError):
    """The answer is cut, capped, or no answer to what was asked."""


class BackendCapped(BackendIncomplete):
    """The answer has as much as the server ever gives at once; `most` is how many rows, triples or things that are."""

    def __init__(self, message: str, most: int) -> None:
        super().__init__(message)
        self.most = most


class NotABackend(BackendError):
    """There is a server, but none that speaks SPARQL."""


class RequestError(MrezeError):
    """A request that gets an error as its answer, as RFC 9457 describes one.

    Subclasses set `status`; `detail` is written for the client, `headers` go out with the answer, `members` are what
    the problem document says beyond what RFC 9457 names (section 3.2).
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(
        self, detail: str, *, headers: Mapping[str, str] | None = None, members: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = dict(members or {})


class BadRequest(RequestError):
    """The request is malformed."""

    status = HTTPStatus.BAD_REQUEST


class Forbidden(RequestError):
    """The request is understood and refused."""

    status = HTTPStatus.FORBIDDEN


class NotFound(RequestError):
    """Nothing is described here."""

    status = HTTPStatus.NOT_FOUND


class MethodNotAllowed(RequestError):
    """The resource does not know the method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotAcceptable(RequestError):
    """Nothing that is offered is accepted; `offered` are the forms that there are."""

    status = HTTPStatus.NOT_ACCEPTABLE

    def __init__(
        self, detail: str, *, headers: Mapping[str, str] | None = None, offered: Sequence[Format] = ()
    ) -> None:
        super().__init__(detail, headers=headers)
        self.offered = tuple(offered)


class Gone(RequestError):
    """The thing was published once and is retired."""

    status = HTTPStatus.GONE


class PreconditionFailed(RequestError):
    """What is here is not what the client speaks of."""

    status = HTTPStatus.PRECONDITION_FAILED


class PayloadTooLarge(RequestError):
    """The body is longer than the limit that the detail names."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class AddressTooLong(RequestError):
    """The address is longer than the limit that the detail names."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG


class UnsupportedMediaType(RequestError):
    """The body is of a type that is not read here."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class RangeNotSatisfiable(RequestError):
    """None of the bytes that are asked for are there."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE


class Unanswerable(RequestError):
    """The answer is larger than a limit: asking again will not help."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequests(RequestError):
    """The client asks for more at once than its share."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class HeadTooLarge(RequestError):
    """What comes before the body is longer than the limit that the detail names."""

    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


class Unavailable(RequestError):
    """The server cannot answer now: asking again may help."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class DeadlineExceeded(RequestError):
    """The query ran past its deadline and was stopped."""

    status = HTTPStatus.GATEWAY_TIMEOUT
