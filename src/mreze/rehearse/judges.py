"""Who judges a served catalogue: one table, an entry a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mreze.errors import ReaderError
from mreze.rehearse.environments import is_installed
from mreze.rehearse.portals import CATALOG, READERS, names, verdicts
from mreze.rehearse.readers import ask
from mreze.rehearse.verdict import Harvested, Loss, Verdict

_DEADLINE: Final = 20
"""How many requests a portal's reader may wait for, each as long as one may take, until it is ended."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a catalogue is read."""

    language: str = "en"
    """The portals', as a tag."""
    timeout: float = 30.0
    """Seconds that one request may take."""


Judging = Callable[[Harvested], list[Verdict]]


@dataclass(frozen=True, slots=True)
class Judge:
    """One reader: what it lacks, and how it judges."""

    name: str
    title: str
    lacks: Callable[[Terms], str]
    """What has to be done before it can judge; "" where nothing has."""
    judging: Callable[[Terms], Judging]


def _portal(name: str) -> Judge:
    """The judge that is a portal's own reading code."""
    reader = READERS[name]

    def lacks(_: Terms) -> str:
        return (
            "" if is_installed(name) else f"its reading code is not installed: mreze rehearse --install --reader {name}"
        )

    def judging(terms: Terms) -> Judging:
        def judge(catalogue: Harvested) -> list[Verdict]:
            deadline = terms.timeout * _DEADLINE
            try:
                readings = ask(name, catalogue.address, terms.language, names(catalogue), deadline)
            except ReaderError as error:
                return [Verdict(name, catalogue.catalogue, lost=(Loss(CATALOG, str(error)),))]
            return verdicts(reader, catalogue, readings, terms.language)

        return judge

    return Judge(name, f"{reader.title}'s harvester", lacks, judging)


JUDGES: Final = (_portal("ckan"), _portal("udata"))
"""All of them, in the order of the report."""
