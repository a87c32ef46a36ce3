"""The dataset `members`: what its table becomes, how the memberships are graded, and that the lists are partial."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from scripts.memberships.__main__ import convert
from scripts.memberships.names import to_cyrillic
from scripts.memberships.table import Row
from tests.data.graph import BASE, MEMBERS, MG, ROOT, members, nis, slug, term, thing, value
from tests.foreign import MISSING

TABLE = next((one for up in ROOT.parents[:2] if (one := up / "shared" / "facts" / "members.tsv").is_file()), None)
COLUMNS = ["network", "member", "country_iso2", "since", "evidence", "source", "geonames_id", "lat", "lon", "note"]
TAVIRA = "https://cm-tavira.pt/site/camara-municipal/rede-avec"
ROWS = (
    ("AVEC", "Tavira", "PT", "2002-10-14", "own page of Tavira", TAVIRA, "2262744", "37.12734", "-7.64861", ""),
    ("AVEC", "Tavira", "ES", "", "named", TAVIRA, "1", "37.5", "-7.5", ""),
    ("ECAD", "Tavira", "ES", "2019", "joined", "http://www.centarcedar.hr/2019/07/", "1", "37.5", "-7.5", ""),
    ("AVEC", "Kragujevac", "RS", "", "decision to join", "https://ikragujevac.com/", "789128", "44.0", "20.9", ""),
    ("LHC", "Teslić", "BA", "1994/1997", "own page gives both", "https://www.kzn.ru/", "3189143", "44.6", "17.9", ""),
    ("LHC", "Arles", "FR", "", "LEFT 2011-03-31", "miniwiki mirror of ja.wikipedia", "3036938", "43.6", "4.6", ""),
    ("IRE", "Istria County", "HR", "", "IRE Member Region 2016", "https://www.ni.rs/mreze-gradova/", "", "", "", ""),
    ("B40", "Pella", "GR", "", "named as member Apr 2022", "https://sliven.net/news/471572", "7", "4", "2", "? seat"),
)  # fmt: skip


def lines(lists: dict[str, str], path: str) -> set[tuple[str, str]]:
    """What the lists say of a thing: its predicates and objects, both without the start of an IRI of this site."""
    found = (line.split(" ", 2) for content in lists.values() for line in content.splitlines())
    return {
        (predicate, rest.removesuffix(" .").replace(BASE, ""))
        for subject, predicate, rest in found
        if subject == f"<{BASE}id/{path}>"
    }


def said(lists: dict[str, str], path: str, name: str) -> set[str]:
    """What the lists say of a thing with one predicate."""
    return {rest for predicate, rest in lines(lists, path) if predicate == str(term(name))}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The lists that a small table becomes."""
    table = tmp_path_factory.mktemp("table") / "members.tsv"
    table.write_text("".join("\t".join(row) + "\n" for row in (COLUMNS, *ROWS)), "utf-8")
    return dict(convert(table, ROOT))


@pytest.mark.skipif(TABLE is None, reason=f"{MISSING} ../shared/facts (members.tsv)")
def test_what_is_published_is_what_the_table_says() -> None:
    """The program writes the lists that stand in the repository."""
    assert TABLE
    assert dict(convert(TABLE, ROOT)) == {path.stem: path.read_text("utf-8") for path in MEMBERS.glob("*.nt")}


@pytest.mark.parametrize(
    ("evidence", "grounds"),
    [
        ("member list Dec 2020", "memberList"), ("joined at 17th conference", "joining"), ("founder", "founding"),
        ("membership confirmed", "joining"), ("initiator of 1994", "founding"), ("own page", "memberPage"),
        ("officer city Mar 2020", "office"), ("board city 2023-", "office"), ("former presidency", "formerOffice"),
        ("advisory-board member city 2004", "office"), ("named as member 2018", "naming"), ("named", "naming"),
        ("LEFT 2011-03-31", "leaving"),
        ("printed in member list, doubtful", ""), ("decision to join", ""), ("ECAD award 2010", ""),
        ("conference host 2011", ""), ("hosted board 2016; membership not stated", ""), ("co-operation Feb 2022", ""),
        ("partner in programme for member cities", ""), ("would actively participate Apr 2022", ""), ("page", ""),
    ],
)  # fmt: skip
def test_not_every_evidence_is_of_a_membership(evidence: str, grounds: str) -> None:
    """Lists, joining, founding, offices and pages of members are; hosts, awards, co-operation and plans are not."""
    assert Row("B40", "Bor", "RS", "", evidence, "", "", "", "").grade[0] == grounds


