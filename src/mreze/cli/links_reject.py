"""`mreze links reject`: reject a candidate: it is not the same as the thing, and never offered again."""

from __future__ import annotations

import argparse

from mreze.cli.verdicts import add_verdict_arguments, run_verdict
from mreze.gather.model import Decision


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_verdict_arguments(parser, Decision.REJECTED)


def run(options: argparse.Namespace) -> int:
    """Reject."""
    return run_verdict(options)
