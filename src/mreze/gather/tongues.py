"""What Wikidata calls the language of a text: its codes for monolingual text, from the language tags of BCP 47.

Wikidata writes some languages otherwise than BCP 47 (Serbian in Cyrillic is sr-ec) and knows others only without their
variants. The table has what its API lists (action=query&meta=wbcontentlanguages&wbclcontext=monolingualtext, put
together by Wikibase's WikibaseContentLanguages.php) of the languages that the CLDR and the EU's table name.
"""

from __future__ import annotations

import unicodedata
from typing import Final

UNDETERMINED: Final = "und"
"""Nobody says what language it is."""
UNCODED: Final = "mis"
"""It has a tag, but no code at Wikidata."""
_LISTED: Final = """
    aa ab ace ady af ak aln am an ang anp apc ar arc ary arz as ast av ay az azb ba ban bar be be-tarask bg bgn bho
    bi bjn bm bn bo br brx bs ca ccp ce ceb ch cho chr ckb cnr co cop cr crh crh-cyrl crh-latn cs csb cu cv cy da de
    de-at de-ch diq dsb dv dz ee el el-cy en en-ca en-gb en-us eo es es-419 et eu ext fa ff fi fkv fo fr fr-ca frm
    fro frp frr fur fy ga gd gez gl gn got grc gsw gu gv ha haw hbo he hi hif hr hsb ht hu hy hyw ia id ie ig ii inh
    io is it iu ja jbo jv ka kaa kab kbd kea kg ki kk kk-arab kk-cyrl kk-latn kl km kn ko ko-kp koi kr krc krl ks
    ks-arab ks-deva ku ku-arab ku-latn kum kv kw ky la lad lb lbe lez lij liv lkt lld lmo ln lo lt ltg lv lzh lzz
    mai mdf mg mhr mi mic min mis mk ml mn mo mr mrj ms mt mul mus mwl my myv mzn nan nap nb nds nds-nl ne nl nn no
    non nov nqo nr nso nv ny oc om or os ota pa pap pcd pl pms pnb pnt prg ps pt pt-br qu quc rm rmf rmy rn ro ru
    rue rup rw sa sah sat sc scn sco sd se sg sgs sh shi shi-latn shi-tfng shn si sjd sk sl sli sm sma smj smn sms
    sn so sq sr sr-ec sr-el ss st stq su sv sw syc szl ta te tet tg tg-cyrl tg-latn th ti tk tl tn to tpi tr ts tt
    tt-cyrl tt-latn tw ty tyv tzm udm ug ug-arab ug-latn uk und ur uz uz-cyrl uz-latn ve vec vep vi vls vo vro wa
    war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-cn zh-hans zh-hant zh-hk zh-mo zh-my zh-sg zh-tw zu zxx
"""
CODES: Final = frozenset(_LISTED.split())
"""Those that Wikidata takes for a text in one language."""
_OTHERWISE: Final = {
    # Scripts that Wikidata tells by a code of its own (sr-ec, sr-el), or takes for granted.
    "sr-cyrl": "sr-ec", "sr-latn": "sr-el",
    # The Bokmål and the Nynorsk of Norway have codes; "no" is either.
    "no-bok": "nb", "no-nyn": "nn",
    # Grandfathered and deprecated tags (the IANA registry's preferred values), and codes of one language of several.
    "be-x-old": "be-tarask", "be-1959acad": "be", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "jw": "jv",
    "mo": "ro", "cmn": "zh", "arb": "ar", "pes": "fa", "prs": "fa", "als": "sq", "ekk": "et", "lvs": "lv", "nob": "nb",
    "nno": "nn", "swh": "sw", "zsm": "ms", "kmr": "ku-latn", "uzn": "uz", "ydd": "yi",
    "zh-hans-sg": "zh-sg", "zh-hans-cn": "zh-cn", "zh-hans-my": "zh-my",
    "zh-hant-tw": "zh-tw", "zh-hant-hk": "zh-hk", "zh-hant-mo": "zh-mo",
}  # fmt: skip


def tongue(language: str, words: str = "") -> str:
    """The code that Wikidata knows for a language.

    Args:
        language: a language tag, in any case; "" where nobody says.
        words: in that language; of Serbian without a script their letters tell it.

    Returns:
        the code of the closest language that has one; `mis` where none has, `und` where no language is given.
    """
    subtags = language.replace("_", "-").lower().split("-")
    while subtags and subtags != [""]:
        tag = "-".join(subtags)
        code = _OTHERWISE.get(tag, tag)
        if code == "sr":
            return _serbian(words)
        if code in CODES:
            return code
        subtags.pop()
    return UNCODED if language else UNDETERMINED


def _serbian(words: str) -> str:
    """The script that most letters are of; neither where both are there alike, as in a text of digits."""
    names = [unicodedata.name(letter, "") for letter in words if letter.isalpha()]
    cyrillic = sum(name.startswith("CYRILLIC") for name in names)
    latin = sum(name.startswith("LATIN") for name in names)
    return "sr" if cyrillic == latin else "sr-ec" if cyrillic > latin else "sr-el"
