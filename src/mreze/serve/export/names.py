"""What the files of a copy are called: the path and the extension of what they hold, before it page and language.

`doc/rivers/green-river.ttl`; `….html` in the first language of the site, `….de.html` in another; `….page-2.ttl` and
`….page-2.de.html`; `queries/index.html` is what an address holds that ends with a slash.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from mreze.errors import ReleaseError

INDEX: Final = "index"
OWN: Final = ".mreze"
"""The folder of what is no part of the site: how to serve it, and what was retired."""
_UNUSABLE: Final = frozenset({"", ".", ".."})


def stem(path: str) -> str:
    """The beginning of the names of the files that hold what is at a path.

    Args:
        path: percent-encoded or not, without the slash at its start; web servers decode it before they look for a file.

    Raises:
        ReleaseError: no file can be called so.
    """
    name = unquote(path) + (INDEX if not path or path.endswith("/") else "")
    encoded_slash = name.count("/") != path.count("/")
    if encoded_slash or "\0" in name or not _UNUSABLE.isdisjoint(name.split("/")) or name.partition("/")[0] == OWN:
        raise ReleaseError(f"/{path}: no file can be called so, and a copy of the site is made of files. Rename it.")
    return name


def form(start: str, extension: str, page: int = 1, language: str = "") -> str:
    """The name of the file with one form of what is at a path; the language is empty for the site's first one."""
    parts = [start, f"page-{page}" if page > 1 else "", language, extension]
    return ".".join(one for one in parts if one)


def address(name: str) -> str:
    """A file's name as the path of a URL."""
    return quote(name, safe="/:@!$&'()*+,;=~")
