"""What a page of print adds to its text: contents, running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from progsearch.blocks.leaders import has_leaders, without_leaders
from progsearch.blocks.lines import Line
from progsearch.blocks.wording import load_wording, simplified
from progsearch.readers.text.prose import ends_sentence, number_of

__all__ = ["contents_of", "entry", "furniture_of"]

MAX_WORDS = 14
FIRST_LINES = 500
"""Contents begin this far into a document at the latest."""
MIN_ENTRIES = 5
MIN_TOLD = 3
"""So few entries are enough below a word for contents."""
MAX_GAP = 4
MAX_ABOVE = 8
MIN_RUNNING = 3
MIN_FEET = 4

_PAGE_NUMBER = re.compile(r"[-–—·| ]*\d{1,4}[-–—·|. ]*$")
_DIGITS_AT_EDGE = re.compile(r"^\d{1,4}\s*[|·–-]\s|[|·–-]\s*\d{1,4}$|^(?:sida|page|strana)\s+\d")


def entry(text: str) -> str:
    """A heading or its line in the contents, to compare one with the other."""
    return simplified(without_leaders(text))


def _is_entry(text: str) -> bool:
    return has_leaders(text) or len(text.split()) <= MAX_WORDS


def contents_of(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """The numbers of the lines of the table of contents, and its entries.

    Contents are lines one after another that come again further down as headings, or end
    in leaders; a word for contents among them makes a few enough.
    """
    numbers = [n for n, line in enumerate(lines) if line.text]
    names = [entry(lines[n].text) if _is_entry(lines[n].text) else "" for n in numbers]
    last: dict[str, int] = {}
    for place, name in enumerate(names):
        last[name] = place
        if place and name and names[place - 1]:
            last[f"{names[place - 1]} {name}"] = place
    repeated = [_comes_again(names, place, last) for place in range(len(names))]
    words = load_wording().contents
    leaders = [has_leaders(lines[n].text) for n in numbers]
    listed = _numbered_runs([lines[n].text for n in numbers])
    marked = [
        len(names[p]) > 2 and (repeated[p] or leaders[p] or listed[p] or names[p] in words)
        for p in range(len(names))
    ]
    best: tuple[int, range] = (0, range(0))
    place = 0
    while place < min(len(names), FIRST_LINES):
        if not marked[place]:
            place += 1
            continue
        run = _from_word(names, marked, _run(names, marked, place, last, words), words)
        size = sum(marked[p] for p in run)
        around = range(run.start, min(run.stop + MAX_GAP, len(names)))
        told = any(names[p] in words or leaders[p] for p in around)
        if size >= (MIN_TOLD if told else MIN_ENTRIES) and size + 100 * told > best[0]:
            best = (size + 100 * told, run)
        place = run.stop
    run = _up_to_word(names, best[1], words)
    entries = {names[p] for p in run if names[p] and names[p] not in words}
    entries |= {
        f"{names[p]} {names[p + 1]}" for p in run if p + 1 in run and names[p] and names[p + 1]
    }
    inside = {numbers[p] for p in run}
    inside |= {n for p, n in enumerate(numbers) if names[p] in words and p < FIRST_LINES}
    return inside, entries


def _numbered_runs(texts: Sequence[str]) -> list[bool]:
    """Which lines are numbered headings between numbered headings, without text between."""
    numbered = [
        number_of(text) != ""
        and len(text.split()) <= MAX_WORDS
        and not ends_sentence(text.rstrip("?!"))
        for text in texts
    ]
    return [
        numbered[p] and numbered[p - 1 : p] != [False] and numbered[p + 1 : p + 2] != [False]
        for p in range(len(texts))
    ]


def _comes_again(names: Sequence[str], place: int, last: Mapping[str, int]) -> bool:
    """Whether a short line stands once more below, alone or with its neighbour."""
    name = names[place]
    if not name:
        return False
    joined = [name]
    if place + 1 < len(names) and names[place + 1]:
        joined.append(f"{name} {names[place + 1]}")
    if place and names[place - 1]:
        joined.append(f"{names[place - 1]} {name}")
    return any(last.get(text, -1) > place + 2 for text in joined)


def _up_to_word(names: Sequence[str], run: range, words: AbstractSet[str]) -> range:
    """The run from the word for contents just above it on, if there is one."""
    for place in range(run.start - 1, max(-1, run.start - MAX_ABOVE - 1), -1):
        if run and names[place] in words:
            return range(place, run.stop)
    return run


def _from_word(
    names: Sequence[str], marked: Sequence[bool], run: range, words: AbstractSet[str]
) -> range:
    """The run from its word for contents on, where that opens it: above stands a title."""
    for place in run:
        if names[place] in words and sum(marked[p] for p in run if p > place) >= MIN_TOLD:
            return range(place, run.stop)
    return run


def _run(
    names: Sequence[str],
    marked: Sequence[bool],
    first: int,
    last: Mapping[str, int],
    words: AbstractSet[str],
) -> range:
    """From a marked line as far as marked lines stand close together.

    It ends before a line that has stood in it already and does not come again: that is
    the first heading of the text itself.
    """
    seen: set[str] = set()
    end = place = first
    while place < len(names) and place - end <= MAX_GAP:
        name = names[place]
        if name in seen - words and last[name] == place and place - first > 3:
            break
        if marked[place]:
            end = place
            seen.add(name)
        place += 1
    return range(first, end + 1)


def furniture_of(lines: Sequence[Line], contents: set[int], entries: set[str]) -> set[int]:
    """The numbers of the lines that are page numbers, running heads or feet."""
    numbers = [n for n, line in enumerate(lines) if line.text and n not in contents]
    found = {n for n in numbers if _PAGE_NUMBER.match(lines[n].text)}
    by_name: dict[str, list[int]] = defaultdict(list)
    feet: Counter[str] = Counter()
    for place, number in enumerate(numbers):
        text = lines[number].text
        if len(text.split()) > 8:
            continue
        if _DIGITS_AT_EDGE.search(text.lower()):
            feet[simplified(text)] += 1
        elif _may_run(text) and number not in found:
            above = lines[numbers[place - 1]].text if place else ""
            if not text[0].islower() or entry(f"{above} {text}") in entries:
                by_name[text].append(place)
    found |= {
        n
        for n in numbers
        if feet.get(simplified(lines[n].text), 0) >= MIN_FEET
        and _DIGITS_AT_EDGE.search(lines[n].text.lower())
    }
    solid = [n not in found for n in numbers]
    for text, places in by_name.items():
        if len(places) < MIN_RUNNING:
            continue
        if sum(_interrupts(lines, numbers, solid, place) for place in places) < 2:
            continue
        own = 1 if entry(text) in entries else 0
        found |= {numbers[place] for place in places[own:]}
    return found


def _may_run(text: str) -> bool:
    """Whether a line may be a running head: not a sentence, nor the end and the begin of two."""
    return 2 < len(text) <= 50 and not ends_sentence(text) and ". " not in text


def _interrupts(
    lines: Sequence[Line], numbers: Sequence[int], solid: Sequence[bool], place: int
) -> bool:
    """Whether a sentence goes on over a line."""
    before = next((p for p in range(place - 1, max(-1, place - 4), -1) if solid[p]), None)
    after = next((p for p in range(place + 1, min(len(numbers), place + 4)) if solid[p]), None)
    if before is None or after is None:
        return False
    return not ends_sentence(lines[numbers[before]].text) and (
        lines[numbers[after]].text[0].islower()
    )
