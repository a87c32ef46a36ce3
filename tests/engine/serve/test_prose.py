"""What an author writes in Markdown asks nothing of other servers."""

from __future__ import annotations

import pytest

from mreze.serve.prose import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![here](../static/icon.svg)", '<img src="../static/icon.svg" alt="here" />'),
        ("a ![y *z*](https://a.example/x.png) b", 'a <a href="https://a.example/x.png">y *z*</a> b'),
        ("![](//a.example/x.png)", '<a href="//a.example/x.png">//a.example/x.png</a>'),
        ("[![y](https://a.example/x.png)](there)", '<a href="there">y</a>'),
        ("![<b>](https://a.example/x.png)", '<a href="https://a.example/x.png">&lt;b&gt;</a>'),
        ("![y](javascript:alert)", "![y](javascript:alert)"),
    ],
)
def test_images_from_elsewhere_are_links(text: str, html: str) -> None:
    """The policy of a page lets no browser load them; those of the site are shown."""
    assert to_html(text) == f"<p>{html}</p>\n"
