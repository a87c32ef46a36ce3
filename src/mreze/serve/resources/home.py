"""The home page: what this is, what there is, how to take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Triple

from mreze.formats import GRAPHS, HTML
from mreze.namespaces import RDF_TYPE, term
from mreze.release import CHANGES
from mreze.serve.documents import texts_of
from mreze.serve.exchange import Request, Response
from mreze.serve.gallery.gallery import exhibits
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader
from mreze.serve.resources.dumps import listed
from mreze.serve.resources.graphs import catalog, located, structured
from mreze.serve.resources.saved import questions
from mreze.serve.resources.tables import tables
from mreze.serve.service import Service
from mreze.serve.view import Value, Viewer
from mreze.serve.wording import CLASSES, shorten
from mreze.texts import pick

_PLACES: Final = {name: place for place, name in enumerate(CLASSES)}
MOST: Final = 60
"""How many things of a kind the page names."""
_COUNTING: Final = """\
# How many things are described under this path
SELECT (COUNT(DISTINCT ?thing) AS ?things)
WHERE {{
  GRAPH <{base}documents> {{ ?document <{topic}> ?thing }}
  FILTER (STRSTARTS(STR(?thing), "{base}id/{kind}/"))
}}
"""
_COUNTING_THINGS: Final = """\
# How many things have a document of their own
SELECT (COUNT(DISTINCT ?thing) AS ?things)
WHERE {{
  GRAPH <{base}documents> {{ ?document <{topic}> ?thing }}
}}
"""
_COUNTING_STATEMENTS: Final = """\
# How many statements the datasets and the vocabulary make, each counted once
SELECT (COUNT(*) AS ?statements)
WHERE {{
  SELECT DISTINCT ?subject ?predicate ?object
  WHERE {{
    GRAPH ?graph {{ ?subject ?predicate ?object }}
    FILTER (?graph NOT IN (<{base}catalog>, <{base}documents>, <{base}queries>, <{base}shapes>, <{base}void>))
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """The things of one kind."""

    name: str
    count: int
    query: str
    """The address of the query that counts them."""
    things: tuple[Value, ...]
    more: int
    """How many of them are not named."""
    place: int
    """Kinds are shown in the order of the table of classes."""


async def home(service: Service, request: Request, _: str) -> Response:
    """The home page; for who asks for RDF, the catalogue."""
    if choose(request.accept, (HTML, *GRAPHS)) is not HTML:
        return catalog(service, request, "")
    reader = service.pages.reader(request)
    triples = frozenset(located(service, request, "catalog.ttl"))
    texts = texts_of(triples, service.release.base + "catalog", "dct:description")
    description = pick(texts, reader.language)
    language = next((tag for tag, one in texts.items() if one == description), "")
    pictures = await exhibits(service, reader)
    return service.pages.page(
        "home.html",
        reader,
        alternates=[(one, f"catalog.{one.extension}") for one in GRAPHS],
        summary=description,
        description=Value(description, language=language, foreign=language if language != reader.language else None),
        structured=structured(service, reader, service.release.base + "catalog"),
        things=service.release.counts["things"],
        triples=service.release.counts["triples"],
        counting_things=_counting(service, reader, _COUNTING_THINGS),
        counting_triples=_counting(service, reader, _COUNTING_STATEMENTS),
        news=_news(service, request, reader),
        exhibits=pictures,
        kinds=sorted(_kinds(service, reader, _leading(triples)), key=lambda kind: (kind.place, kind.name)),
        questions=questions(service, reader),
        dumps=listed(service, reader),
        tables=tables(service, reader, triples),
    )


def _leading(triples: Iterable[Triple]) -> set[str]:
    """The datasets that the site is about: those of which the catalogue tells where to begin (void:rootResource)."""
    wanted = term("void:rootResource")
    return {one.subject.value for one in triples if one.predicate == wanted and isinstance(one.subject, NamedNode)}


def _kinds(service: Service, reader: Reader, leading: set[str]) -> Iterable[Kind]:
    documents = service.release.base + "doc/"
    by_kind: dict[str, list[str]] = {}
    for one in service.store.documents():
        path = one.removeprefix(documents)
        by_kind.setdefault(path.rpartition("/")[0], []).append(f"{service.release.base}id/{path}")
    for kind, things in by_kind.items():
        named = list(islice(_of(service, things, leading), MOST)) if leading and len(things) > MOST else []
        named = named or things[:MOST]
        classes = _classes(service, named[0])
        labels = service.store.labels(NamedNode(one) for one in named) | service.store.labels(classes)
        viewer = Viewer(
            (),
            labels,
            base=service.release.base,
            language=reader.language,
            root=reader.request.root,
            query=reader.query,
        )
        links = sorted((viewer.link(one) for one in named), key=lambda value: value.text.casefold())
        shared = {one for one in classes if all(_is(service, thing, one) for thing in named)}
        name = _called(viewer, shared) or _called(viewer, classes) or kind
        place = min((_PLACES.get(shorten(one.value) or "", len(_PLACES)) for one in classes), default=len(_PLACES))
        yield Kind(
            name,
            len(things),
            _counting(service, reader, _COUNTING, kind=kind),
            tuple(links),
            len(things) - len(named),
            place,
        )


def _counting(service: Service, reader: Reader, query: str, **inserted: str) -> str:
    """The address of a query that counts."""
    release = service.release
    topic = term("foaf:primaryTopic").value
    text = query.format(base=release.base, topic=topic, **inserted)
    return f"{reader.request.root}sparql?{urlencode({'query': text, **reader.carried})}"


def _news(service: Service, request: Request, reader: Reader) -> str:
    """What changed last, in a sentence; nothing where the release does not say."""
    if CHANGES not in service.release.files:
        return ""
    iri = f"{service.release.base}changes/{service.release.name}"
    return pick(texts_of(frozenset(located(service, request, CHANGES)), iri, "as:summary"), reader.language)


def _of(service: Service, things: Iterable[str], datasets: set[str]) -> Iterator[str]:
    """The things that one of the datasets describes."""
    start = len(service.release.base + "id/")
    for one in things:
        topic = service.store.topic(f"{service.release.base}doc/{one[start:]}")
        if topic and not datasets.isdisjoint(topic.datasets):
            yield one


def _classes(service: Service, thing: str) -> set[NamedNode]:
    found = service.store.outgoing([NamedNode(thing)])
    return {one.object for one in found if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)}


def _is(service: Service, thing: str, kind: NamedNode) -> bool:
    return service.store.holds((NamedNode(thing), RDF_TYPE, kind), "")


def _called(viewer: Viewer, classes: Iterable[NamedNode]) -> str:
    """What things of these classes are called: in the site's own words, else in those that stand first in the table."""
    narrow = {one for one in classes if one != term("prov:Entity")}  # which anything is
    telling = {one for one in narrow if one != term("skos:Concept")} or narrow
    words = sorted((_PLACES.get(shorten(one.value) or "", -1), viewer.label(one.value).text) for one in telling)
    return next((one for _, one in words if ":" not in one), "").capitalize()
