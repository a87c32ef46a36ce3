"""What matching learns of things: values with their names, plain or derived, and never more than it can take."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from mreze.errors import ReleaseError, Unanswerable
from mreze.matching.model import Facts, Value
from mreze.namespaces import PREFIXES, term
from mreze.release import Release, open_release
from mreze.serve.reconcile.extend import Extender
from mreze.serve.reconcile.facts import StoreFacts
from mreze.serve.reconcile.known import read_known
from mreze.serve.reconcile.paths import MOST_VALUES
from mreze.serve.reconcile.properties import read_paths, read_properties
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.store import EmbeddedStore, load

XSD = PREFIXES["xsd"]


@pytest.fixture(scope="module")
def release(own_release: Path) -> Release:
    """This repository's own release."""
    return open_release(own_release)


@pytest.fixture(scope="module")
def store(release: Release) -> EmbeddedStore:
    """Its store, and a city that is member of more organizations than anybody can take."""
    loaded = load(release, "https://facts.example/")
    city, member = NamedNode(release.base + "id/organizations/grad-nis"), term("org:memberOf")
    things = (NamedNode(f"https://facts.example/{number}") for number in range(MOST_VALUES + 1))
    loaded.bulk_extend(Quad(city, member, one, DefaultGraph()) for one in things)
    return EmbeddedStore(loaded, release.base)


def _facts(store: EmbeddedStore, release: Release, language: str = "en") -> Facts:
    return StoreFacts(store, release, read_properties(store, release), language)


def test_a_value_that_is_a_thing_has_all_its_names(store: EmbeddedStore, release: Release) -> None:
    """Its name in the language, and beside it names in other scripts, codes, and IRIs of the same thing elsewhere."""
    seat = release.ontology + "#seat"
    [value] = _facts(store, release, "sr-latn").values(release.base + "id/organizations/ecad", seat)
    assert (value.text, value.iri) == ("Stokholm", release.base + "id/places/stockholm")
    assert {"Stockholm", "Стокхолм", "SE-AB", "https://sws.geonames.org/2673730/"} < set(value.names)


def test_dates_and_points_have_their_type(store: EmbeddedStore, release: Release) -> None:
    """Plain ones and those that are found by a path."""
    facts, term_ = _facts(store, release), release.ontology + "#"
    ecad, nis = (release.base + "id/" + one for one in ("organizations/ecad", "places/nis"))
    assert facts.values(ecad, PREFIXES["schema"] + "foundingDate") == (Value("1994", datatype=XSD + "gYear"),)
    assert Value("2007-05", datatype=XSD + "gYearMonth") in facts.values(ecad, term_ + "memberSince")
    [point] = facts.values(nis, term_ + "coordinates")
    assert (point.text, point.datatype) == ("POINT(21.90333 43.32472)", PREFIXES["geo"] + "wktLiteral")


@pytest.mark.parametrize("name", ["https://facts.example/nothing", "no IRI", "", "http://example.org/<>"])
def test_what_nobody_knows_has_no_values(store: EmbeddedStore, release: Release, name: str) -> None:
    """A property or a thing that there is not, or that can be none."""
    facts = _facts(store, release)
    assert facts.values(release.base + "id/places/nis", name) == ()
    assert facts.values(name, release.ontology + "#country") == ()


def test_a_crowd_is_no_fact(store: EmbeddedStore, release: Release) -> None:
    """Of more values than an answer may have matching takes none, and does not break."""
    city = release.base + "id/organizations/grad-nis"
    assert _facts(store, release).values(city, term("org:memberOf").value) == ()


def test_what_is_expected_is_what_is_found(store: EmbeddedStore, release: Release) -> None:
    """Of many things at once as of each, plain or derived, of a crowd nothing; then the store is asked no more."""
    term_, base = release.ontology + "#", release.base + "id/organizations/"
    things = [base + one for one in ("ecad", "grad-nis", "skgo", "nobody")]
    for prop in (term_ + "seat", term_ + "memberSince", term("org:memberOf").value, "no IRI"):
        alone, together = _facts(store, release), StoreFacts(store, release, read_properties(store, release), "en")
        together.expect(things, prop)
        assert [together.values(one, prop) for one in things] == [alone.values(one, prop) for one in things]


def test_a_path_that_is_none_is_told_to_the_operator(release: Release) -> None:
    """With the property, and where to mend it."""
    damaged = load(release, "https://facts.example/")
    since, shapes = NamedNode(release.ontology + "#memberSince"), NamedNode(release.base + "shapes")
    for one in list(damaged.quads_for_pattern(since, term("sh:path"), None, shapes)):
        damaged.remove(one)
    damaged.add(Quad(since, term("sh:path"), term("rdf:nil"), shapes))
    with pytest.raises(ReleaseError, match=r"memberSince> cannot be followed.*Mend it in shapes/"):
        read_paths(EmbeddedStore(damaged, release.base), release)


@pytest.mark.parametrize("settings", [{}, {"count": True}, {"limit": 1}])
def test_an_answer_is_whole_or_none(store: EmbeddedStore, release: Release, settings: dict[str, object]) -> None:
    """A crowd is too much for an answer, whatever of them is wanted, and the error says so."""
    known = read_known(store, release)
    names = Vocabulary(known.types, known.properties.terms, release.prefixes, release.base, lambda _: True)
    query = {"ids": ["organizations/grad-nis"], "properties": [{"id": "org:memberOf", "settings": settings}]}
    with pytest.raises(Unanswerable, match="more than 10,000 values of 'org:memberOf'"):
        Extender(store, release, names, known.properties, "en").extend(query, "extend")
