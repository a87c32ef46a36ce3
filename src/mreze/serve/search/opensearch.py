"""The description by which browsers and other programs search here (OpenSearch 1.1).

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from mreze.formats import Format
from mreze.serve.pages import html_language

OPENSEARCH: Final = Format(
    "OpenSearch description", "application/opensearchdescription+xml", "xml", ("application/xml", "text/xml")
)
SUGGESTIONS: Final = "application/x-suggestions+json"
_NAMESPACE: Final = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT, _LONG, _DESCRIPTION = 16, 48, 1_024
"""Characters of what a place is called, at most; and of what it is."""


def describe_search(location: str, title: str, told: str, language: str, carried: Mapping[str, str]) -> bytes:
    """The description.

    Args:
        location: where the site is served, with a slash at the end.
        title: of the site.
        told: what can be found.
        language: of both.
        carried: what addresses carry on: language and release.
    """
    rest = f"&{urlencode(carried)}" if carried else ""
    addresses = {
        "text/html": f"search?q={{searchTerms}}&page={{startPage?}}&limit={{count?}}{rest}",
        "application/json": f"search.json?q={{searchTerms}}&page={{startPage?}}&limit={{count?}}{rest}",
        SUGGESTIONS: f"search/suggest?q={{searchTerms}}{rest}",
    }
    urls = [f"<Url type={quoteattr(kind)} template={quoteattr(location + at)}/>" for kind, at in addresses.items()]
    itself = f"{location}opensearch.xml{'?' + urlencode(carried) if carried else ''}"
    urls.append(f'<Url type="{OPENSEARCH.media_type}" rel="self" template={quoteattr(itself)}/>')
    parts = [
        f"<ShortName>{escape(_cut(title, _SHORT))}</ShortName>",
        f"<LongName>{escape(_cut(title, _LONG))}</LongName>",
        f"<Description>{escape(_cut(told, _DESCRIPTION))}</Description>",
        f'<Image width="16" height="16" type="image/svg+xml">{escape(location)}static/icon.svg</Image>',
        *urls,
        f"<Language>{html_language(language)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
    ]
    content = f'<OpenSearchDescription xmlns="{_NAMESPACE}">{"".join(parts)}</OpenSearchDescription>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()


def _cut(text: str, most: int) -> str:
    """The text, or as many of its words as there is room for; of a long word its beginning."""
    return textwrap.shorten(text, most, placeholder="…") if " " in text[:most] else text[:most]