def test_evidence_that_nobody_has_judged_stops_the_program() -> None:
    """What a new kind of evidence is worth is for people to say."""
    with pytest.raises(SystemExit, match=r"B40, Bor: say in GRADES what “hearsay” means"):
        _ = Row("B40", "Bor", "RS", "", "hearsay", "", "", "", "").grade


def test_what_is_no_membership_is_left_out(lists: dict[str, str]) -> None:
    """Neither the membership nor its member is described."""
    assert "kragujevac" not in "".join(lists.values())


def test_cities_of_one_name_are_kept_apart(lists: dict[str, str]) -> None:
    """The later one has the code of its country in its IRI and in that of its place and memberships."""
    assert said(lists, "cities/tavira", "org:memberOf") == {"<id/organizations/avec>"}
    assert said(lists, "cities/tavira-es", "org:memberOf") == {"<id/organizations/avec>", "<id/organizations/ecad>"}
    assert said(lists, "places/tavira-es", "owl:sameAs") == {"<https://sws.geonames.org/1/>"}
    assert said(lists, "memberships/tavira-es-ecad", "org:member") == {"<id/cities/tavira-es>"}


def test_time_is_as_precise_as_the_table(lists: dict[str, str]) -> None:
    """A day, a year, a month by which the city was a member, two years, and an end."""
    begin = "memberships/{}#begin"
    assert said(lists, begin.format("tavira-avec"), "time:inXSDDate") == {f'"2002-10-14"^^{term("xsd:date")}'}
    assert said(lists, begin.format("tavira-es-ecad"), "time:inXSDgYear") == {f'"2019"^^{term("xsd:gYear")}'}
    assert said(lists, "memberships/pella-b40#known-by", "time:inXSDgYearMonth") == {
        f'"2022-04"^^{term("xsd:gYearMonth")}'
    }
    assert said(lists, begin.format("teslic-lhc"), "time:before") == {"<id/memberships/teslic-lhc#known-by>"}
    assert any("1994 / 1997" in note for note in said(lists, "memberships/teslic-lhc", "skos:note"))
    assert said(lists, "memberships/arles-lhc#end", "time:inXSDDate") == {f'"2011-03-31"^^{term("xsd:date")}'}
    assert lines(lists, begin.format("arles-lhc")) == set()


def test_who_left_is_no_member(lists: dict[str, str]) -> None:
    """The membership stays, the plain triple does not."""
    assert said(lists, "memberships/arles-lhc", "org:member") == {"<id/cities/arles>"}
    assert said(lists, "cities/arles", "org:memberOf") == set()


def test_a_known_place_is_pointed_to(lists: dict[str, str]) -> None:
    """What another dataset describes is not described again; a doubtful match and a region have no place."""
    assert said(lists, "cities/arles", "mg:place") == {"<id/places/arles>"}
    assert lines(lists, "places/arles") == set()
    assert said(lists, "cities/pella", "mg:place") == said(lists, "organizations/istria-county", "mg:place") == set()
    assert len(said(lists, "cities/pella", "skos:note")) == 3


def test_accepted_links_are_kept(tmp_path: Path) -> None:
    """What a person accepted for a city is in its list, who and when included; other rows and other things are not."""
    rows = [
        ("cities/tavira", "Q1", "accepted", "schema:sameAs"), ("places/tavira", "Q1", "accepted", "owl:sameAs"),
        ("cities/pella", "Q2", "rejected", "schema:sameAs"), ("cities/teslic", "Q3", "", "schema:sameAs"),
        ("cities/elsewhere", "Q4", "accepted", "schema:sameAs"), ("organizations/ecad", "Q5", "accepted", "owl:sameAs"),
    ]  # fmt: skip
    (tmp_path / "queries").symlink_to(ROOT / "queries")
    (tmp_path / "data").mkdir()
    for path in (ROOT / "data").iterdir():
        if path.name != "links":
            (tmp_path / "data" / path.name).symlink_to(path)
    (tmp_path / "data" / "links").mkdir()
    content = ["thing\tcandidate\tdecision\tlink\tby\ton", *("\t".join([*row, "Ana", "2026-01-02"]) for row in rows)]
    (tmp_path / "data" / "links" / "candidates.tsv").write_text("\n".join(content), "utf-8")
    table = tmp_path / "members.tsv"
    table.write_text("".join("\t".join(row) + "\n" for row in (COLUMNS, *ROWS)), "utf-8")
    found = dict(convert(table, tmp_path))
    item = "<http://www.wikidata.org/entity/Q1>"
    assert said(found, "cities/tavira", "schema:sameAs") == {item}
    assert said(found, "places/tavira", "owl:sameAs") == {item, "<https://sws.geonames.org/2262744/>"}
    assert said(found, "cities/tavira#link-Q1", "dc:creator") == {'"Ana"'}
    assert said(found, "cities/tavira#link-Q1", "dct:dateAccepted") == {f'"2026-01-02"^^{term("xsd:date")}'}
    assert not [one for one in ("Q2", "Q3", "Q4", "Q5") if one in "".join(found.values())]


