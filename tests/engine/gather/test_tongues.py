"""The language codes of Wikidata, from language tags and EU languages."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from mreze.gather.statements import tag
from mreze.gather.tongues import CODES, UNCODED, UNDETERMINED, tongue
from mreze.namespaces import term
from mreze.site import SiteDataset, open_site

ROOT = Path(__file__).parents[3]
EU = "http://publications.europa.eu/resource/authority/language/"


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("sr-cyrl", "", "sr-ec"),
        ("sr-Latn", "", "sr-el"),
        ("sr-cyrl-rs", "Beograd", "sr-ec"),
        ("sr", "Град је постао члан 2003. године.", "sr-ec"),
        ("sr", "Grad je postao član 2003. godine.", "sr-el"),
        ("sr", "Град Ниш је члан мреже ECAD.", "sr-ec"),
        ("sr", "2003", "sr"),
        ("sr-rs", "Skupština grada", "sr-el"),
        ("en", "", "en"),
        ("en-gb", "", "en-gb"),
        ("en-nz", "", "en"),
        ("nb", "", "nb"),
        ("no", "", "no"),
        ("nn-no", "", "nn"),
        ("zh", "", "zh"),
        ("zh-hans", "", "zh-hans"),
        ("zh-Hant-TW", "", "zh-tw"),
        ("zh-hant-us", "", "zh-hant"),
        ("cmn-hans", "", "zh"),
        ("be-tarask", "", "be-tarask"),
        ("be-x-old", "", "be-tarask"),
        ("bs-latn", "", "bs"),
        ("de-1996", "", "de"),
        ("pt_BR", "", "pt-br"),
        ("iw", "", "he"),
        ("mo", "", "ro"),
        ("cnr-latn", "", "cnr"),
        ("uz-cyrl-uz", "", "uz-cyrl"),
        ("tlh", "", UNCODED),
        ("x-own", "", UNCODED),
        ("mul", "", "mul"),
        ("", "слова", UNDETERMINED),
    ],
)
def test_tongue(language: str, words: str, code: str) -> None:
    """The closest code that Wikidata knows; of Serbian the letters tell the script."""
    assert tongue(language, words) == code
    assert code in CODES


def test_what_must_be_known_is_known() -> None:
    """The Balkans, the languages of foreign sources, and the codes for what has none."""
    assert {
        "bs",
        "hr",
        "cnr",
        "mk",
        "sl",
        "sq",
        "bg",
        "ro",
        "el",
        "tr",
        "hu",
        "ja",
        "ru",
        "uk",
        "ar",
        "he",
        "fa",
        "ko",
        "zh",
        "sr-ec",
        "sr-el",
        "no",
        "nb",
        "nn",
        "und",
        "mul",
        "zxx",
    } <= CODES


def test_every_language_of_the_eu_table_has_a_code() -> None:
    """What the tables of mreze name as a language of the EU is written in a code of Wikidata."""
    lines = (ROOT / "src/mreze/authorities/language.tsv").read_text("utf-8").splitlines()
    for code in [line.partition("\t")[0] for line in lines if not line.startswith("#")]:
        assert tongue(tag(EU + code, "а")) not in {UNCODED, UNDETERMINED}, code


def test_every_language_of_the_site_has_a_code() -> None:
    """Sources and names of the site are in languages that Wikidata knows."""
    for dataset in open_site(ROOT).datasets:
        for language in _languages(dataset):
            assert tongue(tag(language, "a")) not in {UNCODED, UNDETERMINED}, language


def _languages(dataset: SiteDataset) -> set[str]:
    found = set()
    for path in (ROOT / "data" / dataset.name).rglob("*.ttl"):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                found.add(quad.object.language)
            elif quad.predicate == term("dct:language") and isinstance(quad.object, ox.NamedNode):
                found.add(quad.object.value)
    return found
