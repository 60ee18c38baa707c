"""Promises of several names that may be the same: their groups, and those that undo each other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.pairing import Unit
from progsearch.promises import match, side_of_files
from progsearch.promises.alike import are_contrary, verbs_of, with_concepts
from progsearch.promises.match import _groups as groups_of
from progsearch.promises.sides import Said
from progsearch.scope import Filters


@pytest.mark.parametrize(
    ("pairs", "right"),
    [
        ([], []),
        (["A1 B1", "B1 C1"], [1, 1]),
        (["A1 B1", "A2 B2", "B1 C1"], [1, 2, 1]),
        (["A1 B1", "B1 C1", "A2 C1"], [1, 1, 2]),
        (["A1 B1", "A2 C1", "B1 C1"], [1, 2, 3]),
        (["A1 B1", "C1 D1", "B1 C1"], [1, 1, 1]),
        (["A1 B1", "A2 C1", "B2 C1", "B1 D1"], [1, 2, 2, 1]),
    ],
)
def test_a_group_has_one_passage_of_each_name(pairs, right):
    ends = [tuple((one[0], one) for one in pair.split()) for pair in pairs]
    assert groups_of(ends) == right


PASSAGES = st.sampled_from("ABCD").flatmap(
    lambda name: st.integers(1, 3).map(lambda number: (name, f"{name}{number}"))
)


@given(st.lists(st.tuples(PASSAGES, PASSAGES).filter(lambda pair: pair[0][0] != pair[1][0])))
def test_no_group_has_two_passages_of_a_name(pairs):
    numbers = groups_of(pairs)
    for group in set(numbers):
        ends = {
            end
            for number, pair in zip(numbers, pairs, strict=True)
            if number == group
            for end in pair
        }
        assert len({name for name, _ in ends}) == len(ends)


@pytest.mark.parametrize(
    ("lang", "one", "other", "right"),
    [
        (
            "sv",
            "Vi ska avskaffa karensdagen i sjukförsäkringen.",
            "Vi ska införa karensdagen i sjukförsäkringen igen.",
            True,
        ),
        (
            "sv",
            "Vi ska höja skatten på arbete för alla.",
            "Vi ska sänka skatten på arbete för alla.",
            True,
        ),
        ("sv", "Sänkning av skatten på arbete.", "Vi ska höja skatten på arbete.", True),
        ("sv", "Höjning av skatten på arbete.", "Vi ska höja skatten på arbete.", False),
        ("cs", "Zvýšení daní pro rodiny.", "Snížíme daně pro rodiny.", True),
        ("cs", "Zvýšení daní pro rodiny.", "Snížení daní pro rodiny.", True),
        ("cs", "Zvýšení daní pro rodiny.", "Zvýšíme daně pro rodiny.", False),
        ("cs", "Zrušení školného ve státě.", "Zavedeme školné ve státě.", True),
        ("de", "Erhöhung der Steuern auf Arbeit.", "Wir senken die Steuern auf Arbeit.", True),
        ("en", "The reduction of taxes.", "We will increase taxes.", True),
        ("en", "Better public buildings.", "Close tax loopholes of public bodies.", False),
        ("sv", "Vi ska inte höja skatten på arbete.", "Vi ska höja skatten på arbete.", True),
        ("sv", "Vi ska höja skatten på arbete.", "Skatten på arbete ska höjas av oss.", False),
        ("sv", "Inte nu, men vi ska höja skatten.", "Vi ska höja skatten.", False),
        ("sv", "Vi ska inte höja skatten.", "Skatten ska inte höjas.", False),
        ("en", "We will privatise the railways.", "We will nationalise the railways.", True),
        ("en", "We will never raise fares.", "We will raise fares.", True),
        # Who is against a thing may promise the same.
        ("en", "We will fight against corruption.", "We will fight corruption.", False),
        ("en", "Protect women against violence.", "End violence that women suffer.", False),
        ("cs", "Boj proti korupci ve státě.", "Budeme potírat korupci ve státě.", False),
        ("sv", "Kampen mot våld ska fortsätta.", "Vi ska förebygga våld.", False),
        ("de", "Schulen ohne Barrieren für alle.", "Wir bauen Barrieren in Schulen ab.", False),
        ("xx", "We will never raise fares.", "We will raise fares.", False),
        # None of them is meant, and so all of them are.
        ("en", "No child shall go hungry.", "Every child shall be fed at school.", False),
        ("en", "No child shall pay for lunch.", "Every child shall pay for lunch.", True),
        ("en", "No new taxes.", "New taxes.", True),
        ("en", "No taxes.", "We will raise taxes.", True),
        ("sv", "Inget barn ska gå hungrigt.", "Varje barn ska få mat.", False),
        ("sv", "Inga nya skatter.", "Nya skatter.", True),
        ("de", "Kein Kind soll hungern.", "Jedes Kind soll essen.", False),
        ("cs", "Žádné dítě nesmí hladovět.", "Každé dítě dostane oběd.", False),
        # A denial as the beginning of a word, and what only begins so.
        ("cs", "Zrušíme školné na školách.", "Nezrušíme školné na školách.", True),
        ("cs", "Nezrušíme školné na školách.", "Školné na školách nezrušíme.", False),
        ("sk", "Zrušíme školné na školách.", "Nezrušíme školné na školách.", True),
        ("cs", "Nejlepší školy pro děti.", "Dobré školy pro děti.", False),
        ("cs", "Postavíme nemocnice.", "Nemocnice postavíme.", False),
        ("sv", "Nezrušíme školné.", "Zrušíme školné.", False),
    ],
)
def test_what_undoes_what_the_other_does_is_contrary(lang, one, other, right):
    lemmas = {"höjas": "höja", "railways": "railway", "fares": "fare", "skatten": "skatt"}
    lemmas |= {"zvýšíme": "zvýšit", "snížíme": "snížit", "zrušíme": "zrušit", "zavedeme": "zavést"}
    lemmas |= {"nezrušíme": "zrušit", "nejlepší": "dobrý", "dobré": "dobrý"}
    said = [said_of(text, lang, lemmas) for text in (one, other)]
    assert are_contrary(*said) is right
    assert are_contrary(*reversed(said)) is right


def said_of(text, lang, lemmas):
    found = [(m[0].casefold(), m.span()) for m in re.finditer(r"\w+", text)]
    keys = [f"{lang}:{lemmas.get(form, form)}" for form, _ in found]
    unit = Unit(text, keys, spans=[span for _, span in found])
    (said,) = with_concepts([Said(None, None, "", unit)])
    return said


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ("We will join the EU in this decade.", "Our country belongs in the EU.", True),
        ("We will.", "They will not.", False),
    ],
)
def test_short_words_pair_promises_and_stop_words_do_not(tmp_path, one, other, paired):
    sides = {}
    for name, text in (("A", one), ("B", other)):
        file = tmp_path / f"{name}.md"
        file.write_text(f"---\nlang: en\n---\n- {text}\n", encoding="utf-8")
        sides[name] = side_of_files([file], Filters())
    assert bool(match(sides).pairs) is paired


def test_what_is_contrary_hangs_together_with_nothing(tmp_path):
    texts = {
        "A": "Vi ska avskaffa karensdagen i sjukförsäkringen.",
        "B": "Vi ska avskaffa karensdagen i hela sjukförsäkringen.",
        "C": "Vi ska införa karensdagen i sjukförsäkringen.",
    }
    sides = {}
    for name, text in texts.items():
        file = tmp_path / f"{name}.md"
        file.write_text(f"---\nlang: sv\n---\n- {text}\n", encoding="utf-8")
        sides[name] = side_of_files([file], Filters())
    found = match(sides)
    assert [pair.contrary for pair in found.pairs] == [False, True, True]
    assert [one.names for one in found.clusters] == [["A", "B"]]
    assert found.alone == ["C"]
    assert len({pair.group for pair in found.pairs}) == 3


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("cs:zvýšení", "cs:zvýšit"),
        ("cs:zrušení", "cs:zrušit"),
        ("cs:zakázání", "cs:zakázat"),
        ("cs:financování", "cs:financovat"),
        ("sk:zníženie", "sk:znížiť"),
        ("pl:obniżenie", "pl:obniżyć"),
        ("de:senkung", "de:senken"),
        ("de:entwicklung", "de:entwickeln"),
        ("sv:sänkning", "sv:sänka"),
        ("sv:avskaffande", "sv:avskaffa"),
        ("sv:utbyggnad", "sv:bygga"),
        ("da:hævning", "da:hæve"),
        ("nb:økning", "nb:øke"),
        ("en:improvement", "en:improve"),
        ("en:reduction", "en:reduce"),
        ("fi:korottaminen", "fi:korottaa"),
    ],
)
def test_a_noun_has_the_verb_that_it_is_made_of(noun, verb):
    assert verbs_of([noun, "cs:plat"], {verb, "cs:plat"}) == {verb}
    assert verbs_of([noun], {noun}) == set()
    assert verbs_of([noun], {f"xx:{verb.partition(':')[2]}"}) == set()
