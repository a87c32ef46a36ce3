"""What mreze itself says, in the three languages of its interface: English, Serbian in Cyrillic and in Latin script.

The English text is the key; the Serbian one stands in locale/sr_Cyrl/LC_MESSAGES/mreze.po (gettext). The Latin script
is transliterated from the Cyrillic, so there is one translation to maintain. Placeholders are those of `str.format`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

from babel.messages.pofile import read_po

from mreze.transliteration import to_latin

LANGUAGES: Final = ("en", "sr-cyrl", "sr-latn")
Text = dict[str, str]
"""A text by language tag."""


def text(english: str, **values: object) -> Text:
    """The text in every language of the interface, its placeholders filled in."""
    return {tag: pattern.format(**values) for tag, pattern in _patterns(english)}


def pick(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, else in another of the same tongue, else in English, else in any; "" if none."""
    tongue = language.partition("-")[0]
    order = [
        language,
        *(tag for tag in sorted(texts) if tag.partition("-")[0] == tongue),
        "en",
        *sorted(texts),
    ]
    return next((texts[tag] for tag in order if tag in texts), "")


def is_blank(words: str) -> bool:
    """Whether there is nothing in a text that could be seen: white space and control characters at most."""
    return not any(one.isprintable() and not one.isspace() for one in words)


def interface_language(asked: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The language to talk to the person at the terminal in: the one asked for, else the locale's, else English."""
    if asked:
        return asked
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if not locale.lower().startswith("sr"):
        return "en"
    return "sr-latn" if "lat" in locale.lower() else "sr-cyrl"


def untranslated(english: Iterable[str]) -> list[str]:
    """Those of the texts that have no Serbian yet."""
    return [one for one in english if not _serbian().get(one)]


@cache
def _patterns(english: str) -> tuple[tuple[str, str], ...]:
    cyrillic = _serbian().get(english)
    own = ("en", english)
    return (own, ("sr-cyrl", cyrillic), ("sr-latn", to_latin(cyrillic))) if cyrillic else (own,)


@cache
def _serbian() -> dict[str, str]:
    path = resources.files("mreze") / "locale" / "sr_Cyrl" / "LC_MESSAGES" / "mreze.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale="sr_Cyrl")
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}
