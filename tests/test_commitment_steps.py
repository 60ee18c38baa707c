"""How often each thing is asked when passages are told: once a passage, and once a name."""

from __future__ import annotations

from collections import Counter

import pytest

from progsearch.commitment import cues, told
from progsearch.commitment.cues import matches
from progsearch.commitment.rivals import Rivals, rivals_of
from progsearch.commitment.rules import load_rules
from progsearch.commitment.words import Contractions
from progsearch.model import Fact, Origin, Passage, Role

SENTENCE = "Labour and the Conservatives will cut pensions and we will build homes. "


class Counted(list):
    """Words that count how often one of them is asked for by its place."""

    asked = 0

    def __getitem__(self, at):
        self.asked += isinstance(at, int)
        return super().__getitem__(at)


@pytest.mark.parametrize("times", [10, 40])
def test_names_and_cues_are_held_against_each_other_once(times):
    rules, rivals = load_rules("en"), rivals_of("Labour")
    words = Counted(rules.words.words_of(SENTENCE * times))
    found = matches(words, rules)
    words.asked = 0
    assert len(found) == 2 * times
    # The first of each two is no longer theirs, since Labour is named with them.
    assert len(rivals.without(found, words, rules, theirs=False)) == 2 * times
    assert words.asked <= 4 * times


@pytest.fixture
def counted(monkeypatch):
    """How often each text is cut into words, and each heading held against names."""
    calls = Counter()

    def counting(name, real):
        def _counting(one, text, *more):
            calls[name, text] += 1
            return real(one, text, *more)

        return _counting

    for kind, name in ((Contractions, "words_of"), (Rivals, "told_of")):
        monkeypatch.setattr(kind, name, counting(name, getattr(kind, name)))
    return calls


def passage(text, headings=()):
    lang = Fact("en", Origin.GIVEN)
    return Passage("d.1", "d", 1, Role.STATEMENT, lang, text, 0, len(text), 1, 1, headings)


def test_a_passage_is_cut_once_and_each_heading_held_against_names_once(counted):
    text = "The Tories will cut pensions, and we will build homes."
    lead = "The Greens will say how it is done:"
    assert [p.commitment for p in told([passage(text)], "en", party="Labour")] == ["strong"]
    assert counted["words_of", text] == 1
    list(told([passage(text, ("Homes", lead))], "en", party="Labour"))
    assert counted["told_of", lead] == 1


def test_a_rule_is_followed_only_where_its_second_word_may_be(monkeypatch):
    real, followed = cues._end, []

    def _end(entries, start, rule):
        followed.append((rule, entries[start + 1]))
        return real(entries, start, rule)

    monkeypatch.setattr(cues, "_end", _end)
    rules = load_rules("en")
    text = "We will build homes, and they would not have been able to do so. We aim to help."
    assert matches(rules.words.words_of(text), rules)
    assert followed
    for rule, behind in followed:
        near = rule.elements[1]
        assert near.gap or not near.keys.isdisjoint(behind.keys)
