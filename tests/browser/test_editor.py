"""The query form is an editor: it helps to write a query, runs it without leaving the page, and shows what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.tab import Tab, opened

CITY = "https://w3id.org/mreze-gradova/id/organizations/grad-nis"
MEMBERSHIPS = (
    "PREFIX org: <http://www.w3.org/ns/org#>\nSELECT ?m WHERE {\n"
    f"  ?m a org:Membership .\n  ?m org:member <{CITY}> .\n}}\nORDER BY ?m"
)
NOTHING = "PREFIX org: <http://www.w3.org/ns/org#>\nSELECT ?m WHERE {\n  ?m a org:Membershp .\n}"
WRONG = "SELECT ?m WHERE {\n  ?m a fof:Person .\n}"


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    """A tab in which nothing may go wrong."""
    with opened(chromium, address) as tab:
        yield tab
        assert tab.strangers == []
        assert [one for one in tab.complaints if "400 (Bad Request)" not in one] == []


def test_a_shared_link_shows_its_query_and_answer(tab: Tab) -> None:
    """The address holds the query; nothing that the browser remembers takes its place."""
    tab.page.goto(tab.address)
    tab.page.evaluate("for (const key of ['yasqe_query', 'query', 'mreze']) localStorage.setItem(key, 'ASK {}')")
    tab.ask(MEMBERSHIPS)
    assert tab.query == MEMBERSHIPS
    lines = [one.replace("\u00a0", " ") for one in tab.page.locator(".CodeMirror-line").all_inner_texts()]
    assert lines == MEMBERSHIPS.split("\n")
    assert tab.page.locator("tbody tr").count() == 8
    assert tab.page.locator(".cm-keyword").first.inner_text() == "PREFIX"


@pytest.mark.parametrize("way", ["keys", "button"])
def test_a_query_runs_without_leaving_the_page(tab: Tab, way: str) -> None:
    """Ctrl+Enter and the button show the answer in place, put the query into the address, and say how many rows."""
    tab.page.goto(f"{tab.address}sparql")
    tab.page.evaluate("window.stays = true")
    tab.write(MEMBERSHIPS.replace("\n", " "))
    if way == "keys":
        tab.page.keyboard.press("Control+Enter")
    else:
        tab.page.get_by_role("button", name="Run").click()
    expect(tab.page.get_by_role("status")).to_have_text("Rows: 8")
    assert tab.page.evaluate("window.stays")
    assert parse_qs(urlsplit(tab.page.url).query) == {"query": [MEMBERSHIPS.replace("\n", " ")]}
    first = tab.page.locator("tbody a").first
    assert first.inner_text() == "City of Niš in the Alliance of Euro-Mediterranean Cultural Cities"
    first.click()
    assert tab.page.url == f"{tab.address}doc/memberships/nis-avec"


def test_back_and_forth_show_what_belongs_to_the_address(tab: Tab) -> None:
    """The query and its answer follow the browser's history."""
    tab.ask("ASK { ?s ?p 1 }")
    tab.write(MEMBERSHIPS.replace("\n", " "))
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator("tbody tr")).to_have_count(8)
    tab.page.go_back()
    expect(tab.page.locator("#answer .lead")).to_be_visible()
    assert tab.query == "ASK { ?s ?p 1 }"
    tab.page.go_forward()
    expect(tab.page.locator("tbody tr")).to_have_count(8)
    assert "Membership" in tab.query


@pytest.mark.parametrize("form", ["csv", "tsv", "srj", "srx"])
def test_an_answer_can_be_taken_as_a_file(tab: Tab, form: str) -> None:
    """Below the table stand links to the same in files."""
    tab.ask(MEMBERSHIPS)
    with tab.page.expect_download() as download:
        tab.page.locator(f"#answer a[href$='format={form}']").click()
    content = download.value.path().read_text("utf-8")
    assert content.count("nis-") == 8
    assert download.value.suggested_filename.startswith("sparql")


