"""Where the one place of a map is: its country, as the data say, else as the shapes of the map do."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.gallery.maps import place_of
from mreze.serve.gallery.neighbours import Neighbours
from mreze.serve.gallery.rows import Namer, Row, Term
from mreze.serve.pages import Reader
from mreze.serve.pictures.atlas import Atlas
from mreze.serve.pictures.territories import country_name, country_of
from mreze.serve.store import Store

_COUNTRY = term("schema:Country")


def whereabouts(store: Store, base: str, reader: Reader, atlas: Atlas, rows: Sequence[Row]) -> str:
    """The place and its country, as one writes an address; empty where there are several, or no country is known.

    Args:
        store: knows what the data say.
        base: IRI of the site.
        reader: for whom.
        atlas: knows countries by their shapes.
        rows: of the map.
    """
    points = {one for one in map(place_of, rows) if one is not None}
    if len(points) != 1:
        return ""
    place = rows[0].get("place", rows[0]["thing"])
    country = _stated(store, NamedNode(place.value))
    namer = Namer(store, base, reader, [{"place": place} | ({"country": country} if country else {})])
    code = None if country else country_of(atlas, next(iter(points)))
    name = namer.value(country).text if country else country_name(code, reader.language) if code else None
    return f"{namer.value(place).text}, {name}" if name else ""


def _stated(store: Store, place: NamedNode) -> Term | None:
    """What the place leads to that is a country."""
    found = (one for _, one in Neighbours(store).leading(place) if store.holds((one, RDF_TYPE, _COUNTRY), ""))
    country = next(found, None)
    return Term(country.value, is_iri=True) if country is not None else None
