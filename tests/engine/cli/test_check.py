"""`mreze check` on broken sites: each mistake has its answer, with file, line and remedy, never a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mreze.build.template import write_template
from mreze.cli import main

B = "https://example.org/"
OLD = "data/crossings/bridges/old-bridge.ttl"
NEW = "data/crossings/bridges/new-bridge.ttl"
Harm = Callable[[Path], None]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The template's site, to be harmed."""
    write_template(tmp_path / "site")
    return tmp_path / "site"


def _check(site: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    status = main(["check", str(site), "--lang", "en", *options])
    captured = capsys.readouterr()
    assert captured.err == ""
    return status, captured.out


def _write(name: str, content: str | bytes) -> Harm:
    def harm(site: Path) -> None:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return harm


def _replace(name: str, old: str, new: str) -> Harm:
    def harm(site: Path) -> None:
        written = (site / name).read_text("utf-8")
        assert old in written
        (site / name).write_text(written.replace(old, new), "utf-8")

    return harm


def _append(name: str, more: str) -> Harm:
    def harm(site: Path) -> None:
        with (site / name).open("a", encoding="utf-8") as file:
            file.write(more)

    return harm


def _dangling(site: Path) -> None:
    (site / "data/crossings/bridges/gone.ttl").symlink_to("nowhere.ttl")


def _empty(site: Path) -> None:
    for path in (site / "data/crossings").rglob("*.ttl"):
        path.unlink()


def _rewrite(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _thing(slug: str, more: str = "") -> str:
    return (
        f"@prefix ex: <{B}ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
        f'<{B}id/rivers/{slug}>\n    rdfs:label "{slug}"@en ;\n{more}.\n'
    )


VIOLATIONS: dict[str, tuple[Harm, list[str]]] = {
    "broken Turtle": (
        _replace(NEW, "ex:crosses <", "ex:crosses crosses <"),
        [f"{NEW}:8: violation [syntax]", "Not Turtle: ", "→ Mend this line"],
    ),
    "bad IRI": (_replace(NEW, "rivers/green-river>", "rivers/green river>"), [f"{NEW}:8: violation [syntax]"]),
    "relative IRI": (
        _replace(NEW, f"<{B}id/rivers/green-river>", "<green-river>"),
        [f"{NEW}:8: violation [syntax]", "A relative IRI stands here"],
    ),
    "unreadable": (_dangling, ["gone.ttl: violation [reading]", "cannot be read", "→ Make it a readable file"]),
    "folder in place of a file": (_write("data/crossings/bridges/x.ttl/y", ""), ["x.ttl: violation [reading]"]),
    "not UTF-8": (_write(NEW, b"\n\n\xff"), [f"{NEW}:3: violation [encoding]", "byte 0xFF", "→ Save it as UTF-8"]),
    "in another file": (
        _write("data/crossings/rivers/red-river.ttl", _thing("blue-river")),
        ["red-river.ttl:4: violation [placement]", "rivers/red-river", "→ This file speaks of"],
    ),
    "in two files": (
        _write("data/crossings/rivers.nt", f'<{B}id/rivers/green-river> <http://schema.org/name> "x" .\n'),
        ["violation [described-twice]", "data/crossings/rivers.nt:1", "→ Keep one description"],
    ),
    "blank node": (
        _append(NEW, f'\n<{B}id/bridges/new-bridge>\n    ex:crosses [ rdfs:label "x"@en ] ;\n.\n'),
        ["violation [blank-node]", "→ Give it an IRI of its own"],
    ),
    "unknown term": (
        _replace(NEW, "rdfs:label", "rdfs:lable"),
        [f"{NEW}:10: violation [unknown-term]", "no term rdfs:lable", "→ Did you mean rdfs:label?"],
    ),
    "unknown term of the site's own": (
        _replace(NEW, "ex:crosses", "ex:croses"),
        ["no term ex:croses", "→ Did you mean ex:crosses?"],
    ),
    "prefix bound otherwise": (
        _replace(NEW, "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2000/01/rdf-schema/"),
        [f"{NEW}:2: violation [prefix]", "The prefix rdfs: is bound to", "→ It stands for"],
    ),
    "no date": (
        _replace(NEW, '"1998"^^xsd:gYear', '"soon"^^xsd:gYear'),
        [f"{NEW}:9: violation [lexical-form]", "“soon” is no xsd:gYear", "→ Mend the value"],
    ),
    "impossible day": (
        _replace("data/catalog.ttl", "dct:issued ", 'dct:modified "2026-02-30"^^xsd:date ;\n    dct:issued '),
        ["data/catalog.ttl:", "“2026-02-30” is no xsd:date"],
    ),
    "date written as a text": (
        _append("data/catalog.ttl", f'\n<{B}dataset/crossings>\n    dct:modified "2026-01-01" ;\n.\n'),
        ["violation [untyped-date]", "→ Give it a datatype"],
    ),
    "quote not in its source": (
        _replace(OLD, "on 2 May 1871", "on 3 May 1871"),
        [f"{OLD}:", "violation [quote-in-source]", "they part after “opened to traffic on ”", "→ Copy the words"],
    ),
    "quote without text": (
        lambda site: (site / "data/crossings/sources/inscription.txt").unlink(),
        ["cannot be checked", "→ Put what was read into data/crossings/sources/inscription.txt"],
    ),
    "shape": (
        _replace(NEW, f"    ex:crosses <{B}id/rivers/green-river> ;\n", ""),
        [f"{NEW}:6: violation [Bridge-crosses]", "bridges/new-bridge ex:crosses", "stands in shapes/bridge.ttl"],
    ),
    "rule": (
        _replace(OLD, 'ex:opened "1871"', 'ex:opened "1872"'),
        [f"{OLD}:8: violation [opened-with-evidence]", "» claimed: 1871; written: 1872", "→ Correct ex:opened"],
    ),
    "broken check": (
        _write("queries/checks/broken.rq", "#+ summary@en: x\nSELECT ?x WHERE {\n"),
        ["queries/checks/broken.rq:3: violation [query]", "not understood, where the query ends"],
    ),
    "check that is no SELECT": (
        _write("queries/checks/ask.rq", "#+ summary@en: x\nASK {}\n"),
        ["queries/checks/ask.rq: violation [query]", "→ Its rows are the findings"],
    ),
    "query without a question": (
        _write("queries/examples/mute.rq", "ASK {}\n"),
        ["queries/examples/mute.rq: violation [query]", "says nowhere what it asks"],
    ),
    "broken shapes": (
        _replace("shapes/bridge.ttl", "sh:path ex:opened", 'sh:path "opened"'),
        ["violation [shapes]", "pySHACL refuses the shapes", "→ Mend the shapes"],
    ),
    "empty dataset": (
        _empty,
        ["The dataset crossings holds nothing", "→ Describe a thing in data/crossings/KIND/SLUG.ttl"],
    ),
    "no dataset": (
        _replace("data/catalog.ttl", f"    dcat:dataset <{B}dataset/crossings> ;\n", ""),
        ["The site publishes nothing", "→ Add one"],
    ),
    "broken catalogue": (
        _write("data/catalog.ttl", "<x"),
        ["data/catalog.ttl:1: violation [catalog]", "not Turtle"],
    ),
    "catalogue without a base": (
        _replace("data/catalog.ttl", "    void:uriSpace", "    rdfs:comment"),
        ["data/catalog.ttl:", "violation [catalog]"],
    ),
    "dataset without a folder": (
        _replace("data/catalog.ttl", f"{B}dataset/crossings> ;\n    dct:desc", f"{B}dataset/else> ;\n    dct:desc"),
        ["there is no folder data/else", "→ Make the folder"],
    ),
}  # fmt: skip
WARNINGS: dict[str, tuple[Harm, list[str]]] = {
    "byte order mark": (
        lambda site: _rewrite(site / NEW, b"\xef\xbb\xbf" + (site / NEW).read_bytes()),
        [f"{NEW}:1: warning [encoding]", "byte order mark", "→ Run `mreze format`"],
    ),
    "Windows line ends": (
        lambda site: _rewrite(site / NEW, (site / NEW).read_bytes().replace(b"\n", b"\r\n")),
        [f"{NEW}:1: warning [encoding]", "Windows line ends"],
    ),
    "another form": (
        _replace(NEW, "    ex:crosses", "  ex:crosses"),
        [f"{NEW}: warning [format]", "→ Run `mreze format`"],
    ),
}


@pytest.mark.parametrize("mistake", VIOLATIONS)
def test_a_mistake_is_named(site: Path, capsys: pytest.CaptureFixture[str], mistake: str) -> None:
    """Exit status 1, and the report names the place, what is wrong and what to do."""
    harm, expected = VIOLATIONS[mistake]
    harm(site)
    status, said = _check(site, capsys)
    assert status == 1
    assert [one for one in expected if one not in said] == [], said


@pytest.mark.parametrize("oddity", WARNINGS)
def test_an_oddity_is_a_warning(site: Path, capsys: pytest.CaptureFixture[str], oddity: str) -> None:
    """Exit status 0: the data are read as if it were not there, and the report says how to mend it."""
    harm, expected = WARNINGS[oddity]
    harm(site)
    status, said = _check(site, capsys)
    assert status == 0
    assert [one for one in expected if one not in said] == [], said
    assert main(["format", str(site)]) == 0
    capsys.readouterr()
    assert _check(site, capsys) == (0, "Nothing found: all is well.\n")


def test_other_syntaxes_are_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """TriG, N-Triples and N-Quads with graphs of their own are data like any other."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    _write("data/crossings/lakes.nt", f'<{B}id/lakes/a> {label} "a"@en .\n')(site)
    _write("data/crossings/ponds.nq", f'<{B}id/ponds/a> {label} "a"@en <https://elsewhere.example/g> .\n')(site)
    trig = f'<https://elsewhere.example/g> {{ <https://elsewhere.example/x> {label} "x"@en . }}\n'
    _write("data/crossings/others.trig", trig)(site)
    assert _check(site, capsys) == (0, "Nothing found: all is well.\n")


def test_all_mistakes_are_told_at_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file's error hides no other file's, and the report is sorted and counted."""
    for mistake in ("broken Turtle", "quote not in its source", "empty dataset"):
        if mistake != "empty dataset":
            VIOLATIONS[mistake][0](site)
    status, said = _check(site, capsys)
    assert status == 1
    assert "[syntax]" in said
    assert "[quote-in-source]" in said
    places = re.findall(r"^(\S+):(\d+): violation", said, re.MULTILINE)
    assert [int(line) for path, line in places if path == NEW] == sorted(int(n) for path, n in places if path == NEW)
    assert [path for path, _ in places] == sorted(path for path, _ in places)
    assert said.splitlines()[-1].startswith("Violations: 4")


@pytest.mark.parametrize("form", ["json", "github", "turtle"])
def test_programs_get_the_report_too(site: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """JSON, annotations and a SHACL report name the same finding."""
    VIOLATIONS["shape"][0](site)
    status, said = _check(site, capsys, "--format", form)
    assert status == 1
    if form == "json":
        finding = json.loads(said)["findings"][0]
        assert (finding["check"], finding["file"], finding["line"]) == ("Bridge-crosses", NEW, 6)
        assert set(finding["message"]) == {"en", "de"}
    elif form == "github":
        assert said.startswith(f"::error file={NEW},line=6,title=Bridge-crosses::")
    else:
        assert "sh:conforms false" in said
        assert f"sh:focusNode <{B}id/bridges/new-bridge>" in said


def test_wrong_usage_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder, or a folder that is no site, ends with 2 and says how to make one."""
    for folder in (tmp_path / "nowhere", tmp_path):
        assert main(["check", str(folder)]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"mreze: {folder}: ")
        assert "mreze new DIR" in said


def test_the_language_of_the_report_can_be_chosen(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Serbian in both scripts, and the shape's own words where it has the language."""
    VIOLATIONS["quote not in its source"][0](site)
    for language, word in (("sr-cyrl", "прекршај"), ("sr-latn", "prekršaj")):
        assert main(["check", str(site), "--lang", language]) == 1
        assert word in capsys.readouterr().out
    VIOLATIONS["shape"][0](site)
    assert main(["check", str(site), "--lang", "de"]) == 1
    assert "Eine Brücke nennt mindestens eines" in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_the_operator_names_what_validates(site: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    """Shapes that it cannot use are refused in its name; what is no engine is wrong usage."""
    _replace("shapes/bridge.ttl", "sh:path ex:opened", 'sh:path "opened"')(site)
    status, told = _check(site, capsys, "--shacl-engine", engine)
    assert status == 1
    assert f"{engine} refuses the shapes".casefold() in told.casefold()
    with pytest.raises(SystemExit):
        main(["check", str(site), "--shacl-engine", engine[1:]])
    assert f"there is no {engine[1:]!r}: name pyshacl or shacl" in capsys.readouterr().err
