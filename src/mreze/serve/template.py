"""What queries have in common: the same text with other names and numbers costs about the same."""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import lru_cache
from typing import Final

from mreze.serve.queue import Cost

_BLANKED: Final = re.compile(
    r"""(?=[\#<"'\d\s])(?:\#[^\r\n]*|<[^<>"{}|^`\\\x00-\x20]*>|"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?|\d+(?:\.\d+)?|\s+)"""
)
_LIMIT: Final = re.compile(r"\b(?:LIMIT|OFFSET)\s+\d+", re.IGNORECASE)
CHEAP: Final = 0.005
"""Seconds of CPU up to which a query is cheap."""
_RUNS: Final = 3
"""How often a query must have been cheap before it counts as cheap."""
_WEIGHT: Final = 0.3
_MOST: Final = 10_000


def template(query: str) -> str:
    """The query without what differs from one lookup to the next; how much it asks for (LIMIT) stays."""
    # The prefixes are the same in all queries of a client; no token that is blanked goes beyond its line.
    lines = [one.strip() for one in query.split("\n")]
    blanked = " ".join([_prefix(one) if one.startswith("PREFIX") else _BLANKED.sub(" ", one) for one in lines])
    return blanked + " ".join(_LIMIT.findall(query)) if "IMIT" in query or "imit" in query else blanked


@lru_cache(maxsize=1_000)
def _prefix(line: str) -> str:
    return _BLANKED.sub(" ", line)


class Costs:
    """What queries of a kind have cost, learnt from those that ran; the least recent kinds are forgotten."""

    def __init__(self) -> None:
        self._learnt: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def of(self, kind: str) -> Cost:
        """What queries of this kind have cost so far: cheap only where the last few all were."""
        runs, mean = self._learnt.get(kind, (0, 0.0))
        if mean >= CHEAP:
            return Cost.COSTLY
        return Cost.CHEAP if runs >= _RUNS else Cost.UNKNOWN

    def teach(self, kind: str) -> None:
        """Believe somebody else that a kind is cheap, until it proves otherwise."""
        if kind not in self._learnt:
            self._learnt[kind] = (_RUNS, 0.0)

    def learn(self, kind: str, seconds: float) -> None:
        """Take note of what one cost: seconds of CPU, or seconds after which it was stopped."""
        runs, mean = self._learnt.pop(kind, (0, seconds))
        self._learnt[kind] = (runs + 1, mean + _WEIGHT * (seconds - mean))
        if len(self._learnt) > _MOST:
            self._learnt.popitem(last=False)
