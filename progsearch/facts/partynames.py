"""Whether what stands in a field may be the name of a party: of several, or of none at all.

The registry has some parties, and a village has its own. What the registry does not know is told
by what it is made of: a sentence, a promise, a definition, or what is left open, is no name; words
for parties, places and letters make one; of the rest it cannot be told, and that is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from functools import cache
from importlib.resources import files

from progsearch.facts.named import named_in
from progsearch.facts.names import fold
from progsearch.facts.regions import names_place
from progsearch.facts.registry import Party, candidates
from progsearch.languages.conjunctions import conjunctions

__all__ = ["Reading", "in_one_line", "is_small_word", "named_together", "reading_of"]
__all__ += ["speaks_of_parties"]

MIN_SAID_WORDS = 3
"""From so many words on, what begins in small letters, or has a word of sentences, is no name."""
MIN_SENTENCE_WORDS = 4
"""From so many on, what has one capital letter only is none either."""
MOST_TOGETHER = 12
MOST_LETTERS = 8
_WORD = re.compile(r"[^\W\d_]+(?:[.-][^\W\d_]+)*")
_MARKS = re.compile(r"[,;/|+&\n]")
_LETTERS = re.compile(rf"[(\[](?P<letters>[^\W\d_][\w.-]{{1,{MOST_LETTERS}}})[)\]]")
_BEFORE_DASH = re.compile(r"[^\W\d_a-z]{2,8}\s++[-–—]\s")
_OPEN = re.compile(r"\[.*\]|<.*>|\{.*\}|[xX]+|\W*lorem\b.*", re.DOTALL)
"""What stands in forms that nobody has filled in."""


class Reading(Enum):
    """What the value of a field called *party* is."""

    NAME = "a name"
    DOUBT = "a name, or a promise"
    NONE = "no name"


def reading_of(value: str) -> Reading:
    """Whether a party may be called so, by what the name is made of."""
    words = _WORD.findall(value)
    if not words:
        return Reading.NONE
    if candidates(value) or named_together(value):
        return Reading.NAME
    if _OPEN.fullmatch(value.strip()) or _stands_elsewhere(words) or _answers(value, words):
        return Reading.NONE
    if len(words) == 1:
        return Reading.NAME
    if _is_of_many(words) or _is_feast(words) or _is_against(value):
        return Reading.NONE
    known = _is_named(value, words)
    if _is_said(value, words, known=known):
        return Reading.NONE
    doubted = _has_said(words) or _has_others(value)
    return Reading.NAME if known and not doubted else Reading.DOUBT


def _stands_elsewhere(words: Sequence[str]) -> bool:
    """Whether it is said where the party stands, or that it is not told yet."""
    folded = [fold(word) for word in words]
    heads = {" ".join(folded[:length]) for length in (1, 2, 3) if length < len(folded)}
    return not heads.isdisjoint(_elsewhere())


def _answers(value: str, words: Sequence[str]) -> bool:
    """Whether it answers yes or no, or counts: *3 of 12*."""
    small = _listed("partynames", "joining")
    if any(map(str.isdigit, value)) and all(word in small for word in words):
        return True
    said = " ".join(value.split()).rstrip(".!").casefold()
    answers = {*_data("answers")["yes"], *_data("answers")["no"]}
    answers |= {one.casefold() for one in _listed("partynames", "undecided")}
    return said in answers and not (value.strip().isupper() and len(said) > 1)


def _is_of_many(words: Sequence[str]) -> bool:
    """Whether it says which of the parties, or none: *all democratic parties*."""
    low = [word.casefold() for word in words]
    if not _listed("partynames", "many").isdisjoint(low):
        return True
    of_parties = not _listed("partynames", "kinds").isdisjoint(low[1:])
    return of_parties and low[0] in _listed("partynames", "quantifiers")


def _is_feast(words: Sequence[str]) -> bool:
    """Whether its word for a party is one for something else: *birthday party in the park*."""
    low = [word.casefold() for word in words]
    feast = not _listed("partynames", "feasts").isdisjoint(low)
    titled = all(word[0].isupper() for word in words)
    return feast and not titled and not _listed("partynames", "kinds").isdisjoint(low)


def _is_against(value: str) -> bool:
    """Whether it says of a known party whom it is against."""
    words = value.split()
    against = _listed("partynames", "against")
    places = (n for n, word in enumerate(words) if word.rstrip(".") in against)
    return any(candidates(" ".join(words[:n])) for n in places)


def _has_others(value: str) -> bool:
    """Whether one of the names that are joined in it is that of a known party: it may be two."""
    parts = [part for part in _parts(value) if part]
    titled = all(part.split()[-1][0].isupper() for part in parts)
    return len(parts) > 1 and titled and any(map(_known, parts))


def _is_said(value: str, words: Sequence[str], *, known: bool) -> bool:
    """Whether it is a sentence, a promise or a definition."""
    low = [word.casefold() for word in words]
    titled = all(word[0].isupper() for word in words)
    if value.split()[0].casefold() in _listed("partynames", "articles") and not titled:
        return True
    if len(value.split()) < MIN_SAID_WORDS:
        return False
    if words[0][0].islower() and not value[0].isdigit() and not _is_body(words[0]):
        return True
    if _has_said(words) or _speaks(low) or _says_of_party(value):
        return True
    if known:
        return False
    few = len(words) >= MIN_SENTENCE_WORDS and not any(word[0].isupper() for word in words[1:])
    deeds = _listed("saying", "deeds")
    does = low[0] in deeds or (words[-1] in deeds and words[-2].islower())
    for_all = low[-1] in _listed("partynames", "everyone") and words[-1].islower()
    return few or does or for_all


def _has_said(words: Sequence[str]) -> bool:
    """Whether it has a word of sentences."""
    return not _listed("saying", "words").isdisjoint(word.casefold() for word in words)


def _speaks(low: Sequence[str]) -> bool:
    """Whether a speaker does something: *wir bauen*, but not *wir für Neustadt*."""
    after = zip(low, (*low[1:], ""), strict=True)
    speakers, joining = _listed("saying", "speakers"), _listed("partynames", "joining")
    return any(one in speakers and follows not in joining for one, follows in after)


def _says_of_party(value: str) -> bool:
    """Whether it begins with a party, of which something is said then."""
    named = named_in(value)
    if not named or named[0].first:
        return False
    _, _, rest = value.partition(named[0].written)
    words = _WORD.findall(rest)
    told = words and rest[:1].isspace() and words[0].islower()
    return bool(told) and not _may_follow(words[0])


def is_small_word(word: str) -> bool:
    """Whether a word, as it is written, joins others, and ends no line that is whole."""
    return word in _listed("partynames", "joining")


def _may_follow(word: str) -> bool:
    return word in _listed("partynames", "joining") or _is_body(word)


def _is_named(value: str, words: Sequence[str]) -> bool:
    """Whether something in it says that it is a name: a word for a party or its people, a place,
    its own letters in brackets, or that all of its words are capitals and none is joined."""
    low = [word.casefold() for word in words]
    joining, people = _listed("partynames", "joining"), _listed("partynames", "people")
    if any(map(_is_body, low)) or _has_letters(value, words):
        return True
    if any(word[0].isupper() and names_place(fold(word)) for word in words):
        return True
    for at, word in enumerate(low):
        after, before = words[at + 1 : at + 2], low[at - 1 : at]
        if after:
            named = after[0][0].isupper() or after[0] in joining
        else:
            named = before[0] not in _listed("partynames", "made_of")
        if word in people and named:
            return True
    praised = low[0] in _listed("saying", "better")
    return not praised and all(word[0].isupper() for word in words)


def speaks_of_parties(text: str) -> bool:
    """Whether a heading says that parties are meant by what stands below it, or an election."""
    return any(_is_one_of("speaking", word) for word in _WORD.findall(text))


def _is_body(word: str) -> bool:
    """Whether a word is one for a party, a list, a movement."""
    return _is_one_of("bodies", word)


@cache
def _is_one_of(kind: str, word: str) -> bool:
    known = _listed("partynames", kind)
    low = word.casefold()
    return any(
        (one[1:-1] in low if one.startswith("-") else low.startswith(one[:-1]))
        if one.endswith("-")
        else low.endswith(one[1:])
        if one.startswith("-")
        else low == one
        for one in known
    )


def _has_letters(value: str, words: Sequence[str]) -> bool:
    """Whether the letters that its words begin with stand behind it: *Wohnen für alle (WfA)*."""
    found = _LETTERS.search(value)
    if not found:
        return _BEFORE_DASH.match(value) is not None
    letters = fold(found["letters"]).replace(" ", "")
    first = "".join(fold(word)[:1] for word in words)
    return first.startswith(letters) or found["letters"].isupper()


def named_together(value: str, countries: Collection[str] = ()) -> list[tuple[Party, ...]]:
    """Which parties each part of a list of parties may mean (*S, MP*, *SPD und Grüne*); none
    where the value is no list of parties that are known."""
    if candidates(value, countries) or candidates(value):
        return []
    parts = _side_by_side(value, countries) or [part.strip() for part in _parts(value)]
    if not 1 < len(parts) <= MOST_TOGETHER or not all(parts):
        return []
    found = [_known(part, countries) for part in parts]
    return found if all(found) else []


def _known(name: str, countries: Collection[str] = ()) -> tuple[Party, ...]:
    """Which parties a name may mean, with a small word before it or without (*the Greens*)."""
    first, _, rest = name.partition(" ")
    bare = rest if first.casefold() in _listed("partynames", "joining") else ""
    names = [one for one in (name, bare) if one]
    asked = ((one, where) for one in names for where in (countries, ()))
    return next(filter(None, (candidates(one, where) for one, where in asked)), ())


def _side_by_side(value: str, countries: Collection[str]) -> list[str]:
    """Parties with nothing but blanks between them, as in lines of a cell that were joined."""
    named = [one.written for one in named_in(value, countries)]
    return named if " ".join(named) == " ".join(value.split()) else []


def in_one_line(lines: Sequence[str]) -> str:
    """A value that stands in several lines: a list, if each names a party that is known."""
    whole = " ".join(" ".join(lines).split())
    if len(lines) > 1 and not candidates(whole) and all(map(candidates, lines)):
        return ", ".join(" ".join(line.split()) for line in lines)
    return whole


def _parts(value: str) -> list[str]:
    parts = [part.strip() for part in _MARKS.split(value)]
    words = [word for part in parts for word in part.split()]
    if not any(word in conjunctions() for word in words):
        return parts
    done: list[str] = []
    for part in parts:
        done.append("")
        for word in part.split():
            if word in conjunctions():
                done.append("")
            else:
                done[-1] = f"{done[-1]} {word}".strip()
    # "S, M, och MP" has a mark and a word between the last two.
    return [part for part in done if part] if all(parts) else done


@cache
def _elsewhere() -> frozenset[str]:
    return frozenset(map(fold, _listed("partynames", "elsewhere")))


@cache
def _listed(name: str, kind: str) -> frozenset[str]:
    """The words of a kind, of all languages."""
    return frozenset(word for words in _data(name)[kind].values() for word in words)


@cache
def _data(name: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    source = files("progsearch") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
