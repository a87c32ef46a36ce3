"""Services elsewhere, asked with requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Final, TypeVar

import requests
from requests import exceptions
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from mreze.answer import Answer
from mreze.errors import GatherError
from mreze.gather.body import read_body, reason
from mreze.gather.correspondence import FINE, Correspondence
from mreze.gather.courtesy import NotYet
from mreze.gather.exchange import Request, credentials, request_to

Read = TypeVar("Read")
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_NO_HEAD: Final = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED})
_MOST_REDIRECTS: Final = 10


class PoliteWeb:
    """Asks over HTTP; see mreze.gather.model.Web."""

    def __init__(self, correspondence: Correspondence, session: requests.Session) -> None:
        self.correspondence = correspondence
        self.session = session
        self.session.max_redirects = _MOST_REDIRECTS
        self.session.headers["User-Agent"] = correspondence.courtesy.terms.user_agent

    def get(self, address: str, parameters: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """What the answer to a GET says; see Web."""
        return self._ask("GET", address, parameters, read, accept)

    def post(self, address: str, form: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """What the answer to a form says; see Web."""
        return self._ask("POST", address, form, read, accept)

    def exists(self, address: str, accept: str = "") -> bool | None:
        """Whether there is something at an address; None where nobody says so, see Web.

        Raises:
            GatherError: nobody may be asked, and no answer is kept.
        """
        status = self._status("HEAD", address, accept, FINE | _GONE | _NO_HEAD)
        if status in _NO_HEAD:
            status = self._status("GET", address, accept, FINE | _GONE)
        return None if status is None else status not in _GONE

    def _status(self, method: str, address: str, accept: str, expected: frozenset[int]) -> int | None:
        request = replace(request_to(method, address, {}, accept), whole=False)
        return self.correspondence.status(request, lambda: self._send(request, address), expected)

    def _ask(
        self, method: str, address: str, parameters: Mapping[str, str], read: Callable[[bytes], Read], accept: str
    ) -> Read:
        request = request_to(method, address, parameters, accept)
        return self.correspondence.ask(request, lambda: self._send(request, address), lambda answer: read(answer.body))

    def _send(self, request: Request, address: str) -> Answer:
        try:
            return self._sent(request, address)
        except (exceptions.Timeout, ReadTimeoutError) as error:
            told = f"no answer within {self.correspondence.courtesy.terms.timeout:g} seconds"
            raise NotYet(told, reached=not isinstance(error, exceptions.ConnectTimeout)) from error
        except exceptions.SSLError as error:
            raise GatherError(
                f"{request.address}: no safe connection: {reason(error)}. Look at its address."
            ) from error
        except exceptions.TooManyRedirects as error:
            raise GatherError(
                f"{request.address}: more than {_MOST_REDIRECTS} redirects, the last to {_last(error)}. Give another."
            ) from error
        except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError, HTTPError) as error:
            raise NotYet(f"the answer was cut off or garbled: {reason(error)}") from error
        except exceptions.ConnectionError as error:
            reached = bool(error.args) and isinstance(error.args[0], ProtocolError)
            told = "the connection broke" if reached else "no connection"
            raise NotYet(f"{told}: {reason(error)}", reached=reached) from error
        except (exceptions.RequestException, UnicodeError) as error:
            raise GatherError(f"{request.address}: cannot be asked: {error}. Give an http(s) address.") from error

    def _sent(self, request: Request, address: str) -> Answer:
        courtesy = self.correspondence.courtesy
        fields = {"Accept": request.accept or "*/*"}
        form = request.parameters if request.method == "POST" else None
        with self.session.request(
            request.method, request.address, headers=fields, auth=credentials(address), stream=True,
            timeout=courtesy.terms.timeout, allow_redirects=True,
            params=request.parameters if form is None else None, data=form,
        ) as response:  # fmt: skip
            read = partial(response.raw.read1, decode_content=True)
            body = read_body(request, read, "", courtesy.terms, courtesy.clock.ticks) if request.whole else b""
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, body, headers)


def _last(error: exceptions.TooManyRedirects) -> str:
    return "nowhere" if error.response is None else error.response.headers.get("location", "nowhere")
