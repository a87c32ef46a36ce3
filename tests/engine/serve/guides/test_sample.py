"""Samples hold what they are filled in with, whatever it is."""

from __future__ import annotations

import ast
import subprocess

import pytest

from mreze.serve.guides.example import Example
from mreze.serve.guides.reconcilers import samples
from mreze.serve.guides.sample import fill, listing, literal, word

HOSTILE = ["O'Brien", 'say "no"', "$(touch x)", "a\\b", "`id`", "two\nlines", "Ћуприја <script>", "${name}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_what_it_is(text: str) -> None:
    """As a word of a shell, and as a literal of Python."""
    said = subprocess.run(["sh", "-c", f"printf %s {word(text)}"], check=True, capture_output=True, text=True)
    assert said.stdout == text
    assert ast.literal_eval(literal(text)) == text


def test_a_list_has_a_line_for_each() -> None:
    """It is the same list again, and an empty one is one too."""
    assert ast.literal_eval(listing(HOSTILE)) == HOSTILE
    assert ast.literal_eval(listing([])) == []


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    """A `$` in a value is no placeholder."""
    assert fill("sh", "curl $address", address="x$y").code == "curl x$y"


def test_names_are_quoted_in_every_language() -> None:
    """Hostile names of things are data in each sample."""
    example = Example("https://example.org/id/a/b", "https://example.org/K", ("a/b",), tuple(HOSTILE), "d", "q")
    made = samples("http://127.0.0.1/reconcile", example)
    for one in made.values():
        if one.language == "python":
            ast.parse(one.code)
    checked = subprocess.run(["sh", "-n"], input=made["match"].code, check=False, text=True, capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, "")
