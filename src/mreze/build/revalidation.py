"""Validation of what a change reaches alone: the rest was found when the release before was built, and is kept.

Kept are results, not findings, as an unchanged thing may stand on another line now. They are kept by what they are
results of: the lines of the datasets, as the manifest of a release has their digests, and the files of catalogue,
ontology and shapes. So what is found for a release is of that very release. Wherever anything is doubtful there are no
results here, and everything is validated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from mreze.build.differing import Comparison
from mreze.build.neighbourhood import neighbourhood
from mreze.graph import SiteGraph
from mreze.keeping import key_of
from mreze.namespaces import term
from mreze.nquads import without_graph
from mreze.release import digest
from mreze.shacl.engines import Engine
from mreze.shacl.reach import Reach, TooFarError
from mreze.shacl.reads import Reads, UnknownReadsError, find_reads
from mreze.shacl.results import Node, RefusedError, Result, result_of_json
from mreze.staging import digest_of

_KIND: Final = "results"
_MOST: Final = 10_000
"""How many results are kept; where there are more, everything is validated again."""
_SHARE: Final = 0.1
"""The share of all triples that may be looked up: to validate everything is quicker than more."""
_FEW: Final = 20_000
"""How many may be in any case."""
_SUBCLASS: Final = term("rdfs:subClassOf")

Run = Callable[[Collection[Triple]], list[Result]]


@dataclass(frozen=True)
class Revalidation:
    """What may be known before a validation, and what of it is known after it."""

    comparison: Comparison
    """Of the site with its last release."""
    graph: SiteGraph
    shapes: list[Triple]
    engine: Engine
    size: int
    """About how many triples a full validation looks at."""

    @cached_property
    def reads(self) -> Reads | None:
        """What the shapes read; None where nobody can tell."""
        try:
            return find_reads(self.shapes)
        except UnknownReadsError:
            return None

    @cached_property
    def before(self) -> list[Result] | None:
        """What was found in the release before."""
        path = self._kept()
        return [result_of_json(one) for one in json.loads(path.read_bytes())] if path else None

    def _kept(self) -> Path | None:
        """Where that is kept."""
        previous, keeper = self.comparison.previous, self.graph.staging.keeper
        if previous is None or keeper is None:
            return None
        listed = {one.name: previous.files.get(f"dumps/{one.name}.nq") for one in previous.datasets}
        key = self._key({name: file.sha256 if file else "" for name, file in listed.items()})
        return keeper.find(_KIND, key) if key else None

    def renew(self) -> None:
        """Keep on keeping that, though nobody needs it this time: what is not looked for is removed."""
        self._kept()

    @property
    def is_likely(self) -> bool:
        """Whether a validation of a part will do, as far as can be told without looking at the data."""
        return self.reads is not None and self.before is not None and self.comparison.differing is not None

    def results(self, run: Run) -> list[Result] | None:
        """What a full validation would find; None where one has to be made.

        Args:
            run: validates some triples.
        """
        differing, before, reads = self.comparison.differing, self.before, self.reads
        if differing is None or before is None or reads is None:
            return None
        if len(differing.gone) + len(differing.new) > self._most // 4:  # as objects they would take much memory
            return None
        gone, new = (_triples(lines) for lines in (differing.gone, differing.new))
        changed = gone ^ new  # what another dataset says now is said as before
        if any(map(_is_doubtful, changed)):
            return None
        try:
            nodes, data = self._reached(reads, changed) if changed else (set(), set())
            found = run(data | new) if nodes else []
        except (TooFarError, RefusedError):
            return None
        return [*(one for one in before if one.focus not in nodes), *(one for one in found if one.focus in nodes)]

    def _reached(self, reads: Reads, changed: Collection[Triple]) -> tuple[set[Node], set[Triple]]:
        """The things to look at again, and all that is read of them."""
        with neighbourhood(self.graph) as neighbours:
            reach = Reach(neighbours, self._most)
            nodes = reach.affected(reads, changed)
            nodes.update(one.subject for one in changed if not isinstance(one.subject, Triple))
            return nodes, reach.read(reads, nodes) | set(reach.counted(neighbours.hierarchy(_SUBCLASS)))

    @property
    def _most(self) -> int:
        """How many triples may be looked up."""
        return max(_FEW, int(_SHARE * self.size))

    def keep(self, results: Iterable[Result]) -> None:
        """Keep what was found, if the next build may need it."""
        keeper, kept = self.graph.staging.keeper, list(results)
        if keeper is None or self.reads is None or len(kept) > _MOST or any(map(_is_nameless, kept)):
            return
        key = self._key({one.name: digest(self.graph.staged(one.name).path) for one in self.graph.site.datasets})
        if key and keeper.find(_KIND, key) is None:
            aside = self.graph.staging.path(_KIND)
            aside.write_text(json.dumps([one.as_json() for one in kept]), "utf-8")
            keeper.keep(_KIND, key, aside)

    def _key(self, datasets: Mapping[str, str]) -> str:
        """The key of what is found in datasets of these digests beside the catalogue and so on; empty if unknown."""
        others = digest_of(self.graph.of("catalog", "ontology", "shapes"))
        if not others or not all(datasets.values()):
            return ""
        said = (part for one in sorted(datasets.items()) for part in one)
        return key_of(_KIND, self.graph.site.base, others, self.engine.value, *said)


def _triples(lines: Iterable[tuple[str, bytes]]) -> set[Triple]:
    content = b"".join(without_graph([line for _, line in lines]))
    return {one.triple for one in parse(content, format=RdfFormat.N_TRIPLES)}


def _is_doubtful(changed: Triple) -> bool:
    """Whether it is of nodes that are called otherwise each time, or of the hierarchy of classes, or no RDF 1.1."""
    return changed.predicate == _SUBCLASS or not (
        isinstance(changed.subject, NamedNode) and not isinstance(changed.object, BlankNode | Triple)
    )


def _is_nameless(result: Result) -> bool:
    """Whether it tells of a node that may be called otherwise the next time."""
    return isinstance(result.focus, BlankNode) or isinstance(result.value, BlankNode)
