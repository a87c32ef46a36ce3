"""`mreze new`: write a small working site to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

from mreze.build.template import write_template


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where; the folder is new or empty")
    parser.add_argument(
        "--base", default="https://example.org/", metavar="IRI", help="base IRI of the site (default: %(default)s)"
    )
    parser.add_argument("--title", metavar="TEXT", help="what the site is called")


def run(options: argparse.Namespace) -> int:
    """Write the site and say what to do next."""
    write_template(options.folder, options.base, options.title)
    print(f"{options.folder} is a site now. Look at it: mreze serve {options.folder}")
    return 0
