"""Each check finds what is wrong in its invalid examples, nothing in its valid ones, and the same on both engines."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from mreze.houseform import formatted
from mreze.queries import read_query
from mreze.transliteration import to_latin

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
EXAMPLES = sorted(HERE.glob("*/*.ttl"))
LANGUAGES = {"en", "sr-cyrl", "sr-latn"}
ANCHORS = {"claims", "time", "languages", "things", "evidence", "members", "links"}
FINDS = "# finds: "


def name(path: Path) -> str:
    """What a file is called in the report of a test."""
    return path.stem if path.suffix == ".rq" else f"{path.parent.name}/{path.stem}"


def query(example: Path) -> str:
    """The check that an example is for."""
    return (ROOT / "queries" / "checks" / f"{example.parent.name}.rq").read_text("utf-8")


def ask(store: pyoxigraph.Store, select: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT; what is unbound is an empty text."""
    rows = store.query(select)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return [tuple(str(getattr(node, "value", "")) for node in row) for row in rows]


def in_pyoxigraph(example: Path) -> list[tuple[str, ...]]:
    """The rows of the check in pyoxigraph, which serves the site."""
    store = pyoxigraph.Store()
    store.load(path=example)
    return ask(store, query(example))


@cache
def in_rdflib(example: Path) -> list[tuple[str, ...]]:
    """The rows of the check in rdflib, which many readers of the data have; looked for once, as it takes its time."""
    rows = rdflib.Graph().parse(example).query(query(example))
    assert rows.vars is not None
    return [tuple(str(row.get(variable, "")) for variable in rows.vars) for row in rows.bindings]


@pytest.mark.parametrize("engine", [in_pyoxigraph, in_rdflib])
@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_check_finds_what_its_example_names(example: Path, engine: Callable[[Path], list[tuple[str, ...]]]) -> None:
    """The focus nodes of the rows are those of the lines `# finds:`; a valid example has none."""
    lines = example.read_text("utf-8").splitlines()
    expected = {line.removeprefix(FINDS) for line in lines if line.startswith(FINDS)}
    assert bool(expected) == example.stem.startswith("invalid-")
    assert {row[0] for row in engine(example)} == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_both_engines_give_the_same_rows(example: Path) -> None:
    """The order of the rows is the same too, and no row comes twice."""
    rows = in_pyoxigraph(example)
    assert rows == in_rdflib(example)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_a_check_has_examples(check: Path) -> None:
    """Of each check at least one example is valid and one is not."""
    names = {example.stem.partition("-")[0] for example in EXAMPLES if example.parent.name == check.stem}
    assert names == {"valid", "invalid"}


def test_an_example_is_of_a_check() -> None:
    """No folder of examples has lost its check."""
    assert {example.parent.name for example in EXAMPLES} == {check.stem for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_the_header_is_complete(check: Path) -> None:
    """What must hold and what to do stand in each language, the Latin being the Cyrillic transliterated."""
    saved = read_query(ROOT, check.relative_to(ROOT))
    for texts in (saved.summary, saved.remedy):
        assert set(texts) == LANGUAGES
        assert texts["sr-latn"] == to_latin(texts["sr-cyrl"])
        assert all(text.endswith(".") for text in texts.values())
    assert "#+ severity: " in saved.text
    assert saved.see is not None
    assert saved.see.removeprefix("CONTRIBUTING.md#") in ANCHORS
    assert saved.form == "select"


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_the_prologue_is_tidy(check: Path) -> None:
    """Prefixes are in order and each is used."""
    text = check.read_text("utf-8")
    head, _, body = text.partition("\n\n")
    prefixes = re.findall(r"^PREFIX (\w+:) <", head, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert set(prefixes) == set(re.findall(r"(?<![\w/])[a-z]+:(?=[A-Za-z])", re.sub(r"#[^\n]*", "", body)))


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_an_example_has_the_house_form(example: Path) -> None:
    """Formatting it would change nothing."""
    text = example.read_text("utf-8")
    assert formatted(text, example) == text


def test_the_data_have_no_finding() -> None:
    """Over the data and the ontology of this site no check has a row."""
    store = pyoxigraph.Store()
    for path in [*(ROOT / "data").rglob("*.ttl"), *(ROOT / "data").rglob("*.nt"), *(ROOT / "ontology").glob("*.ttl")]:
        store.load(path=path)
    assert [row for check in CHECKS for row in ask(store, check.read_text("utf-8"))] == []
