"""The sorted lists of dataset `members`, as rows are added to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple
from scripts.memberships.names import serbian_name
from scripts.memberships.site import Node, Site
from scripts.memberships.table import Row

from mreze.gather.linking import Link
from mreze.gather.model import Candidate, Decision
from mreze.namespaces import term
from mreze.transliteration import to_latin

MOMENTS: Final = (("gYear", "time:inXSDgYear"), ("gYearMonth", "time:inXSDgYearMonth"), ("date", "time:inXSDDate"))
WITHOUT_ADDRESS: Final = {"miniwiki mirror of ja.wikipedia": "https://ja.wikipedia.org/"}
"""Sources of which the table has no address, with that of the original's site."""
TWO_YEARS: Final = ("The source gives more than one year of joining: {}.", "Извор наводи више година приступања: {}.")
NO_PLACE: Final = (
    "Its place was not found in GeoNames with certainty.",
    "Његово место није поуздано нађено у бази GeoNames.",
)


class Lists:
    """The lists as they grow, each a set of triples."""

    def __init__(self, site: Site, names: dict[tuple[str, str], str]) -> None:
        self.site = site
        self.slugs = names
        self.kinds: dict[str, set[Triple]] = {
            kind: set() for kind in ("cities", "memberships", "organizations", "places")
        }

    def add(self, row: Row) -> None:
        """Add what a row says."""
        network, phrases = self.site.network(row.network)
        source = self.site.find("schema:url", WITHOUT_ADDRESS.get(row.source, row.source), "sources", "the source")
        member = self._member(row, source)
        membership = self._thing("memberships", f"{self.slugs[row.city]}-{network.value.rpartition('/')[2]}")
        if self._has(membership):
            raise SystemExit(f"{row.network}, {row.member}: a second row; join the two into one")
        grounds, certainty = row.grade
        role = "special-member" if row.evidence.startswith("special member") else "member"
        self._say(
            membership,
            ("rdf:type", term("org:Membership")),
            ("org:member", member),
            ("org:organization", network),
            ("org:role", self._thing("roles", role)),
            ("dct:source", source),
            ("mg:grounds", self._term(grounds)),
            ("mg:certainty", self._term(certainty)),
        )
        cyrillic = serbian_name(row)[0]
        self._name(membership, row.member + phrases["en"], cyrillic and cyrillic + phrases["sr-cyrl"])
        if row.years:
            self._note(membership, TWO_YEARS, " / ".join(row.years))
        self._time(membership, row)
        if grounds != "leaving":
            self._say(member, ("org:memberOf", network), ("schema:memberOf", network))

    def keep(self, candidates: Iterable[Candidate]) -> None:
        """Keep the links of members and places that a person accepted, as `mreze links apply` wrote them."""
        for one in candidates:
            decided = one.decision is Decision.ACCEPTED and one.link and one.by and one.on
            kind = one.thing.removeprefix(f"{self.site.base}id/").partition("/")[0]
            if decided and kind in self.kinds and self._has(NamedNode(one.thing)):
                self.kinds[kind].update(Link(one.thing, one.link, one.candidate, one.by, one.on).triples())

    def _member(self, row: Row, source: NamedNode) -> NamedNode:
        member = self._thing("organizations" if row.is_region else "cities", self.slugs[row.city])
        country = self.site.find("skos:notation", row.country_iso2, "countries", "the country")
        kinds = ("org:Organization", "schema:GovernmentOrganization", "schema:Organization")
        self._say(
            member, *(("rdf:type", term(kind)) for kind in kinds), ("mg:country", country), ("dct:source", source)
        )
        self._names(member, row)
        if row.placed:
            self._say(member, ("mg:place", self._place(row, country)))
        else:
            self._note(member, NO_PLACE)
        return member

    def _place(self, row: Row, country: NamedNode) -> NamedNode:
        feature = NamedNode(f"https://sws.geonames.org/{row.geonames_id}/")
        if known := self.site.known("owl:sameAs", feature.value, "places"):
            return known
        place = self._thing("places", self.slugs[row.city])
        point = NamedNode(place.value + "#point")
        self._say(
            place,
            ("rdf:type", term("geo:Feature")),
            ("rdf:type", term("schema:City")),
            ("dct:source", self.site.find("schema:url", "https://www.geonames.org/", "sources", "the source")),
            ("geo:hasGeometry", point),
            ("mg:country", country),
            ("owl:sameAs", feature),
        )
        self._names(place, row)
        wkt = Literal(f"POINT({row.lon} {row.lat})", datatype=term("geo:wktLiteral"))
        self._say(point, ("rdf:type", term("geo:Geometry")), ("rdf:type", term("sf:Point")), ("geo:asWKT", wkt))
        return place

    def _time(self, membership: NamedNode, row: Row) -> None:
        period, begin, end, by = (
            NamedNode(f"{membership.value}#{part}") for part in ("period", "begin", "end", "known-by")
        )
        left = row.evidence.removeprefix("LEFT ") if row.grade[0] == "leaving" else ""
        if left:
            self._say(period, ("time:hasEnd", end))
            self._moment(end, left)
        if row.since and not row.years:
            self._say(period, ("time:hasBeginning", begin))
            self._moment(begin, row.since)
        elif row.known_by:
            self._say(period, ("time:hasBeginning", begin))
            self._say(begin, ("rdf:type", term("time:Instant")), ("time:before", by))
            self._moment(by, row.known_by)
        if self._has(period):
            self._say(period, ("rdf:type", term("time:ProperInterval")))
            self._say(membership, ("org:memberDuring", period))

    def _moment(self, instant: NamedNode, date: str) -> None:
        datatype, predicate = MOMENTS[date.count("-")]
        self._say(
            instant, ("rdf:type", term("time:Instant")), (predicate, Literal(date, datatype=term(f"xsd:{datatype}")))
        )

    def _names(self, thing: NamedNode, row: Row) -> None:
        cyrillic, basis, address = serbian_name(row)
        self._name(thing, row.member, cyrillic)
        self._say(thing, ("mg:nameBasis", self._term(basis)))
        if address:
            self._say(thing, ("dct:source", self.site.find("schema:url", address, "sources", "the source")))

    def _name(self, thing: NamedNode, english: str, cyrillic: str) -> None:
        texts = [("en", english), *([("sr-cyrl", cyrillic), ("sr-latn", to_latin(cyrillic))] if cyrillic else [])]
        for label in ("rdfs:label", "skos:prefLabel"):
            self._say(thing, *((label, Literal(text, language=tag)) for tag, text in texts))

    def _note(self, thing: NamedNode, texts: tuple[str, str], *values: str) -> None:
        english, cyrillic = (text.format(*values) for text in texts)
        tagged = (("en", english), ("sr-cyrl", cyrillic), ("sr-latn", to_latin(cyrillic)))
        self._say(thing, *(("skos:note", Literal(text, language=tag)) for tag, text in tagged))

    def _say(self, subject: NamedNode, *said: tuple[str, Node]) -> None:
        kind = subject.value.removeprefix(f"{self.site.base}id/").partition("/")[0]
        for name, value in said:
            predicate = self._term(name.removeprefix("mg:")) if name.startswith("mg:") else term(name)
            self.kinds[kind].add(Triple(subject, predicate, value))

    def _has(self, thing: NamedNode) -> bool:
        kind = thing.value.removeprefix(f"{self.site.base}id/").partition("/")[0]
        return any(triple.subject == thing for triple in self.kinds[kind])

    def _thing(self, kind: str, slug: str) -> NamedNode:
        return NamedNode(f"{self.site.base}id/{kind}/{slug}")

    def _term(self, name: str) -> NamedNode:
        return NamedNode(f"{self.site.base}ontology#{name}")
