"""What the author of a site adds to its pages: prose in Markdown and templates that take the place of mreze's.

pages/<name>.<language>.md    a page at /pages/<name>; the first line is its heading: `# About`
templates/<name>.html         a Jinja template; `{% extends "mreze/thing.html" %}` builds on the one it replaces
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

PAGES: Final = "pages"
TEMPLATES: Final = "templates"
_PAGE: Final = re.compile(r"([a-z0-9][a-z0-9-]*)\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.md\Z")
_HEADING: Final = re.compile(r"#[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")


def page_name(path: str) -> tuple[str, str] | None:
    """The name of a page and its language tag, by the path of its file; None for what is no page."""
    found = _PAGE.match(PurePosixPath(path).name)
    return (found[1], found[2]) if found else None


def heading(text: str) -> str | None:
    """The heading in the first line of a page; None where there is none."""
    found = _HEADING.match(text.lstrip("\ufeff").partition("\n")[0].rstrip("\r"))
    return found[1] if found else None
