"""Findings are told to people and to programs, whatever stands in them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from mreze.findings import Finding, Names
from mreze.report import FORMS, MOST, write_report

NAMES = Names(
    "https://example.org/", {"ex": "https://example.org/ontology#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
)
HOSTILE = 'a "quote"\r\nline 2 %0A ::error:: \x1b[31m' + "x" * 300
FINDINGS = [
    Finding("violation", "Shape-x", {"en": "Wrong.", "de": "Falsch."}, {"en": "Mend it."}, Path("data/a,b.ttl"), 3,
            "https://example.org/id/a/b#c", "https://example.org/ontology#p", HOSTILE),
    Finding("warning", "other", {"en": "Odd."}),
]  # fmt: skip


def _report(form: str, language: str = "en") -> str:
    output = io.StringIO()
    write_report(FINDINGS, NAMES, language=language, output=output, form=form)
    return output.getvalue()


def test_the_text_is_for_people() -> None:
    """Place, severity and check; what about; what is wrong; what to do; a count at the end."""
    lines = _report("text").splitlines()
    assert lines[:4] == [
        "data/a,b.ttl:3: violation [Shape-x]",
        "    a/b#c ex:p",
        "    Wrong.",
        lines[3],
    ]
    assert lines[3].startswith('    » a "quote"\\r\\nline 2')
    assert "\x1b" not in lines[3]
    assert lines[3].endswith("…")
    assert lines[4] == "    → Mend it."
    assert lines[-1] == "Violations: 1, warnings: 1, remarks: 0."
    assert "Falsch." in _report("text", "de")


def test_the_same_mistake_a_thousand_times_is_told_a_hundred_times() -> None:
    """A long list of one check's findings is cut, says by how much, and where all are; other checks are not cut."""
    many = [Finding("violation", "same", {"en": f"No. {number}."}) for number in range(MOST + 5)]
    output = io.StringIO()
    write_report([*many, FINDINGS[1]], NAMES, language="en", output=output)
    said = output.getvalue()
    assert said.count("violation [same]") == MOST
    assert "… and 5 more of [same]; --format json tells all." in said
    assert "Odd." in said
    assert f"Violations: {MOST + 5}, warnings: 1" in said


def test_json_loses_nothing() -> None:
    """Every language, the whole value, the counts."""
    content = json.loads(_report("json"))
    assert content["counts"] == {"violation": 1, "warning": 1, "info": 0}
    assert content["findings"][0]["value"] == HOSTILE
    assert content["findings"][0]["message"] == {"en": "Wrong.", "de": "Falsch."}


def test_annotations_cannot_be_forged() -> None:
    """A finding is one line, whatever line ends and marks are in it."""
    lines = _report("github").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=data/a%2Cb.ttl,line=3,title=Shape-x::")
    assert "%0D%0A" in lines[0]
    assert "%250A" in lines[0]


def test_turtle_is_a_validation_report() -> None:
    """It parses, and has a result for each finding."""
    triples = list(parse(_report("turtle"), format=RdfFormat.TURTLE))
    results = [one for one in triples if one.predicate.value.endswith("#result")]
    assert len(results) == len(FINDINGS)


@pytest.mark.parametrize("form", FORMS)
def test_no_findings_is_a_report_too(form: str) -> None:
    """An empty report says so in its way."""
    output = io.StringIO()
    write_report([], NAMES, language="en", output=output, form=form)
    expected = {"text": "Nothing found", "json": '"findings": []', "github": "", "turtle": "sh:conforms true"}
    assert expected[form] in output.getvalue()


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://example.org/id/a/b", "a/b"),
        ("https://example.org/ontology#p", "ex:p"),
        ("http://www.w3.org/2000/01/rdf-schema#label", "rdfs:label"),
        ("https://elsewhere.example/x", "<https://elsewhere.example/x>"),
        ("_:b1", "_:b1"),
    ],
)
def test_iris_are_shortened(iri: str, name: str) -> None:
    """Below the base, as a prefixed name, or whole."""
    assert NAMES.shorten(iri) == name
