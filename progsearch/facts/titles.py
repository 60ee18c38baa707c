"""What a title or the name of a file or folder says: of a party, of a year, or neither."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, islice

from progsearch.facts.cities import names_city
from progsearch.facts.named import Named, named_among, runs, words_of
from progsearch.facts.names import fold
from progsearch.facts.pagewords import is_page_number, without_page_number
from progsearch.facts.regions import names_inflected, names_place

__all__ = [
    "head_lines",
    "is_programme",
    "kinds_of_words",
    "named_year",
    "names_goal",
    "names_only",
    "owner_of_folder",
    "owner_of_stem",
    "owner_of_title",
    "programme_line",
    "says_programme",
]

_HEAD_LINES = 6
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")


@dataclass(frozen=True, slots=True)
class _Words:
    programme: re.Pattern[str]
    parts: Sequence[str]  # one of which each word for a programme has
    filler: frozenset[str]
    visions: frozenset[str]
    head: re.Pattern[str]
    title: re.Pattern[str]
    told: re.Pattern[str]


@cache
def _words() -> _Words:
    source = files("progsearch") / "data" / "titles.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    stems, head, title, told = (
        "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
        for words in (
            data["programme"],
            data["head"],
            data["head"] + data["manifesto"],
            data["told"],
        )
    )
    return _Words(
        re.compile(stems),
        _shortest({word.strip("*") for word in data["programme"]}),
        frozenset(data["filler"]),
        frozenset(data["visions"]),
        re.compile(rf"\b(?:{head})\b"),
        re.compile(rf"\b(?:{title})\b"),
        re.compile(rf"\b(?:{told})\b"),
    )


def _shortest(parts: Collection[str]) -> list[str]:
    """Those that have none of the others within."""
    return [part for part in parts if not any(other in part for other in parts if other != part)]


def _kinds(words: Sequence[str]) -> list[str]:
    """What each folded word of a title is: ``programme``, ``year``, ``filler`` or nothing."""
    known = _words()
    return [
        "programme"
        if known.programme.fullmatch(word)
        else "year"
        if word.isdigit()
        else "filler"
        if word in known.filler
        else ""
        for word in words
    ]


def _with_places(folded: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The same kinds of words, ``place`` for those that are none and name a place together."""
    found = list(kinds)
    for unknown, run in groupby(range(len(folded)), key=lambda at: not kinds[at]):
        some = list(run)
        name = " ".join(folded[at] for at in some) if unknown else ""
        if name and (names_place(name) or names_inflected(name) or names_city(name)):
            found[some[0] : some[-1] + 1] = ["place"] * len(some)
    return found


def _may_name_programme(text: str) -> bool:
    """Whether a word for a programme may be among the words: in most lines none is, and to look
    at each word takes longer."""
    folded = fold(text)
    return any(part in folded for part in _words().parts)


def kinds_of_words(folded: Sequence[str], named: Iterable[Named]) -> list[str]:
    """What each folded word of a line is that names these parties: ``party``, ``place``,
    ``programme``, ``year``, ``filler`` or nothing."""
    kinds = _kinds(folded)
    for one in named:
        kinds[one.first : one.end] = ["party"] * (one.end - one.first)
    return _with_places(folded, kinds)


def _is_headline(title: str) -> bool:
    """Whether a title asks, or has words of headlines about programmes."""
    return title.rstrip().endswith("?") or _words().told.search(fold(title)) is not None


_ENDS_TITLE = re.compile(r"\s*(?:$|\n|[-–—:|,.;(/])")


def owner_of_title(text: str, countries: Collection[str] = ()) -> Named | None:
    """The party whose programme a title names: *Valmanifest 2022 – Sverigedemokraterna*.

    The title, or all before its first dash or colon, is the party, a word for a programme,
    years, small words and names of places; more than these may be a report of it.
    """
    if not _may_name_programme(text) or _is_headline(text):
        return None
    words, folded = words_of(text)
    named = named_among(text, words, folded, countries)
    if len({one.party.id for one in named}) != 1:
        return None
    told: set[str] = set()
    for kind, word in zip(kinds_of_words(folded, named), words, strict=True):
        if not kind:
            return None
        told.add(kind)
        if {"party", "programme"} <= told and _ENDS_TITLE.match(text, word.end()):
            return named[0]
    return None


def says_programme(text: str) -> bool:
    """Whether a line is nothing but the name of a programme: *Valmanifest 2022*."""
    if not _may_name_programme(text):
        return False
    _, folded = words_of(text)
    kinds = _kinds(folded)
    return "programme" in kinds and "" not in _with_places(folded, kinds)


def head_lines(head: str) -> list[str]:
    """The first lines of a text, without marks of headings and emphasis and numbers of pages."""
    lines = (without_page_number(line) for line in head.splitlines() if not is_page_number(line))
    bare = (" ".join(line.strip("#*_ \t\f").split()) for line in lines)
    return list(islice(filter(None, bare), _HEAD_LINES))


def programme_line(head: str) -> str:
    """The one of the first lines that is nothing but the name of a party's programme (*Wahlprogramm
    zur Landtagswahl 2023*), or an empty text. *Program* alone may be that of an evening."""
    named = _words().title
    lines = head_lines(head)
    return next((one for one in lines if named.search(fold(one)) and says_programme(one)), "")


