"""Serbian Cyrillic to Serbian Latin: one letter for one, by the table of the orthography (Правопис)."""

from __future__ import annotations

from typing import Final

_LATIN: Final = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
_LOWER: Final = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", _LATIN.split(), strict=True))
_DIGRAPHS: Final = {letter.upper(): latin.upper() for letter, latin in _LOWER.items() if len(latin) == 2}


def to_latin(cyrillic: str) -> str:
    """Transliterate; a capital digraph is written Lj, or LJ between capitals. What is not Serbian Cyrillic stays."""
    written = []
    for index, letter in enumerate(cyrillic):
        if letter in _LOWER:
            written.append(_LOWER[letter])
        elif letter in _DIGRAPHS:
            among_capitals = any(one.isupper() for one in _neighbours(cyrillic, index))
            written.append(_DIGRAPHS[letter] if among_capitals else _DIGRAPHS[letter].capitalize())
        else:
            written.append(_LOWER[letter.lower()].upper() if letter.lower() in _LOWER else letter)
    return "".join(written)


def _neighbours(text: str, index: int) -> str:
    after = text[index + 1 : index + 2]
    # The letter that follows decides; at the end of a word the one before does (КОЊ → KONJ).
    return after if after.isalpha() else text[max(0, index - 1) : index]
