"""Build a site and tell how long each stage took, as JSON: python -m tests.bench.stages SITE OUT DATE."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections import defaultdict
from pathlib import Path


class Stages:
    """Told of each step as a person at a terminal is, it adds up the time until the next one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stage, self._since = "opening", time.perf_counter()

    def __call__(self, step: str, done: int = 0, total: int | None = None) -> None:  # noqa: ARG002 - as Progress is
        """Take note of a step; all dumps are one stage."""
        now = time.perf_counter()
        self.seconds[self._stage] += now - self._since
        self._stage, self._since = step.partition("/")[0], now


def main(site: str, out: str, date: str) -> None:
    """Build, and print the stages."""
    stages = Stages()
    # As the command line does: the processes that help begin with this module, and need not know all of a build.
    folder = importlib.import_module("mreze.build.release").build_release(Path(site), Path(out), date, stages).folder
    stages("end")
    print(json.dumps({"folder": str(folder), "stages": stages.seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
