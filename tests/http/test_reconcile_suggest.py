"""What may be meant by what is typed so far is suggested: things, classes and properties, in both versions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reconciling import DRAFT, STABLE
from tests.servers import Served

SCHEMAS = {
    "entity": "suggest-entities-response",
    "property": "suggest-properties-response",
    "type": "suggest-types-response",
}
ORG = "http://www.w3.org/ns/org#"


def _suggest(
    served: Served, kind: str, prefix: str, base: str = "reconcile/", **parameters: str | int
) -> list[dict[str, Any]]:
    answer = served.client.get(f"{served.address}{base}suggest/{kind}", params={"prefix": prefix, **parameters})
    assert answer.status_code == 200, answer.text
    schemas = DRAFT if "1.0" in base else STABLE
    result = schemas.hold(SCHEMAS[kind], answer.json())["result"]
    assert isinstance(result, list)
    return result


@pytest.mark.parametrize("base", ["reconcile/", "reconcile/1.0/"])
def test_a_thing_is_suggested_by_its_beginning_and_by_its_id(own: Served, base: str) -> None:
    """With what it is, to tell it from others."""
    for prefix in ("Energy Cit", "energy-c", "organizations/energy-cities"):
        found = _suggest(own, "entity", prefix, base)
        assert "organizations/energy-cities" in [one["id"] for one in found], prefix
    assert _suggest(own, "entity", "Energy Cities", base)[0]["notable"]


@pytest.mark.parametrize("base", ["reconcile/", "reconcile/1.0/"])
def test_a_class_is_suggested_with_how_many_things_are_of_it(own: Served, base: str) -> None:
    """By its name in any language and either script, by its IRI and its prefixed name."""
    for prefix in ("organi", "органи", "org:Organization", ORG + "Organization"):
        found = {one["id"]: one for one in _suggest(own, "type", prefix, base)}
        assert "things: " in found[ORG + "Organization"]["description"], prefix
    assert _suggest(own, "type", ORG + "Organization", base)[0]["id"] == ORG + "Organization"


def test_a_class_names_those_above_it(minimal: Served, own: Served) -> None:
    """A superclass finds the things of its subclasses."""
    found = [one for served in (minimal, own) for one in _suggest(served, "type", "", limit=100) if "broader" in one]
    assert found
    assert all(above["id"] and above["name"] for one in found for above in one["broader"])


@pytest.mark.parametrize("base", ["reconcile/", "reconcile/1.0/"])
def test_a_property_is_suggested_by_its_name(own: Served, base: str) -> None:
    """In the reader's language."""
    ids = [one["id"] for one in _suggest(own, "property", "found", base)]
    assert "https://schema.org/foundingDate" in ids
    names = {one["id"]: one["name"] for one in _suggest(own, "property", "основан", base, lang="sr-cyrl")}
    assert names["https://schema.org/foundingDate"] == "основана"


def test_without_anything_typed_all_terms_come_the_most_used_first(own: Served) -> None:
    """Page by page: `cursor` skips in the 0.2 API, `offset` in the draft; of things nothing is shown."""
    everything = _suggest(own, "type", "", limit=100)
    assert len(everything) > 5
    assert _suggest(own, "type", "", cursor=2, limit=2) == everything[2:4]
    assert _suggest(own, "type", "", "reconcile/1.0/", offset=2, limit=2) == everything[2:4]
    assert _suggest(own, "entity", "") == []


def test_things_of_a_type_are_suggested(own: Served) -> None:
    """OpenRefine sends the type that was chosen."""
    found = _suggest(own, "entity", "ec", type=ORG + "Organization", limit=3)
    assert found
    assert len(found) <= 3


@pytest.mark.parametrize(("base", "skip"), [("reconcile/", "cursor"), ("reconcile/1.0/", "offset")])
@pytest.mark.parametrize("prefix", ["n", "the", "b"])
def test_pages_of_things_fit_together(own: Served, base: str, skip: str, prefix: str) -> None:
    """Whoever pages by sevens has the things that come at once, in their order, each once; and then no more."""
    paged = [
        one for start in range(0, 105, 7) for one in _suggest(own, "entity", prefix, base, limit=7, **{skip: start})
    ]
    together = _suggest(own, "entity", prefix, base, limit=100)
    assert len(together) > 20
    assert paged[:100] == together
    ids = [one["id"] for one in paged]
    assert len(set(ids)) == len(ids)
    assert _suggest(own, "entity", prefix, base, limit=7, **{skip: 200}) == []


def test_a_script_gets_its_call(own: Served) -> None:
    """JSONP, for clients of before CORS."""
    answer = own.get("reconcile/suggest/type?prefix=org&callback=f&_=1")
    assert answer.text.startswith("/**/f({")


def test_what_is_wrong_is_said(own: Served) -> None:
    """A missing prefix, a number that is none, a class that there is not, a parameter that comes twice."""
    wrong = {
        "entity": "prefix is missing",
        "entity?prefix=a&limit=x": "limit='x'",
        "entity?prefix=a&cursor=-1": "cursor='-1'",
        "entity?prefix=a&type=org:Organisation": "org#Organization",
        "entity?prefix=a&prefix=b": "comes twice",
    }
    for path, told in wrong.items():
        answer = own.get(f"reconcile/suggest/{path}")
        assert answer.status_code == 400, path
        assert told in answer.json()["detail"], answer.text
