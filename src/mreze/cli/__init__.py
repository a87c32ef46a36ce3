"""The command line: `mreze COMMAND …`. Each command is a module of its own, imported only when it is called.

A command of a group (`mreze links accept …`) is a module too: `mreze.cli.links_accept`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final, Protocol

from mreze.errors import MrezeError, UsageError
from mreze.storage import refusal

EXIT_VIOLATIONS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130
_NO_MEMORY: Final = (
    "a process was ended, or got no more memory. Close other programs, or let fewer processes work: --jobs 1"
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its one line of help, and the module that holds it; or a group of commands, which has none."""

    name: str
    help: str
    parts: tuple[Command, ...] = ()

    def module(self, group: str) -> CommandModule:
        """The module, imported now: starting a server need not wait for what only a check needs."""
        return importlib.import_module("mreze.cli." + (f"{group}_{self.name}" if group else self.name))


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
    Command("push", "put a release into a SPARQL server, which serves it from there"),
    Command("export", "write a whole site as files for any web server"),
    Command(
        "links",
        "match things with Wikidata and other authorities, review what is found, and link what is accepted",
        (
            Command("match", "look for candidates of things that have no link, and write them into a table"),
            Command("accept", "accept a candidate: it is the same as the thing"),
            Command("reject", "reject a candidate: it is not the same, and never offered again"),
            Command("apply", "write the candidates that were accepted into the data, as links"),
            Command("rename", "let the candidates of a thing follow it to another IRI"),
            Command("check", "tell which links are not well-formed, or lead nowhere"),
        ),
    ),
    Command(
        "wikidata",
        "compare the site with Wikidata, and write what is missing there",
        (
            Command("match", "look for items of things that have none: `mreze links match --authority wikidata`"),
            Command("diff", "tell what is missing there, missing here, and contradictory"),
            Command("quickstatements", "write what is missing there, with its sources, for a person to submit"),
        ),
    ),
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
        # Whoever read our output has gone.
        _let_go()
        return EXIT_VIOLATIONS
    except OSError as error:
        print(f"mreze: {refusal(error, '')}", file=sys.stderr)
        _let_go()
        return EXIT_VIOLATIONS
    except (MemoryError, BrokenExecutor):
        print(f"mreze: {_NO_MEMORY}", file=sys.stderr)
        return EXIT_VIOLATIONS


def _let_go() -> None:
    """Have what was not printed go nowhere: Python would complain about it while it exits."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="mreze",
        description="Publish a folder of RDF as a linked-data site.",
        epilog="mreze COMMAND --help tells more.",
    )
    parser.add_argument("--version", action="version", version=f"mreze {version('mreze')}")
    _add(parser, COMMANDS, [one for one in arguments if not one.startswith("-")])
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    sys.stdout.flush()  # what cannot be printed is told here
    return status


def _add(parser: argparse.ArgumentParser, commands: Sequence[Command], words: Sequence[str], group: str = "") -> None:
    """Let a parser know the commands, and of the one that is called what it takes."""
    parsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands:
        sub = parsers.add_parser(command.name, help=command.help, description=f"{_capital(command.help)}.")
        if words[:1] == [command.name] and command.parts:
            _add(sub, command.parts, words[1:], command.name)
        elif words[:1] == [command.name]:
            module = command.module(group)
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
