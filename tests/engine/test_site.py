"""A folder is opened as a site by what its catalogue says."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.build.template import write_template
from mreze.errors import SiteError, UsageError
from mreze.site import open_site

B = "https://example.org/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The template's site."""
    write_template(tmp_path / "site")
    return tmp_path / "site"


def test_a_site_knows_its_base_languages_and_datasets(folder: Path) -> None:
    """They are the catalogue's void:uriSpace, the languages of its title, its datasets."""
    site = open_site(folder)
    assert site.base == B
    assert site.languages == ("en", "de")
    assert site.titles == {"en": "Bridges", "de": "Brücken"}
    assert [(one.name, one.iri, one.csv_query) for one in site.datasets] == [
        ("crossings", B + "dataset/crossings", "bridges")
    ]


def test_files_have_rooms(folder: Path) -> None:
    """Each RDF file has its role, hidden ones and other kinds are passed over."""
    (folder / "data/crossings/.draft.ttl").write_text("nothing", "utf-8")
    files = {one.path.as_posix(): (one.role, one.dataset, one.place) for one in open_site(folder).files()}
    assert files["ontology/bridges.ttl"] == ("ontology", None, ("bridges",))
    assert files["data/crossings/bridges/old-bridge.ttl"] == ("data", "crossings", ("bridges", "old-bridge"))
    assert files["data/catalog.ttl"][0] == "catalog"
    assert not [path for path in files if "draft" in path or path.endswith(".txt")]
    assert list(files) == sorted(files)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f'void:uriSpace "{B}"', 'void:uriSpace "example"', "not an IRI"),
        (f'void:uriSpace "{B}"', 'void:uriSpace "https://example.org"', "end with a slash"),
        (f'void:uriSpace "{B}"', 'void:uriSpace "https://other.example/"', "the catalogue is called"),
        ("a dcat:Catalog", "a dcat:Dataset", "0 things of class dcat:Catalog"),
        ('dct:title "Brücken"@de', 'dct:subject "x"', ""),
        (f"{B}dataset/crossings>", f"{B}dataset/all>", "the name of the dump of the whole"),
        (f"{B}dataset/crossings>", f"{B}dataset/ontology>", "the name of the changes of the vocabulary"),
        (f"{B}dataset/crossings>", f"{B}dataset/no/where>", "Call it"),
        (f"{B}queries/bridges>", f"{B}queries/none>", "does not name one saved query"),
    ],
)
def test_a_wrong_setting_is_named(folder: Path, old: str, new: str, says: str) -> None:
    """The error names the catalogue, the setting and what to write."""
    path = folder / "data/catalog.ttl"
    written = path.read_text("utf-8")
    assert old in written
    path.write_text(written.replace(old, new), "utf-8")
    if not says:
        assert open_site(folder).languages == ("en",)
        return
    with pytest.raises(SiteError, match=r"data/catalog\.ttl") as caught:
        open_site(folder)
    assert says in str(caught.value)
    assert caught.value.remedy


def test_what_is_no_site_is_wrong_usage(tmp_path: Path) -> None:
    """No folder, and a folder without a catalogue, are the mistakes of whoever called."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError, match="mreze new DIR"):
            open_site(folder)
