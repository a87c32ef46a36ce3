"""The page for people has the rule by which names are scored."""

from __future__ import annotations

import re

from mreze.matching import scoring
from mreze.serve.exchange import Request
from mreze.serve.pages import Reader
from mreze.serve.reconcile.guide import rule


def test_the_rule_is_the_one_that_is_documented() -> None:
    """Row by row the same scores as in the table of the module that makes them."""
    reader = Reader(Request("GET", "reconcile/guide", "", {}, "http://localhost/"), "en")
    documented = re.findall(r"^\| .* \| (\d[^|]*\d|.* share) +\|$", scoring.__doc__ or "", re.MULTILINE)
    scores = [score.strip().replace("x share", "× n") for score in documented]
    assert len(scores) > 8
    assert [score for _, score in rule(reader)] == scores
