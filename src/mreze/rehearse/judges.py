"""Who judges a served catalogue: one table, an entry a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.errors import ReaderError
from mreze.rehearse import fair, mqa, shapes
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
    shapes: tuple[Path, ...] = ()
    """Turtle files with the shapes of DCAT-AP, or folders of them."""


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


def _shapes_lack(terms: Terms) -> str:
    return "" if terms.shapes else "name the Turtle files of DCAT-AP's shapes, or their folder: --shapes FILE"


def _judge_shapes(terms: Terms) -> Judging:
    return shapes.judge(shapes.read_shapes(*terms.shapes))


def _nothing_lacks(_: Terms) -> str:
    return ""


def _judge_quality(terms: Terms) -> Judging:
    """Without shapes nobody can tell whether they are met: those points are not counted."""
    return mqa.judge(shapes.read_shapes(*terms.shapes) if terms.shapes else None)


def _judge_fairness(_: Terms) -> Judging:
    return fair.judge()


JUDGES: Final = (
    _portal("ckan"),
    _portal("udata"),
    Judge("shapes", "the shapes of DCAT-AP", _shapes_lack, _judge_shapes),
    Judge("mqa", "the points of data.europa.eu", _nothing_lacks, _judge_quality),
    Judge("fair", "the points of F-UJI", _nothing_lacks, _judge_fairness),
)
"""All of them, in the order of the report."""
