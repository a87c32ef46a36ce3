"""`mreze links rename`: let the candidates of a thing follow it to another IRI."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Rename."""
    raise UsageError(f"{options.site}: `mreze links rename` is not there yet.")
