"""Statistics are tables for people; their parts crowd no page."""

from __future__ import annotations

import re

from tests.servers import Served


def test_parts_are_lines_of_tables(minimal: Served) -> None:
    """Classes with their things and properties, the most frequent first; no part has a heading of its own."""
    page = minimal.get("void?lang=en", "text/html").text
    assert "Statistics of the data" in page
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert not [one for one in headings if "class-" in one or "property-" in one]
    tables = re.findall(r"<summary>(\w+) \((\d+)\)</summary>", page)
    assert {"Classes", "Properties", "Datatypes", "Languages"} == {name for name, _ in tables}
    lines = re.findall(r'<tr><th scope="row"><a [^>]*>([^<]+)</a></th><td>([\d,]+)</td><td>(.*?)</td></tr>', page)
    bridge = next(details for name, count, details in lines if (name.lower(), count) == ("bridge", "8"))
    assert "crosses" in bridge


def test_a_datasets_page_has_its_tables(minimal: Served) -> None:
    """Those of the dataset, in the reader's language, and as data the parts."""
    page = minimal.get("dataset/bulk?lang=en", "text/html").text
    assert "<summary>Classes (1)</summary>" in page
    assert len(re.findall(r"<h2>", page)) < 20
    assert "void:classPartition" in minimal.get("dataset/bulk.ttl").text
