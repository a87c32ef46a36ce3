"""The one table of syntaxes: media type, file extension, what old clients call it, who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """A syntax in which something can be asked for."""

    name: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    rdf: RdfFormat | None = None
    results: QueryResultsFormat | None = None
    file_type: str | None = None
    """Its code in the file type authority table of the EU (http://publications.europa.eu/resource/authority/file-type)."""
    charset: bool = True
    """Whether the Content-Type carries `charset=utf-8` (not where the media type's registration says it has none)."""

    def __reduce__(self) -> tuple[Callable[[str], Format], tuple[str]]:
        """A format goes to another process by its name: pyoxigraph's objects cannot."""
        return _named, (self.name,)

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


TURTLE: Final = Format(
    "Turtle", "text/turtle", "ttl", ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    rdf=RdfFormat.TURTLE, file_type="RDF_TURTLE",
)  # fmt: skip
JSON_LD: Final = Format(
    "JSON-LD", "application/ld+json", "jsonld", ("application/x-json+ld", "application/json"),
    rdf=RdfFormat.JSON_LD, file_type="JSON_LD", charset=False,
)  # fmt: skip
N_TRIPLES: Final = Format(
    "N-Triples",
    "application/n-triples",
    "nt",
    ("text/plain",),
    rdf=RdfFormat.N_TRIPLES,
    file_type="RDF_N_TRIPLES",
)
RDF_XML: Final = Format(
    "RDF/XML", "application/rdf+xml", "rdf", ("application/xml", "text/xml", "text/rdf"),
    rdf=RdfFormat.RDF_XML, file_type="RDF_XML",
)  # fmt: skip
N_QUADS: Final = Format(
    "N-Quads", "application/n-quads", "nq", ("text/x-nquads",), rdf=RdfFormat.N_QUADS, file_type="RDF_N_QUADS"
)
TRIG: Final = Format("TriG", "application/trig", "trig", ("application/x-trig",), rdf=RdfFormat.TRIG)
ATOM: Final = Format("Atom", "application/atom+xml", "atom")
HTML: Final = Format("HTML", "text/html", "html", ("application/xhtml+xml",))
CSV: Final = Format("CSV", "text/csv", "csv", results=QueryResultsFormat.CSV, file_type="CSV")
TSV: Final = Format("TSV", "text/tab-separated-values", "tsv", results=QueryResultsFormat.TSV)
RESULTS_JSON: Final = Format(
    "SPARQL results in JSON", "application/sparql-results+json", "srj",
    ("application/json", "text/javascript", "application/javascript"),
    results=QueryResultsFormat.JSON, charset=False,
)  # fmt: skip
RESULTS_XML: Final = Format(
    "SPARQL results in XML", "application/sparql-results+xml", "srx", ("application/xml", "text/xml"),
    results=QueryResultsFormat.XML,
)  # fmt: skip

DOCUMENTS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)
"""What a description of a thing is offered in, the best first."""
GRAPHS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
"""What an RDF graph is offered in."""
DUMPS: Final = (TURTLE, N_TRIPLES, N_QUADS, JSON_LD, RDF_XML, CSV)
"""What a dataset is dumped in."""
FEEDS: Final = (TRIG, JSON_LD)
"""What a change feed is offered in."""
SITE_FILES: Final = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
"""What a site's files may be written in."""
PACKED: Final = ".gz"
"""What the name of a file ends with that is compressed (RFC 1952)."""


def _named(name: str) -> Format:
    return next(one for one in (*SITE_FILES, *DUMPS) if one.name == name)


def by_extension(extension: str, offered: tuple[Format, ...]) -> Format | None:
    """The offered format with this file extension (without the dot), or None."""
    return next((one for one in offered if one.extension == extension), None)
