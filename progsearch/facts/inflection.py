"""Forms of place names and of the words made from them, by the regular paradigms.

The rules overgenerate (a noun ending in a consonant takes both ``-u`` and ``-ě``): a form
that nobody writes costs nothing in a list of words to look for. Paradigms: Czech after
Internetová jazyková příručka (adjectives *mladý* and *otcův*, nouns *hrad*, *stroj*,
*kost*, *žena*, *růže*, *město*, *pán*), Swedish after Svenska Akademiens ordlista, Slovak after
Pravidlá slovenského pravopisu (adjectives *pekný*, with a short ending after a long syllable),
Polish after Słownik języka polskiego PWN (adjectives *śląski*).
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = [
    "czech_adjective",
    "czech_inhabitant",
    "czech_place",
    "germanic",
    "polish_adjective",
    "polish_voivodeship",
    "slovak_adjective",
    "slovak_inhabitant",
    "slovak_place",
    "swedish",
    "swedish_inhabitant",
]

_HARD = ("ý", "ého", "ému", "ém", "ým", "á", "é", "ou", "ých", "ými")
_POSSESSIVE = ("ův", "ova", "ovu", "ově", "ovým")
_NOUN = {
    "ice": ("ice", "ic", "icím", "icích", "icemi"),
    "ec": ("ec", "ce", "ci", "cem", "cí"),
    "ek": ("ek", "ku", "ka", "kem"),
    "ň": ("ň", "ně", "ni", "ní", "něm"),
    "á": ("á", "é", "ou"),
    "a": ("a", "y", "ě", "u", "ou"),
    "o": ("o", "a", "u", "ě", "em"),
    "y": ("y", "", "ů", "ům", "ech", "ách", "ami"),
    "e": ("e", "i", "í"),
    "ě": ("ě", "í", "ím", "ích", "ěmi"),
    "í": ("í", "ím"),
    "": ("", "a", "u", "ě", "e", "em", "i", "í"),
}
# What follows one of these, itself included, stays as it is: Ústím nad Labem.
_UNDECLINED = frozenset({"na", "nad", "pod", "Králové"})


def czech_adjective(word: str) -> Iterator[str]:
    """All forms of an adjective in ``-ý``: *liberecký*, *libereckého*, …, *liberečtí*."""
    stem = word.removesuffix("ý")
    yield from (stem + ending for ending in _HARD)
    for ending, softened in (("sk", "ští"), ("ck", "čtí")):
        if stem.endswith(ending):
            yield stem.removesuffix(ending) + softened


def czech_place(name: str) -> Iterator[str]:
    """All forms of a place name: *Jablonce nad Nisou*, *České Lípě*, *Pardubicích*.

    Agreement in case is not followed: each form of an adjective comes with each of its noun.
    """
    words = name.split()
    end = next((at for at, word in enumerate(words) if word in _UNDECLINED), len(words))
    attributes = _attribute(words[0]) if end > 1 else ("",)
    for noun in _noun(words[end - 1]):
        for attribute in attributes:
            yield " ".join(filter(None, (attribute, noun, *words[end:])))


def _attribute(word: str) -> tuple[str, ...]:
    for ending, endings in (("ův", _POSSESSIVE), ("ý", _HARD), ("á", _HARD), ("é", _HARD)):
        if word.endswith(ending):
            return tuple(word.removesuffix(ending) + other for other in endings)
    return (word,)


def _noun(word: str) -> Iterator[str]:
    ending = next(ending for ending in _NOUN if word.endswith(ending))
    stem = word.removesuffix(ending)
    yield from (stem + other for other in _NOUN[ending])


def czech_inhabitant(name: str) -> Iterator[str]:
    """Forms of an inhabitant's name in ``-an``, ``-ák`` or ``-ech``, of both genders."""
    yield from (name + ending for ending in ("", "a", "ovi", "u", "em", "ů", "ům", "y", "ech"))
    if name.endswith("an"):
        yield from (name + ending for ending in ("é", "i", "ek"))
        yield from (name + "k" + ending for ending in ("a", "y", "u", "ou", "ám", "ami", "ách"))
        yield name + "ce"
    elif name.endswith("ák"):
        yield from (name[:-1] + ending for ending in ("ci", "cích"))


