"""The change feeds in the catalogue: data services, since a harvester takes each distribution for a file of the data.

The feed of the catalogue serves all datasets: portals want an identifier of what a service serves, and the catalogue
has none.
"""

from __future__ import annotations

from mreze.build.dataservices import DataService
from mreze.build.feed_pages import LDES
from mreze.feeds import CATALOG, FOLDER
from mreze.formats import TRIG
from mreze.site import Site
from mreze.texts import Text, text


def feed_services(site: Site) -> tuple[DataService, ...]:
    """A service for each feed."""
    return (
        _service(CATALOG, text("Changes of the catalogue"), None),
        *(
            _service(one.name, text("Changes of the dataset {name}", name=one.name), (one.iri,))
            for one in site.datasets
        ),
    )


def _service(name: str, title: Text, datasets: tuple[str, ...] | None) -> DataService:
    return DataService(
        f"feed-{name}",
        title,
        text("Tells, from the beginning, what was created, updated and deleted; a copy is kept up to date by it."),
        endpoint=f"{FOLDER}{name}.{TRIG.extension}",
        described="feed",
        page="feed",
        standard=LDES.value,
        datasets=datasets,
    )
