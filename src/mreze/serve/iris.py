"""IRIs and the paths that they are asked for with.

A browser sends `/doc/x/%D0%9C%D0%BE%D1%81%D1%82`, the data say `…/x/Мост` or the percent-encoded form: both are
found, whichever the data use. What is reserved (`%2F`) is never decoded: it would be another IRI.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH: Final = "/:@!$&'()*+,;=~%"


def candidates(path: str) -> list[str]:
    """The forms in which the data may have a path, the native one first."""
    native = decode(path)
    encoded = quote(native, safe=_SAFE_IN_PATH)
    return list(dict.fromkeys([native, encoded, path]))


def decode(path: str) -> str:
    """Decode what may be decoded without making another IRI of it: letters beyond ASCII, and unreserved characters."""
    return _ENCODED.sub(lambda match: _decode_run(match[0]), path)


def encode(iri: str) -> str:
    """The IRI as a URI: what is not ASCII percent-encoded (https://www.rfc-editor.org/rfc/rfc3987#section-3.1)."""
    return quote(iri, safe=_SAFE_IN_PATH + "?#[]")


def _decode_run(run: str) -> str:
    octets = bytes.fromhex(run.replace("%", ""))
    written = []
    for character in octets.decode("utf-8", "surrogateescape"):
        if "\udc80" <= character <= "\udcff":
            written.append(f"%{ord(character) - 0xDC00:02X}")
        elif character in _UNRESERVED or (ord(character) > 0xA0 and character.isprintable()):
            written.append(character)
        else:
            written.append("".join(f"%{octet:02X}" for octet in character.encode()))
    return "".join(written)
