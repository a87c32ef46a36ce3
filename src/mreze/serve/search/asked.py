"""What a search asks for, as its address says it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from mreze.errors import BadRequest
from mreze.serve.exchange import Request

LONGEST: Final = 1_000
"""Characters that a name may have."""
USUAL: Final = 20
"""Results on a page, unless a limit is named."""
MOST: Final = 100
"""Results on a page, whatever limit is named."""
_PARAMETERS: Final = 100
_SHOWN: Final = 100
_FLAGS: Final = {"": False, "0": False, "false": False, "1": True, "true": True}
_NAMES: Final = frozenset({"q", "type", "limit", "page", "prefix"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for."""

    text: str = ""
    """A name or an identifier; nothing where all things of a class are wanted, or only the form."""
    type: str = ""
    """A class as it was sent."""
    limit: int = USUAL
    page: int = 1
    prefix: bool = False
    """Whether the text is still being typed."""


def read_asked(request: Request, usual: int = USUAL) -> Asked:
    """What a request asks for; what is empty counts as not sent, because forms send every field.

    Args:
        request: whose query string it is.
        usual: how many results there are where no limit is named.

    Raises:
        BadRequest: a parameter comes twice, is too long, or is not of its type.
        NotFound: there can be no such page.
    """
    sent = _sent(request)
    limit = sent.get("limit") or str(usual)
    if not (limit.isascii() and limit.isdigit() and len(limit) < len(str(MOST)) * 3 and 1 <= int(limit) <= MOST):
        raise BadRequest(f"limit={limit[:_SHOWN]!r}: how many results is said by a whole number from 1 to {MOST}.")
    prefix = sent.get("prefix", "")
    if prefix not in _FLAGS:
        raise BadRequest(f"prefix={prefix[:_SHOWN]!r}: it is 1 where the text is still being typed, else 0.")
    page = request.page if sent.get("page") else 1
    return Asked(_text(sent.get("q", "")), sent.get("type", "").strip(), int(limit), page, _FLAGS[prefix])


def _sent(request: Request) -> dict[str, str]:
    try:
        pairs = parse_qsl(request.query_string, errors="strict", max_num_fields=_PARAMETERS)
    except ValueError as error:
        raise BadRequest(f"The parameters cannot be read: {error}") from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in _NAMES and name in found:
            raise BadRequest(f"The parameter {name} comes twice. Give it once.")
        found[name] = value
    return found


def _text(text: str) -> str:
    """The text without what nobody sees: it divides words where it is a control character, else it says nothing."""
    if len(text) > LONGEST:
        raise BadRequest(f"q has {len(text):,} characters. What is looked for may have {LONGEST:,}.")
    kinds = ((one, unicodedata.category(one)) for one in text)
    return " ".join("".join(" " if kind == "Cc" else one for one, kind in kinds if kind != "Cf").split())
