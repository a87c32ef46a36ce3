"""What a site states in Wikidata's terms is read from its queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MINIMAL

from mreze.errors import SiteError
from mreze.gather.model import Address, Item, Moment, NoValue, Ours, Rank, Unlinked
from mreze.gather.origins import of_wikimedia
from mreze.gather.statements import read_ours, tag
from mreze.graph import read_site
from mreze.site import open_site

WD = "http://www.wikidata.org/entity/"
EU = "http://publications.europa.eu/resource/authority/language/"
HEAD = "#+ summary@en: What?\n#+ property: P463\nPREFIX ex: <https://x.org/>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
Reads = Callable[..., tuple[Ours, ...]]


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """Reads what a small site states with a query and some more data."""

    def read(query: str, data: str = "", name: str = "one") -> tuple[Ours, ...]:
        root = tmp_path / "site"
        shutil.copytree(MINIMAL, root, dirs_exist_ok=True)
        site = open_site(root)
        folder = root / "queries" / "wikidata"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.rq").write_text(query, "utf-8")
        dataset = root / "data" / site.datasets[0].name
        (dataset / "more.nt").write_text(data.replace("BASE/", site.base), "utf-8")
        return read_ours(read_site(site))

    return read


def values(rows: str, names: str = "?subject ?value") -> str:
    """A query that finds these rows."""
    return f"{HEAD}SELECT * WHERE {{ VALUES ({names}) {{ {rows} }} }}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"<{WD}Q5>", Item(f"{WD}Q5")),
        ("<http://www.wikidata.org/prop/novalue/P463>", NoValue()),
        ('"1994"^^xsd:gYear', Moment("1994")),
        ('"1994-04"^^xsd:gYearMonth', Moment("1994-04")),
        ('"1994-04-01"^^xsd:date', Moment("1994-04-01")),
        ('"https://a.org/"^^xsd:anyURI', Address("https://a.org/")),
        ("<https://a.org/>", Address("https://a.org/")),
    ],
)
def test_a_value_is_an_item_a_time_an_address_or_none(reads: Reads, value: str, expected: object) -> None:
    """As the query finds it."""
    found = reads(values(f"(ex:a {value})"))
    assert [one.value for one in found] == [expected]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [('(ex:a "soon")', "no value of Wikidata"), ("(ex:a 7)", "no value of Wikidata"), ("(ex:a UNDEF)", r"\?value")],
)
def test_what_has_no_form_there_is_told(reads: Reads, rows: str, complaint: str) -> None:
    """The error names the file, what came and what to do."""
    with pytest.raises(SiteError, match=rf"queries/wikidata/one\.rq: .*{complaint}.* Let it find"):
        reads(values(rows))


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("#+ summary@en: What?\nSELECT * { ?subject ?p ?value }", "says nowhere what it is about"),
        (f"{HEAD}SELECT * {{", "cannot be asked"),
        (f"{HEAD}ASK {{ ?a ?b ?c }}", "is no SELECT"),
    ],
)
def test_a_query_that_cannot_be_asked_is_told(reads: Reads, query: str, complaint: str) -> None:
    """The error names the file."""
    with pytest.raises(SiteError, match=rf"queries/wikidata/one\.rq: {complaint}"):
        reads(query)


def test_things_of_the_site_are_the_items_that_they_are_linked_with(reads: Reads) -> None:
    """By owl:sameAs before schema:sameAs before skos:exactMatch; without a link they are unlinked."""
    same = "http://www.w3.org/2002/07/owl#sameAs"
    data = "\n".join(
        (
            f"<BASE/id/a> <{same}> <{WD}Q2> .",
            f"<BASE/id/a> <https://schema.org/sameAs> <{WD}Q1> .",
            f"<BASE/id/b> <http://www.w3.org/2004/02/skos/core#exactMatch> <{WD}Q3> .",
            f"<BASE/id/c> <{same}> <https://www.wikidata.org/wiki/Q4> .",
        )
    )
    query = f"{HEAD}SELECT ?subject ?value {{ ?subject owl:sameAs|skos:exactMatch ?any . BIND(?subject AS ?value) }}"
    prefixed = query.replace("PREFIX ex:", "PREFIX owl: <http://www.w3.org/2002/07/owl#>\nPREFIX ex:").replace(
        "PREFIX xsd:", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX xsd:"
    )
    found = {one.subject.rpartition("/")[2]: one for one in reads(prefixed, data.replace("BASE//", "BASE/"))}
    assert [found[name].item for name in "abc"] == [f"{WD}Q2", f"{WD}Q3", ""]
    assert [type(found[name].value) for name in "abc"] == [Item, Item, Unlinked]


def test_rows_of_one_statement_are_put_together(reads: Reads) -> None:
    """Rank and qualifiers tell statements apart, evidence does not."""
    names = "?subject ?value ?rank ?P580 ?source ?quote ?language ?read"
    rows = f"""
      (ex:a {f"<{WD}Q5>"} "x#preferred" "2003"^^xsd:gYear ex:s "joined in 2003" "EN" "2026-11-23"^^xsd:date)
      (ex:a {f"<{WD}Q5>"} "x#preferred" "2003"^^xsd:gYear ex:t "приступио" <{EU}SRP> UNDEF)
      (ex:a {f"<{WD}Q5>"} UNDEF "2005"^^xsd:gYear ex:s UNDEF UNDEF UNDEF)
    """
    best, other = reads(values(rows, names))
    assert (best.rank, best.qualifiers) == (Rank.PREFERRED, {"P580": Moment("2003")})
    assert [(one.quote, one.language, one.read) for one in best.evidence] == [
        ("joined in 2003", "en", "2026-11-23"),
        ("приступио", "sr-cyrl", ""),
    ]
    assert (other.rank, other.qualifiers, len(other.evidence)) == (Rank.NORMAL, {"P580": Moment("2005")}, 1)


def test_types_and_coordinates_are_not_compared(reads: Reads) -> None:
    """They serve to match things only."""
    assert reads(values('(ex:a "POINT(1 2)")').replace("P463", "P625")) == ()


def test_what_was_made_of_wikipedia_is_derived(reads: Reads) -> None:
    """Through any number of sources, by provenance as by address."""
    data = "\n".join(
        (
            "<https://x.org/s1> <http://www.w3.org/ns/prov#wasDerivedFrom> <https://x.org/s2> .",
            "<https://x.org/s2> <http://www.w3.org/ns/prov#hadPrimarySource> <https://x.org/s3> .",
            "<https://x.org/s3> <https://schema.org/url> <https://de.wikipedia.org/wiki/X> .",
            "<https://x.org/s4> <http://www.w3.org/ns/prov#wasDerivedFrom> <https://x.org/s4> .",
        )
    )
    rows = "".join(f"(ex:a <{WD}Q5> ex:s{number})" for number in (1, 2, 3, 4))
    (one,) = reads(values(rows, "?subject ?value ?source"), data)
    assert [each.derived for each in one.evidence] == [True, True, True, False]
    assert [each.source for each in one.own_evidence()] == ["https://x.org/s4"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://sr.wikipedia.org/wiki/X", True),
        ("http://www.wikidata.org/entity/Q1", True),
        ("https://commons.wikimedia.org/", True),
        ("https://dbpedia.org/resource/X", True),
        ("https://EN.WIKIPEDIA.ORG./wiki/X", True),
        ("https://notwikipedia.org/", False),
        ("https://wikipedia.org.example.com/", False),
        ("https://example.org/wikipedia.org", False),
        ("https://[bad", False),
        ("", False),
        ("https://web.archive.org/web/2020/https://en.wikipedia.org/wiki/ECAD", True),
        ("https://web.archive.org/web/20200101000000id_/http:/en.m.wikipedia.org:80/wiki/ECAD", True),
        ("https://web.archive.org/web/2020/en.wikipedia.org/wiki/ECAD", True),
        ("https://archive.ph/2020/https://www.wikidata.org/wiki/Q1", True),
        ("https://archive.ph/AbC12", True),
        ("https://archive.today/newest/https://ecad.net/", False),
        ("https://w.wiki/3x", True),
        ("https://www.wikiwand.com/en/ECAD", True),
        ("https://wikimili.com/en/ECAD", True),
        ("https://infogalactic.com/info/ECAD", True),
        ("https://translate.google.com/translate?sl=en&tl=sr&u=https://en.wikipedia.org/wiki/ECAD", True),
        ("https://translate.google.rs/translate?u=https%3A%2F%2Fen.wikipedia.org%2Fwiki%2FECAD", True),
        ("https://example.org/go?to=https%253A%252F%252Fdbpedia.org%252Fresource%252FX", True),
        ("https://en-m-wikipedia-org.translate.goog/wiki/ECAD?_x_tr_sl=en", True),
        ("https://energy--cities-eu.translate.goog/?_x_tr_sl=en", False),
        ("https://webcache.googleusercontent.com/search?q=cache:https://sr.wikipedia.org/wiki/X", True),
        ("https://www.google.com/url?q=http://someone@en.wikipedia.org/wiki/X", True),
        ("https://web.archive.org/web/2020/https://ecad.net/", False),
        ("https://web.archive.org/web/2020/https://ecad.net/wikipedia.org", False),
        ("https://ecad.net/about?next=/members.html/", False),
    ],
)
def test_wikimedia_is_told_by_the_host(address: str, expected: bool) -> None:
    """That of the address, of one that it carries, or of a known copy; not by what else stands in it."""
    assert of_wikimedia(address) is expected


@pytest.mark.parametrize(
    ("language", "quote", "expected"),
    [
        (f"{EU}ENG", "x", "en"),
        (f"{EU}JPN", "年", "ja"),
        (f"{EU}SRP", "Ниш", "sr-cyrl"),
        (f"{EU}SRP", "Niš", "sr-latn"),
        ("sr-Latn", "Niš", "sr-latn"),
        (f"{EU}OP_DATPRO", "x", ""),
        ("", "x", ""),
    ],
)
def test_languages_are_tags(language: str, quote: str, expected: str) -> None:
    """Whether the query finds a tag or an IRI of the EU's table; Serbian is in the script of the quote."""
    assert tag(language, quote) == expected
