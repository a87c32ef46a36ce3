"""Values as QuickStatements writes them, within the limits of Wikibase.

https://www.wikidata.org/wiki/Help:QuickStatements tells the notation, https://www.wikidata.org/wiki/Help:Data_type the
limits. What does not fit is refused, never cut: half a quote is no quote.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from mreze.gather.model import Address, Item, Moment, NoValue, SomeValue, Unlinked, Value
from mreze.gather.tongues import tongue

LONGEST_TEXT: Final = 1_500
"""Of a monolingual text at Wikidata, in characters."""
LONGEST_URL: Final = 500
_ENTITY: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)")
_MOMENT: Final = re.compile(r"([0-9]{4,})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_URL: Final = re.compile(r"https?://[^/?#\s]+\S*", re.IGNORECASE)
_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
"""What Wikibase forbids in a text (vertical space and tabs), and QuickStatements parts commands by."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SAFE: Final = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>\\^`{|}')
"""What RFC 3986 lets stand in an address; letters beyond ASCII stay as they are."""


class Unwritable(ValueError):
    """It cannot be said in QuickStatements; the text tells a person why."""


def written(value: Value) -> str:
    """A value.

    Raises:
        Unwritable: there is no way to write it.
    """
    match value:
        case Item(iri):
            return entity(iri)
        case Moment(text):
            return moment(text)
        case Address(url):
            return address(url)
        case NoValue():
            return "novalue"
        case SomeValue():
            return "somevalue"
        case Unlinked(iri):
            raise Unwritable(f"{iri} has no link to Wikidata: look for one with `mreze wikidata match`")


def entity(iri: str) -> str:
    """An item, Q1.

    Raises:
        Unwritable: it is none.
    """
    found = _ENTITY.fullmatch(iri)
    if found is None:
        raise Unwritable(f"{iri or 'nothing'} is no item of Wikidata")
    return found[1]


def moment(text: str) -> str:
    """A year, month or day, with its precision (9, 10, 11).

    Raises:
        Unwritable: it is less precise, before our era or no date.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise Unwritable(f"{_period(text)} is no year, month or day of our era")
    year, month, date = found.groups()
    precision = 11 if date else 10 if month else 9
    return f"+{year}-{month or '00'}-{date or '00'}T00:00:00Z/{precision}"


def _period(text: str) -> str:
    """What a time is that is less precise than a year: the decade 199x, the century 19xx; others as they stand."""
    kinds = {2: f"the century {text}xx", 3: f"the decade {text}x"}
    return kinds.get(len(text), repr(text)) if text.isdecimal() else repr(text)


def day(text: str) -> str:
    """A day.

    Raises:
        Unwritable: it is none.
    """
    if not _DAY.fullmatch(text):
        raise Unwritable(f"{text!r} is no day")
    return moment(text)


def address(url: str) -> str:
    """A URL, in quotation marks; what may not stand in one is escaped, `|` too, which parts commands.

    Raises:
        Unwritable: it is no address on the web, longer than Wikidata takes, or holds what cannot be seen.
    """
    _demand_visible(url.strip())
    escaped = "".join(letter if letter > "\x7f" else quote(letter, safe=_SAFE) for letter in url.strip())
    if not _URL.fullmatch(escaped):
        raise Unwritable(f"{url!r} is no address on the web" if url else "it has no address on the web")
    if len(escaped) > LONGEST_URL:
        raise Unwritable(f"the address has {len(escaped)} characters, Wikidata takes {LONGEST_URL}")
    return f'"{escaped}"'


def _demand_visible(text: str) -> None:
    if found := _CONTROL.search(text):
        raise Unwritable(f"it holds a control character, U+{ord(found[0]):04X}")


def text_in(language: str, words: str) -> str:
    """A text in a language; line ends and tabs become a space, quotation marks stand as they are (V1 escapes none).

    Raises:
        Unwritable: it is longer than Wikidata takes, empty, or holds what cannot be seen or ends a part of a command.
    """
    line = _BREAKS.sub(" ", words).strip()
    if not line:
        raise Unwritable("it is empty")
    if "|" in line:
        raise Unwritable("it holds a |, which QuickStatements takes for the end of a part")
    _demand_visible(line)
    if len(line) > LONGEST_TEXT:
        raise Unwritable(f"it has {len(line)} characters, Wikidata takes {LONGEST_TEXT}")
    return f'{tongue(language, line)}:"{line}"'
