"""The releases that there are: their list, and each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.errors import Gone, NotFound
from mreze.formats import DOCUMENTS, GRAPHS, HTML
from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release
from mreze.serve.exchange import Request, Response, link, pinned
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.resources.dumps import Listed, listed
from mreze.serve.service import VARY_ON_ALL, Service, suffixed, varied
from mreze.shelf import CURRENT
from mreze.texts import pick

_COUNTS: Final = {"triples": term("void:triples"), "things": term("void:entities")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A release as the page shows it."""

    name: str
    date: str
    current: bool
    things: int
    triples: int
    datasets: tuple[tuple[str, int], ...]
    """Title and statements of each."""
    href: str
    """Of its own page."""
    home: str
    """Of the site as it was."""
    dumps: tuple[Listed, ...]


def releases(service: Service, request: Request, path: str) -> Response:
    """All releases, the newest first; or one of them."""
    found = _known(service)
    if not path:
        return _answer(service, request, found, "releases/", "")
    name, form = suffixed(decode(path), DOCUMENTS)
    if name == CURRENT:
        at = f"{request.location}releases/{service.release.name}{f'.{form.extension}' if form else ''}"
        return Response(status=307, headers={"Location": at}, kept=False)
    chosen = [one for one in found if one.name == name]
    if not chosen:
        there = ", ".join(one.name for one in found)
        if name in service.shelf.removed():
            raise Gone(f"The release {name!r} was taken away to make room. There are: {there}.")
        raise NotFound(f"There is no release {name!r}. There are: {there}.")
    return _answer(service, request, chosen, f"releases/{name}", form.extension if form else "")


def _known(service: Service) -> list[Release]:
    """What can be had, the newest first: the release that is served even where its folder is gone."""
    others = [one for one in service.shelf.releases() if one.base == service.release.base]
    if all(one.name != service.release.name for one in others):
        others.append(service.release)
    return others[::-1]


def _answer(service: Service, request: Request, chosen: Sequence[Release], path: str, extension: str) -> Response:
    fixed = next((one for one in DOCUMENTS if one.extension == extension), None)
    form = fixed or choose(request.accept, (HTML, *GRAPHS))
    at = request.location + path
    links = [link(encode(service.release.base + path), "cite-as")]
    if not path.endswith("/"):
        links += [link(f"{at}.{one.extension}", "alternate", one.media_type) for one in DOCUMENTS]
        links.append(link(request.location + "releases/", "collection"))
        headers = varied(fixed, form, at, request.query_string)
    else:
        links += [link(f"{at}{one.name}", "item") for one in chosen]
        headers = {"Vary": VARY_ON_ALL}
    headers |= {"Link": ", ".join(links)}
    if form is HTML:
        page = _page(service, service.pages.reader(request), chosen, path)
        return replace(page, headers={**page.headers, **headers}, kept=False)
    triples = {triple for one in chosen for triple in _described(service, request, one)}
    return replace(service.graph(form, triples, headers), kept=False)


def _described(service: Service, request: Request, release: Release) -> Iterator[Triple]:
    """A release as a version of the whole (https://www.w3.org/TR/vocab-dcat-3/#dataset-versions)."""
    catalogue, iri = NamedNode(service.release.base + "catalog"), _iri(release)
    yield Triple(catalogue, term("dcat:hasVersion"), iri)
    if release.name == service.release.name:
        yield Triple(catalogue, term("dcat:hasCurrentVersion"), iri)
    yield Triple(iri, RDF_TYPE, term("void:Dataset"))
    yield Triple(iri, term("dcat:isVersionOf"), catalogue)
    yield Triple(iri, term("dcat:version"), Literal(release.name))
    yield Triple(iri, term("dct:issued"), Literal(release.date, datatype=term("xsd:date")))
    for language, title in release.titles.items():
        yield Triple(iri, term("dct:title"), Literal(f"{title} ({release.name})", language=language))
    for name, predicate in _COUNTS.items():
        yield Triple(iri, predicate, Literal(release.counts[name]))
    if release.previous:
        yield Triple(iri, term("dcat:previousVersion"), NamedNode(f"{release.base}releases/{release.previous}"))
    for path in release.files:
        if path.startswith("dumps/all."):
            yield Triple(iri, term("void:dataDump"), NamedNode(pinned(request.location + path, release.name)))
    yield Triple(iri, term("foaf:homepage"), NamedNode(pinned(request.location, release.name)))


def _iri(release: Release) -> NamedNode:
    return NamedNode(f"{release.base}releases/{release.name}")


def _page(service: Service, reader: Reader, chosen: Sequence[Release], path: str) -> Response:
    one = None if path.endswith("/") else chosen[0]
    heading = interface_text(reader, "Releases") if one is None else interface_text(
        reader, "Release {release}", release=one.name
    )  # fmt: skip
    shown = [_shown(service, reader, release, whole=one is not None) for release in chosen]
    root, name = reader.request.root, path.rpartition("/")[2]
    return service.pages.page(
        "releases.html",
        reader,
        alternates=[(form, f"{root}releases/{name}.{form.extension}") for form in GRAPHS] if one else [],
        heading=heading,
        releases=shown,
        whole=one is not None,
    )


def _shown(service: Service, reader: Reader, release: Release, *, whole: bool) -> Shown:
    root = reader.request.root
    its = [replace(one, href=pinned(one.href, release.name), packed_href=pinned(one.packed_href, release.name))
           for one in listed(replace(service, release=release), reader)]  # fmt: skip
    return Shown(
        name=release.name,
        date=release.date,
        current=release.name == service.release.name,
        things=release.counts["things"],
        triples=release.counts["triples"],
        datasets=tuple((pick(one.titles, reader.language), one.triples) for one in release.datasets),
        href=f"{root}releases/{release.name}{reader.query}",
        home=pinned(f"{root}{reader.query}", release.name),
        dumps=tuple(one for one in its if whole or one.name.startswith("all.")),
    )
