"""Answers to saved queries, worked out in this process: the site's own queries, which its check has run."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from mreze.serve import worker
from mreze.serve.dataset import Datasets
from mreze.serve.pool import Answer, understand
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.serve.worker import Question

_FORMATS: Final = {one.extension: one for one in (*SOLUTIONS, *GRAPH_RESULTS)}


class OwnAnswers:
    """Has questions answered with all the time that they take."""

    def __init__(self, store: ox.Store, largest: int) -> None:
        """Prepare; `largest` is how many bytes an answer may have."""
        self._datasets = Datasets(store)
        self._largest = largest

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:  # noqa: ARG002 - as Asker has it
        """See `Asker`."""
        return understand(*worker.answer(self._datasets, _FORMATS, question, self._largest))
