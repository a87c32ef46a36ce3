"""Who publishes a release, and what of it a page is cited as."""

from __future__ import annotations

from mreze.serve.citation import Cited, Imprint, publisher, read_imprint
from mreze.serve.pages import Reader
from mreze.serve.service import Service
from mreze.serve.view import Value, Viewer
from mreze.texts import pick


def imprint_of(service: Service) -> Imprint:
    """Who publishes the site."""
    iri = f"{service.release.base}catalog"
    return service.imprint.get(lambda: read_imprint(service.store.graph(iri), iri))


def citation(
    service: Service, reader: Reader, imprint: Imprint, name: Value, iri: str, datasets: tuple[str, ...] = ()
) -> Cited:
    """What of this release is cited.

    Args:
        service: whose page it is.
        reader: for whom.
        imprint: who publishes.
        name: of what is cited.
        iri: of the same.
        datasets: that it is of; without any the licence is that of the whole.
    """
    owners = datasets or (f"{service.release.base}catalog",)
    licences = dict.fromkeys(one for owner in owners for one in imprint.licences.get(owner, ()))
    labels = imprint.labels_of(licences)
    viewer = Viewer((), labels, base=service.release.base, language=reader.language, root="")
    found = [viewer.link(one) for one in licences]
    languages = {one.language for one in found}
    return Cited(
        name.text,
        pick(service.release.titles, reader.language),
        publisher(imprint, reader.language),
        service.release.name,
        iri,
        ", ".join(one.text for one in found),
        name.language,
        languages.pop() if len(languages) == 1 else None,
    )
