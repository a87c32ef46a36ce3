"""The judge of FAIR principles: what of F-UJI's 26 points can be told from the site alone.

https://www.f-uji.net/, metrics 0.8. It reads what F-UJI reads: a dataset's page with the description embedded in it,
and the same by negotiation. Whether a persistent identifier is registered cannot be told here: its form counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.errors import MrezeError
from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.rehearse.points import Indicator, count
from mreze.rehearse.verdict import Answer, Harvested, Verdict

_EMBEDDED: Final = re.compile(
    r"<script[^>]*\btype=[\"']application/ld\+json[\"'][^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
_PERSISTENT: Final = re.compile(
    r"https?://(?:(?:dx\.)?doi\.org|hdl\.handle\.net|purl\.(?:org|archive\.org)|w3id\.org)/|ark:"
)
_PROTOCOLS: Final = frozenset({"http", "https", "ftp", "ftps", "sftp"})
_WITH_LOGIN: Final = frozenset({"http", "https", "ftps", "sftp"})
_REGISTERED: Final = tuple(PREFIXES[one] for one in ("adms", "dcat", "foaf", "prov", "schema", "skos", "void"))
_STANDARDS: Final = tuple(PREFIXES[one] for one in ("dcat", "schema"))
_OPEN_TYPES: Final = ("text/", "application/ld+json", "application/n-", "application/rdf+xml", "application/json")
_PROVENANCE: Final = tuple(
    map(term, ("dct:creator", "dct:publisher", "dct:issued", "dct:modified", "dct:provenance", "prov:wasDerivedFrom"))
)
_RELATIONS: Final = tuple(
    map(
        term,
        (
            "dcat:previousVersion",
            "dcat:qualifiedRelation",
            "dct:isPartOf",
            "dct:isReferencedBy",
            "dct:relation",
            "dct:source",
            "prov:wasDerivedFrom",
        ),
    )
)
_OK: Final = 200
_CITATION: Final = ("creator", "name", "identifier", "datePublished", "publisher", "@type")
_DESCRIPTION: Final = ("description", "keywords")


@dataclass(frozen=True)
class _Dataset:
    """A dataset as a machine finds it that has nothing but its identifier."""

    harvested: Harvested
    node: NamedNode

    @cached_property
    def address(self) -> str:
        """Where the site tells of it: its identifier, with the site's address in place of the base."""
        base = self.harvested.catalogue.rpartition("/")[0] + "/"
        site = self.harvested.address.rpartition("/")[0] + "/"
        iri = self.node.value
        return site + iri.removeprefix(base) if iri.startswith(base) else iri

    @cached_property
    def embedded(self) -> dict[str, Any]:
        """What is embedded in its page of schema.org; nothing where it is no dataset."""
        answer = self._get("text/html, */*;q=0.1")
        found = _EMBEDDED.search(answer.body.decode("utf-8", "replace")) if answer.status == _OK else None
        try:
            told = json.loads(found[1]) if found else {}
        except ValueError:
            return {}
        return told if isinstance(told, dict) and told.get("@type") == "Dataset" else {}

    @cached_property
    def negotiated(self) -> set[Triple]:
        """What is told of it in RDF at the same address."""
        answer = self._get("text/turtle")
        if answer.status != _OK or answer.media_type != "text/turtle":
            return set()
        try:
            return {one.triple for one in parse(answer.body, format=RdfFormat.TURTLE, base_iri=answer.address)}
        except SyntaxError:
            return set()

    @cached_property
    def downloads(self) -> list[str]:
        """The addresses of its files."""
        return sorted(set(self.files_have("dcat:downloadURL")))

    def has(self, predicates: Iterable[NamedNode]) -> bool:
        """Whether it has one of the properties."""
        wanted = set(predicates)
        return any(one.predicate in wanted for one in self._own)

    def files_have(self, predicate: str) -> list[str]:
        """The values that its files have of a property; none where a file has none."""
        files = [one.object for one in self._own if one.predicate == term("dcat:distribution")]
        values = [self._values(file, term(predicate)) for file in files]
        return [one for found in values for one in found] if all(values) else []

    def uses(self, spaces: tuple[str, ...]) -> bool:
        """Whether its description uses a vocabulary of these."""
        terms = [one.object if one.predicate == RDF_TYPE else one.predicate for one in self.negotiated]
        return any(isinstance(one, NamedNode) and one.value.startswith(spaces) for one in terms)

    def answers(self) -> bool:
        """Whether all of its files can be fetched."""
        return bool(self.downloads) and all(self._ask("HEAD", one, "*/*").status == _OK for one in self.downloads)

    @cached_property
    def _own(self) -> list[Triple]:
        return [one for one in self.negotiated if one.subject == self.node]

    def _values(self, file: object, predicate: NamedNode) -> list[str]:
        found = [one.object for one in self.negotiated if one.subject == file and one.predicate == predicate]
        return [one.value for one in found if isinstance(one, NamedNode | Literal)]

    def _get(self, accept: str) -> Answer:
        return self._ask("GET", self.address, accept)

    def _ask(self, method: str, address: str, accept: str) -> Answer:
        try:
            return self.harvested.fetch(method, address, {"Accept": accept})
        except MrezeError:
            return Answer(address, 0, {})


