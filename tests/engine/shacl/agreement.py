"""What tests of both engines share: data and shapes from Turtle, and what is wrong with data."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from mreze.namespaces import RDF_TYPE, term
from mreze.shacl import fast
from mreze.shacl.results import Result

Harm = Callable[[Triple, random.Random], list[Triple]]


def read(*paths: Path) -> list[Triple]:
    """The triples of Turtle files."""
    return [one.triple for path in sorted(paths) for one in parse(path.read_bytes(), format=RdfFormat.TURTLE)]


def run_fast(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Result]:
    """What the fast engine finds in data that are no file yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        serialize(data, str(path), format=RdfFormat.N_TRIPLES)
        return fast.run([path], shapes)


def bare(results: Iterable[Result]) -> set[Result]:
    """The results without the words that pySHACL finds."""
    return {replace(one, messages=()) for one in results}


def _rewritten(one: Triple, chance: random.Random) -> list[Triple]:
    """Another text of the same datatype and language."""
    if not isinstance(one.object, Literal):
        return [Triple(one.subject, one.predicate, NamedNode("urn:x:" + str(one.object).strip("<_:>")))]
    text = chance.choice(
        ["", "x", one.object.value + " ", "0" + one.object.value, "2026-02-30", "-1", "a\nb", "Ж\u00a0“\\"]
    )
    return [Triple(one.subject, one.predicate, _literal(text, one.object))]


def _literal(text: str, like: Literal) -> Literal:
    return Literal(text, language=like.language) if like.language else Literal(text, datatype=like.datatype)


def _turned(one: Triple, _: random.Random) -> list[Triple]:
    return [Triple(one.object, one.predicate, one.subject)] if isinstance(one.object, NamedNode) else [one]


def _retyped(one: Triple, chance: random.Random) -> list[Triple]:
    value = one.object.value if isinstance(one.object, Literal | NamedNode) else "x"
    kinds = ("string", "gYear", "gYearMonth", "date", "integer", "decimal", "boolean", "anyURI")
    return [Triple(one.subject, one.predicate, Literal(value, datatype=term(f"xsd:{chance.choice(kinds)}")))]


def _retagged(one: Triple, chance: random.Random) -> list[Triple]:
    value = one.object.value if isinstance(one.object, Literal) else "x"
    return [Triple(one.subject, one.predicate, Literal(value, language=chance.choice(["de", "en", "sr-cyrl", "sr"])))]


def _anonymous(one: Triple, chance: random.Random) -> list[Triple]:
    node = BlankNode(f"b{chance.randrange(4)}")
    return [Triple(one.subject, one.predicate, node), Triple(node, RDF_TYPE, term("skos:Concept"))]


HARMS: Final[dict[str, Harm]] = {
    "lost": lambda *_: [],
    "rewritten": _rewritten,
    "retyped": _retyped,
    "retagged": _retagged,
    "a blank node in its place": _anonymous,
    "one more": lambda one, chance: [one, *_rewritten(one, chance)],
    "one more language": lambda one, chance: [one, *_retagged(one, chance)],
    "turned round": _turned,
    "a link elsewhere": lambda one, _: [Triple(one.subject, one.predicate, NamedNode("https://e.example/nothing"))],
    "pointing to itself": lambda one, _: [one, Triple(one.subject, one.predicate, one.subject)],
}
"""What may be done to a statement, by what has become of it."""


def harmed(good: list[Triple], harms: Iterable[tuple[int, str]], seed: int = 1) -> set[Triple]:
    """Data in which something has been done to some statements."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    done = dict(harms)
    return {
        new
        for number, one in enumerate(good)
        for new in (HARMS[done[number]](one, chance) if number in done else [one])
    }
