"""An id leads to its thing, and to small pictures of it that any site may show."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from tests.reconciling import refused
from tests.servers import Served

ORG = "http://www.w3.org/ns/org#"


def test_an_id_leads_to_the_page_of_its_thing(own: Served) -> None:
    """However it is encoded, in both versions, in one hop, in the language that was asked for."""
    page = own.address + "doc/organizations/energy-cities"
    for path in ("reconcile/view", "reconcile/1.0/view"):
        for id_ in ("organizations/energy-cities", "organizations%2Fenergy-cities", "organizations%252Fenergy-cities"):
            answer = own.get(f"{path}?id={id_}&lang=sr-latn")
            assert (answer.status_code, answer.headers["location"]) == (303, page + "?lang=sr-latn")
    assert own.get(answer.headers["location"].removeprefix(own.address)).status_code == 200


def test_the_templates_of_the_manifests_lead_there(own: Served) -> None:
    """View and preview of 0.2, view of the draft; the preview of the draft stands at a fixed path."""
    stable, draft = own.get("reconcile").json(), own.get("reconcile/1.0/").json()
    for template, status in ((stable["view"]["url"], 303), (stable["preview"]["url"], 200)):
        assert own.client.get(template.replace("{{id}}", "places%2Fnis")).status_code == status
    assert own.client.get(draft["view"]["url"].replace("{id}", "places%2Fnis")).status_code == 303
    assert own.get("reconcile/1.0/preview?id=places%2Fnis").status_code == 200
    assert draft["preview"] == {name: stable["preview"][name] for name in ("width", "height")}


def test_ids_in_every_script_are_found(minimal: Served) -> None:
    """Native, percent-encoded, and twice: the data may have either."""
    for id_ in (
        "bridges/мост",
        "bridges%2F%D0%BC%D0%BE%D1%81%D1%82",
        "bridges%252F%25D0%25BC%25D0%25BE%25D1%2581%25D1%2582",
    ):
        assert minimal.get(f"reconcile/view?id={id_}").headers["location"].startswith(minimal.address + "doc/bridges/")


@pytest.mark.parametrize(
    "path", ["reconcile/view", "reconcile/preview", "reconcile/1.0/preview", "reconcile/flyout/entity"]
)
def test_what_nobody_knows_is_told(own: Served, path: str) -> None:
    """404 that names the id; no id at all is 400, two are as well."""
    assert "'organizations/nobody'" in refused(own.get(f"{path}?id=organizations/nobody"), 404)
    assert refused(own.get(f"{path}?id=%00<%22>"), 404)
    assert "id" in refused(own.get(path), 400)
    assert "twice" in refused(own.get(f"{path}?id=places/nis&id=places/nis"), 400)


def test_a_preview_may_be_framed_and_starts_nothing(own: Served) -> None:
    """Its policy lets any site show it, and no script run; the other pages still may not be framed."""
    policy = own.get("reconcile/preview?id=places/nis").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in own.get("", "text/html").headers["content-security-policy"]


def test_a_preview_tells_the_most_of_a_thing(own: Served) -> None:
    """Name and kind in the reader's language, its names in other scripts, facts with names, a link to the page."""
    page = own.get("reconcile/preview?id=organizations/ecad&lang=sr-latn")
    assert page.headers["content-language"] == "sr-Latn"
    html = page.text
    assert re.search(
        r'<h1><a href="../doc/organizations/ecad\?lang=sr-latn">Evropski gradovi protiv droga</a></h1>', html
    )
    assert "mreža gradova" in html
    assert '<span lang="sr-Cyrl">Европски градови против дрога</span>' in html
    assert '<span lang="en">ECAD</span>' in html
    assert re.search(r"<dt>sedište</dt>\s*<dd><a [^>]*>Stokholm</a></dd>", html)
    assert html.count("https://ecad.net/</a>") == 1
    city = own.get("reconcile/preview?id=organizations/grad-nis").text
    assert re.search(r"<dt>member since</dt>\s*<dd><span[^>]*>2003</span></dd>", city)


def test_a_retired_thing_is_shown_as_retired(minimal: Served) -> None:
    """It was published once, and others have its id in their tables."""
    assert "retired" in minimal.get("reconcile/preview?id=bridges/lost-bridge").text


def test_a_flyout_is_html_in_json(own: Served) -> None:
    """Of a thing, a property and a class, with the id as it was sent; as a script for those who ask so."""
    wanted = {
        "entity": ("organizations/ecad", "European Cities Against Drugs"),
        "property": ("mg:memberSince", "member since"),
        "type": (ORG + "Organization", "organization"),
    }
    for kind, (id_, name) in wanted.items():
        found = own.get(f"reconcile/flyout/{kind}?id={quote(id_, safe='')}").json()
        assert found["id"] == id_
        assert f"<strong>{name}</strong>" in found["html"]
        assert "<script" not in found["html"]
    script = own.get("reconcile/flyout/property?id=mg:memberSince&callback=show").text
    assert json.loads(script.removeprefix("/**/show(").removesuffix(");\n"))["id"] == "mg:memberSince"
    assert "mg:nothing" in refused(own.get("reconcile/flyout/property?id=mg:nothing"), 404)


@pytest.mark.parametrize(("language", "note"), [("en", "* This designation is"), ("sr-latn", "* Ovaj naziv je")])
def test_an_asterisk_leads_to_its_footnote(own: Served, language: str, note: str) -> None:
    """Wherever a name that has one is shown: where the thing is told of, and where others lead to it; once."""
    for path in ("preview?id=countries/kosovo", "preview?id=places/pristina", "preview?id=cities/pristina"):
        assert own.get(f"reconcile/{path}&lang={language}").text.count(note) == 1
    for id_ in ("countries/kosovo", "places/pristina"):
        assert note in own.get(f"reconcile/flyout/entity?id={id_}&lang={language}").json()["html"]
    for path in ("countries/kosovo", "places/pristina", "cities/pristina"):
        page = own.get(f"doc/{path}.html?lang={language}").text
        assert page.count(note) == 1
        assert "*</a>" in page or "*</h1>" in page
    for path in ("reconcile/preview?id=places/nis", "doc/places/nis.html?x=1", "doc/organizations/b40.html?x=1"):
        assert note not in own.get(f"{path}&lang={language}").text
