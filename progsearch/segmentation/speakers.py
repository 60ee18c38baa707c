"""Who speaks: the attribution of a quotation to a person, a party and an office."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from operator import itemgetter

from progsearch.analysis.alternatives import any_of
from progsearch.blocks.wording import load_wording, simplified
from progsearch.model import Person

__all__ = [
    "OPENING_QUOTES",
    "Attribution",
    "Known",
    "attribution",
    "introduction",
    "last_named",
    "quoted_share",
    "resolved",
    "signed",
]

OPENING_QUOTES = '„“”"»«‚‘'
MAX_OFFICE_WORDS = 16
MAX_TAIL_WORDS = 8
MAX_SHORT_NAMING = 4
MAX_VERBS = 12
"""Verbs looked at in one paragraph: more would be no speech but a list."""

_QUOTED = re.compile(r"[„“”\"»«]([^„“”\"»«]{2,3000})[“”\"«»]")
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_PARTICLE = r"(?:von|van|der|den|af|de|la|el|al|bin|da|di|du|ten)"
_TITLES = re.compile(
    r"\b(?:Ing|Mgr|Bc|BcA|MUDr|JUDr|RNDr|PhDr|MVDr|PharmDr|MgA|doc|prof|arch|Dr)\.\s*"
)
_NAME_PART = rf"[{_UPPER}][^\W\d_]{{0,40}}(?:[-’'][{_UPPER}]?[^\W\d_]{{1,40}}){{0,4}}"
_NAME = re.compile(
    rf"{_NAME_PART}(?:\s+„[^“”\"]{{1,20}}[“”\"])?(?:\s+(?:{_PARTICLE}\s+)?{_NAME_PART}){{1,4}}"
)
_ACRONYM_WORD = re.compile(rf"[{_UPPER}]{{2,}}-[^\W\d_]*[a-zåäö]")  # MR-ambassadör
_PARTY = re.compile(r"\s*\(([^()]{1,30})\)")
_OFFICE = re.compile(
    r",\s*(?!kter|jenž|jež\b|jeho[žz]|jejíž|podle\b|což|aby\b|když|že\b|som\b|vilke|där\b|när\b|who\b)"
    r"([^.!?:;„“”\"]{3,160})"
)
_OFFICE_ENDS = re.compile(
    r"(?<!\s)\s+(?:som|efter|under|vid|när|och\s+till|s\s+tím|a\s+dod|který|která|po\s+jednání)\b"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.!?;](?:\s|$)|[„“”\"]")
_SUBORDINATE = re.compile(r"\b(?:att|že|that)\b")
_PREPOSITIONS = frozenset(
    (
        *("at", "från", "för", "i", "na", "nad", "od", "of", "pod", "pro", "på", "u", "v", "ve"),
        *("z", "za", "ze"),
    )
)
_SIGNED = re.compile(rf"[“”\"»]\s*[-–—]{{1,2}}\s*(?=[{_UPPER}])")


@dataclass(frozen=True, slots=True)
class Attribution:
    """That somebody said it: the speaker, if named in full, and how surely it is speech."""

    speaker: Person | None
    named: str  # what stands next to the verb, for who is not named in full
    closing: bool  # the attribution ends the text
    marked: bool  # a quotation mark stands before the verb


@cache
def _verb() -> re.Pattern[str]:
    verbs = any_of(load_wording().speech_verbs)
    return re.compile(
        r"([„“”\"»«,?!.–…])[\s\"“”]{0,9}(?:[–,-]{1,2}\s{0,9})?"
        rf"\b((?i:{verbs}))\b(?=[\s:.,]|$)"
    )


def attribution(text: str) -> Attribution | None:
    """The attribution in a paragraph without marks; None when nobody is said to speak.

    A verb of speech counts when the speaker follows it and a comma, a quotation mark or
    the end of a sentence stands before it; so does a name after a quotation and a dash.
    """
    text = _TITLES.sub("", text)
    best: Attribution | None = None
    for match in islice(_verb().finditer(text), MAX_VERBS):
        rest = text[match.end() :]
        offices = load_wording().speech_verbs[simplified(match[2])]
        marked = match[1] in OPENING_QUOTES
        person, used = _person(rest, offices)
        named = _SENTENCE.split(rest, maxsplit=1)[0]
        if person is None and not (marked or _refers_back(named) or _ends_in_name(named)):
            continue
        tail = rest[used:].strip(' .,:“”"') if person else rest
        closing = len(tail.split()) <= MAX_TAIL_WORDS and not re.search(r"[.!?]\s+\S", rest[used:])
        found = Attribution(person, named, closing, marked)
        if best is None or (best.speaker is None and found.speaker is not None):
            best = found
    if best is None and (signed := _SIGNED.search(text)):
        person, _ = _person(text[signed.end() :], ())
        return Attribution(person, "", True, True) if person else None
    return best


def _refers_back(named: str) -> bool:
    first = named.split(maxsplit=1)
    return bool(first) and first[0].strip(".,:;") in load_wording().pronouns


def _ends_in_name(named: str) -> bool:
    """Whether an office and a surname may stand next to the verb (``minister Ek``)."""
    words = named.split()
    return 1 <= len(words) <= MAX_SHORT_NAMING and words[-1][0].isupper()


def _person(rest: str, offices: Sequence[str]) -> tuple[Person | None, int]:
    """The person named next to a verb of speech, and how far the naming goes."""
    sentence = _SENTENCE.split(rest, maxsplit=1)[0]
    for match in _NAME.finditer(sentence):
        before = sentence[: match.start()].split()
        if len(before) > MAX_OFFICE_WORDS or _SUBORDINATE.search(sentence[: match.start()]):
            return None, 0
        name = match[0].split()
        while len(name) > 1 and _no_part_of_name(name, before):
            before.append(name.pop(0))
        if len(name) < 2:
            continue
        end = match.end()
        party = ""
        if found := _PARTY.match(sentence, end):
            party, end = found[1], found.end()
        office = _office(before, offices)
        if found := _OFFICE.match(sentence, end):
            office = office or _OFFICE_ENDS.split(found[1])[0].strip()
            end = found.end()
        return Person(" ".join(name), "speaker", party=party, office=office), end
    return None, 0


def _no_part_of_name(name: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the first word of what looks like a name belongs to the office before it."""
    if _ACRONYM_WORD.match(name[0]) or name[0] in load_wording().groups:
        return True
    if len(name) > 2 and len(name[0]) > 2 and name[0].isupper():
        return True
    if any(map(load_wording().is_office, name[:-1])):
        return True
    return len(name) > 2 and bool(before) and before[-1].lower() in _PREPOSITIONS


