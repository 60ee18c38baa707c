"""Where the rules of a language match in a passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from progsearch.commitment.rules import RULERS, Entry, Rule, Rules

__all__ = ["Match", "matches"]

_FINAL = {"demand": "weak", "announcement": "strong", "norm": "strong"}
_FIRM = frozenset({"strong", "announcement", "norm"})
_BLAME = frozenset({"criticism", "fault"})
_REPORT_REACH = 2
"""Words between one that reports and the end of its clause."""
_IMPERSONAL = frozenset({"demand", "norm"})


class Match(NamedTuple):
    """A rule that holds for the words from number ``start`` up to ``end``, and what it says."""

    start: int
    end: int
    label: str
    rule: Rule


def matches(words: Sequence[str], rules: Rules, *, news: bool = False) -> list[Match]:
    """The cues among the words of a passage, without overlaps, in order.

    A cue does not count in a question, after a word such as *if*, nor, for a firm promise, in a
    subordinate clause. ``news`` tell mostly what others are to do: there what says only that
    something shall or must be done counts where the sentence names those who speak.
    """
    entries = list(map(rules.entry, words))
    found: list[Match] = []
    at = 0
    for number in [number for number, entry in enumerate(entries) if entry.begins]:
        if number >= at:
            match = _first(entries, number, entries[number].begins)
            if match is not None:
                found.append(match)
                at = match.end
    if not found:
        return found
    speakers = rules.speakers if news else ""
    return _judged(found, entries, rules.reach, rules.enough, speakers)


def _first(entries: Sequence[Entry], start: int, rules: Sequence[Rule]) -> Match | None:
    """The match of the longest rule at a word; of rules as long the one that ends first."""
    best: Match | None = None
    last = len(entries)
    for rule in rules:
        size = len(rule.elements)
        if best is not None and size < len(best.rule.elements):
            break
        if start + size > last:
            continue
        if rule.opening and not (start == 0 or entries[start - 1].sentence_end):
            continue
        # A quick look: most rules of several words fail at the word right behind.
        if rule.second and rule.second.isdisjoint(entries[start + 1].keys):
            continue
        if rule.elements[0].last and not (start + 1 == last or entries[start + 1].clause_end):
            continue
        end = _end(entries, start, rule) if size > 1 else start + 1
        if end and (best is None or end < best.end):
            best = Match(start, end, rule.label, rule)
    return best


def _end(entries: Sequence[Entry], start: int, rule: Rule) -> int:
    """Where a rule that may begin at a word ends; 0 if it does not hold there."""
    at = start + 1
    last = len(entries)
    for element in rule.elements[1:]:
        keys = element.keys
        for place in range(at, min(at + element.gap + 1, last)):
            entry = entries[place]
            if entry.clause_end:
                return 0
            if not keys.isdisjoint(entry.keys) and (
                not element.last or place + 1 == last or entries[place + 1].clause_end
            ):
                at = place + 1
                break
        else:
            return 0
    return at


def _judged(
    found: Iterable[Match], entries: Sequence[Entry], reach: int, enough: int, speakers: str
) -> list[Match]:
    """The matches that count, with the labels that they have together.

    Faults count in sentences that name those who govern; ``enough`` of them in a passage are
    criticism, of 0 never. In a passage with one nothing counts that they do, nor what is
    demanded in a sentence about them. Where ``speakers`` are given, a norm or a demand counts
    only in a sentence that names one.
    """
    ends = [number for number, entry in enumerate(entries) if entry.sentence_end]
    counted: list[Match] = []
    of_rulers: set[Match] = set()
    faults: list[Match] = []
    for sentence, group in groupby(found, lambda match: bisect_left(ends, match.start)):
        first = ends[sentence - 1] + 1 if sentence else 0
        last = ends[sentence] if sentence < len(ends) else len(entries)
        question = last < len(entries) and entries[last].question
        rulers = _named(entries[first:last])
        so_far = any(one.so_far for one in entries[first:last])
        others = bool(speakers) and not any(speakers in one.keys for one in entries[first:last])
        weak = False
        report: Match | None = None
        for match in group:
            if match.label == "reported":
                report = match
                continue
            blames = match.label in _BLAME
            if report is not None and not blames and _is_of(report, match, entries):
                continue
            if not _counts(match, entries, question, reach):
                continue
            if match.label == "fault":
                if rulers:
                    faults.append(match._replace(label="criticism"))
                continue
            if match.label == "announcement" and (weak or _has_condition(entries[first:last])):
                continue
            if match.label == "announcement" and so_far:
                counted.append(match._replace(label="done"))
                continue
            if others and match.label in _IMPERSONAL:
                continue
            demand = match.label == "demand"
            weak = weak or demand or match.label == "weak"
            kept = match._replace(label=_FINAL.get(match.label, match.label))
            counted.append(kept)
            if rulers and (demand or _named(entries[match.start : match.end])):
                of_rulers.add(kept)
    if 0 < enough <= len(faults):
        counted += faults
    if not faults and not any(match.label == "criticism" for match in counted):
        return counted
    counted = [match for match in counted if match.label == "criticism" or match not in of_rulers]
    return sorted(counted, key=lambda match: match.start)


def _has_condition(sentence: Sequence[Entry]) -> bool:
    """Whether a clause of a sentence begins with a word such as *if*: what is announced in another
    one depends on it."""
    begins = (0, *(at + 1 for at, one in enumerate(sentence[:-1]) if one.clause_end))
    return any(sentence[at].conditional for at in begins if at < len(sentence))


def _named(entries: Iterable[Entry]) -> bool:
    return any(RULERS in entry.keys for entry in entries)


def _counts(match: Match, entries: Sequence[Entry], question: bool, reach: int) -> bool:
    if match.label in _BLAME:
        return True
    if match.label == "none" or question:
        return False
    if match.label == "done" and _is_denied(match, entries):
        return False
    for back in range(1, min(match.start, reach) + 1):
        entry = entries[match.start - back]
        if entry.clause_end:
            return True
        if back <= entry.conditional:
            return False
        if match.label in _FIRM and back <= entry.subordinate:
            return False
        relative = match.label in _FIRM and back <= entry.relative
        if relative and _begins_clause(entries, match.start - back):
            return False
    return True


def _is_of(report: Match, match: Match, entries: Sequence[Entry]) -> bool:
    """Whether a cue is what a report tells or denies: it stands behind it in its clause, or in
    the next, where that begins as what is quoted does (*they claim, that …*; *myth: …*)."""
    ends = [at for at in range(report.end, match.start) if entries[at].clause_end]
    if len(ends) != 1:
        return not ends
    near = ends[0] - report.end <= _REPORT_REACH
    return near and (entries[ends[0]].quotes or entries[ends[0] + 1].quotes)


def _is_denied(match: Match, entries: Sequence[Entry]) -> bool:
    """Whether a word in the clause of a claim says that it was not done, or too little."""
    for way in (range(match.start - 1, -1, -1), range(match.start, len(entries))):
        for at in way:
            if entries[at].clause_end:
                break
            if entries[at].denies:
                return True
    return False


def _begins_clause(entries: Sequence[Entry], at: int) -> bool:
    """Whether a comma stands before a word, or before the preposition that it follows."""
    before = reversed(entries[max(0, at - 2) : at])
    comma = next((entry for entry in before if entry.clause_end), None)
    return comma is not None and not comma.sentence_end
