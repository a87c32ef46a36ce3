"""What mreze says to people is there in Serbian, whole and well-formed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from mreze import errors, report
from mreze.build.demands import DEMANDS
from mreze.errors import phrase
from mreze.gather.reasons import Reason
from mreze.lexical import WAYS
from mreze.serve.arguments import IRI_WAY
from mreze.serve.explanation.names import SAYS as EMPTY
from mreze.serve.nearby import PLACES
from mreze.serve.partitions import KINDS
from mreze.serve.problems import ADVICE
from mreze.serve.schema.phrases import PHRASES
from mreze.serve.schema.shapes_page import TARGETS
from mreze.serve.schema.vocabulary import KINDS as VOCABULARY
from mreze.serve.wording import CLASSES, POINTERS, PROPERTIES
from mreze.texts import text, untranslated
from mreze.transliteration import to_latin

PACKAGE = Path(report.__file__).parent
CATALOGUE = PACKAGE / "locale" / "sr_Cyrl" / "LC_MESSAGES" / "mreze.po"
HEADINGS = {"Data", "Statistics of the data", "Values", *PLACES.values(), *VOCABULARY}
"""Headings that serve/resources/graphs.py, serve/nearby.py and serve/schema/ hand on."""


def _called() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", f".{getattr(node.func, 'attr', '')}")
                place = {"text": 0, ".say": 0, "interface_text": 1}.get(name)
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    yield str(ast.literal_eval(node.args[place]))


@cache
def _used() -> set[str]:
    templates = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.html"))
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.RequestError)]
    return {
        *_called(),
        *re.findall(r'\bt\("([^"]*)"', templates),
        *PROPERTIES.values(),
        *CLASSES.values(),
        *POINTERS.values(),
        *HEADINGS,
        *EMPTY.values(),
        *ADVICE.values(),
        *WAYS.values(),
        *PHRASES,
        *DEMANDS,
        *TARGETS,
        *(one.value for one in Reason),
        IRI_WAY,
        *(word for kind in KINDS.values() for word in (kind.heading, kind.counted)),
        *(phrase(one.status) for one in kinds),
        "violation",
        "warning",
        "remark",
    }


@cache
def _catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file, locale="sr_Cyrl") if one.id}


def test_everything_is_translated() -> None:
    """Each text of the code, the templates and the tables has its Serbian."""
    assert len(_used()) > 150
    assert untranslated(sorted(_used())) == []


def test_nothing_is_translated_in_vain() -> None:
    """The catalogue has no text that nobody says."""
    assert set(_catalogue()) - _used() == set()


@pytest.mark.parametrize("english", sorted(_catalogue()))
def test_a_translation_is_well_formed(english: str) -> None:
    """It has the placeholders of the English, and no word mixes the scripts."""
    serbian = _catalogue()[english]
    assert _placeholders(serbian) == _placeholders(english)
    for word in re.findall(r"\w+", re.sub(r"\{[^}]*\}", " ", serbian)):
        letters = [one for one in word if one.isalpha()]
        assert len({"CYRILLIC" if "\u0400" <= one <= "\u04ff" else "LATIN" for one in letters}) <= 1, word


def test_the_latin_is_the_cyrillic_transliterated() -> None:
    """There is one translation to maintain."""
    said = text("The dataset {name} holds nothing.", name="љ")
    assert said["sr-latn"] == to_latin(_catalogue()["The dataset {name} holds nothing."]).format(name="љ")
    assert said["sr-cyrl"] == "Скуп података љ је празан."


def _placeholders(pattern: str) -> set[str]:
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(pattern) if name is not None}