@pytest.mark.parametrize(
    ("latin", "cyrillic"), [("Ljubovija", "Љубовија"), ("Đurđevac", "Ђурђевац"), ("Džep", "Џеп"), ("Ub", "Уб")]
)
def test_serbian_names_are_transliterated(latin: str, cyrillic: str) -> None:
    """Two letters that are one stay one."""
    assert to_cyrillic(latin) == cyrillic


def memberships() -> Iterator[NamedNode]:
    """The memberships of the dataset."""
    yield from members().of_class("org:Membership")


def test_a_membership_has_a_source_and_a_grade() -> None:
    """Those of `members` have no quotes but a source and grounds, those of `nis` are quoted."""
    graph = members()
    assert len(list(memberships())) == 192
    for one in memberships():
        assert value(graph.one(one, "mg:grounds")).startswith(MG)
        assert value(graph.one(one, "mg:certainty")).removeprefix(MG) in {"explicit", "implied"}
        assert value(graph.one(one, "dct:source")).startswith(f"{BASE}id/sources/")
        assert graph.objects(one, "mg:evidence") == []
    for one in nis().of_class("org:Membership"):
        assert nis().objects(one, "mg:evidence")
        assert nis().objects(one, "mg:grounds") == []


def test_nothing_is_described_twice() -> None:
    """A thing is in one dataset; the other one only refers to it."""
    assert {quad.subject for quad in nis().quads} & {quad.subject for quad in members().quads} == set()


def test_names_say_what_they_rest_on() -> None:
    """As printed there is only an English one, transliterated it is the Serbian one too, given there is a source."""
    graph = members()
    named = [quad.subject for quad in graph.quads if quad.predicate == term("mg:nameBasis")]
    assert len(named) > 300
    for one in named:
        assert isinstance(one, NamedNode)
        names = {
            label.language: label.value for label in graph.objects(one, "rdfs:label") if isinstance(label, Literal)
        }
        basis = value(graph.one(one, "mg:nameBasis")).removeprefix(MG)
        assert (set(names) == {"en"}) == (basis == "asPrinted"), one
        if basis == "transliterated":
            assert names["sr-latn"] == names["en"]
        if basis == "givenBySource":
            assert {"cldr-cities", "b40-in-bijeljina-news"} & {slug(node) for node in graph.objects(one, "dct:source")}


def test_kosovo_has_its_footnote() -> None:
    """The asterisk of the label is explained in the note, in every language."""
    labels = members().values(thing("countries/kosovo"), "rdfs:label")
    notes = members().values(thing("countries/kosovo"), "skos:note")
    assert len(labels) == len(notes) == 3
    assert all(label.endswith("*") for label in labels)
    assert all(note.startswith("* ") for note in notes)


def test_the_catalogue_says_how_partial_the_lists_are() -> None:
    """The numbers of each list stand in the descriptions of the dataset."""
    text = (ROOT / "data" / "catalog.ttl").read_text("utf-8").partition("dataset/members>\n    a ")[2]
    for one in members().of_class("mg:MemberList"):
        known, total = (value(members().one(one, name)) for name in ("schema:numberOfItems", "mg:outOf"))
        assert int(known) < int(total)
        assert members().values(one, "mg:complete") == ["false"]
        assert any(f"{known} of {words}{total}" in text for words in ("", "more than "))
        assert any(f"{known} од {words}{total}" in text for words in ("", "више од "))
