"""A site: a folder of RDF laid out as CONTRIBUTING.md describes, opened for reading.

The file that makes a folder a site is data/catalog.ttl. It names the base IRI (`void:uriSpace`), the languages (those
of the catalogue's `dct:title`) and the datasets.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from mreze.errors import SiteError, UsageError
from mreze.formats import PACKED, SITE_FILES, TURTLE, Format, by_extension
from mreze.namespaces import RDF_TYPE, term
from mreze.storage import pass_on

CATALOG: Final = Path("data/catalog.ttl")
Role = Literal["catalog", "ontology", "shapes", "data"]
RESERVED_NAMES: Final = {
    "all": "the dump of the whole",
    "catalog": "the feed of the catalogue",
    "ontology": "the changes of the vocabulary",
    "shapes": "the changes of the shapes",
}
"""Dataset names that would collide with something else."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One RDF file of a site and the room it is in."""

    path: Path
    """Relative to the site's folder."""
    role: Role
    format: Format
    dataset: str | None = None

    @property
    def place(self) -> tuple[str, ...]:
        """The names below the dataset's folder, without the extension: (kind, slug)."""
        parts = self.path.parts[2:] if self.dataset else self.path.parts[1:]
        return (*parts[:-1], Path(self.path.name.removesuffix(PACKED)).stem)

    @property
    def packed(self) -> bool:
        """Whether the file is compressed."""
        return self.path.name.endswith(PACKED)


@dataclass(frozen=True, slots=True)
class SiteDataset:
    """One dataset of the catalogue: a first-level folder of data/ and a named graph."""

    name: str
    iri: str
    csv_query: str | None
    """Name of the saved query whose result is the CSV dump (`mreze:csvQuery`)."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site folder that could be opened."""

    root: Path
    base: str
    """`void:uriSpace`: every IRI of a thing starts with it; ends with a slash."""
    languages: tuple[str, ...]
    titles: dict[str, str]
    datasets: tuple[SiteDataset, ...]

    @property
    def catalog_iri(self) -> str:
        """IRI of the catalogue, which is also the name of its graph."""
        return self.base + "catalog"

    @property
    def ontology_iri(self) -> str:
        """Name of the graph that holds the ontology."""
        return self.base + "ontology"

    @property
    def shapes_iri(self) -> str:
        """Name of the graph that holds the shapes."""
        return self.base + "shapes"

    def files(self) -> list[SiteFile]:
        """Every RDF file of the site, sorted by path; what lies in no room (data/x.ttl) is left out."""
        rooms: list[tuple[Path, Role]] = [(Path("ontology"), "ontology"), (Path("shapes"), "shapes")]
        found = [SiteFile(CATALOG, "catalog", TURTLE)]
        for folder, role in rooms:
            found += [SiteFile(path, role, form) for path, form in self._rdf_files(folder)]
        for dataset in self.datasets:
            folder = Path("data") / dataset.name
            found += [SiteFile(path, "data", form, dataset.name) for path, form in self._rdf_files(folder)]
        return sorted(found, key=lambda one: one.path.as_posix())

    def queries(self, folder: Literal["checks", "examples", "wikidata"]) -> list[Path]:
        """The saved queries of a folder of queries/, relative to the site, sorted."""
        return sorted(path.relative_to(self.root) for path in (self.root / "queries" / folder).glob("*.rq"))

    def source_text(self, dataset: str, slug: str) -> Path:
        """Where the text of a source is kept, whether or not it is there."""
        return Path("data") / dataset / "sources" / f"{slug}.txt"

    def _rdf_files(self, folder: Path) -> list[tuple[Path, Format]]:
        found = []
        for path in (self.root / folder).rglob("*"):
            form = by_extension(Path(path.name.removesuffix(PACKED)).suffix.removeprefix("."), SITE_FILES)
            hidden = any(part.startswith(".") for part in path.relative_to(self.root).parts)
            if form is not None and not hidden:
                found.append((path.relative_to(self.root), form))
        return found


def open_site(root: Path) -> Site:
    """Open a folder as a site.

    Raises:
        UsageError: there is no such folder, or it is no site.
        SiteError: the catalogue lacks what the engine needs.
    """
    path = root / CATALOG
    if not root.is_dir():
        raise UsageError(f"{root}: there is no such folder. Name a site's folder, or make one: mreze new DIR")
    if not path.exists():
        raise UsageError(f"{root}: the folder is not a site: it has no data/catalog.ttl. Make one: mreze new DIR")
    graph = _read_catalog(path)
    return _Catalog(root, graph).site()


