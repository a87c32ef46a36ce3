"""The command line: `mreze COMMAND …`. Each command is a module of its own, imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final, Protocol

from mreze.errors import MrezeError, UsageError

EXIT_VIOLATIONS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its one line of help, and the module that holds it."""

    name: str
    help: str

    @property
    def module(self) -> CommandModule:
        """The module, imported now: starting a server need not wait for what only a check needs."""
        return importlib.import_module(f"mreze.cli.{self.name}")


class CommandModule(Protocol):
    """What a module of a command holds."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit status."""


COMMANDS: Final = (
    Command("check", "check a site: syntax, spelling, shapes, rules, evidence"),
    Command("build", "check a site and write a release of it"),
    Command("serve", "serve a release over HTTP; a site is checked and built first"),
    Command("diff", "tell what changed from one release to another"),
    Command("rehearse", "harvest the served catalogue as portals do, and tell what they lose of it"),
    Command("doctor", "look at a deployed site from outside, and tell what is inconsistent"),
    Command("export", "write a whole site as files for any web server"),
    Command("format", "rewrite a site's Turtle files in the house form"),
    Command("new", "write a small working site to start from"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; every error that someone can act on is one line on stderr."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except MrezeError as error:
        print(f"mreze: {error}", file=sys.stderr)
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_VIOLATIONS
    except KeyboardInterrupt:
        print("mreze: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; keep Python from complaining about it while it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_VIOLATIONS


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="mreze",
        description="Publish a folder of RDF as a linked-data site.",
        epilog="mreze COMMAND --help tells more.",
    )
    parser.add_argument("--version", action="version", version=f"mreze {version('mreze')}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    chosen = next((one for one in arguments if not one.startswith("-")), None)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=f"{command.help.capitalize()}.")
        if command.name == chosen:
            command.module.add_arguments(sub)
            sub.set_defaults(run=command.module.run)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status
