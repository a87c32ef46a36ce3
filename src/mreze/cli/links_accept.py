"""`mreze links accept`: accept a candidate: it is the same as the thing."""

from __future__ import annotations

import argparse

from mreze.cli.verdicts import add_verdict_arguments, run_verdict
from mreze.gather.model import Decision


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_verdict_arguments(parser, Decision.ACCEPTED)


def run(options: argparse.Namespace) -> int:
    """Accept."""
    return run_verdict(options)
