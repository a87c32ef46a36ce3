"""The judge of metadata quality: the 405 points that data.europa.eu gives a dataset, indicator by indicator.

https://data.europa.eu/mqa/methodology. An indicator of files has its points only if every file of the dataset passes;
the portal counts the share of files, so it gives no fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import rdflib
from pyoxigraph import Literal, NamedNode

from mreze.errors import MrezeError
from mreze.rehearse.points import Indicator, count
from mreze.rehearse.shapes import judge as judge_shapes
from mreze.rehearse.verdict import Harvested, Object, Verdict

_EU: Final = "http://publications.europa.eu/resource/authority/"
_FILE_TYPES: Final = _EU + "file-type/"
_LICENCES: Final = _EU + "licence/"
_ACCESS_RIGHTS: Final = _EU + "access-right/"
_MEDIA_TYPES: Final = ("https://www.iana.org/assignments/media-types/", "http://www.iana.org/assignments/media-types/")
_RDF: Final = "JSON_LD N3 OWL RDF RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TRIX RDF_TURTLE RDF_XML"
_STRUCTURED: Final = "CSV GEOJSON GML GPKG GTFS JSON KML NETCDF ODS SPARQLQRES TSV XML"
_OPEN: Final = frozenset(f"{_RDF} {_STRUCTURED} GZIP HTML ODP ODT PDF PNG RSS SQL SVG TAR TXT XHTML ZIP".split())
_READABLE: Final = frozenset(f"{_RDF} {_STRUCTURED} SHP XLS XLSX".split())
_OK: Final = range(200, 300)


@dataclass(frozen=True)
class _Dataset:
    """A dataset with its files, looked at for one indicator after another."""

    harvested: Harvested
    node: NamedNode
    files: tuple[Object, ...]
    conforms: bool | None
    """Whether the shapes of DCAT-AP say so; None where there were none to ask."""
    statuses: dict[str, bool] = field(default_factory=dict)
    """Which addresses were asked, and whether they answered; shared by all datasets."""

    def has(self, predicate: str, *spaces: str) -> bool:
        """Whether the dataset has the property, with an IRI of one of the spaces where some are named."""
        return _is_in(self.harvested.objects(self.node, predicate), spaces)

    def files_have(self, predicate: str, *spaces: str) -> bool:
        """Whether each of its files does."""
        return bool(self.files) and all(_is_in(self.harvested.objects(one, predicate), spaces) for one in self.files)

    def formats_are(self, codes: frozenset[str]) -> bool:
        """Whether each of its files is in a format of a list."""
        return bool(self.files) and all(
            any(_code(one) in codes for one in self.harvested.objects(file, "dct:format")) for file in self.files
        )

    def answers(self, predicate: str) -> bool:
        """Whether each of its files has addresses and all of them answer."""
        found = [self.harvested.objects(one, predicate) for one in self.files]
        return bool(found) and all(one and all(self._answers(address) for address in one) for one in found)

    def _answers(self, address: Object) -> bool:
        if not isinstance(address, NamedNode):
            return False
        if address.value not in self.statuses:
            try:
                status = self.harvested.fetch("HEAD", address.value, {"Accept": "*/*"}).status
            except MrezeError:
                status = 0
            self.statuses[address.value] = status in _OK
        return self.statuses[address.value]


INDICATORS: Final[tuple[Indicator[_Dataset], ...]] = (
    Indicator("dcat:keyword", 30, lambda it: it.has("dcat:keyword"), "the dataset has no keyword"),
    Indicator("dcat:theme", 30, lambda it: it.has("dcat:theme"), "the dataset has no theme"),
    Indicator("dct:spatial", 20, lambda it: it.has("dct:spatial"), "the dataset names no area"),
    Indicator("dct:temporal", 20, lambda it: it.has("dct:temporal"), "the dataset names no period"),
    Indicator("dcat:accessURL", 50, lambda it: it.answers("dcat:accessURL"), "not every file's address answers"),
    Indicator("dcat:downloadURL", 20, lambda it: it.files_have("dcat:downloadURL"), "not every file has a download"),
    Indicator("dcat:downloadURL answers", 30, lambda it: it.answers("dcat:downloadURL"), "not every download answers"),
    Indicator("dct:format", 20, lambda it: it.files_have("dct:format"), "not every file names its format"),
    Indicator("dcat:mediaType", 10, lambda it: it.files_have("dcat:mediaType"), "not every file names its media type"),
    Indicator(
        "dct:format in a list",
        5,
        lambda it: it.files_have("dct:format", _FILE_TYPES),
        "not every format is one of the file types of the EU",
    ),
    Indicator(
        "dcat:mediaType in a list",
        5,
        lambda it: it.files_have("dcat:mediaType", *_MEDIA_TYPES),
        "not every media type is one of IANA's",
    ),
    Indicator("open format", 20, lambda it: it.formats_are(_OPEN), "not every format is known to belong to nobody"),
    Indicator(
        "machine-readable", 20, lambda it: it.formats_are(_READABLE), "not every format is known to be for machines"
    ),
    Indicator("DCAT-AP", 30, lambda it: it.conforms is True, "the shapes of DCAT-AP find failures"),
    Indicator("dct:license", 20, lambda it: it.files_have("dct:license"), "not every file names its licence"),
    Indicator(
        "dct:license in a list",
        10,
        lambda it: it.files_have("dct:license", _LICENCES),
        "not every licence is one of the list of the EU",
    ),
    Indicator("dct:accessRights", 10, lambda it: it.has("dct:accessRights"), "the dataset says not who has access"),
    Indicator(
        "dct:accessRights in a list",
        5,
        lambda it: it.has("dct:accessRights", _ACCESS_RIGHTS),
        "the access right is none of the list of the EU",
    ),
    Indicator("dcat:contactPoint", 20, lambda it: it.has("dcat:contactPoint"), "the dataset names nobody to turn to"),
    Indicator("dct:publisher", 10, lambda it: it.has("dct:publisher"), "the dataset names no publisher"),
    Indicator("dct:rights", 5, lambda it: it.files_have("dct:rights"), "not every file states its rights"),
    Indicator("dcat:byteSize", 5, lambda it: it.files_have("dcat:byteSize"), "not every file tells its size"),
    Indicator(
        "dct:issued",
        5,
        lambda it: it.has("dct:issued") and it.files_have("dct:issued"),
        "dataset and files do not all say when they were published",
    ),
    Indicator(
        "dct:modified",
        5,
        lambda it: it.has("dct:modified") and it.files_have("dct:modified"),
        "dataset and files do not all say when they changed",
    ),
)
"""Findability, accessibility, interoperability, reusability, context: 405 points."""


def judge(shapes: rdflib.Graph | None = None) -> Callable[[Harvested], list[Verdict]]:
    """The reader that counts points.

    Args:
        shapes: of DCAT-AP, from `mreze.rehearse.shapes`; without them conformance is not counted, nor its points.
    """
    indicators = [one for one in INDICATORS if shapes is not None or one.what != "DCAT-AP"]

    def read(harvested: Harvested) -> list[Verdict]:
        return [count("mqa", one.node.value, one, indicators) for one in _datasets(harvested, shapes)]

    return read


def _datasets(harvested: Harvested, shapes: rdflib.Graph | None) -> Iterator[_Dataset]:
    failing: dict[str, bool] = {}
    if shapes is not None:
        failing = {one.dataset: bool(one.lost) for one in judge_shapes(shapes)(harvested)}
    statuses: dict[str, bool] = {}
    for node in harvested.datasets:
        files = tuple(harvested.objects(node, "dcat:distribution"))
        conforms = None if shapes is None else not failing.get(node.value, False)
        yield _Dataset(harvested, node, files, conforms, statuses)


def _is_in(objects: list[Object], spaces: tuple[str, ...]) -> bool:
    if not spaces:
        return bool(objects)
    return any(isinstance(one, NamedNode) and one.value.startswith(spaces) for one in objects)


def _code(format_: Object) -> str:
    """The code of a format in the list of the EU; a format that is only written is taken by its name."""
    if isinstance(format_, NamedNode):
        return format_.value.removeprefix(_FILE_TYPES)
    return format_.value.upper() if isinstance(format_, Literal) else ""
