"""The SHACL gate alone: python -m tests.bench.gate pyshacl|shacl DATA.nt SHAPES.ttl counts the results."""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from mreze.shacl import fast, reference
from mreze.shacl.engines import Engine


def main(engine: str, data: str, shapes: str) -> None:
    """Read, validate, count."""
    said = [one.triple for one in parse(path=shapes, format=RdfFormat.TURTLE)]
    # As the gate does: the fast engine gets lines as they are staged, the reference gets triples.
    triples = (one.triple for one in parse(path=data, format=RdfFormat.N_TRIPLES))
    found = fast.run([Path(data)], said) if engine == Engine.FAST else reference.run(triples, said)
    print(len(found), Path(data).name)


if __name__ == "__main__":
    main(*sys.argv[1:])
