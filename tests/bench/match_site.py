"""A site that holds the made-up names as linked data, built and served by mreze."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench.names import Thing, countries, country_key

from mreze.build.template import write_template

BASE = "https://bench.example/"
COUNTRY = "https://schema.org/containedInPlace"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_CLASSES = {
    "places": "https://schema.org/City",
    "organizations": "http://www.w3.org/ns/org#Organization",
    "countries": "https://schema.org/Country",
}
_PROPERTIES = {"preferred": "http://www.w3.org/2000/01/rdf-schema#label"}
_OTHERS = "http://www.w3.org/2004/02/skos/core#altLabel"


def lines(things: Iterable[Thing]) -> Iterator[str]:
    """The things as lines of N-Triples."""
    for thing in things:
        iri = f"<{BASE}id/{thing.key}>"
        yield f"{iri} {_TYPE} <{_CLASSES[thing.key.partition('/')[0]]}> ."
        for name in thing.names:
            text = json.dumps(name.text, ensure_ascii=False)
            yield f"{iri} <{_PROPERTIES.get(name.use, _OTHERS)}> {text}@{name.tag} ."
        if not thing.key.startswith("countries/"):
            yield f"{iri} <{COUNTRY}> <{BASE}id/{country_key(thing.country)}> ."


def make_site(folder: Path, world: Sequence[Thing]) -> None:
    """Write the site, one file a kind of thing."""
    write_template(folder, BASE)
    for name in ("shapes", "queries/checks", "data/crossings"):
        shutil.rmtree(folder / name)
    (folder / "data" / "crossings").mkdir()
    (folder / "queries/examples/bridges.rq").write_text("#+ summary: Any?\nSELECT * { ?s ?p ?o } LIMIT 1\n", "utf-8")
    for kind in _CLASSES:
        with (folder / "data" / "crossings" / f"{kind}.nt").open("w", encoding="utf-8") as file:
            file.writelines(
                f"{line}\n"
                for line in lines(one for one in (*world, *countries()) if one.key.startswith(f"{kind}/"))
            )  # fmt: skip
