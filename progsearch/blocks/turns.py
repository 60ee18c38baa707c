"""Who speaks as minutes, debates and interviews say it, before a colon: *Anna Lindh (S): …*.

A party behind a name, or an office beside it, tells it where two lines of a text begin so. A name
alone (*ANNA LINDH: …*, *AL: …*) may be a topic as well: it tells who speaks only where the text
names that person elsewhere, or where one of several that come back asks all the time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from progsearch.blocks.labelwords import asks, holds_office, is_answer, is_question
from progsearch.facts.names import fold
from progsearch.facts.regions import names_place
from progsearch.facts.registry import candidates
from progsearch.model import Person

__all__ = ["MAX_LABEL", "MIN_SAID", "MIN_TURNS", "Turn", "turns_of"]

MIN_TURNS = 2
"""Lines of a text that begin so, at least."""
MIN_SAID = 2
"""Words behind the colon, at least: less is a vote or a seat."""
MIN_BACK = 2
"""So often a label has to come back that is nothing but a name or letters."""
MAX_LABEL = 120
MAX_NAME_WORDS = 5
MAX_OFFICE_WORDS = 8
MOST_LETTERS = 3
MOST_NAMED = 50
"""Labels that are looked for in the text."""

_EDGES = " \t\u00a0*_"
_TITLE = re.compile(
    r"(?:Ing|Mgr|Bc|BcA|MUDr|MDDr|JUDr|RNDr|PhDr|MVDr|PharmDr|PaedDr|ThDr|MgA|Doc|Prof|arch|Dr|Dipl"
    r"|inż|hab|lic|med|Mr|Mrs|Ms|Cllr|Herr|Frau|Hr|Fru|Pan|Paní|Pani)\.?-?",
    re.IGNORECASE,
)
_SMALL_TITLES = frozenset(
    ("p.", "p", "pí", "pí.", "pan", "paní", "pani", "sl.", "hr.", "fr.", "hr", "fr")
)
_DEGREE = re.compile(r"(?:Ph\.?D|CSc|DrSc|MBA|LL\.M|MPA|DiS|MSc|BA)\.?")
_INITIAL = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,3}")
_PART = re.compile(r"[^\W\d_]{1,30}(?:[-’'][^\W\d_]{1,30}){0,3}")
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "af", "de", "la", "el", "al", "bin", "da", "di", "du", "ten", "zu"]
)
_BRACKET = re.compile(r"(?P<before>[^()\[\]]{1,100})[(\[](?P<inside>[^()\[\]]{1,40})[)\]]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What the beginning of a line says: who speaks, if a person is named; whether somebody asks;
    and whether nothing but this stands in the line."""

    speaker: Person | None = None
    asks: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands before the colon of a line."""

    text: str
    kind: str  # party, office, name, letters, question, answer, asking
    speaker: Person | None
    ends_asking: bool
    alone: bool
    known: bool = True  # not of a party that the registry does not have
    bare: bool = False  # one word with nothing but letters for a party


def turns_of(lines: Sequence[str]) -> list[Turn | None]:
    """Which lines of a text, without marks, begin with who speaks; None for any other."""
    labels = [_label(line) for line in lines]
    there = [one for one in labels if one]
    if len(there) < MIN_TURNS:
        return [None] * len(lines)
    sure = [one for one in there if one.kind in ("party", "office")]
    if len(sure) < MIN_TURNS or 2 * sum(one.known for one in sure) < len(sure):
        sure = []
    if _are_topics(sure, there):
        sure = []
    people = _people(sure)
    count = Counter(one.text for one in there)
    back = {text for text, number in count.items() if number >= MIN_BACK}
    asking = _asking(there, back) if sure or len(back) >= MIN_TURNS else set()
    named = _named(lines, [one for one in there if one.kind == "name" and one.text in back])
    answered = _is_answered(there)
    found: list[Turn | None] = []
    for one in labels:
        turn = None
        if one is None:
            pass
        elif one.kind in ("question", "answer"):
            turn = Turn(asks=one.kind == "question", alone=one.alone) if answered else None
        elif one.text in asking:
            turn = Turn(asks=True, alone=one.alone)
        elif one.kind in ("party", "office"):
            turn = Turn(one.speaker, alone=one.alone) if sure else None
        elif one.kind == "name" and one.speaker:
            known = people.get(fold(one.speaker.name))
            if known or one.text in named or (asking and one.text in back):
                turn = Turn(known or one.speaker, alone=one.alone)
        elif one.kind == "letters" and asking and one.text in back:
            turn = Turn(alone=one.alone)
        found.append(turn)
    return found if sum(one is not None for one in found) >= MIN_TURNS else [None] * len(lines)


def _label(line: str) -> _Label | None:
    """What a line says before its first colon, where that may be who speaks."""
    text, colon, rest = line[:MAX_LABEL].partition(":")
    text, rest = text.strip(_EDGES), rest.strip(_EDGES)
    if not colon or not text or not text[0].isalpha() or (rest and len(rest.split()) < MIN_SAID):
        return None
    ends = line.rstrip(_EDGES + '"”“').endswith("?")
    kind, speaker, known = _meant(text)
    bare = speaker is not None and " " not in speaker.name and text.startswith(f"{speaker.name} (")
    return _Label(text, kind, speaker, ends, not rest, known, bare) if kind else None


def _meant(text: str) -> tuple[str, Person | None, bool]:
    """Of which kind a label is, whom it names, and whether the party is known."""
    if is_question(text) or is_answer(text):
        return "question" if is_question(text) else "answer", None, True
    if len(text) <= MOST_LETTERS and text.isalpha() and text.isupper():
        return "letters", None, True
    words = text.split()
    if asks(words[0]):
        return "asking", None, True
    before, inside = text, ""
    if found := _BRACKET.fullmatch(text):
        before, inside = found["before"].strip(), found["inside"].strip()
    leading = _leading_office(before)
    before = before[len(leading) :].strip()
    whole, _, behind = before.partition(",")
    behind = ", ".join(
        part.strip() for part in behind.split(",") if not _DEGREE.fullmatch(part.strip())
    )
    name, full = _name(whole)
    if not name or names_place(fold(name)) or (leading and holds_office(name)):
        return "", None, True
    office, party, left = leading, "", False
    for told in filter(None, (part.strip() for part in (*inside.split(","), *behind.split(",")))):
        words = told.split()
        if any(map(asks, words)):
            return "asking", None, True
        if any(map(holds_office, words)) and len(words) <= MAX_OFFICE_WORDS:
            office = office or told
        elif not party and _may_be_party(told):
            party = told
        else:
            left = left or told not in inside
    known = bool(candidates(party)) if party else True
    person = Person(name, "speaker", party=party, office=office)
    if left or (party and not inside and not known):
        return "", None, True
    if party and (known or full):
        return "party", person, known
    if office and not party:
        return "office", person, True
    return ("name", person, True) if not inside and not behind else ("", None, True)


def _leading_office(text: str) -> str:
    """The office that stands before a name: *Kommunalrådet Anna Lindh*."""
    words = text.split(" ")
    count = 0
    while count < min(3, len(words) - 1) and holds_office(words[count]):
        count += 1
    return " ".join(words[:count])


def _name(text: str) -> tuple[str, bool]:
    """The name of a person without titles, as it is read, and whether it is more than a surname;
    nothing for what is none."""
    words = text.split()
    titles = 0
    while words and (words[0] in _SMALL_TITLES or _TITLE.fullmatch(words[0])):
        words, titles = words[1:], titles + 1
    while words and _DEGREE.fullmatch(words[-1]):
        words.pop()
    initials = sum(_INITIAL.fullmatch(word) is not None for word in words)
    parts = [word for word in words if not _INITIAL.fullmatch(word)]
    if not parts or len(words) > MAX_NAME_WORDS or parts[0] in _PARTICLES:
        return "", False
    for word in parts:
        if word not in _PARTICLES and not (_PART.fullmatch(word) and word[0].isupper()):
            return "", False
    name = " ".join(words)
    read = name.title() if name.isupper() else name
    return read, len(words) > 1 or titles > 0 or initials > 0


def _may_be_party(text: str) -> bool:
    """Whether what stands behind a name may be its party: letters or a name, and no number."""
    return bool(candidates(text)) or (text[:1].isupper() and not any(map(str.isdigit, text)))


def _people(sure: Iterable[_Label]) -> Mapping[str, Person]:
    """Who has a party or an office, by name, and by surname where one has it."""
    found: dict[str, Person] = {}
    surnames: dict[str, set[str]] = {}
    for one in sure:
        if one.speaker:
            name = fold(one.speaker.name)
            found.setdefault(name, one.speaker)
            surnames.setdefault(name.split()[-1], set()).add(name)
    for surname, names in surnames.items():
        if len(names) == 1:
            found.setdefault(surname, found[next(iter(names))])
    return found


def _are_topics(sure: Sequence[_Label], there: Sequence[_Label]) -> bool:
    """Whether words with letters behind them are topics and no surnames (*Sundhed (GP)*): one alone
    comes back while nobody asks, or as many labels are words without a party."""
    if not all(one.bare for one in sure):
        return False
    names = {one.text.partition(" ")[0] for one in sure}
    others = {one.text for one in there if one.kind == "name"} - names
    asked = any(one.kind in ("asking", "question") for one in there)
    return (len(names) < MIN_TURNS and not asked) or len(others) >= len(names)


def _asking(there: Iterable[_Label], back: set[str]) -> set[str]:
    """The labels of those who ask: by their words, or because they do nothing else."""
    ends: dict[str, list[bool]] = {}
    found = set()
    for one in there:
        if one.kind == "asking":
            found.add(one.text)
        elif one.kind in ("name", "letters") and one.text in back and not one.alone:
            ends.setdefault(one.text, []).append(one.ends_asking)
    asked = {text for text, each in ends.items() if all(each)}
    return found | (asked if len(asked) < len(ends) else set())


def _named(lines: Sequence[str], labels: Sequence[_Label]) -> set[str]:
    """The labels whose people the text names elsewhere, too."""
    names = {one.text: one.speaker.name for one in labels if one.speaker}
    return {
        label
        for label, name in list(names.items())[:MOST_NAMED]
        if " " in name and any(name in line and not line.startswith(f"{label}:") for line in lines)
    }


def _is_answered(there: Sequence[_Label]) -> bool:
    """Whether questions and answers are told by their words, and several."""
    questions = [one for one in there if one.kind == "question"]
    answers = [one for one in there if one.kind == "answer"]
    letters = any(len(one.text) == 1 for one in (*questions, *answers))
    return bool(questions and answers) or (len(questions) >= MIN_TURNS and not letters)
