"""What made-up names are made of: sounds and endings by language, and how Serbian writes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """How places are called in one language."""

    tag: str
    """Language tag; "sr-latn" of what is written in both scripts."""
    countries: tuple[str, ...]
    """English names of the countries where it is spoken."""
    onsets: tuple[str, ...]
    vowels: tuple[str, ...]
    codas: tuple[str, ...]
    endings: tuple[str, ...]
    before: tuple[str, ...]
    """Words that stand before a name, each with its space or hyphen."""
    exonyms: tuple[tuple[str, str], ...]
    """Endings, and what English makes of them."""


def _tongue(tag: str, *words: str, exonyms: str) -> Tongue:
    countries, onsets, vowels, codas, endings, before = (tuple(one.split("|")) for one in words)
    pairs = tuple((old, new) for old, _, new in (one.partition(">") for one in exonyms.split()))
    return Tongue(tag, countries, onsets, vowels, codas, endings, before, pairs)


def _table(text: str, between: str | None = None) -> dict[str, str]:
    return dict(one.split("=") for one in text.split(between))


TONGUES = (
    _tongue(
        "sr-latn",
        "Serbia|Bosnia and Herzegovina|Montenegro|Croatia",
        "b|br|v|g|gr|d|dr|đ|ž|z|k|kr|kl|l|lj|m|n|nj|p|pr|r|s|st|str|t|tr|h|c|č|ć|š|dž|sv|hr|sl|zl|vr",
        "a|e|i|o|u",
        "|r|n|l|v|m|š|ž|č|s|st|k|g|d|b|j|nj|ć|đ|lj|šn|žb|rd|vn",
        "ovac|evac|ica|ovo|evo|ište|nik|grad|ac|ina|uša|ići|ava|njak|lje|ovci|inci|ara|ik|ovica|ac",
        "Novi |Stari |Gornji |Donji |Veliki |Mali |Bela |Crni |Sveti |Dugo |Suvi ",
        exonyms="grad>grade ica>itza ovo>owo ac>atz ava>avia ište>isht",
    ),
    _tongue(
        "de",
        "Germany|Austria|Switzerland",
        "b|bl|d|f|fr|g|gr|h|k|kl|kn|l|m|n|pf|r|s|sch|schw|st|str|t|w|z",
        "a|e|i|o|u|ä|ö|ü|ei|au|ie",
        "|ch|ck|l|ld|m|n|nd|ng|r|rn|ß|st|tz|lt",
        "burg|berg|hausen|heim|dorf|stadt|bach|feld|furt|ingen|münster|hafen|au|walde|brück",
        "Bad |Sankt |Neu|Alt|Ober|Unter|Groß ",
        exonyms="burg>bourg stadt>stead münster>minster berg>bergh brück>bridge",
    ),
    _tongue(
        "fr",
        "France|Belgium|Luxembourg",
        "b|br|c|ch|cl|d|f|fr|g|gr|j|l|m|n|p|pr|r|s|t|tr|v",
        "a|é|e|i|o|u|ai|eau|ou|è|ô",
        "|n|r|l|s|c|ss|gn|ll|rt|nt",
        "ville|court|çon|gnan|ières|ay|eux|mont|bourg|ac|oise|sur-Mer|fontaine|ly|ges",
        "Saint-|La |Le |Mont-|Château-|Grand-",
        exonyms="çon>sson bourg>burgh ières>iers ville>vil mont>mount",
    ),
    _tongue(
        "es",
        "Spain|Mexico|Argentina",
        "b|c|ch|d|f|g|j|l|ll|m|n|p|qu|r|s|t|v|z",
        "a|e|i|o|u|á|í|ó",
        "|n|r|l|s|ñ|nd|rr",
        "eda|ilo|anca|ona|adero|ejo|ería|illa|ñán|agoza|ollo|orca|uelo|aja|ín",
        "San |Santa |Villa |Puerto |Los |Las |Nueva ",
        exonyms="ona>one illa>ille agoza>agossa ín>in uelo>ulo",
    ),
    _tongue(
        "pl",
        "Poland|Ukraine|Lithuania",
        "b|br|ch|cz|d|dr|g|gr|j|k|kr|l|ł|m|n|p|pr|r|rz|s|st|sz|t|tr|w|z|ż",
        "a|e|i|o|u|ó|y|ą|ę",
        "|n|r|l|ń|ś|c|cz|sk|st|dz",
        "ów|ice|owo|sk|ławek|no|ewo|yce|nica|ków|szcz|cin|łąka|góra|mierz",
        "Nowy |Stary |Wielki |Mała |Biała ",
        exonyms="ów>ow sk>tsk szcz>shch góra>gora ków>cow",
    ),
    _tongue(
        "hu",
        "Hungary|Romania|Slovakia",
        "b|cs|d|f|gy|h|k|l|m|n|ny|p|r|s|sz|t|v|z|zs",
        "a|á|e|é|i|o|ó|ö|ő|u|ü|ű",
        "|n|r|l|s|sz|k|rt|nd|cs",
        "vár|falva|hely|háza|szeg|város|telek|kút|ény|őr|ged|ógyháza|mező|liget",
        "Kis|Nagy|Új|Szent|Alsó|Felső",
        exonyms="vár>var hely>hell város>varosh falva>falve",
    ),
    _tongue(
        "tr",
        "Türkiye|Cyprus",
        "b|c|ç|d|g|h|k|l|m|n|p|r|s|ş|t|y|z",
        "a|e|ı|i|o|ö|u|ü",
        "|n|r|l|k|ş|z|m|y|rt|lk",
        "köy|hisar|kent|abat|lı|li|ören|tepe|bul|dağ|ova|pınar|şehir|siz|kale",
        "Yeni|Eski|Kara|Ak|Büyük |Küçük ",
        exonyms="bul>bol şehir>shehir köy>keuy dağ>dagh kale>calle",
    ),
    _tongue(
        "sv",
        "Sweden|Norway|Denmark|Finland",
        "b|br|d|f|g|h|j|k|kr|l|m|n|r|s|sk|st|t|tr|v",
        "a|e|i|o|u|å|ä|ö|y",
        "|n|r|l|ll|nd|rg|rn|ng|k",
        "borg|by|holm|stad|köping|ås|fors|sund|vik|hamn|näs|ö|lund|sjö|torp",
        "Norra |Södra |Lilla |Stora |Västra ",
        exonyms="borg>burgh hamn>haven köping>kioping ö>oe",
    ),
)

COUNTRIES = _table(
    "Serbia=Srbija|Bosnia and Herzegovina=Bosna i Hercegovina|Montenegro=Crna Gora|Croatia=Hrvatska|"
    "Germany=Nemačka|Austria=Austrija|Switzerland=Švajcarska|France=Francuska|Belgium=Belgija|"
    "Luxembourg=Luksemburg|Spain=Španija|Mexico=Meksiko|Argentina=Argentina|Poland=Poljska|Ukraine=Ukrajina|"
    "Lithuania=Litvanija|Hungary=Mađarska|Romania=Rumunija|Slovakia=Slovačka|Türkiye=Turska|Cyprus=Kipar|"
    "Sweden=Švedska|Norway=Norveška|Denmark=Danska|Finland=Finska",
    "|",
)
"""English names of countries, and the Serbian ones in Latin."""

KINDS = (("Savez", "Union"), ("Mreža", "Network"), ("Udruženje", "Association"), ("Zajednica", "Community"))
"""What an organization is, in Serbian and in English."""

MEMBERS = (
    ("gradova", "of Cities"),
    ("opština", "of Municipalities"),
    ("zdravih gradova", "of Healthy Cities"),
    ("istorijskih mesta", "of Historic Places"),
    ("zelenih opština", "of Green Municipalities"),
    ("univerzitetskih gradova", "of University Cities"),
)
"""Whose it is."""

FROM_CYRILLIC = _table(
    "а=a б=b в=v г=g д=d ђ=đ е=e ж=ž з=z и=i ј=j к=k л=l љ=lj м=m н=n њ=nj о=o п=p р=r с=s т=t ћ=ć у=u ф=f х=h "
    "ц=c ч=č џ=dž ш=š"
)

TO_CYRILLIC = _table(
    "schw=шв sch=ш sz=ш szcz=шч cz=ч ch=х tsch=ч rz=ж gy=ђ ny=њ cs=ч zs=ж ll=љ gn=њ qu=к lj=љ nj=њ dž=џ ei=ај "
    "ie=и eau=о ou=у ai=е ck=к tz=ц ss=с rr=р ng=нг a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=ј k=к l=л m=м n=н o=о "
    "p=п q=к r=р s=с t=т u=у v=в w=в x=кс y=и z=з đ=ђ ž=ж č=ч ć=ћ š=ш ä=е ö=е ü=и ß=с é=е è=е ô=о ç=с á=а í=и "
    "ó=о ñ=њ ł=л ż=ж ą=он ę=ен ń=њ ś=с ő=е ű=и ş=ш ı=и ğ=г å=о â=а ê=е ú=у"
)
"""What Serbian writes for the letters of others, more or less as they sound; longer ones go first."""
