"""The made-up names of the reconciliation benchmark are the same each time, and its questions have answers."""

from __future__ import annotations

from collections import defaultdict

import pytest
from tests.bench.match_site import lines
from tests.bench.name_queries import KINDS, Question, folded, questions
from tests.bench.names import Thing, bald, cyrillic, latin, things


@pytest.fixture(scope="module")
def world() -> list[Thing]:
    """A small world."""
    return list(things(20_000))


@pytest.fixture(scope="module")
def called(world: list[Thing]) -> dict[str, list[Thing]]:
    """The things of each folded name."""
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in world:
        for name in thing.names:
            found[folded(name.text)].append(thing)
    return dict(found)


@pytest.fixture(scope="module")
def asked(world: list[Thing]) -> list[Question]:
    """Some questions of each class about it."""
    return questions(world, 10)


def test_the_same_arguments_give_the_same_names(world: list[Thing]) -> None:
    """What one measures today can be measured again."""
    assert list(lines(things(20_000))) == list(lines(world))
    assert list(things(20_000, seed=9)) != world


def test_there_are_as_many_names_as_asked_for(world: list[Thing]) -> None:
    """The size is that of the names, not of the things, and keys are unique."""
    assert 20_000 <= sum(len(one.names) for one in world) < 20_010
    assert len({one.key for one in world}) == len(world)


def test_every_class_has_its_questions(asked: list[Question]) -> None:
    """Each class has as many questions as asked for, and each question a right answer."""
    assert {kind: sum(one.kind == kind for one in asked) for kind in KINDS} == dict.fromkeys(KINDS, 10)
    assert all(one.right and one.text for one in asked)


def test_a_country_tells_homonyms_apart(
    world: list[Thing], called: dict[str, list[Thing]], asked: list[Question]
) -> None:
    """With a country, things of other countries that are called the same are wrong."""
    by_key = {one.key: one for one in world}
    for question in asked:
        if question.kind == "homonyms with country":
            assert {by_key[key].country for key in question.right} == {question.country}
            assert len({one.country for one in called[folded(question.text)]}) > 1, question.text


def test_no_misspelt_name_is_the_name_of_something_else(called: dict[str, list[Thing]], asked: list[Question]) -> None:
    """Who asks with a typo has asked for nothing else by accident."""
    for question in asked:
        if question.kind in ("one typo", "two typos"):
            keys = {thing.key for thing in called.get(folded(question.text), [])}
            assert not keys or keys == question.right, question


@pytest.mark.parametrize(
    ("written", "script"),
    [("Niš", "Ниш"), ("Ljubinje", "Љубиње"), ("Džep", "Џеп"), ("Đurđevac", "Ђурђевац"), ("Novi Žednik", "Нови Жедник")],
)
def test_serbian_names_are_the_same_in_both_scripts(written: str, script: str) -> None:
    """Serbian names are written letter by letter, there and back."""
    assert cyrillic(written, serbian=True) == script
    assert latin(script) == written


def test_names_lose_their_diacritics_as_people_type_them() -> None:
    """Letters that Unicode does not take apart are written as people do."""
    assert bald("Đurđevac Łódź Groß Çankırı") == "Djurdjevac Lodz Gross Cankiri"