def is_programme(title: str, stem: str, head: str) -> bool:
    """Whether a title, the name of a file or the first lines of a text are a programme's; a
    headline about one (*Moderaternas valmanifest får kritik*) is none, whatever the file's name."""
    words = _words()
    if words.title.search(fold(title)) and _is_headline(title):
        return False
    if any(words.title.search(fold(text)) for text in (title, stem)):
        return True
    # "Program ODS pro Prahu 2022": a word that may be of an evening's, beside a party and a year.
    if named_year(title) and (owner := owner_of_title(title)):
        # "Program Slovensko 2021-2027" is none of the movement of that name, or may be.
        ordinary = owner.written in owner.party.ordinary and not owner.written.isupper()
        return not ordinary or "place" in kinds_of_words(words_of(title)[1], [owner])
    return bool(words.head.search(fold(head)) or programme_line(head))


def names_only(text: str, countries: Collection[str] = ()) -> Named | None:
    """The party that a line names and nothing else but a place: *Sverigedemokraternas*,
    *Centerpartiet i Gävleborg*."""
    words, folded = words_of(text)
    named = named_among(text, words, folded, countries)
    if len(named) != 1:
        return None
    return named[0] if all(kinds_of_words(folded, named)) else None


def _tokens(name: str) -> list[str]:
    spaced = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", name)
    return fold(re.sub(r"[-_.+,]+", " ", spaced)).split()


def owner_of_stem(stem: str, countries: Collection[str] = ()) -> Named | None:
    """The party that a file's name tells: ``partiprogram-c-2013``, ``2021-pirati``.

    Nothing else may stand there but a word for a programme, years, small words and names of
    places: a name made of a headline tells what a text is about. Letters that are a word, too,
    and one letter need the word for a programme, the letter right beside it.
    """
    tokens = _tokens(stem)
    kinds = _kinds(tokens)
    programme = {at for at, kind in enumerate(kinds) if kind == "programme"}
    found: list[Named] = []
    covered: set[int] = set()
    for first, end, by_party in runs(tokens, countries):
        written = " ".join(tokens[first:end])
        if len(by_party) != 1:
            continue
        form = next(iter(by_party.values()))
        weak = (len(written) < 3 and form.exact) or form.text in form.party.ordinary
        if not programme and (weak or all(kinds[first:end])):
            continue
        if len(written) == 1 and not _beside(first, programme, tokens):
            continue
        found.append(Named(form.party, written, first, end))
        covered |= set(range(first, end))
    # A letter or two that are a small word, too, name a party only when no other is named.
    strong = [one for one in found if not all(kinds[one.first : one.end])] or found
    rest = [token for at, token in enumerate(tokens) if not kinds[at] and at not in covered]
    if len({one.party.id for one in strong}) != 1 or not (not rest or names_place(" ".join(rest))):
        return None
    return strong[0]


def _beside(at: int, programme: set[int], tokens: Sequence[str]) -> bool:
    """Whether a letter stands next to the word for a programme and is no version's."""
    if at + 1 < len(tokens) and tokens[at] == "v" and re.fullmatch(r"\d{1,2}", tokens[at + 1]):
        return False
    return bool({at - 1, at + 1, at - 2, at + 2} & programme) and (
        at - 1 in programme
        or at + 1 in programme
        or (tokens[at - 1 : at] or [""])[0].isdigit()
        or (tokens[at + 1 : at + 2] or [""])[0].isdigit()
    )


def owner_of_folder(name: str, countries: Collection[str] = ()) -> Named | None:
    """The party after which a folder is named: ``cz-pirati``, ``Centerpartiet``."""
    tokens = _tokens(name)
    kinds = _kinds(tokens)
    found: list[Named] = []
    covered: set[int] = set()
    for first, end, by_party in runs(tokens, countries):
        written = " ".join(tokens[first:end])
        if len(by_party) != 1 or len(written) < 2:
            continue
        form = next(iter(by_party.values()))
        if form.text in form.party.ordinary or (form.letters and not countries):
            continue
        if all(kinds[first:end]):
            continue
        found.append(Named(form.party, written, first, end))
        covered |= set(range(first, end))
    rest = [at for at, kind in enumerate(kinds) if not kind and at not in covered]
    return found[0] if len(found) == 1 and not rest else None


def names_goal(text: str) -> bool:
    """Whether a name gives a year that is a goal, not its own: *agenda-2030*, *vize-2040*."""
    tokens = _tokens(text)
    return any(_YEAR.fullmatch(one) and _is_goal(tokens, at) for at, one in enumerate(tokens))


def _is_goal(tokens: Sequence[str], at: int) -> bool:
    return bool(set(tokens[max(0, at - 2) : at]) & _words().visions)


def named_year(text: str) -> int | None:
    """The one year that the title or the file name of a programme gives.

    Of *2021–2025* the first. None without a word for a programme, with words that are neither
    of a party nor of a place (it may be a headline), for several years, and for a year that is
    a goal (*Vision 2030*, *do roku 2030*).
    """
    tokens = _tokens(text)
    kinds = _kinds(tokens)
    if "programme" not in kinds:
        return None
    for first, end, _ in runs(tokens, ()):
        kinds[first:end] = [kind or "party" for kind in kinds[first:end]]
    if "" in _with_places(tokens, kinds):
        return None
    years = [at for at, token in enumerate(tokens) if _YEAR.fullmatch(token)]
    if not years:
        return None
    first = years[0]
    if _is_goal(tokens, first):
        return None
    if len({tokens[at] for at in years}) == 1:
        return int(tokens[first])
    span = len(years) == 2 and years[1] == first + 1
    return int(tokens[first]) if span and int(tokens[first]) < int(tokens[years[1]]) else None
