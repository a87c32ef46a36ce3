"""What a server elsewhere answered, as it came: whoever asked knows what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HTML: Final = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT: Final = 4096
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case."""

    @property
    def content_type(self) -> str:
        """As the server said it; "" where it did not."""
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        """The same without parameters, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()

    def __str__(self) -> str:
        """What it looks like, in a few words."""
        begin = self.body[:_LOOKED_AT].decode("utf-8", "replace")
        if not self.body:
            return "an empty body"
        if self.content_type.startswith(("text/html", "application/xhtml")) or _HTML.match(begin):
            title = _TITLE.search(begin)
            return f"an HTML page titled “{cut(unescape(title[1]))}”" if title else "an HTML page"
        return f"“{cut(begin)}”"


def cut(told: str, most: int = _SHOWN) -> str:
    """What is told as one line of so many characters that can be shown, or the begin of it."""
    line = " ".join("".join(one if one.isprintable() else " " for one in told).split())
    return line if len(line) <= most else line[:most].rstrip() + "…"
