"""Write what a release holds, step by step, once the site is checked and the groundwork laid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from pyoxigraph import Triple

from mreze import turtle
from mreze.build.authors import read_authored
from mreze.build.catalog import catalog
from mreze.build.changelog import tell
from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.dumps import write_dumps
from mreze.build.examples import draw_rows
from mreze.build.feeds import write_feeds
from mreze.build.groundwork import Groundwork
from mreze.build.index import start_names
from mreze.build.inputs import input_digest
from mreze.build.numbers import Count, Numbers, counting, keep_counted
from mreze.build.quality import measure_quality
from mreze.build.store import write_store
from mreze.build.versions import continue_histories, versioned, versions
from mreze.build.void import void
from mreze.build.workers import Workers
from mreze.build.writer import ReleaseWriter
from mreze.findings import Finding
from mreze.pictures import picture_path
from mreze.progress import Progress
from mreze.quality import QUALITY, write_quality
from mreze.release import CHANGES, LOCATION, MANIFEST, VERSIONS, Release, ReleaseFile, manifest


@dataclass(frozen=True, slots=True)
class Step:
    """Which release follows which."""

    name: str
    date: str
    previous: Release | None


@dataclass(frozen=True, slots=True)
class Making:
    """A release that is being written."""

    contents: Contents
    laid: Groundwork
    writer: ReleaseWriter
    step: Step
    hands: Workers
    progress: Progress

    def write(self, findings: Sequence[Finding], loaded: Future[None]) -> None:
        """Write all of it.

        Args:
            findings: what the check had to say.
            loaded: the loading of the store, which goes on meanwhile.
        """
        count = counting(self.contents, self.laid)
        numbers = self.hands.start(Count.run, count)
        dumps = write_dumps(self.contents, self.laid, self.writer, self.step.previous, self.progress, self.hands)
        self.progress("index")
        names = start_names(self.writer.folder, self.contents, self.step.previous, self.hands)
        self._write_vocabularies()
        self.progress("statistics")
        counted = numbers.result()
        keep_counted(self.contents, count)
        release, graphs = self._describe(counted, dumps)
        self.progress("index")
        names.finish()
        quality = measure_quality(self.contents.site, self.contents.shapes, counted, findings)
        self.writer.write(QUALITY, write_quality(quality))
        self._write_authored()
        self.progress("store")
        write_store(self.contents, loaded, graphs)
        self.writer.write(MANIFEST, manifest(replace(release, files=self._files())), listed=False)

    def _write_vocabularies(self) -> None:
        for name in ("ontology", "shapes"):
            self._write_turtle(f"{name}.ttl", {quad.triple for quad in self.contents.graph.quads(name)})

    def _describe(self, counted: Numbers, dumps: Sequence[Dump]) -> tuple[Release, dict[str, set[Triple]]]:
        """Say what changed and what there is; return the release as it is known by now, and its own graphs by name."""
        contents, step, site = self.contents, self.step, self.contents.site
        self.progress("changes")
        release = self._release(counted)
        changelog = tell(step.previous, release, step.name)
        known = continue_histories(site, step.previous, step.name, step.date, changelog.counts())
        self.progress("catalogue")
        author = (quad.triple for quad in contents.graph.quads("catalog"))
        written = versioned(site, author, known, changelog.version())
        catalogue = set(catalog(site, written, dumps, step.date, contents.labels))
        self.progress("feeds")
        write_feeds(contents, self.writer, step.previous, release, step.name, catalogue, self.hands)
        described = void(contents, counted, dumps, len(catalogue), step.date)
        graphs = {"catalog": catalogue, "void": described, "queries": set(contents.described_queries)}
        for name, triples in graphs.items():
            self._write_turtle(f"{name}.ttl", triples)
        self._write_turtle(CHANGES, changelog.triples())
        self._write_turtle(VERSIONS, versions(site, release.datasets, known))
        return release, graphs

    def _write_authored(self) -> None:
        """What the site's authors wrote for people: queries, and what is drawn of their results; pages."""
        contents = self.contents
        for query in contents.queries:
            self.writer.write(f"queries/{query.name}.rq", query.text.encode())
        for name, rows in draw_rows(contents.graph, contents.queries).items():
            self.writer.write(picture_path(name), rows)
        for path, content in read_authored(contents.site).items():
            self.writer.write(path, content)

    def _write_turtle(self, path: str, triples: Iterable[Triple]) -> None:
        self.writer.write(path, turtle.write(set(triples), self.contents.prefixes, relative_to=LOCATION).encode())

    def _release(self, counted: Numbers) -> Release:
        """The release as far as it is written."""
        site = self.contents.site
        return Release(
            root=self.writer.folder,
            date=self.step.date,
            base=site.base,
            languages=site.languages,
            titles=site.titles,
            ontology=site.ontology_iri,
            datasets=self.contents.described_datasets(
                {name: one.statistics.triples for name, one in counted.datasets.items()}
            ),
            prefixes=self.contents.prefixes,
            counts={"triples": counted.whole.triples, "things": counted.documents.things},
            files=self._files(),
            input=input_digest(site),
            previous=self.step.previous.name if self.step.previous else None,
            indexed=True,
        )

    def _files(self) -> dict[str, ReleaseFile]:
        """What is written so far."""
        return {one.path: one for one in sorted(self.writer.files, key=lambda file: file.path)}
