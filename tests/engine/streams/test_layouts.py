"""What graphs of one form have in common is found out once."""

from __future__ import annotations

import pytest

from mreze.namespaces import PREFIXES, term
from mreze.streams import layouts
from mreze.streams.layouts import Layouts
from mreze.streams.outlines import TYPE, Block

TITLE = str(term("dct:title"))
FIRST: Block = ((TYPE, TITLE), ("<https://example.org/a>", str(term("dcat:Dataset")), '"a"@en'))


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (((TYPE, TITLE), ("<https://example.org/b>", str(term("dcat:Catalog")), '"other"@en')), True),
        (((TYPE, TITLE), ("<https://example.org/b>", str(term("foaf:Agent")), '"other"@en')), False),
        (((TYPE, TITLE), ("<https://example.org/b>", str(term("dcat:Catalog")), '"other"@de')), False),
        (((TYPE, TYPE), ("<https://example.org/b>", str(term("dcat:Catalog")), '"other"@en')), False),
        (((TITLE,), ("<https://example.org/b>", '"other"@en')), False),
    ],
)
def test_graphs_of_one_form_have_one_layout(other: Block, alike: bool) -> None:
    """Of the same properties, with values of the same kinds."""
    known = Layouts(PREFIXES, {})
    layout = known.find([FIRST], inner=True)[0]
    assert known.find([FIRST], inner=True)[0] is layout
    assert known.find([FIRST], inner=False)[0] is not layout
    assert (known.find([other], inner=True)[0] is layout) == alike


def test_blocks_are_not_taken_for_one() -> None:
    """Two subjects with a statement each are not one with three."""
    known = Layouts(PREFIXES, {})
    iris = [f"<https://example.org/{one}>" for one in "abcd"]
    two = [((TITLE,), iris[:2]), ((TITLE,), iris[2:])]
    assert known.find(two, inner=True)[0] is not known.find([((TITLE, TITLE, TITLE), iris)], inner=True)[0]


def test_not_all_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was forgotten is found out again."""
    monkeypatch.setattr(layouts, "_KEPT", 5)
    known = Layouts(PREFIXES, {})
    before, *texts = known.find([FIRST], inner=True)
    known.find([FIRST], inner=False)
    after, *again = known.find([FIRST], inner=True)
    assert after is not before
    assert after.turtle.fill(again[0]) == before.turtle.fill(texts[0])
    assert after.json.fill(again[1]) == before.json.fill(texts[1])
