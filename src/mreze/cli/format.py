"""`mreze format`: rewrite Turtle files in the house form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from mreze.errors import SiteError, UsageError
from mreze.houseform import formatted, rewrite
from mreze.site import CATALOG


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "exit status: 0 all is formatted, 1 a file could not be (or, with --check, would be changed), 2 wrong usage"
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, default=[Path()], metavar="SITE",
        help="a site's folder, or any Turtle files and folders of them (default: here)",
    )  # fmt: skip
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that would be changed")


def run(options: argparse.Namespace) -> int:
    """Format; 1 where a file could not be formatted or, with --check, is not."""
    failed = False
    for path in sorted(set(_files(options.paths))):
        try:
            written = path.read_bytes().decode()
            result = formatted(written, path)
        except SyntaxError as error:
            print(f"{path}:{error.lineno}: not Turtle: {error.msg}. It was left alone.", file=sys.stderr)
            failed = True
        except (OSError, UnicodeDecodeError, SiteError) as error:
            print(f"{path}: cannot be formatted: {error}", file=sys.stderr)
            failed = True
        else:
            if result != written:
                print(path)
                failed |= options.check
                if not options.check:
                    rewrite(path, result)
    return 1 if failed else 0


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif (path / CATALOG).exists():
            for room in ("data", "ontology", "shapes"):
                yield from (path / room).rglob("*.ttl")
        elif path.is_dir():
            yield from path.rglob("*.ttl")
        else:
            raise UsageError(f"{path}: there is no such file or folder.")