_SLOVAK_LONG = ("ý", "ého", "ému", "om", "ým", "á", "ej", "ú", "ou", "é", "ých", "ými")
_SLOVAK_SHORT = ("y", "eho", "emu", "om", "ym", "a", "ej", "u", "ou", "e", "ych", "ymi")
_SLOVAK_NOUN = {
    "ovce": ("ovce", "oviec", "ovciam", "ovciach", "ovcami"),
    "rce": ("rce", "riec", "rciam", "rciach", "rcami"),
    "nce": ("nce", "niec", "nciam", "nciach", "ncami"),
    "ice": ("ice", "íc", "ic", "iciam", "iciach", "icami"),
    "ica": ("ica", "ice", "ici", "icu", "icou"),
    "ec": ("ec", "ca", "cu", "ci", "com"),
    "ok": ("ok", "ka", "ku", "kom"),
    "es": ("es", "si", "sou"),
    "né": ("né", "ného", "nému", "nom", "ným"),
    "ske": ("ske", "skeho", "skemu", "skom", "skym"),
    "ky": ("ky", "iek", "kám", "kom", "kách", "koch", "kami"),
    "a": ("a", "y", "e", "i", "u", "ou"),
    "o": ("o", "a", "u", "e", "om"),
    "y": ("y", "", "om", "och", "mi", "ami"),
    "e": ("e", "", "iam", "iach", "ami"),
    "": ("", "a", "u", "e", "i", "om"),
}


def slovak_adjective(word: str) -> Iterator[str]:
    """All forms of an adjective in ``-ý`` or ``-y``: *nitriansky*, *nitrianskeho*, *nitrianski*."""
    stem = word[:-1]
    yield from (stem + ending for ending in (_SLOVAK_LONG if word[-1] == "ý" else _SLOVAK_SHORT))
    yield stem + ("í" if word[-1] == "ý" else "i")


def slovak_place(name: str) -> Iterator[str]:
    """All forms of a place name: *Novom Meste nad Váhom*, *Banskej Bystrici*, *Košiciach*.

    As in Czech, agreement in case is not followed.
    """
    words = name.split()
    end = next((at for at, word in enumerate(words) if word in _UNDECLINED), len(words))
    ends = {"ý": _SLOVAK_LONG, "á": _SLOVAK_LONG, "é": _SLOVAK_LONG, "e": _SLOVAK_SHORT}
    ways = [
        [word[:-1] + ending for ending in ends[word[-1]]] if word[-1] in ends else [word]
        for word in words[: end - 1]
    ]
    ending = next(ending for ending in _SLOVAK_NOUN if words[end - 1].endswith(ending))
    stem = words[end - 1].removesuffix(ending)
    # Attributes go together: of two, both have the same ending.
    for attributes in zip(*ways, strict=False) if ways else ((),):
        for noun in _SLOVAK_NOUN[ending]:
            yield " ".join((*attributes, stem + noun, *words[end:]))


def slovak_inhabitant(name: str) -> Iterator[str]:
    """Forms of an inhabitant's name in ``-an``, of both genders."""
    yield from (name + ending for ending in ("", "a", "ovi", "om", "ia", "ov", "och", "mi"))
    yield from (name + "k" + ending for ending in ("a", "y", "e", "u", "ou", "ám", "ami", "ách"))
    yield name + "iek"


def swedish(name: str) -> Iterator[str]:
    """A name and its genitive: *Kronoberg*, *Kronobergs*; after ``s``, ``x``, ``z`` none."""
    yield name
    if not name.endswith(("s", "x", "z")):
        yield name + "s"


def swedish_inhabitant(name: str) -> Iterator[str]:
    """Forms of an inhabitant's name in ``-are``, ``-ing`` or ``-bo``."""
    if name.endswith("are"):
        forms = [name, name + "n", name[:-1] + "na"]
    elif name.endswith("ing"):
        forms = [name + ending for ending in ("", "en", "ar", "arna")]
    else:
        forms = [name + ending for ending in ("", "n", "r", "rna")]
    for form in forms:
        yield from swedish(form)


def germanic(name: str) -> Iterator[str]:
    """A German, Danish or Norwegian name and its genitive, which after ``s``, ``x``, ``z``, ``ß``
    is not told: *Hessen*, *Hessens*; *Troms*."""
    yield name
    if not name.endswith(("s", "x", "z", "ß")):
        yield name + "s"


_POLISH = ("ki", "kiego", "kiemu", "kim", "ka", "kiej", "ką", "kie", "kich", "kimi")


def polish_adjective(neuter: str) -> Iterator[str]:
    """All forms of an adjective in ``-kie``: *śląskie*, *śląskiego*, *śląskiej*, *śląscy*."""
    stem = neuter.removesuffix("kie")
    yield from (stem + ending for ending in _POLISH)
    yield stem + "cy"


def polish_voivodeship(neuter: str) -> Iterator[tuple[str, str]]:
    """The cases of *województwo śląskie*, noun and adjective."""
    stem = neuter.removesuffix("kie")
    cases = {"o": "kie", "a": "kiego", "u": "kiemu", "em": "kim", "ie": "kim"}
    yield from (("województw" + noun, stem + own) for noun, own in cases.items())
