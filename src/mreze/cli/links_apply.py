"""`mreze links apply`: write accepted candidates into the data, as links."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Apply."""
    raise UsageError(f"{options.site}: `mreze links apply` is not there yet.")
