"""Nodes are written as each syntax has them, and those of a kind are told by one object."""

from __future__ import annotations

import pytest

from mreze.namespaces import PREFIXES, term
from mreze.streams.nodes import Nodes

BASE = "https://example.org/"
ODD = f"{BASE}odd"
RELATIVE = {"https://here.invalid/": "", "https://root.invalid/": "../"}


@pytest.fixture
def nodes() -> Nodes:
    """Of a site that has a prefix which JSON-LD does not take."""
    return Nodes({**PREFIXES, "ex": f"{BASE}id/", "odd": ODD}, RELATIVE)


@pytest.mark.parametrize(
    ("node", "turtle", "json"),
    [
        (f"<{BASE}a>", f"<{BASE}a>", f'"{BASE}a"'),
        (f"<{BASE}id/a>", "ex:a", '"ex:a"'),
        (f"<{BASE}id/a%20>", f"<{BASE}id/a%20>", f'"{BASE}id/a%20"'),
        (f"<{ODD}ity>", "odd:ity", f'"{ODD}ity"'),
        ("<https://here.invalid/>", "<>", '""'),
        ("<https://root.invalid/a>", "<../a>", '"../a"'),
        ('"a \\"\\u007F\u00a0\\n"', '"a \\"\\u007F\\u00A0\\n"', '"a \\"\\u007F\u00a0\\n"'),
        ('"a"@sr-cyrl', '"a"@sr-cyrl', '"a"'),
        (f'"7"^^{term("xsd:integer")}', "7", '"7"'),
        (f'"seven"^^{term("xsd:integer")}', '"seven"^^xsd:integer', '"seven"'),
        (f'"7"^^<{ODD}>', f'"7"^^<{ODD}>', '"7"'),
    ],
)
def test_a_node_is_written(nodes: Nodes, node: str, turtle: str, json: str) -> None:
    """In Turtle and, without what is told of its type elsewhere, in JSON-LD."""
    assert nodes[node][1:] == (turtle, json)


@pytest.mark.parametrize(
    ("node", "whole"),
    [
        (f"<{BASE}a>", f'{{"@id": "{BASE}a"}}'),
        ('"a"', '"a"'),
        ('"a"@en', '{"@language": "en", "@value": "a"}'),
        ('"a"@ar--rtl', '{"@language": "ar", "@value": "a", "@direction": "rtl"}'),
        (f'"7"^^{term("xsd:integer")}', '{"@type": "xsd:integer", "@value": "7"}'),
        (f'"7"^^<{ODD}ity>', f'{{"@type": "{ODD}ity", "@value": "7"}}'),
    ],
)
def test_a_value_is_told_as_a_whole(nodes: Nodes, node: str, whole: str) -> None:
    """In JSON-LD, where its type is told nowhere else."""
    kind, _, text = nodes[node]
    assert f"{kind.before}{text}{kind.after}" == whole


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (f"<{BASE}a>", f"<{BASE}b>", True),
        (f"<{BASE}a>", f"<{BASE}id/b>", False),
        (f"<{BASE}id/a>", f"<{BASE}id/b>", True),
        (f"<{BASE}a>", "<https://here.invalid/>", True),
        ('"a"@en', '"b"@en', True),
        ('"a"@en', '"a"@sr', False),
        (f'"7"^^{term("xsd:integer")}', f'"8"^^{term("xsd:integer")}', True),
        (f'"7"^^{term("xsd:integer")}', f'"eight"^^{term("xsd:integer")}', False),  # needs a prefix in Turtle
    ],
)
def test_what_is_written_alike_is_of_a_kind(nodes: Nodes, one: str, other: str, alike: bool) -> None:
    """Kinds are equal if they are the same object, also after all was forgotten."""
    kind = nodes[one][0]
    nodes.clear()
    assert (nodes[other][0] is kind) == alike


def test_what_was_learnt_of_one_node_changes_no_other() -> None:
    """IRIs of one beginning, or without a slash, and texts that look like them."""
    known = Nodes({"ex": f"{BASE}id/"}, RELATIVE)
    asked = ["<urn:a>", '"a"', "<urn:b>", '"b"@en', f"<{BASE}a/b>", f"<{BASE}a/c>", f'"<{BASE}a/c>"', f"<{BASE}id/c>"]
    assert [known[one][1:] for one in asked] == [Nodes({"ex": f"{BASE}id/"}, RELATIVE)[one][1:] for one in asked]
    assert [known[one][0] is known[asked[0]][0] for one in asked] == [
        one[0] == "<" and "id/" not in one for one in asked
    ]
