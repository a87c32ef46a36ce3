"""Requests over HTTP: one goes out, and all of its answer comes back, in time and no larger than is read."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final

import requests
from requests import adapters, exceptions
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError, ReadTimeoutError

from mreze.answer import Answer
from mreze.errors import BackendAway, BackendIncomplete, BackendSlow, BackendTooMuch, NotABackend
from mreze.remote.dialects import Dialect
from mreze.remote.endpoint import Credentials

_PIECE: Final = 1 << 16
_CONNECTIONS: Final = 32


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may take, and how much it may answer."""

    connect: float = 5.0
    """Seconds until it takes a connection."""
    answer: float = 60.0
    """Seconds until all of an answer has come."""
    largest: int = 256 << 20
    """Bytes of an answer."""
    load: float = 600.0
    """Seconds for what is written, a piece at a time."""


def send(
    session: requests.Session, method: str, address: str, limits: Limits, seconds: float, about: dict[str, Any]
) -> Answer:
    """Send a request and read all of the answer.

    Raises:
        BackendError: none comes, not all of it comes, or it is too much.
    """
    until = time.monotonic() + seconds
    try:
        with session.request(
            method, address, timeout=(limits.connect, seconds), allow_redirects=False, stream=True, **about
        ) as response:
            body = _read(response, address, limits, until, seconds)
            return Answer(response.status_code, body, {name.lower(): value for name, value in response.headers.items()})
    except exceptions.ConnectTimeout as error:
        raise BackendAway(f"{address}: takes no connection within {limits.connect:g} seconds. Is it there?") from error
    except (exceptions.Timeout, ReadTimeoutError) as error:
        raise _late(address, seconds) from error
    except exceptions.SSLError as error:
        raise NotABackend(f"{address}: no safe connection: {_reason(error)}. Look at the address.") from error
    except exceptions.ConnectionError as error:
        if isinstance(error.args[0] if error.args else None, ReadTimeoutError):
            raise _late(address, seconds) from error
        raise BackendAway(f"{address}: no connection: {_reason(error)}. Is the server running?") from error
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError, HTTPError) as error:
        raise BackendIncomplete(f"{address}: the answer was cut off: {_reason(error)}. Try again.") from error
    except (exceptions.RequestException, UnicodeError) as error:
        raise NotABackend(f"{address}: cannot be asked: {error}. Give an http(s) address.") from error


def _read(response: requests.Response, address: str, limits: Limits, until: float, seconds: float) -> bytes:
    body = bytearray()
    read = partial(response.raw.read1, decode_content=True)
    while piece := read(_PIECE):
        body += piece
        if len(body) > limits.largest:
            raise BackendTooMuch(
                f"{address}: the answer is larger than {limits.largest >> 20} MiB, the most that is read. Ask for less."
            )
        if time.monotonic() > until:
            raise _late(address, seconds)
    promised = response.headers.get("Content-Length", "")
    encoded = response.headers.get("Content-Encoding", "identity") != "identity"
    if promised.isdecimal() and not encoded and response.request.method != "HEAD" and len(body) != int(promised):
        raise BackendIncomplete(f"{address}: the answer was cut off after {len(body)} of {promised} bytes. Try again.")
    return bytes(body)


def _late(address: str, seconds: float) -> BackendSlow:
    return BackendSlow(f"{address}: no whole answer within {seconds:g} seconds. Try again, or ask for less.")


def nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no password."""
    return request


def open_session(dialect: Dialect, who: Credentials | None) -> requests.Session:
    """Connections to a server, kept open, for a user."""
    session = requests.Session()
    session.trust_env = False  # no proxy and no .netrc of whoever starts it
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = "mreze"
    session.auth = _auth(dialect, who)
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapters.HTTPAdapter(pool_maxsize=_CONNECTIONS))
    return session


def _auth(dialect: Dialect, who: Credentials | None) -> AuthBase | None:
    if who is None:
        return None
    # In bytes, as requests would write what is no Latin-1 in a way that no server expects.
    user, password = who.user.encode(), who.password.encode()
    return HTTPDigestAuth(who.user, who.password) if dialect.digest else HTTPBasicAuth(user, password)


def _reason(error: BaseException) -> str:
    """What the innermost error says."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told or type(error).__name__
