"""Every catalogue that mreze writes passes the shapes of DCAT-AP, and one that should not does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from tests.conftest import MINIMAL
from tests.foreign import foreign

from mreze.build.release import build_release
from mreze.build.template import write_template
from mreze.errors import UsageError
from mreze.namespaces import RDF_TYPE, term
from mreze.rehearse.shapes import failures, judge, read_shapes
from mreze.rehearse.verdict import Answer, Harvested

FULL = ("dcat-ap-SHACL.ttl", "ranges.ttl")
HIGH_VALUE = "http://data.europa.eu/bna/c_b79e35eb"


def _shapes(tmp_path: Path, *names: str) -> rdflib.Graph:
    for name in names:
        shutil.copy(foreign("dcat-ap") / name, tmp_path)
    return read_shapes(tmp_path)


def _catalogue(release: Path) -> set[Triple]:
    content = (release / "catalog.ttl").read_bytes()
    return {quad.triple for quad in parse(content, format=RdfFormat.TURTLE, base_iri="https://served.example/")}


def _read(triples: Iterable[Triple]) -> Harvested:
    return Harvested("https://served.example/catalog.ttl", tuple(triples), lambda *_: Answer("", 404, {}))


@pytest.fixture(scope="module")
def high_value(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a site whose author marks every dataset as one of high value."""
    site = tmp_path_factory.mktemp("high") / "site"
    shutil.copytree(MINIMAL, site, ignore=shutil.ignore_patterns("releases"))
    path = site / "data" / "catalog.ttl"
    mark = f"a dcat:Dataset ;\n    <{term('dcatap:hvdCategory').value}> <{HIGH_VALUE}> ;"
    marked = path.read_text("utf-8").replace("a dcat:Dataset ;", mark)
    assert marked.count(HIGH_VALUE) == 2
    path.write_text(marked, "utf-8")
    return build_release(site, site.parent / "out").folder


def test_our_own_catalogue_has_no_failure(own_release: Path, tmp_path: Path) -> None:
    """The catalogue of this repository's site passes SEMIC's cardinalities, ranges and our dates."""
    assert failures(_catalogue(own_release), _shapes(tmp_path, *FULL)) == []


def test_a_small_site_has_no_failure(minimal_release: Path, tmp_path: Path) -> None:
    """A small site passes without its author knowing DCAT-AP."""
    assert failures(_catalogue(minimal_release), _shapes(tmp_path, *FULL)) == []


def test_datasets_of_high_value_pass_as_such(high_value: Path, tmp_path: Path) -> None:
    """A mark on the datasets is enough for the shapes of high-value datasets, beside all the others."""
    triples = _catalogue(high_value)
    assert failures(triples, _shapes(tmp_path, *FULL, "hvd-SHACL.ttl")) == []
    for name in ("dcat:theme", "dcatap:hvdCategory"):
        assert {one.object for one in triples if one.predicate == term(name)} >= {NamedNode(HIGH_VALUE)}
    bound = {one.subject for one in triples if one.predicate == term("dcatap:applicableLegislation")}
    classes = {term("dcat:Dataset"), term("dcat:Distribution"), term("dcat:DataService")}
    assert bound == {one.subject for one in triples if one.predicate == RDF_TYPE and one.object in classes}


def test_what_high_value_asks_can_be_missing(high_value: Path, tmp_path: Path) -> None:
    """A marked dataset without its law, or a marked service without a page, fails."""
    shapes = _shapes(tmp_path, "hvd-SHACL.ttl")
    for name in ("dcatap:applicableLegislation", "foaf:page"):
        less = [one for one in _catalogue(high_value) if one.predicate != term(name)]
        assert {one.what for one in failures(less, shapes)} == {name}


def test_unmarked_datasets_are_of_no_high_value(own_release: Path, tmp_path: Path) -> None:
    """Nothing marks a dataset but its author, and then the shapes of high-value datasets ask nothing of it."""
    triples = _catalogue(own_release)
    assert not [one for one in triples if one.predicate == term("dcatap:hvdCategory")]
    assert failures(triples, _shapes(tmp_path, "hvd-SHACL.ttl")) == []


def test_a_site_from_the_template_has_no_failure(tmp_path: Path) -> None:
    """What `mreze new` writes passes before anything is changed."""
    write_template(tmp_path / "site")
    release = build_release(tmp_path / "site").folder
    assert failures(_catalogue(release), _shapes(tmp_path, *FULL)) == []


@pytest.mark.parametrize(
    "predicate",
    ["dcat:accessURL", "dct:title", "dct:description", "dct:publisher", "dcat:endpointURL", "spdx:checksumValue"],
)
def test_what_is_missing_fails(minimal_release: Path, tmp_path: Path, predicate: str) -> None:
    """A mandatory property that is taken away is told by its name."""
    less = [one for one in _catalogue(minimal_release) if one.predicate != term(predicate)]
    assert {one.what for one in failures(less, _shapes(tmp_path, *FULL))} == {predicate}


def test_what_has_no_class_fails(minimal_release: Path, tmp_path: Path) -> None:
    """A licence that is not said to be one is in no range."""
    class_ = term("dct:LicenseDocument")
    less = [one for one in _catalogue(minimal_release) if one.object != class_]
    assert {one.what for one in failures(less, _shapes(tmp_path, *FULL))} == {"dct:license"}


@pytest.mark.parametrize(
    ("value", "datatype", "passes"),
    [
        ("soon", "xsd:string", False),
        ("2026-11-23", "xsd:string", False),
        ("2026-13-45", "xsd:date", False),
        ("2026-11-23", "xsd:date", True),
        ("2026-11-23T12:00:00Z", "xsd:dateTime", True),
        ("2026", "xsd:gYear", True),
        ("2026-11", "xsd:gYearMonth", True),
    ],
)
def test_a_date_is_a_date(tmp_path: Path, value: str, datatype: str, passes: bool) -> None:
    """SEMIC's shapes let a period begin “soon”; ours does not, and needs theirs for nothing."""
    (tmp_path / "none.ttl").write_text("")
    period = NamedNode("https://served.example/period")
    said = [Triple(period, term("dcat:startDate"), Literal(value, datatype=term(datatype)))]
    assert (failures(said, read_shapes(tmp_path)) == []) is passes


def test_a_failure_is_a_loss_of_its_dataset(minimal_release: Path, tmp_path: Path) -> None:
    """Each dataset has a verdict; what a distribution lacks is lost to its dataset alone, the rest to the catalogue."""
    triples = _catalogue(minimal_release)
    base = "https://minimal.example/data/"
    taken = {
        (NamedNode(base + "dataset/bulk#ttl"), term("dcat:accessURL")),
        (NamedNode(base + "catalog"), term("dct:title")),
    }
    less = {one for one in triples if (one.subject, one.predicate) not in taken}
    verdicts = {one.dataset: one for one in judge(_shapes(tmp_path, *FULL))(_read(less))}
    lost = {name.removeprefix(base): [one.what for one in verdict.lost] for name, verdict in verdicts.items()}
    assert lost == {
        "catalog": ["dct:title"],
        "dataset/bulk": ["dcat:accessURL of #ttl"],
        "dataset/crossings": [],
    }


def test_a_folder_without_shapes_is_a_mistake(tmp_path: Path) -> None:
    """It never counts as passing."""
    with pytest.raises(UsageError, match="no shapes"):
        read_shapes(tmp_path)
    (tmp_path / "broken.ttl").write_text("no turtle")
    with pytest.raises(UsageError, match=r"broken\.ttl"):
        read_shapes(tmp_path)
