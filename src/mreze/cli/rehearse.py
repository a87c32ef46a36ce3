"""`mreze rehearse`: harvest the served catalogue as portals do, and tell what of it they lose."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mreze.errors import UsageError
from mreze.rehearse.environments import environment, install
from mreze.rehearse.harvest import harvest
from mreze.rehearse.judges import JUDGES, Judge, Terms
from mreze.rehearse.portals import READERS
from mreze.rehearse.report import FORMS, Rehearsal, as_json, read_saved, since
from mreze.rehearse.serving import serving

_CATALOG = "catalog.ttl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "exit status: 0 nothing is lost, 1 something is lost or nothing could be read, 2 wrong usage"
    parser.add_argument(
        "source", nargs="?", default=".", metavar="URL|RELEASE|SITE",
        help="address of a served catalogue, or of a site (ending in /); or what `mreze serve` takes (default: here)",
    )  # fmt: skip
    parser.add_argument("--format", choices=list(FORMS), default="text", help="form of the report (default: text)")
    parser.add_argument(
        "--reader", action="append", choices=[one.name for one in JUDGES], dest="readers",
        help="let only this one read; may be repeated (default: all that are there)",
    )  # fmt: skip
    parser.add_argument(
        "--language", default="en", metavar="TAG", help="language of the portals that read (default: %(default)s)"
    )
    parser.add_argument(
        "--timeout", type=_seconds, default=Terms().timeout, metavar="SECONDS",
        help="how long one request may take (default: %(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--shapes", type=Path, action="append", default=[], metavar="FILE|DIR",
        help="hold the catalogue against these shapes, DCAT-AP's: a Turtle file or a folder of them; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--against", type=Path, metavar="FILE|RELEASE", help="tell also what arrived then: a saved report or a release"
    )
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the report there as JSON")
    parser.add_argument(
        "--install", action="store_true", help="install the portals' reading code, each in an environment of its own"
    )


def run(options: argparse.Namespace) -> int:
    """Rehearse; 1 where something is lost."""
    if options.install:
        return _install([one for one in READERS if one in (options.readers or READERS)])
    terms = Terms(options.language, options.timeout, tuple(options.shapes))
    judges = [one for one in JUDGES if one.name in (options.readers or [judge.name for judge in JUDGES])]
    _demand(judges if options.readers else [], terms)
    before = None if options.against is None else _before(options.against, judges, terms)
    rehearsal = _rehearse(options.source, judges, terms)
    regressions = () if before is None else since(before, rehearsal)
    if options.save is not None:
        _save(options.save, as_json(rehearsal, regressions))
    sys.stdout.write(FORMS[options.format](rehearsal, regressions))
    return 1 if rehearsal.lost or regressions or not rehearsal.verdicts else 0


def _install(readers: Sequence[str]) -> int:
    for one in readers:
        print(f"mreze: installing what {READERS[one].title} reads with in {environment(one)} …", file=sys.stderr)
        install(one)
    return 0


def _demand(judges: Sequence[Judge], terms: Terms) -> None:
    """Whoever names a reader wants its verdict, not its absence."""
    for one in judges:
        if lacks := one.lacks(terms):
            raise UsageError(f"{one.name} cannot read: {lacks}")


def _before(against: Path, judges: Sequence[Judge], terms: Terms) -> Rehearsal:
    return _rehearse(str(against), judges, terms) if against.is_dir() else read_saved(against)


def _rehearse(source: str, judges: Sequence[Judge], terms: Terms) -> Rehearsal:
    lacking = {one.name: lacks for one in judges if (lacks := one.lacks(terms))}
    judging = [one.judging(terms) for one in judges if one.name not in lacking]
    with _address(source) as address:
        catalogue = harvest(address, terms.timeout)
        release = catalogue.fetch("HEAD", address, {}).headers.get("mreze-release", "")
        verdicts = [verdict for judge in judging for verdict in judge(catalogue)]
    return Rehearsal(address, release, terms.language, tuple(verdicts), lacking)


@contextmanager
def _address(source: str) -> Iterator[str]:
    if source.startswith(("http://", "https://")):
        yield source + _CATALOG if source.endswith("/") else source
        return
    if not Path(source).is_dir():
        raise UsageError(f"{source}: neither an http(s) address nor a folder")
    with serving(Path(source)) as site:
        yield site + _CATALOG


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}. Name a file that can be written: --save FILE") from error


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return number
