"""What the author of a site adds to its pages: prose in Markdown and templates that take the place of mreze's.

pages/<name>.<language>.md    a page at /pages/<name>; the first line is its heading: `# About`
pages/share.png               what stands beside a link to the site elsewhere (https://ogp.me/), 1200 × 630 or more
templates/<name>.html         a Jinja template; `{% extends "mreze/thing.html" %}` builds on the one it replaces
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

PAGES: Final = "pages"
TEMPLATES: Final = "templates"
SHARED: Final = f"{PAGES}/share.png"
LEAST_SHARED: Final = (1200, 630)
"""Width and height in pixels from which on it is shown large."""
_PNG: Final = re.compile(rb"\x89PNG\r\n\x1a\n.{4}IHDR(.{4})(.{4})", re.DOTALL)
"""https://www.w3.org/TR/png-3/#11IHDR"""
_PAGE: Final = re.compile(r"([a-z0-9][a-z0-9-]*)\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.md\Z")
_HEADING: Final = re.compile(r"#[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")
_ELSEWHERE: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
"""How an address begins that is not of the server that shows the page."""


def page_name(path: str) -> tuple[str, str] | None:
    """The name of a page and its language tag, by the path of its file; None for what is no page."""
    found = _PAGE.match(PurePosixPath(path).name)
    return (found[1], found[2]) if found else None


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG picture in pixels; None for what is none."""
    found = _PNG.match(content)
    return (int.from_bytes(found[1], "big"), int.from_bytes(found[2], "big")) if found else None


def heading(text: str) -> str | None:
    """The heading in the first line of a page; None where there is none."""
    found = _HEADING.match(text.lstrip("\ufeff").partition("\n")[0].rstrip("\r"))
    return found[1] if found else None


def is_elsewhere(address: str) -> bool:
    """Whether an image would come from another server than the page, which its policy forbids."""
    return _ELSEWHERE.match(address) is not None


def foreign_images(text: str) -> Iterator[tuple[int, str]]:
    """The images of a page that come from elsewhere: the line where the paragraph begins, and the address."""
    for block in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        for one in _images(block):
            address = str(one.attrGet("src") or "")
            if is_elsewhere(address):
                yield (block.map[0] + 1 if block.map else 1), address


def _images(block: Token) -> Iterator[Token]:
    return (one for one in block.children or () if one.type == "image")
