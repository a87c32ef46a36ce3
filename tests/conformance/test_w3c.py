"""The runner tells a test that passes from one that fails, on suites that are written by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.conformance.manifests import Case, read_cases
from tests.conformance.outcomes import Solutions, agree, read_outcome
from tests.conformance.w3c import main, report, run

SUITES = Path(__file__).parent / "suites"
ROOT = SUITES.parents[2]
CASES = read_cases(SUITES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_test_goes_as_its_folder_says(case: Case) -> None:
    """Rows, cells, order, truth, graphs, syntax: what is right passes, what differs in one thing fails."""
    reason = run(case, SUITES)
    assert (reason is None) == (case.group == "passing"), reason
    assert reason != ""


def test_tests_of_other_things_are_passed_over() -> None:
    """An update is no query."""
    assert len([case for case in CASES if case.group == "passing"]) == 10
    assert not [case for case in CASES if case.name.endswith("update")]


def test_what_is_known_to_fail_is_told_apart() -> None:
    """All is well where exactly what is known fails; a known failure that passes is told too."""
    failing = {case.name for case in CASES if case.group == "failing"}
    told: list[str] = []
    assert report(SUITES, failing, (), told.append)
    assert told[-1] == "10 of 17 pass, 7 fail; 0 not as it is known."
    assert "passing: 10 of 10" in told
    assert [line for line in told if line.startswith("  known to fail: failing#rows: gives")]
    assert not report(SUITES, failing - {"failing#rows"}, (), told.append)
    assert [line for line in told if line.startswith("  FAILED: failing#rows: gives")]
    assert not report(SUITES, failing | {"passing#rows"}, (), told.append)
    assert "  PASSES NOW: passing#rows" in told
    assert report(SUITES, (), ("failing",), told.append)


def test_a_folder_without_tests_is_no_success(tmp_path: Path) -> None:
    """Who names the wrong folder is told."""
    assert main([str(tmp_path)]) == 1


def test_the_script_runs_a_folder() -> None:
    """`scripts/conformance DIR` ends with the summary, and with a status."""
    command = [ROOT / "scripts" / "conformance", SUITES]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "10 of 17 pass, 7 fail; 7 not as it is known.")


def test_rows_are_a_bag() -> None:
    """How often a row comes counts; less often only where that is allowed."""
    twice, once = (read_outcome(f"x\r\n{rows}".encode(), "csv", "") for rows in ("a\r\na\r\n", "a\r\n"))
    assert isinstance(twice, Solutions)
    assert not agree(once, twice)
    assert agree(once, twice, lax=True)
    assert not agree(twice, once, lax=True)
