"""`mreze links check`: tell which links are not well-formed, or lead nowhere."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Check; 1 where a link is wrong."""
    raise UsageError(f"{options.site}: `mreze links check` is not there yet.")
