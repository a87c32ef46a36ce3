"""The queries of queries/wikidata are tried by the check of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.build.check import check_site
from mreze.build.statements import check_statements
from mreze.build.template import write_template
from mreze.graph import read_site
from mreze.site import open_site

FILE = Path("queries/wikidata/tried.rq")
HEAD = "#+ summary@en: What is where?\n"
PROPERTY = "#+ property: P17\n"
FINE = f"{HEAD}{PROPERTY}SELECT ?subject ?value WHERE {{ ?subject ?is ?value }}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site."""
    root = tmp_path_factory.mktemp("site") / "site"
    write_template(root)
    (root / FILE).parent.mkdir(exist_ok=True)
    return root


@pytest.mark.parametrize(
    ("query", "told", "line"),
    [
        (FINE.replace(PROPERTY, ""), "does not say which property", 2),
        (FINE.replace("P17", "country"), "none of Wikidata's", 2),
        (FINE.replace(HEAD, ""), "nowhere what it asks", None),
        (FINE.replace("?value WHERE", "WHERE"), "does not give ?value", 3),
        (f"{HEAD}{PROPERTY}ASK {{ ?subject ?is ?value }}\n", "does not give ?subject, ?value", 3),
        (FINE.replace("?is ?value", "?is"), "", 3),
    ],
)
def test_what_is_wrong_is_told_at_its_place(site: Path, query: str, told: str, line: int | None) -> None:
    """Syntax, header and variables, with file and line."""
    (site / FILE).write_text(query, "utf-8")
    (finding,) = check_statements(read_site(open_site(site)))
    assert (finding.severity, finding.path, finding.line) == ("violation", FILE, line)
    assert told in finding.message["en"]
    assert finding.remedy["en"]


def test_the_check_of_a_site_tries_them(site: Path) -> None:
    """A query that is fine has no finding, one that is not has one."""
    (site / FILE).write_text(FINE, "utf-8")
    assert check_statements(read_site(open_site(site))) == []
    (site / FILE).write_text(FINE.replace("?value WHERE", "WHERE"), "utf-8")
    found = check_site(read_site(open_site(site)))
    assert [one.path for one in found] == [FILE]
