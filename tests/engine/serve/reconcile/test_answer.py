"""Answers are JSON, or a script that is nothing but a call with it."""

from __future__ import annotations

import json

import pytest

from mreze.errors import BadRequest
from mreze.serve.exchange import Request
from mreze.serve.reconcile.answer import callback, reply


def _request(name: str) -> Request:
    return Request("GET", "reconcile", f"callback={name}", {}, "http://localhost/")


@pytest.mark.parametrize("name", ["f", "jQuery3_1", "a.b.c", "$.f", "callbacks[12]", "_"])
def test_the_name_of_a_function_is_taken(name: str) -> None:
    """As jQuery and others make them."""
    assert callback(_request(name)) == name


@pytest.mark.parametrize("name", ["1f", "f()", "a;b", "a b", "a..b", "f%0A", "%3Cscript%3E", "a[b]", "é", "a" * 201])
def test_anything_else_is_none(name: str) -> None:
    """It would become part of a script of ours."""
    with pytest.raises(BadRequest, match="is no name of a function"):
        callback(_request(name))


def test_a_script_holds_the_same_as_the_json() -> None:
    """Also what ends a line in an old script; an empty name is none."""
    content = {"name": "Ниш\u2028</script>"}
    script = reply(content, "sr-cyrl", "f").content.decode()
    assert script.startswith("/**/f(")
    assert "\u2028" not in script
    assert json.loads(script.removeprefix("/**/f(").removesuffix(");\n")) == content
    assert json.loads(reply(content, "sr-cyrl").content) == content
    assert callback(_request("")) is None
    assert reply(content, "sr-cyrl").headers["Content-Language"] == "sr-Cyrl"
