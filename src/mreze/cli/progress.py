"""Show on a terminal what is being done; say nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from mreze.progress import Progress, unwatched


@contextmanager
def steps(title: str) -> Iterator[Progress]:
    """Give a function that is told each step, and shows it as a bar."""
    if not sys.stderr.isatty():
        yield unwatched
        return
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(title, total=None)
        stage: int | None = None

        def show(step: str, done: int = 0, total: int | None = None) -> None:
            nonlocal stage
            if total != stage:  # other things are counted: what is left is estimated anew
                bars.reset(task)
                stage = total
            bars.update(task, description=step, completed=done, total=total)

        yield show
