"""What a word sounds like, roughly: for people who write a name as they have heard it, in whichever script.

An English name in Serbian letters (Енерџи Ситиз, Нетворк) and a Serbian one in English letters (Nish, Yagodina) are
brought to one form. Much becomes one that is not: it proposes things to a person who looks, and decides nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_RULES: Final = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("tsch|sch|sh", "s"),  # Nish, Ниш
        ("tch|ch(?=[rl])", "k"),  # Christ, Крист
        ("ch", "c"),
        ("ph", "f"),
        ("th", "t"),
        ("kh", "h"),
        ("zh", "z"),
        ("ck|qu?", "k"),
        ("c(?=[eiy])", "s"),  # Cities, Ситиз
        ("c", "k"),
        ("dzh|dz|dj|g(?=[eiy])", "dz"),  # Energy, Енерџи
        ("x", "ks"),
        ("w", "v"),  # Network, Нетворк
        ("z", "s"),
        ("[yj]", "i"),  # Yagodina, Јагодина
        ("^(eu|ev(?=r)|iu)", "iu"),  # Europe, Европа, Јуроп
        ("ea", "ia"),  # European, Европиан
        ("ee|ie|i+", "i"),
        ("oo|ou", "u"),
        (r"(.)\1+", r"\1"),
        ("(?<=..[^aeiou])e$", ""),  # Alliance, Алијанс
    )
)
_FEWEST: Final = 3
"""Letters that tell a word from others."""
_KEPT: Final = 100_000


@lru_cache(_KEPT)
def sound(word: str) -> str:
    """What a folded word sounds like; the word itself where it has digits, or too little would be left of it."""
    heard = word if word.isalpha() else ""
    for written, letters in _RULES:
        heard = written.sub(letters, heard)
    return heard if len(heard) >= _FEWEST else word
