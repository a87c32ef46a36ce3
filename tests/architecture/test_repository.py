"""What holds for every file of the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "src"
CODE = sorted([*ENGINE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])
LONGEST = 300
CITY = re.compile(r"\bni[sš]\b|\bниш\b|mreze-gradova|mreže gradova|\bsrbij|serbia\b", re.IGNORECASE)
# Only the engine's own IRIs, and of others' those of the two vocabularies that have their home there too.
OWN_IRIS = re.compile(r"https?://w3id\.org/(?!mreze/|ldes\b|tree\b)[^\s\"'<>)]*")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org", re.IGNORECASE)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_the_engine_never_names_the_city() -> None:
    """No file of the package, its template and its locale included, mentions Niš or its base IRI."""
    for path in ENGINE.rglob("*"):
        if path.suffix in {".py", ".ttl", ".rq", ".html", ".css", ".po", ".md"}:
            content = path.read_text("utf-8")
            assert not CITY.search(content), path
            assert not OWN_IRIS.search(content), path


def test_the_site_holds_no_python() -> None:
    """data/, ontology/, shapes/ and queries/ are RDF, text, SPARQL and, where people review links, tables."""
    for folder in ("data", "ontology", "shapes", "queries"):
        kinds = {path.suffix for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert kinds <= {".ttl", ".trig", ".nt", ".nq", ".txt", ".rq", ".tsv"}


def test_files_are_short() -> None:
    """A Python file has at most 300 lines, a script 15, a function 60."""
    for path in CODE:
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST, path
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and path.suffix != ".py":
            assert len(path.read_text("utf-8").splitlines()) <= 15, path


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout (git clone has it)")
def test_no_registry_is_named() -> None:
    """Where packages come from is the machine's business."""
    for path in _tracked():
        if path.is_file() and path != Path(__file__) and path.suffix not in {".png", ".ico"}:
            assert not REGISTRIES.search(path.read_text("utf-8", "replace")), path