def _read_catalog(path: Path) -> ox.Dataset:
    try:
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        return ox.Dataset(ox.parse(content, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise SiteError(
            f"not Turtle: {error.msg}.",
            path=CATALOG,
            line=error.lineno,
            remedy="Mend the line; without the catalogue nothing can be checked.",
        ) from error
    except OSError as error:
        pass_on(error)
        raise SiteError(f"cannot be read: {error.strerror}.", path=CATALOG, remedy="Make it readable.") from error


class _Catalog:
    """Reads the settings of a site from its catalogue."""

    def __init__(self, root: Path, graph: ox.Dataset) -> None:
        self.root = root
        self.graph = graph

    def site(self) -> Site:
        catalogs = [
            quad.subject for quad in self.graph.quads_for_object(term("dcat:Catalog")) if quad.predicate == RDF_TYPE
        ]
        if len(catalogs) != 1 or not isinstance(catalogs[0], ox.NamedNode):
            raise self.error(
                f"describes {len(catalogs)} things of class dcat:Catalog.",
                "Describe exactly one, <BASEcatalog>.",
            )
        catalog = catalogs[0]
        base = self.base(catalog)
        titles = {
            one.language: one.value
            for one in self.objects(catalog, "dct:title")
            if isinstance(one, ox.Literal) and one.language
        }
        if not titles:
            raise self.error(
                "the catalogue has no dct:title with a language.", "Give it one in each language of the site."
            )
        datasets = tuple(self.dataset(one, base) for one in sorted(self.objects(catalog, "dcat:dataset"), key=str))
        order = {"en": 0}
        languages = tuple(sorted(titles, key=lambda tag: (order.get(tag, 1), tag)))
        return Site(self.root, base, languages, titles, datasets)

    def base(self, catalog: ox.NamedNode) -> str:
        values = [one.value for one in self.objects(catalog, "void:uriSpace") if isinstance(one, ox.Literal)]
        if len(values) != 1:
            raise self.error(
                f"gives the catalogue {len(values)} values of void:uriSpace.",
                "Give it one: the base IRI, as a string.",
            )
        base = values[0]
        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise self.error(f"void:uriSpace {base!r} is not an IRI.", "Write an absolute http(s) IRI.") from error
        if not base.endswith("/") or not base.startswith(("http://", "https://")):
            raise self.error(f"void:uriSpace {base!r} does not start with http(s):// and end with a slash.", "Mend it.")
        if catalog.value != base + "catalog":
            raise self.error(f"the catalogue is called <{catalog.value}>.", f"Call it <{base}catalog>.")
        return base

    def dataset(self, iri: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, base: str) -> SiteDataset:
        prefix = base + "dataset/"
        name = iri.value.removeprefix(prefix) if isinstance(iri, ox.NamedNode) else ""
        if not isinstance(iri, ox.NamedNode) or not iri.value.startswith(prefix) or not name or "/" in name:
            raise self.error(f"a dataset is called {iri}.", f"Call it <{prefix}NAME>, where data/NAME/ is its folder.")
        if name in RESERVED_NAMES:
            taken = RESERVED_NAMES[name]
            raise self.error(f"a dataset is called {name!r}, which is the name of {taken}.", "Rename it.")
        if not (self.root / "data" / name).is_dir():
            raise self.error(
                f"names the dataset {name!r}, but there is no folder data/{name}.",
                "Make the folder, or drop the entry.",
            )
        queries = [one.value for one in self.objects(iri, "mreze:csvQuery") if isinstance(one, ox.NamedNode)]
        csv_query = queries[0].removeprefix(base + "queries/") if queries else None
        if len(queries) > 1 or (csv_query and not (self.root / "queries" / "examples" / f"{csv_query}.rq").is_file()):
            raise self.error(
                f"mreze:csvQuery of {name!r} does not name one saved query.",
                f"Name one as <{base}queries/NAME>; its text is queries/examples/NAME.rq.",
            )
        return SiteDataset(name, iri.value, csv_query)

    def objects(self, subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        predicate = term(name)
        return [quad.object for quad in self.graph.quads_for_subject(subject) if quad.predicate == predicate]

    def error(self, message: str, remedy: str) -> SiteError:
        return SiteError(message, path=CATALOG, remedy=remedy)
