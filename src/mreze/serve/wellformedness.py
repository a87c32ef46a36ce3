"""Whether an answer in XML is XML.

Not every result can be written in it: XML has no way to write most control characters, and RDF/XML needs properties
whose IRIs end in a name (https://www.w3.org/TR/rdf-syntax-grammar/#section-Serialising). The engine writes them anyway.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

_BEFORE, _AFTER = 12, 60
_RESERVED: Final = "RDF/XML reserved"


def unwritable(content: bytes) -> str | None:
    """What of an answer XML cannot hold, in words; None where it is XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        place = parser.ErrorByteIndex
        excerpt = content[max(0, place - _BEFORE) : place + _AFTER].decode("utf-8", "ignore")
        shown = "".join(one if one.isprintable() or one.isspace() else "\N{REPLACEMENT CHARACTER}" for one in excerpt)
        return f"something that XML cannot hold (near “{' '.join(shown.split())}”)"
    return None


def is_unwritable(error: Exception) -> bool:
    """Whether the engine says itself that a graph cannot be written in RDF/XML."""
    return _RESERVED in str(error)
