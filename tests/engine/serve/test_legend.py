"""The result of a saved query is told in the words of its reader."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.columns import Columns
from mreze.namespaces import RDF_TYPE, RDFS_LABEL
from mreze.serve.legend import translate
from mreze.serve.results import Result
from mreze.serve.store import EmbeddedStore
from mreze.serve.view import Value, Viewer

BASE = "https://minimal.example/"
COUNTRY = ox.NamedNode(BASE + "ontology#Country")
SWEDEN, NIS = ox.NamedNode(BASE + "id/countries/sweden"), ox.NamedNode(BASE + "id/cities/nis")


def _store(*more: ox.Triple) -> EmbeddedStore:
    labels = [(SWEDEN, "Sweden", "en"), (SWEDEN, "Шведска", "sr-cyrl"), (NIS, "Niš", "en"), (NIS, "Ниш", "sr-cyrl")]
    triples = [ox.Triple(one, RDFS_LABEL, ox.Literal(text, language=tag)) for one, text, tag in labels]
    triples += [ox.Triple(SWEDEN, RDF_TYPE, COUNTRY), *more]
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object, ox.DefaultGraph()) for one in triples)
    return EmbeddedStore(store, BASE)


def _told(columns: Columns, result: Result, store: EmbeddedStore | None = None, language: str = "sr-cyrl") -> Result:
    store = store or _store()
    viewer = Viewer((), store.labels([NIS]), base=BASE, language=language, root="./")
    linked = tuple(
        tuple(viewer.link(NIS.value) if one == Value("NIS") else one for one in line) for line in result.lines
    )
    return translate(Result(result.columns, linked), columns, store, viewer, 10)


def test_a_column_has_its_head_in_the_language_of_the_reader() -> None:
    """Where only another language has one, it says which; where none has, there is none."""
    columns = Columns({"a": {"en": "seat", "sr-cyrl": "седиште"}, "b": {"en": "since"}})
    told = _told(columns, Result(("a", "b", "c"), ((Value("x"), Value("y"), None),)))
    assert [name for name, _ in told.headings] == ["a", "b", "c"]
    heads = [(one.text, one.language, one.foreign) if one else None for one in told.heads]
    assert heads == [("седиште", "sr-cyrl", None), ("since", "en", "en"), None]


def test_a_name_or_code_of_a_thing_becomes_its_link() -> None:
    """By a label in any language, or by the end of the IRI; other text stays."""
    columns = Columns(named={"country": COUNTRY.value})
    told = _told(columns, Result(("country",), tuple((Value(one),) for one in ("Sweden", "sweden", "Atlantis"))))
    assert [line[0].text for line in told.lines if line[0]] == ["Шведска", "Шведска", "Atlantis"]
    assert [bool(line[0].href) for line in told.lines if line[0]] == [True, True, False]


def test_a_name_that_several_things_have_stays() -> None:
    """Nobody knows which is meant."""
    other = ox.NamedNode(BASE + "id/countries/other")
    store = _store(ox.Triple(other, RDF_TYPE, COUNTRY), ox.Triple(other, RDFS_LABEL, ox.Literal("Sweden")))
    told = _told(Columns(named={"country": COUNTRY.value}), Result(("country",), ((Value("Sweden"),),)), store)
    assert told.lines == ((Value("Sweden"),),)


def test_a_column_that_repeats_names_of_another_is_left_out() -> None:
    """Unless a row of it says anything else."""
    columns = Columns(named={"city_label": "?city"})
    told = _told(columns, Result(("city", "city_label"), ((Value("NIS"), Value("Niš")), (Value("NIS"), None))))
    assert told.columns == ("city",)
    told = _told(columns, Result(("city", "city_label"), ((Value("NIS"), Value("Naissus")),)))
    assert told.columns == ("city", "city_label")


def test_a_word_of_the_query_is_told() -> None:
    """Where the header says what it means; the title has the word itself."""
    columns = Columns(words={"none": {"sr-cyrl": "нема"}})
    told = _told(columns, Result(("seat",), ((Value("none"),), (Value("some"),))))
    assert told.lines == ((Value("нема", language="sr-cyrl", title="none"),), (Value("some"),))


READERS = [
    ({"sr-cyrl": "нема"}, "en", "none"),
    ({"sr-cyrl": "нема"}, "de", "none"),
    ({"sr-cyrl": "нема", "sr-latn": "nema"}, "sr-latn", "nema"),
    ({"sr-cyrl": "нема"}, "sr-latn", "нема"),
    ({"en": "nothing", "sr-cyrl": "нема"}, "de", "nothing"),
    ({"de": "nichts"}, "de", "nichts"),
]


@pytest.mark.parametrize(("texts", "language", "shown"), READERS)
def test_a_word_stays_for_whom_it_has_no_other(texts: dict[str, str], language: str, shown: str) -> None:
    """Nobody who reads no Serbian is shown Serbian in the place of a word that the query has."""
    told = _told(Columns(words={"none": texts}), Result(("seat",), ((Value("none"),),)), language=language)
    [[value]] = told.lines
    assert value
    assert value.text == shown
