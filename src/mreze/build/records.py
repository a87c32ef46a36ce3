"""A census as a file: what is counted as JSON in one line, then all numbers of terms, one after the other."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mreze.build.census import Census, Numbers, Types, Use


def write_census(path: Path, census: Census) -> None:
    """Write a census to a file."""
    put = _Put()
    told = {
        "sizes": [census.triples, census.subjects, census.entities],
        "example": census.example.decode(),
        "graphs": _counts(census.graphs),
        "uses": {
            name.decode(): [one.triples, one.subjects, put.numbers(one.objects)] for name, one in census.uses.items()
        },
        "classes": _counts(census.classes),
        "ends": _counts(census.ends),
        "kinds": [[put.types(types), put.numbers(one)] for types, one in census.kinds.items()],
        "literals": [[put.types(types), name.decode(), _counts(one)] for (types, name), one in census.literals.items()],
        "pointers": [
            [put.types(types), name.decode(), put.numbers(one)] for (types, name), one in census.pointers.items()
        ],
        "signatures": [[put.types(one), put.types(other), count] for (one, other), count in census.signatures.items()],
        "wholes": [put.types(one) for one in census.wholes],
        "links": [[*key, count] for key, count in census.links.items()],
        "below": [[one.decode(), above.decode()] for one, above in census.below],
        "aimed": {name.decode(): put.numbers(one) for name, one in census.aimed.items()},
        "types": [[one.decode() for one in types] for types in put.known],
    }
    with path.open("wb") as file:
        file.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        file.writelines(put.content)


class _Put:
    """Lists of terms, each told once, and numbers of terms."""

    def __init__(self) -> None:
        self.known: dict[Types, int] = {}
        self.content: list[bytes] = []
        self._size = 0

    def types(self, types: Types) -> int:
        return self.known.setdefault(types, len(self.known))

    def numbers(self, numbers: Numbers) -> list[int]:
        content = array("Q", numbers).tobytes()
        self.content.append(content)
        self._size += len(content)
        return [self._size - len(content), self._size]


def _counts(counts: Mapping[bytes, int]) -> dict[str, int]:
    return {one.decode(): count for one, count in counts.items()}


def read_census(path: Path) -> Census:
    """Read a census that is whole."""
    line, _, rest = path.read_bytes().partition(b"\n")
    told, content = json.loads(line), memoryview(rest)
    types = [_terms(one) for one in told["types"]]

    def numbers(place: list[int]) -> Numbers:
        return content[place[0] : place[1]].cast("Q")

    triples, subjects, entities = told["sizes"]
    return Census(
        triples=triples,
        subjects=subjects,
        entities=entities,
        example=told["example"].encode(),
        graphs=_counted(told["graphs"]),
        uses={name.encode(): Use(one, two, numbers(place)) for name, (one, two, place) in told["uses"].items()},
        classes=_counted(told["classes"]),
        ends=_counted(told["ends"]),
        kinds={types[one]: numbers(place) for one, place in told["kinds"]},
        literals={(types[one], name.encode()): _counted(ends) for one, name, ends in told["literals"]},
        pointers={(types[one], name.encode()): numbers(place) for one, name, place in told["pointers"]},
        signatures={(types[one], types[other]): count for one, other, count in told["signatures"]},
        wholes=frozenset(types[one] for one in told["wholes"]),
        links={(one, register): count for one, register, count in told["links"]},
        below=tuple((one.encode(), above.encode()) for one, above in told["below"]),
        aimed={name.encode(): numbers(place) for name, place in told["aimed"].items()},
    )


def _terms(written: Iterable[str]) -> Types:
    return tuple(one.encode() for one in written)


def _counted(told: Mapping[str, Any]) -> dict[bytes, int]:
    return {one.encode(): count for one, count in told.items()}