def test_examples_are_one_click_away(tab: Tab) -> None:
    """A saved query opens in the editor, with its answer; from there one can ask on."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.page.get_by_role("link", name="How many of the networks were founded in each decade?").click()
    assert "founding-decades" in tab.page.url
    assert "schema:foundingDate" in tab.query
    assert tab.page.locator("tbody tr").count() == 4
    tab.page.locator(".CodeMirror-code").click()
    tab.page.keyboard.press("Control+End")
    tab.page.keyboard.type("LIMIT 2")
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator("tbody tr")).to_have_count(2)
    assert urlsplit(tab.page.url).path == "/sparql"


def test_names_of_the_site_are_completed(tab: Tab) -> None:
    """Classes after `a`, properties where one can stand, by name or by label; the prefix is declared if it is not."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write("SELECT * {\n?m a membersh")
    options = tab.page.get_by_role("option")
    expect(options).to_have_text(["org:Membership membership 200"])
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type(" ; foun")
    expect(options.first).to_have_text("schema:foundingDate founded 9")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type(" ?y .\n")
    lines = tab.query.split("\n")
    assert sorted(lines[:2]) == ["PREFIX org: <http://www.w3.org/ns/org#>", "PREFIX schema: <https://schema.org/>"]
    assert [one.strip() for one in lines[2:4]] == ["SELECT * {", "?m a org:Membership ; schema:foundingDate ?y ."]


def test_prefixes_and_variables_are_completed(tab: Tab) -> None:
    """After PREFIX the site's own, after a question mark the query's; a prefix that is used is declared."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write("PREFIX sko")
    expect(tab.page.get_by_role("option").first).to_have_text("skos: <http://www.w3.org/2004/02/skos/core#>")
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type("\nSELECT ?label { ?thing rdfs:label ?la")
    expect(tab.page.get_by_role("option")).to_have_text(["?label"])
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("option")).to_have_count(0)
    assert "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n" in tab.query


def test_what_stands_in_texts_and_comments_is_left_alone(tab: Tab) -> None:
    """Nothing is suggested or declared for words that are no names."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write("# org:mem\nASK { ?s ?p 'org:memb' } # foun")
    tab.page.wait_for_timeout(300)
    assert tab.page.get_by_role("option").count() == 0
    assert tab.query == "# org:mem\nASK { ?s ?p 'org:memb' } # foun"


def test_a_mistake_is_shown_where_it_is(tab: Tab) -> None:
    """The engine's words stand below the line, the place is marked, the cursor is there, and it is said aloud."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write(WRONG)
    tab.page.keyboard.press("Control+Enter")
    note = tab.page.locator(".note")
    expect(note).to_contain_text("line 2")
    line = tab.page.locator(".CodeMirror-code > div").nth(1)
    assert line.locator(".note").count() == 1
    assert "".join(line.locator(".wrong").all_inner_texts()) == "fof:Person"
    expect(tab.page.get_by_role("status")).to_contain_text("line 2")
    tab.page.keyboard.type(" ")
    expect(note).to_have_count(0)


def test_a_mistake_is_told_while_one_types(tab: Tab) -> None:
    """Before the query is sent, the first line that cannot be read is named in the reader's language."""
    tab.page.goto(f"{tab.address}sparql?lang=sr-latn")
    tab.write("SELECT ?m WHRE { ?m ?p ?o }")
    expect(tab.page.locator("#understood")).to_contain_text("1. red: „WHRE“")
    tab.write(WRONG)
    expect(tab.page.locator("#understood")).to_have_text("2. red: prefiks „fof“ nije deklarisan.")
    tab.write("ASK { ?s ?p ?o }")
    expect(tab.page.locator("#understood")).to_have_text("")


def test_an_empty_answer_is_explained_in_the_text(tab: Tab) -> None:
    """The name that the release does not have is marked, and below stands which one may be meant."""
    tab.ask(NOTHING)
    assert tab.page.locator(".missing").all_inner_texts()[0] == "org:Membershp"
    assert "org#Membership>" in tab.page.locator("#answer li").inner_text()
    tab.write(NOTHING.replace("shp", "ship").replace("\n", " "))
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator("tbody tr")).to_have_count(200)
    assert tab.page.locator(".cm-s-site .missing").count() == 0


def test_a_long_query_goes_in_the_body(tab: Tab) -> None:
    """What is too long for an address is answered all the same, and said to have no link."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    padding = "# " + "x" * 8_000
    tab.page.get_by_role("button", name="Plain text field").click()
    tab.page.locator("#query").fill(f"{MEMBERSHIPS}\n{padding}")
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator("tbody tr")).to_have_count(8)
    expect(tab.page.get_by_role("status")).to_have_text("The query is too long for a link.")
    assert tab.page.url == f"{tab.address}sparql?lang=en"


def test_every_script_can_be_typed(tab: Tab) -> None:
    """Letters that come from no key of their own (a compose key, a pad for letters) are kept."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write("ASK { ?s ?p 'Ниш, Niš, 日本'@ja }")
    assert tab.query == "ASK { ?s ?p 'Ниш, Niš, 日本'@ja }"


