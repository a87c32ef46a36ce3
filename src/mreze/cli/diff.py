"""`mreze diff`: tell what changed from one release to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.diff.comparison import compare_releases
from mreze.diff.forms import FORMS
from mreze.release import open_release
from mreze.texts import interface_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "exit status: 0 they were compared, whether or not they differ, 1 a release cannot be read, 2 wrong usage"
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="the folder of a release")
    parser.add_argument("new", type=Path, metavar="NEW", help="the folder of the release to compare with it")
    parser.add_argument("--format", choices=list(FORMS), default="text", help="form of the comparison (default: text)")
    parser.add_argument(
        "--lang", metavar="TAG", help="language of labels and words: en, sr-cyrl, sr-latn (default: your locale's)"
    )


def run(options: argparse.Namespace) -> int:
    """Compare; what is equal is told too."""
    comparison = compare_releases(open_release(options.old), open_release(options.new))
    sys.stdout.write(FORMS[options.format](comparison, interface_language(options.lang)))
    return 0
