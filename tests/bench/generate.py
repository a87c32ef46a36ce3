"""A made-up city-network graph of any size: the same arguments give the same bytes.

About 40 triples a city: cities with labels in three spellings, memberships with the year they began, networks,
countries.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mreze.build.template import write_template

BASE = "https://bench.example/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
GYEAR = "<http://www.w3.org/2001/XMLSchema#gYear>"
COUNTRIES = 200
SYLLABLES = ("ba", "go", "ri", "no", "le", "sta", "mi", "tu", "ka", "vo", "she", "zhi", "dro", "pa", "li")
CYRILLIC = ("ба", "го", "ри", "но", "ле", "ста", "ми", "ту", "ка", "во", "ше", "жи", "дро", "па", "ли")
LATIN = ("ba", "go", "ri", "no", "le", "sta", "mi", "tu", "ka", "vo", "še", "ži", "dro", "pa", "li")


@dataclass(frozen=True)
class Size:
    """How much there is of what, for about a number of triples."""

    triples: int

    @property
    def cities(self) -> int:
        """Number of cities."""
        return max(10, self.triples // 40)

    @property
    def networks(self) -> int:
        """Number of networks."""
        return max(5, self.cities // 128)


def lines(size: Size, seed: int = 1) -> Iterator[str]:
    """The graph as lines of N-Triples."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    for number in range(COUNTRIES):
        iri = f"<{BASE}id/countries/c{number}>"
        yield from _thing(iri, f"{SCHEMA}Country", chance)
    for number in range(size.networks):
        iri = f"<{BASE}id/networks/n{number}>"
        yield from _thing(iri, f"{ORG}Organization", chance)
        yield f'{iri} <{SCHEMA}foundingDate> "{chance.randint(1900, 2020)}"^^{GYEAR} .'
        yield f"{iri} <{SCHEMA}containedInPlace> <{BASE}id/countries/c{chance.randrange(COUNTRIES)}> ."
    for number in range(size.cities):
        yield from _city(number, size, chance)


def _city(number: int, size: Size, chance: random.Random) -> Iterator[str]:
    iri = f"<{BASE}id/cities/c{number}>"
    yield from _thing(iri, f"{SCHEMA}City", chance)
    yield f"{iri} <{SCHEMA}containedInPlace> <{BASE}id/countries/c{chance.randrange(COUNTRIES)}> ."
    for network in sorted(chance.sample(range(size.networks), min(size.networks, chance.randint(3, 11)))):
        membership = f"<{BASE}id/memberships/c{number}-n{network}>"
        joined = f"<{BASE}id/networks/n{network}>"
        yield f"{membership} {RDF_TYPE} <{ORG}Membership> ."
        yield f"{membership} <{ORG}member> {iri} ."
        yield f"{membership} <{ORG}organization> {joined} ."
        yield f'{membership} <{SCHEMA}startDate> "{chance.randint(1950, 2025)}"^^{GYEAR} .'
        yield f"{iri} <{ORG}memberOf> {joined} ."


def _thing(iri: str, kind: str, chance: random.Random) -> Iterator[str]:
    picked = [chance.randrange(len(SYLLABLES)) for _ in range(chance.randint(2, 4))]
    yield f"{iri} {RDF_TYPE} <{kind}> ."
    for tag, letters in (("en", SYLLABLES), ("sr-cyrl", CYRILLIC), ("sr-latn", LATIN)):
        yield f'{iri} {LABEL} "{"".join(letters[one] for one in picked).capitalize()}"@{tag} .'


def write(path: Path, size: Size) -> int:
    """Write the graph as N-Triples; returns how many triples there are."""
    written = list(lines(size))
    path.write_text("\n".join(written) + "\n", "utf-8")
    return len(written)


def make_site(folder: Path, size: Size) -> None:
    """A site that holds the graph, one file a kind of thing."""
    write_template(folder, BASE)
    for name in ("shapes", "queries/checks", "data/crossings"):
        shutil.rmtree(folder / name)
    (folder / "data" / "crossings").mkdir()
    (folder / "queries/examples/bridges.rq").write_text("#+ summary: Any?\nSELECT * { ?s ?p ?o } LIMIT 1\n", "utf-8")
    by_kind: dict[str, list[str]] = {}
    for line in lines(size):
        by_kind.setdefault(line.partition("/id/")[2].partition("/")[0], []).append(line)
    for kind, written in by_kind.items():
        (folder / "data" / "crossings" / f"{kind}.nt").write_text("\n".join(written) + "\n", "utf-8")
