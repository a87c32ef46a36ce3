"""The option that names what validates with SHACL."""

from __future__ import annotations

import argparse

from mreze.shacl.engines import FAST_ABOVE, Engine


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Let the operator say what validates; the default is by the size of the site."""
    parser.add_argument(
        "--shacl-engine", type=_engine, metavar="NAME",
        help="what holds the data against the shapes: pyshacl, the reference, or shacl, which is fast "
        f"(default: pyshacl up to {FAST_ABOVE:,} triples, else shacl, as far as it is trusted with the shapes)",
    )  # fmt: skip


def _engine(name: str) -> Engine:
    try:
        return Engine(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"there is no {name!r}: name {' or '.join(Engine)}") from error
