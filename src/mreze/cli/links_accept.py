"""`mreze links accept`: accept a candidate."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Accept."""
    raise UsageError(f"{options.site}: `mreze links accept` is not there yet.")
