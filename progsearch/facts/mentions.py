"""Where a text names regions, and speaks of national politics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from progsearch.facts.gazetteer import SEAT, Form, load_regions, national

__all__ = ["Mark", "evidence"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mention: ``about`` is a region's code or, for national politics, a country's."""

    start: int
    text: str
    about: str
    weight: float

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code."""
        return self.about.partition("-")[0]


def evidence(text: str, countries: Collection[str] = ()) -> Iterator[Mark]:
    """Every mention of a region and every word of national politics, in their order.

    ``countries`` (ISO 3166-1), if any, are those looked for. A word of the politics of several
    (*regering*) is one mark of each. Of mentions that begin with the same word the longest counts,
    and none overlaps the one before it.
    """
    wanted = frozenset(countries)
    places, politics = _places(text, wanted), _politics(wanted)
    place = next(places, None)
    speaking = politics.search(text) if politics else None
    end = 0
    while place or speaking:
        if place and place.start < end:
            place = next(places, None)
        elif politics and speaking and speaking.start() < end:
            speaking = politics.search(text, end)
        elif place and not (speaking and speaking.start() < place.start):
            end = place.start + len(place.text)
            if place.mark:
                yield place.mark
        elif speaking:
            end = speaking.end()
            word = speaking.group()
            for country, own in _politics_of(wanted).items():
                if own.fullmatch(word):
                    yield Mark(speaking.start(), word, country, national()[country].weight)


@dataclass(frozen=True, slots=True)
class _Place:
    """A name of a region in a text; it is no mark where it means something else."""

    start: int
    text: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class _Name:
    """A form of a region's name: what follows its first word, and what is known of it."""

    rest: str
    code: str
    form: Form


_FIRST_WORD = re.compile(r"[^\W_]+")
# "Praha, 12. května" at the head of a release tells only where somebody sat.
_NO_MORE = r"(?!\w)(?!,\s+\d{1,2}\.)"
# "Praze 1", "Brno 2": a part of a town, as in the addresses of whole countries.
_DISTRICT = re.compile(r"[ \u00a0]\d{1,2}(?![\d.%])\b")


def _places(text: str, countries: frozenset[str]) -> Iterator[_Place]:
    """The names of regions in a text; some may overlap.

    Names are looked up by their first words: one expression of all of them takes long to make,
    and a program that reads a few files makes it anew each time.
    """
    names = _names(countries)
    for found in _FIRST_WORD.finditer(text):
        for name in names.get(found.group().lower(), ()):
            if met := _rest(name.rest).match(text, found.end()):
                start, word = found.start(), text[found.start() : met.end()]
                district = name.form.weight <= SEAT and _DISTRICT.match(text, met.end())
                told = not district and (word[0].isupper() or not name.form.proper)
                mark = Mark(start, word, name.code, name.form.weight) if told else None
                yield _Place(start, word, mark)
                break


@cache
def _names(countries: frozenset[str]) -> Mapping[str, list[_Name]]:
    """The names of regions by their first words in lower case, the longest first."""
    forms: dict[str, tuple[str, Form]] = {}
    for code, entry in load_regions().items():
        for form in entry.forms if not countries or entry.region.country in countries else ():
            name = form.text.lower()
            known = forms.get(name)
            if known is None or known[1].weight < form.weight:
                forms[name] = code, form
    found: dict[str, list[_Name]] = {}
    for name in sorted(forms, key=len, reverse=True):
        if first := _FIRST_WORD.match(name):
            found.setdefault(first.group(), []).append(_Name(name[first.end() :], *forms[name]))
    return found


@cache
def _rest(rest: str) -> re.Pattern[str]:
    """What follows the first word of a name."""
    return re.compile(re.escape(rest).replace(r"\ ", r"\s+") + _NO_MORE, re.IGNORECASE)


@cache
def _politics(countries: frozenset[str]) -> re.Pattern[str] | None:
    """The words of national politics."""
    words = [own.pattern for own in _politics_of(countries).values()]
    # Most words of a text begin with another letter, which is told in a third of the time.
    first = {word[0] for country in _politics_of(countries) for word in national()[country].words}
    begins = "" if "*" in first else f"(?=[{''.join(sorted(first))}])"
    pattern = rf"{begins}(?<![^\W_])(?:{'|'.join(words)}){_NO_MORE}"
    return re.compile(pattern, re.IGNORECASE) if words else None


@cache
def _politics_of(countries: frozenset[str]) -> Mapping[str, re.Pattern[str]]:
    """The words of the politics of each country."""
    return {
        country: re.compile("|".join(map(_wildcard, words.words)), re.IGNORECASE)
        for country, words in national().items()
        if not countries or country in countries
    }


def _wildcard(word: str) -> str:
    pattern = r"[^\W_]*".join(re.escape(part) for part in word.split("*")).replace(r"\ ", r"\s+")
    return f"(?-i:{pattern})" if word[0].isupper() else pattern