def test_the_link_can_be_copied(tab: Tab) -> None:
    """The link is that of the query as it stands, in no language unless the reader chose one."""
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.goto(f"{tab.address}sparql")
    tab.write("ASK { ?s ?p 'š' }")
    tab.page.get_by_role("button", name="Copy the link").click()
    expect(tab.page.get_by_role("status")).to_have_text("The link is copied.")
    link = tab.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{tab.address}sparql?query=ASK+%7B+%3Fs+%3Fp+%27%C5%A1%27+%7D"
    tab.page.goto(link)
    assert tab.page.locator("#answer .lead").inner_text() == "No"


def test_going_to_a_part_of_the_page_asks_nothing(tab: Tab) -> None:
    """The link to the content moves within the page; a query that one is writing stays."""
    tab.ask(MEMBERSHIPS)
    tab.write("ASK {} # unfinished")
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.get_by_role("link", name="Skip to the content").evaluate("one => one.click()")
    tab.page.go_back()
    tab.page.wait_for_timeout(300)
    assert tab.query == "ASK {} # unfinished"
    assert not [one for one in asked if "/sparql" in one]


def test_a_query_of_many_lines_can_be_typed_into(tab: Tab) -> None:
    """A letter more in a query of five hundred lines is there at once."""
    query = "ASK {\n" + "  ?s ?p ?o ; ?q 'text' , 5 .\n" * 500 + "}"
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.page.get_by_role("button", name="Plain text field").click()
    tab.page.locator("#query").fill(query)
    tab.page.get_by_role("button", name="Plain text field").click()
    milliseconds = tab.page.evaluate(
        "() => { const editor = document.querySelector('.CodeMirror').CodeMirror; const times = [];"
        " for (let i = 0; i < 10; i++) { const begun = performance.now();"
        " editor.replaceRange('x', { line: 250, ch: 9 }); times.push(performance.now() - begun); }"
        " return Math.min(...times); }"  # the others may have waited for the machine
    )
    assert milliseconds < 200


def test_a_running_query_can_be_stopped(tab: Tab) -> None:
    """While a query runs there is a button that gives it up."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.write("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    tab.page.keyboard.press("Control+Enter")
    status = tab.page.get_by_role("status")
    expect(status).to_have_text("Running …")
    stop = tab.page.get_by_role("button", name="Stop")
    stop.focus()
    tab.page.keyboard.press("Enter")
    expect(status).to_have_text("Stopped.")
    expect(stop).to_be_hidden()
    assert tab.focus == "Run"


def test_a_server_that_is_gone_is_told(tab: Tab) -> None:
    """Where no answer comes, the page says so and keeps the query."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.page.route("**/sparql?*", lambda route: route.abort())
    tab.write(WRONG)
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.get_by_role("status")).to_have_text("The server does not answer.")
    assert "fof:Person" in tab.query
    tab.complaints.clear()  # the browser says so too


def test_without_script_the_form_works(chromium: Browser, address: str) -> None:
    """A text field, a button, a table: nothing of it needs the editor."""
    with opened(chromium, address, script=False) as tab:
        tab.page.goto(f"{address}sparql?lang=en")
        assert tab.page.get_by_role("main").get_by_role("button").all_inner_texts() == ["Run"]
        tab.page.get_by_label("SPARQL query").fill(MEMBERSHIPS)
        tab.page.get_by_role("button", name="Run").click()
        assert tab.page.locator("tbody tr").count() == 8
        assert tab.page.get_by_label("SPARQL query").input_value() == MEMBERSHIPS


def test_the_editor_speaks_the_language_of_the_page(chromium: Browser, address: str) -> None:
    """Buttons, hints and messages are Serbian on a Serbian page, in its script."""
    said = {}
    for language in ("sr-cyrl", "sr-latn"):
        with opened(chromium, address) as tab:
            tab.ask(MEMBERSHIPS, language)
            said[language] = tab.page.get_by_role("main").get_by_role("button").all_inner_texts()
            texts = json.loads(tab.page.locator("#editor").text_content() or "")
            assert texts["running"] == {"sr-cyrl": "Упит се извршава …", "sr-latn": "Upit se izvršava …"}[language]
    assert said["sr-cyrl"] == ["Изврши", "Копирај везу", "Обично поље за текст"]
    assert said["sr-latn"] == ["Izvrši", "Kopiraj vezu", "Obično polje za tekst"]
