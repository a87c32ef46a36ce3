"""How many processes a command may use: as many as there are processors for it, unless the person says."""

from __future__ import annotations

import argparse
import os


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Take `--jobs`."""
    processors = len(os.sched_getaffinity(0))
    parser.add_argument(
        "--jobs", type=_count, default=processors, metavar="N",
        help="how many processes may work at a time (default: one a processor)",
    )  # fmt: skip


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of processes: at least one reads")
    return number
