"""The judge of DCAT-AP: SEMIC's SHACL shapes, from a folder that the operator names, and one of our own about dates.

Their faults are mended while they are read, since pySHACL refuses or misreads them as they are: `sh:property` links to
shapes that no file defines, and `sh:class rdfs:Resource`, which without inference fails on every address. They test
hardly any date, so one shape here does. https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import rdflib
from pyoxigraph import Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS, SH, XSD

from mreze.errors import UsageError
from mreze.namespaces import PREFIXES
from mreze.rehearse.verdict import Harvested, Loss, Verdict
from mreze.validation import to_rdflib, validate

_DATES: Final = (DCTERMS.issued, DCTERMS.modified, DCAT.startDate, DCAT.endDate)
_DATE_TYPES: Final = (XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth)
_CALENDAR: Final = r"^-?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T.+)?)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
_PARTS: Final = (DCAT.distribution, DCTERMS.temporal, DCTERMS.spatial)
"""What leads from a dataset to what is its own."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One result of a validation."""

    focus: str
    """IRI of the node, or the label of a blank one."""
    what: str
    """The property as a prefixed name; the node where no property is at fault."""
    why: str


def read_shapes(*places: Path) -> rdflib.Graph:
    """The shapes of Turtle files, or of all those of a folder, together, mended, with our own of dates.

    Raises:
        UsageError: there are none, or one is not Turtle.
    """
    paths: list[Path] = []
    for place in places:
        found = [place] if place.is_file() else sorted(place.glob("*.ttl"))
        if not found:
            raise UsageError(f"{place}: there are no shapes here. Name the .ttl files of DCAT-AP, or their folder.")
        paths += found
    shapes = rdflib.Graph()
    for path in paths:
        try:
            shapes.parse(path, format="turtle")
        except (OSError, SyntaxError, ValueError) as error:
            raise UsageError(f"{path}: cannot be read as Turtle: {error}. Take the file from its publisher.") from error
    _mend(shapes)
    _demand_dates(shapes)
    return shapes


def failures(triples: Iterable[Triple], shapes: rdflib.Graph) -> list[Failure]:
    """What of a catalogue fails shapes, sorted; warnings and hints are no failures.

    Raises:
        UsageError: pySHACL refuses the shapes.
    """
    try:
        report = validate(to_rdflib(triples), shapes)
    except (ReportableRuntimeError, ValueError, KeyError) as error:
        raise UsageError(f"The shapes cannot be used: {error}. Take them from their publisher.") from error
    found = {
        _failure(report, one)
        for one in report.subjects(RDF.type, SH.ValidationResult)
        if report.value(one, SH.resultSeverity) == SH.Violation
    }
    return sorted(found, key=lambda one: (one.focus, one.what, one.why))


def judge(shapes: rdflib.Graph) -> Callable[[Harvested], list[Verdict]]:
    """The reader that holds a catalogue against shapes: a failure is a loss of the dataset that it is in."""

    def read(harvested: Harvested) -> list[Verdict]:
        owners = _owners(harvested)
        losses: dict[str, list[Loss]] = {one.value: [] for one in harvested.datasets}
        for one in failures(harvested.triples, shapes):
            owner = owners.get(one.focus, harvested.catalogue)
            losses.setdefault(owner, []).append(Loss(_named(one, owner), one.why))
        return [
            Verdict("shapes", dataset, lost=tuple(sorted(lost, key=lambda it: it.what)))
            for dataset, lost in sorted(losses.items())
        ]

    return read


def _mend(shapes: rdflib.Graph) -> None:
    described = set(shapes.subjects())
    for subject, _, shape in list(shapes.triples((None, SH.property, None))):
        if shape not in described:
            shapes.remove((subject, SH.property, shape))
    shapes.remove((None, SH["class"], RDFS.Resource))


def _demand_dates(shapes: rdflib.Graph) -> None:
    """A date is a literal of one of the four types that DCAT-AP names, and stands in the calendar."""
    node, alternatives = rdflib.BNode(), rdflib.BNode()
    shapes.add((node, RDF.type, SH.NodeShape))
    for path in _DATES:
        shape = rdflib.BNode()
        shapes.add((node, SH.targetSubjectsOf, path))
        shapes.add((node, SH.property, shape))
        shapes.add((shape, SH.path, path))
        shapes.add((shape, SH.pattern, rdflib.Literal(_CALENDAR)))
        shapes.add((shape, SH["or"], alternatives))
        message = "A date is written as xsd:gYear, xsd:gYearMonth, xsd:date or xsd:dateTime."
        shapes.add((shape, SH.message, rdflib.Literal(message, lang="en")))
    rest: rdflib.term.IdentifiedNode = RDF.nil
    for number, datatype in enumerate(reversed(_DATE_TYPES), start=1):
        item = alternatives if number == len(_DATE_TYPES) else rdflib.BNode()
        option = rdflib.BNode()
        shapes.add((option, SH.datatype, datatype))
        shapes.add((item, RDF.first, option))
        shapes.add((item, RDF.rest, rest))
        rest = item


def _failure(report: rdflib.Graph, result: rdflib.term.Node) -> Failure:
    path = report.value(result, SH.resultPath)
    messages = sorted(str(one) for one in report.objects(result, SH.resultMessage))
    focus = report.value(result, SH.focusNode)
    return Failure(str(focus), _prefixed(str(path)) if path is not None else "the node", " ".join(messages))


def _prefixed(iri: str) -> str:
    found = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in found), f"<{iri}>")


def _owners(harvested: Harvested) -> dict[str, str]:
    """Which dataset a node belongs to: what it says itself, its distributions, its period and its area."""
    graph = to_rdflib(harvested.triples)
    found = {}
    for dataset in harvested.datasets:
        node = rdflib.URIRef(dataset.value)
        found[dataset.value] = dataset.value
        for predicate in _PARTS:
            found |= {str(one): dataset.value for one in graph.objects(node, predicate)}
    return found


def _named(failure: Failure, owner: str) -> str:
    part = failure.focus.removeprefix(owner)
    return f"{failure.what} of {part}" if part else failure.what
