"""The page of a thing: its names, its facts with their evidence, what points to it, how to cite it, how to take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from mreze.formats import GRAPHS
from mreze.namespaces import term
from mreze.serve.citation import Imprint, in_bibtex, in_pieces
from mreze.serve.claims import cite_claims, claims_of, source_dates
from mreze.serve.documents import Document
from mreze.serve.exchange import PARAMETER, Request, Response
from mreze.serve.facts import Fact, Sheet
from mreze.serve.fields import Fields
from mreze.serve.footnotes import footnotes, marked
from mreze.serve.gallery.model import Exhibit
from mreze.serve.imprint import citation, imprint_of
from mreze.serve.iris import encode
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pointers import Pointing
from mreze.serve.registers import elsewhere
from mreze.serve.service import Service
from mreze.serve.view import Part, Value, Viewer
from mreze.texts import pick

_TELLING: Final = tuple(
    term(one) for one in ("dct:description", "schema:description", "skos:definition", "rdfs:comment", "org:purpose")
)
"""What tells in a sentence what a thing is, the best first."""
_NOTE: Final = term("skos:note").value
_SUMMED: Final = 4
"""So many facts stand for a thing that nobody describes."""
_QUERY: Final = """\
# All that the page of this thing tells
CONSTRUCT {{ ?subject ?property ?value }}
WHERE {{
  GRAPH <{documents}> {{
    <{document}> <{topic}>|<{part}> ?topic
  }}
  {{ ?topic ?property ?value . BIND (?topic AS ?subject) }}
  UNION
  {{ ?subject ?property ?topic . BIND (?topic AS ?value) }}
}}
"""


def thing_page(
    service: Service, request: Request, document: Document, status: int = 200, exhibits: Sequence[Exhibit] = ()
) -> Response:
    """Render the page.

    Args:
        service: whose page it is.
        request: what is answered.
        document: what it tells.
        status: of the answer.
        exhibits: the pictures of the thing.
    """
    reader = service.pages.reader(request)
    imprint = imprint_of(service)
    viewer = _viewer(service, reader, document, imprint)
    name = encode(document.iri.rpartition("/")[2])
    label = viewer.label(document.thing)
    lead = lead_of(viewer, document.thing)
    fields = fields_of(service)
    facts = Sheet(viewer, fields, document.thing, document.parts).facts()
    claims = claims_of(facts)
    evidenced = any(line.said or line.quotes for one in facts for line in one.lines)
    told = any(_islead_of(one, lead) and one.lines[0].said for one in facts)
    cited = replace(
        citation(service, reader, imprint, label, document.thing, document.datasets),
        query=_cited_query(service, reader, document),
    )
    return service.pages.page(
        "thing.html",
        reader,
        alternates=[(one, f"{name}.{one.extension}") for one in GRAPHS],
        status=status,
        summary=lead.text if lead else _summary(facts),
        name=label,
        names=[one for one in viewer.names(document.thing) if one.text != label.text],
        iri=document.thing,
        kinds=viewer.kinds(document.thing),
        lead=None if told else lead,
        retired=document.retired,
        successors=[viewer.link(one) for one in document.successors],
        facts=[one for one in facts if told or not _islead_of(one, lead)],
        evidenced=evidenced,
        exhibits=exhibits,
        claims=claims,
        dates=source_dates(service.store, viewer, fields, claims),
        citings=cite_claims(service, reader, claims, cited),
        elsewhere=elsewhere(viewer, document.thing),
        others=viewer.others(document.thing, sorted(document.parts)),
        folded=viewer.unanchored(document.parts),  # once all else has its anchors
        pointers=Pointing(service.store, viewer, document.incoming).told(),
        about=_about(viewer, document),
        footnotes=footnotes(service.store, marked(document.labels) - {document.thing}, reader.language),
        cited=cited,
        words=in_pieces(cited),
        bibtex=in_bibtex(cited),
        pinned=reader.at(release=service.release.name, page=None),
        sparql=f"{request.root}sparql?{urlencode({'query': query_of(service, document), **reader.carried})}",
        count=document.pointers,
        page=document.page,
        pages=document.pages,
        page_link=lambda number: reader.at(page=number),
    )


def _cited_query(service: Service, reader: Reader, document: Document) -> str:
    """The address of the query that gives the page, in its release for good; nothing where no server answers."""
    if not service.pages.live:
        return ""
    lines = query_of(service, document).splitlines()[1:]
    asked = urlencode({"query": " ".join(" ".join(lines).split()), PARAMETER: service.release.name})
    return interface_text(reader, "Query: {address}", address=f"{reader.request.location}sparql?{asked}")


def query_of(service: Service, document: Document) -> str:
    """The query that finds what the page tells."""
    return _QUERY.format(
        documents=f"{service.release.base}documents",
        document=document.iri,
        topic=term("foaf:primaryTopic").value,
        part=term("foaf:topic").value,
    )


def fields_of(service: Service) -> Fields:
    """What the shapes of the release call properties."""
    return service.fields.get(lambda: Fields(service.store.graph(f"{service.release.base}shapes")))


def _viewer(service: Service, reader: Reader, document: Document, imprint: Imprint) -> Viewer:
    predicates = {one.predicate for one in document.triples}
    mentioned = {one.object.value for one in document.triples if isinstance(one.object, NamedNode)}
    labels = document.labels | service.store.labels(predicates) | set(imprint.labels_of(mentioned))
    request = reader.request
    return Viewer(
        document.triples,
        labels,
        base=service.release.base,
        language=reader.language,
        root=request.root,
        query=reader.query,
    )


def lead_of(viewer: Viewer, thing: str) -> Value | None:
    """What the thing is, in the language of the page or the nearest that there is."""
    said = viewer.said(thing)
    for predicate in _TELLING:
        texts = {one.language or "": one.value for one in said.get(predicate, []) if isinstance(one, Literal)}
        if texts:
            text = pick(texts, viewer.language)
            language = viewer.language if texts.get(viewer.language) == text else _tag(texts, text)
            foreign = language if language and language != viewer.language else None
            return Value(text, language=language or None, foreign=foreign)
    return None


def _tag(texts: dict[str, str], text: str) -> str:
    return next(tag for tag, one in texts.items() if one == text)


def _islead_of(fact: Fact, lead: Value | None) -> bool:
    return lead is not None and [one.text for line in fact.lines for one in line.values[:1]] == [lead.text]


def _summary(facts: Sequence[Fact]) -> str:
    """The first facts in a line."""
    told = (one for one in facts if one.lines and one.name.title != _NOTE)
    plain = [one for one in told if all(value.part is None for value in one.lines[0].values)]
    named = [(one.name.text, ", ".join(value.text for value in one.lines[0].values)) for one in plain]
    return " · ".join(f"{name}: {values}" for name, values in named[:_SUMMED] if values)


def _about(viewer: Viewer, document: Document) -> Part:
    part = viewer.part(document.iri)
    told = term("foaf:primaryTopic").value
    hidden = {told, term("hydra:view").value}
    return Part(part.id, part.iri, part.kinds, tuple(row for row in part.rows if row.name.title not in hidden))