def _scheme(addresses: Iterable[str], schemes: frozenset[str]) -> bool:
    found = [urlsplit(one).scheme in schemes for one in addresses]
    return bool(found) and all(found)


def _tells(dataset: _Dataset, names: Iterable[str]) -> bool:
    return all(dataset.embedded.get(one) for one in names)


METRICS: Final[tuple[Indicator[_Dataset], ...]] = (
    Indicator("F1-01 identifier", 1, lambda it: _scheme([it.node.value], _PROTOCOLS), "the identifier is no address"),
    Indicator(
        "F1-02 persistent",
        1,
        lambda it: bool(_PERSISTENT.match(it.node.value)),
        "the identifier is of no scheme that lasts, such as w3id.org",
    ),
    Indicator("F2-01 citation", 1, lambda it: _tells(it, _CITATION), "the page does not tell how to cite the dataset"),
    Indicator(
        "F2-01 description",
        1,
        lambda it: _tells(it, (*_CITATION, *_DESCRIPTION)),
        "the page does not tell what the dataset is about",
    ),
    Indicator("F3-01 data named", 1, lambda it: bool(it.downloads), "the description names no file"),
    Indicator("F4-01 searchable", 2, lambda it: bool(it.embedded), "search engines find no schema.org in the page"),
    Indicator("A1-01 access", 1, lambda it: it.has([term("dct:accessRights")]), "nothing tells who has access"),
    Indicator("A1-02 metadata", 1, lambda it: bool(it.negotiated), "the description cannot be fetched"),
    Indicator("A1-02 data", 1, lambda it: it.answers(), "not every file can be fetched"),
    Indicator("A1.1-01 metadata", 1, lambda it: _scheme([it.address], _PROTOCOLS), "the protocol is no standard one"),
    Indicator("A1.1-01 data", 1, lambda it: _scheme(it.downloads, _PROTOCOLS), "the protocol is no standard one"),
    Indicator("A1.2-01 metadata", 1, lambda it: _scheme([it.address], _WITH_LOGIN), "the protocol knows no login"),
    Indicator("A1.2-01 data", 1, lambda it: _scheme(it.downloads, _WITH_LOGIN), "the protocol knows no login"),
    Indicator("I1-01 formal", 2, lambda it: bool(it.embedded or it.negotiated), "there is no description in RDF"),
    Indicator("I2-01 vocabularies", 2, lambda it: it.uses(_REGISTERED), "it uses no registered vocabulary"),
    Indicator("I3-01 related", 2, lambda it: it.has(_RELATIONS), "the dataset refers to nothing that it comes from"),
    Indicator("R1-01 kind", 1, lambda it: it.has([RDF_TYPE]), "nothing tells what kind of resource it is"),
    Indicator(
        "R1-01 files",
        1,
        lambda it: bool(it.files_have("dcat:byteSize") and it.files_have("dcat:mediaType")),
        "not every file tells its size and its media type",
    ),
    Indicator("R1.1-01 licence", 1, lambda it: it.has([term("dct:license")]), "the dataset names no licence"),
    Indicator("R1.2-01 provenance", 1, lambda it: it.has(_PROVENANCE), "nothing tells who made it, when or of what"),
    Indicator("R1.3-01 standard", 1, lambda it: it.uses(_STANDARDS), "it follows no standard for datasets"),
    Indicator(
        "R1.3-02 format",
        1,
        lambda it: any(_media_type(one).startswith(_OPEN_TYPES) for one in it.files_have("dcat:mediaType")),
        "no file is in an open format",
    ),
)
"""26 points."""


def judge() -> Callable[[Harvested], list[Verdict]]:
    """The reader that looks for each dataset of a catalogue as a machine would that has only its identifier."""

    def read(harvested: Harvested) -> list[Verdict]:
        return [count("fair", one.value, _Dataset(harvested, one), METRICS) for one in harvested.datasets]

    return read


def _media_type(iri: str) -> str:
    return "/".join(iri.split("/")[-2:])