def _office(before: Sequence[str], offices: Sequence[str]) -> str:
    if not offices:
        return " ".join(before).strip(" ,")
    for number, word in enumerate(before):
        if word.lower().startswith(tuple(offices)):
            return " ".join(before[number:]).strip(" ,")
    return ""


@dataclass(slots=True)
class Known:
    """Who has spoken in a document so far, by surname; the last of those who share one."""

    _by_surname: dict[str, tuple[int, Person]] = field(default_factory=dict)
    _by_stem: dict[str, Person] = field(default_factory=dict)
    _count: int = 0

    def add(self, person: Person) -> None:
        """Somebody speaks, the last one so far."""
        self._count += 1
        surname = person.name.split()[-1]
        self._by_surname[surname] = (self._count, person)
        self._by_stem[_stem(surname)] = person

    def among(self, words: Collection[str]) -> Person | None:
        """The last speaker whose surname is one of the words."""
        found = [self._by_surname[word] for word in words if word in self._by_surname]
        return max(found, key=itemgetter(0))[1] if found else None

    def called(self, surname: str) -> Person | None:
        """The last speaker with this surname, which may be a genitive."""
        return self._by_stem.get(_stem(surname))


def _stem(surname: str) -> str:
    return surname.rstrip("s")


def resolved(said: Attribution, known: Known, last: Person | None) -> Person | None:
    """The speaker of an attribution that names none in full: by surname, or for a pronoun
    the ``last`` person named; ``known`` are the speakers so far."""
    if said.speaker is not None:
        return said.speaker
    if _refers_back(said.named):
        return last
    return known.among({word.strip(".,:;") for word in said.named.split()})


def signed(text: str) -> Person | None:
    """The person whose name stands below a quotation, with a party or an office behind it."""
    return _person(_TITLES.sub("", text).lstrip("—–―- "), ())[0]


def last_named(
    text: str, last: Person | None, known: Known, small: Collection[str]
) -> Person | None:
    """Whom a pronoun behind a text means: the ``last`` one where nobody is named in it, the one
    of the ``known`` who is, and nobody where it may be somebody else. Names do not begin with
    the ``small`` words of a language."""
    people: list[Person | None] = []
    for match in _NAME.finditer(_QUOTED.sub(" ", _TITLES.sub("", text))):
        name = match[0].split()
        while name and (name[0].casefold() in small or _no_part_of_name(name, ())):
            name.pop(0)
        if len(name) > 1:
            people.append(known.called(name[-1]))
    if not people:
        return last
    return people[0] if all(one == people[0] for one in people) else None


def introduction(text: str) -> Person | None:
    """The person that a paragraph says, before a colon, will speak."""
    if not text.endswith(":"):
        return None
    sentence = re.split(r"(?<=[^\W\d_]{3})[.!?]\s+", _TITLES.sub("", text))[-1]
    words = sentence[:-1].split()
    verbs = load_wording().speech_verbs
    spoken = [n for n, word in enumerate(words) if word.lower() in verbs]
    if not spoken:
        return None
    person, _ = _person(" ".join(words[spoken[-1] + 1 :]), verbs[words[spoken[-1]].lower()])
    if person is not None:
        return person
    before = " ".join(words[: spoken[-1]])
    match = _NAME.search(before)
    if match is None or before[: match.start()].split()[-1:] == ["Podle"]:
        return None
    name, leading = match[0].split(), []
    offices = verbs[words[spoken[-1]].lower()]
    while len(name) > 2 and (_is_office(name, offices) or _no_part_of_name(name, ())):
        leading.append(name.pop(0).lower())
    end, party, office = match.end(), "", " ".join(leading)
    if found := _PARTY.match(before, end):
        party, end = found[1], found.end()
    if found := _OFFICE.match(before, end):
        office = office or found[1].strip()
    return Person(" ".join(name), "speaker", party=party, office=office)


def _is_office(name: Sequence[str], offices: tuple[str, ...]) -> bool:
    return bool(offices) and name[0].lower().startswith(offices)


def quoted_share(text: str) -> float:
    """How much of a text stands between quotation marks, from 0 to 1.

    A mark that is opened and never closed encloses the rest.
    """
    inside = sum(len(match[1]) for match in _QUOTED.finditer(text))
    if not inside and text[:1] in OPENING_QUOTES and len(text) > 1:
        inside = len(text)
    return inside / max(1, len(text))
