"""Tell findings to people and to programs: as text, JSON, annotations for a forge, or a SHACL validation report."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze import turtle
from mreze.findings import Finding, Names
from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.queries import Severity
from mreze.texts import pick, text

_COLOURS: Final[dict[Severity, str]] = {"violation": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"}
_LEVELS: Final[dict[Severity, str]] = {"violation": "error", "warning": "warning", "info": "notice"}
_LONGEST_VALUE: Final = 160
MOST: Final = 100
"""How many findings of one check the text tells one by one: the first tell the author what to do about all."""
_WORDS: Final[dict[Severity, str]] = {"violation": "violation", "warning": "warning", "info": "remark"}


def write_report(
    findings: Sequence[Finding], names: Names, *, language: str, output: TextIO, form: str = "text"
) -> None:
    """Write all findings in one of the `FORMS`."""
    output.write(FORMS[form](findings, names, language, output))


def _text(findings: Sequence[Finding], names: Names, language: str, output: TextIO) -> str:
    coloured = output.isatty() and "NO_COLOR" not in os.environ
    told: Counter[str] = Counter()
    blocks = []
    for one in findings:
        told[one.check] += 1
        if told[one.check] <= MOST:
            blocks.append(_block(one, names, language, coloured=coloured))
    blocks += [
        pick(
            text("… and {count} more of [{check}]; --format json tells all.", count=count - MOST, check=check), language
        )
        for check, count in told.items()
        if count > MOST
    ]
    return "".join(f"{block}\n" for block in blocks) + summary(findings, language) + "\n"


def _block(finding: Finding, names: Names, language: str, *, coloured: bool) -> str:
    word = pick(text(_WORDS[finding.severity]), language)
    shown = f"{_COLOURS[finding.severity]}{word}\x1b[0m" if coloured else word
    lines = [f"{_where(finding)}: {shown} [{finding.check}]" if finding.path else f"{shown} [{finding.check}]"]
    subject = " ".join(names.shorten(one) for one in (finding.focus, finding.predicate) if one)
    lines += [f"    {subject}"] if subject else []
    lines.append(f"    {pick(finding.message, language)}")
    if finding.value is not None:
        value = finding.value if len(finding.value) <= _LONGEST_VALUE else finding.value[:_LONGEST_VALUE] + "…"
        lines.append(f"    » {_printable(value)}")
    if remedy := pick(finding.remedy, language):
        lines.append(f"    → {remedy}")
    return "\n".join(lines)


def _printable(value: str) -> str:
    """The value with its control characters escaped: a terminal does what it is told."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in value)


def _where(finding: Finding) -> str:
    place = finding.path.as_posix() if finding.path else ""
    return f"{place}:{finding.line}" if finding.line else place


def summary(findings: Sequence[Finding], language: str) -> str:
    """One line that counts the findings."""
    counts = Counter(one.severity for one in findings)
    if not findings:
        return pick(text("Nothing found: all is well."), language)
    return pick(
        text(
            "Violations: {violations}, warnings: {warnings}, remarks: {remarks}.",
            violations=counts["violation"], warnings=counts["warning"], remarks=counts["info"],
        ),
        language,
    )  # fmt: skip


def _json(findings: Sequence[Finding], names: Names, language: str, _: TextIO) -> str:
    counts = Counter(one.severity for one in findings)
    content = {
        "site": names.base,
        "language": language,
        "counts": {name: counts[name] for name in _LEVELS},
        "findings": [_json_finding(one) for one in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_finding(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "check": finding.check,
        "file": finding.path.as_posix() if finding.path else None,
        "line": finding.line,
        "focus": finding.focus,
        "predicate": finding.predicate,
        "value": finding.value,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _github(findings: Sequence[Finding], names: Names, language: str, _: TextIO) -> str:
    return "".join(_annotation(one, names, language) + "\n" for one in findings)


def _annotation(finding: Finding, names: Names, language: str) -> str:
    place = [f"file={_property(finding.path.as_posix())}"] if finding.path else []
    place += [f"line={finding.line}"] if finding.line else []
    place.append(f"title={_property(finding.check)}")
    parts = (
        names.shorten(finding.focus) if finding.focus else "",
        pick(finding.message, language),
        finding.value or "",
        pick(finding.remedy, language),
    )
    return f"::{_LEVELS[finding.severity]} {','.join(place)}::{_data(' '.join(filter(None, parts)))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _turtle(findings: Sequence[Finding], _names: Names, _language: str, _: TextIO) -> str:
    report = BlankNode("report")
    conforms = not any(one.severity == "violation" for one in findings)
    triples = [
        Triple(report, RDF_TYPE, term("sh:ValidationReport")),
        Triple(report, term("sh:conforms"), Literal(conforms)),
    ]
    for number, finding in enumerate(findings):
        triples += _result(report, BlankNode(f"result{number}"), finding)
    return turtle.write(triples, PREFIXES)


def _result(report: BlankNode, result: BlankNode, finding: Finding) -> list[Triple]:
    triples = [
        Triple(report, term("sh:result"), result),
        Triple(result, RDF_TYPE, term("sh:ValidationResult")),
        Triple(result, term("sh:resultSeverity"), term(f"sh:{finding.severity.capitalize()}")),
        Triple(result, term("dct:identifier"), Literal(finding.check)),
    ]
    for language, message in finding.message.items():
        remedy = finding.remedy.get(language, "")
        triples.append(
            Triple(result, term("sh:resultMessage"), Literal(f"{message} {remedy}".strip(), language=language))
        )
    if finding.focus and not finding.focus.startswith("_:"):
        triples.append(Triple(result, term("sh:focusNode"), NamedNode(finding.focus)))
    if finding.predicate:
        triples.append(Triple(result, term("sh:resultPath"), NamedNode(finding.predicate)))
    if finding.value is not None:
        triples.append(Triple(result, term("sh:value"), Literal(finding.value)))
    if finding.path:
        triples.append(Triple(result, term("dct:source"), Literal(_where(finding))))
    return triples


FORMS: Final[dict[str, Callable[[Sequence[Finding], Names, str, TextIO], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "turtle": _turtle,
}
"""The forms of a report, by name."""
