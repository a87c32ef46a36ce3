"""Run a suite of SPARQL tests: python -m tests.conformance.w3c DIR.

DIR is a folder with manifests, such as `sparql` of a copy of https://github.com/w3c/rdf-tests. Each query takes the way
of one that is sent to the endpoint, without HTTP: refusals, dataset, evaluation, the syntax of the result.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from tests.conformance.known import KNOWN, LEFT_OUT
from tests.conformance.manifests import BASE, Case, read_cases
from tests.conformance.outcomes import agree, read_file, read_outcome

from mreze.errors import RequestError
from mreze.formats import RESULTS_JSON, TURTLE
from mreze.serve.dataset import Datasets, read_dataset
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS, Operation, admit
from mreze.serve.worker import BAD_QUERY, GRAPH, Question, answer, read_mistake
from mreze.serve.worker import SOLUTIONS as FOUND_SOLUTIONS

FORMATS: Final = {one.extension: one for one in (*SOLUTIONS, *GRAPH_RESULTS)}
LARGEST: Final = 1 << 26


def run(case: Case, folder: Path) -> str | None:
    """Run a test; None if it passes, else why not."""
    query = case.query.read_text("utf-8")
    try:
        admit(Operation(query), case.base, ())
    except RequestError as error:
        return None if case.kind == "negative" else f"refused: {error.detail}"
    extension = case.result.suffix[1:] if case.result and case.result.suffix[1:] in FORMATS else ""
    results = extension if extension in {one.extension for one in SOLUTIONS} else RESULTS_JSON.extension
    question = Question(query, case.base, results, TURTLE.extension)
    kind, content = answer(Datasets(_store(case, query, folder)), FORMATS, question, LARGEST)
    if case.kind == "negative":
        return None if kind == BAD_QUERY else "taken for a query"
    if kind not in {FOUND_SOLUTIONS, GRAPH}:
        unknown_function = case.kind == "positive" and b"not supported" in content
        if unknown_function:
            return None
        return str(read_mistake(content)) if kind == BAD_QUERY else content.decode()
    if case.result is None:
        return None
    found = read_outcome(content, TURTLE.extension if kind == GRAPH else results, case.base)
    expected = read_file(case.result, BASE + case.result.relative_to(folder).as_posix())
    same = agree(found, expected, ordered="ORDER BY" in query.upper(), lax=case.lax)
    return None if same else f"gives {found!r}, not {expected!r}"


def _store(case: Case, query: str, folder: Path) -> ox.Store:
    """The data of a test, and the files that its query names with FROM, as graphs."""
    store = ox.Store()
    clause = read_dataset(query, case.base)
    asked = ((name, folder / name.removeprefix(BASE)) for name in {*clause.default, *clause.named})
    for name, path in [*case.data, *(one for one in asked if one[1].is_file())]:
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        base = BASE + path.relative_to(folder).as_posix()
        form = ox.RdfFormat.from_extension(path.suffix[1:])
        assert form is not None, path
        for quad in ox.parse(path.read_bytes(), format=form, base_iri=base, rename_blank_nodes=True):
            inner = quad.graph_name if name is None and quad.graph_name != ox.DefaultGraph() else graph
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, inner))
    return store


def report(folder: Path, known: Collection[str], left_out: Collection[str], tell: Callable[[str], None]) -> bool:
    """Run all tests of a folder and tell how it went; whether all went as it is known to go."""
    passed = unknown = total = 0
    cases = [case for case in read_cases(folder) if case.group not in left_out]
    for group in dict.fromkeys(case.group for case in cases):
        reasons = {case.name: run(case, folder) for case in cases if case.group == group}
        good = [name for name, reason in reasons.items() if reason is None]
        tell(f"{group}: {len(good)} of {len(reasons)}")
        for name, reason in reasons.items():
            if reason is not None:
                tell(f"  {'known to fail' if name in known else 'FAILED'}: {name}: {reason[:300]}")
            elif name in known:
                tell(f"  PASSES NOW: {name}")
        passed, total = passed + len(good), total + len(reasons)
        unknown += sum((reason is None) == (name in known) for name, reason in reasons.items())
    tell(f"{passed} of {total} pass, {total - passed} fail; {unknown} not as it is known.")
    return unknown == 0 and total > 0


def main(arguments: list[str]) -> int:
    """Run what is called on the command line."""
    parser = argparse.ArgumentParser(description="Run a suite of SPARQL tests.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder with manifests")
    return 0 if report(parser.parse_args(arguments).folder.resolve(), KNOWN, LEFT_OUT, print) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
