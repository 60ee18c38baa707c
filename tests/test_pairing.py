"""Versions of a text: which unit became which, and what changed in the words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from progsearch.pairing import Unit, changes, links, normalised, numbered
from progsearch.pairing.candidates import FREQUENT, Postings
from progsearch.pairing.neighbours import mutual

REWORDED = Path(__file__).parent / "data" / "reworded.tsv"

NURSES = "Zvýšíme platy zdravotních sester v krajských nemocnicích o deset procent."

ROADS = "Opravíme silnice druhé a třetí třídy, které vedou přes malé obce kraje."

DATA = "Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data."


def unit(text, source="a.md", headings=(), heading=False):
    return Unit(
        text, [f"cs:{word}" for word in normalised(text).split()], source, headings, heading
    )


def told(old, new):
    """The changes as (change, old text, new text) with the beginnings of the texts."""
    first, second = numbered(old), numbered(new)
    return [
        (
            one.change,
            first[one.old].text[:12] if one.old is not None else "",
            second[one.new].text[:12] if one.new is not None else "",
        )
        for one in changes(first, second)
    ]


CASES = {
    "kept": ([unit(NURSES)], [unit(NURSES)], ["kept"]),
    "typography is no change": (
        [unit("„Opravíme” silnice – hned!")],
        [unit('"Opravíme" silnice - hned.')],
        ["kept"],
    ),
    "a sign is no typography": (
        [unit("Daň změníme o +5 procent z ceny."), unit("Zaplatíme 30 € za hodinu práce.")],
        [unit("Daň změníme o -5 procent z ceny."), unit("Zaplatíme 30 $ za hodinu práce.")],
        ["reworded", "reworded"],
    ),
    "a heading has another number": (
        [unit("1. Doprava", heading=True), unit(ROADS, headings=("1. Doprava",))],
        [unit("II) Doprava", heading=True), unit(ROADS, headings=("II) Doprava",))],
        ["kept", "kept"],
    ),
    "an ordinal is no number of a heading": (
        [unit("10. klasse for alle unge i hele landet", heading=True)],
        [unit("9. klasse for alle unge i hele landet", heading=True)],
        ["reworded"],
    ),
    "nor is the day of a month": (
        [unit("15. August soll ein Feiertag sein in Bayern", heading=True)],
        [unit("16. August soll ein Feiertag sein in Bayern", heading=True)],
        ["reworded"],
    ),
    "a heading without its marks is run in": (
        [unit("1. Silnice", heading=True), unit(ROADS, headings=("1. Silnice",)), unit(DATA)],
        [unit(f"Silnice {ROADS}"), unit(DATA)],
        ["kept", "kept", "kept"],
    ),
    "what was run in has become a heading": (
        [unit(f"Silnice: {ROADS}")],
        [unit("Silnice", heading=True), unit(ROADS, headings=("Silnice",))],
        ["kept", "kept"],
    ),
    "reworded": ([unit(NURSES)], [unit(NURSES.replace("deset", "patnáct"))], ["reworded"]),
    "dropped and new": ([unit(NURSES)], [unit(ROADS)], ["dropped", "new"]),
    "merged": ([unit(NURSES), unit(ROADS)], [unit(f"{NURSES} {ROADS}")], ["merged", "merged"]),
    "split": ([unit(f"{NURSES} {ROADS}")], [unit(NURSES), unit(ROADS)], ["split", "split"]),
    "a list became a sentence": (
        [unit("komunitní zahrady"), unit("dílny pro děti")],
        [unit("Podpoříme i komunitní zahrady a dílny pro děti v každém větším městě kraje.")],
        ["merged", "merged"],
    ),
    "moved": (
        [unit(NURSES, "a.md"), unit(ROADS, "a.md"), unit(DATA, "b.md")],
        [unit(ROADS, "a.md"), unit(DATA, "b.md"), unit(NURSES, "b.md")],
        ["moved", "kept", "kept"],
    ),
    "a renamed file moves nothing": (
        [unit(NURSES, "a.md"), unit(ROADS, "a.md")],
        [unit(NURSES, "z.md"), unit(ROADS, "z.md")],
        ["kept", "kept"],
    ),
    "a phrase in a long passage is there by chance": (
        [unit("Opravíme silnice třetí třídy.")],
        [
            unit(
                "Chceme kraj, kde se dobře žije: opravíme silnice třetí třídy, postavíme školky, "
                "podpoříme sportovce i hasiče, zlepšíme péči o seniory a vzduch ve městech."
            )
        ],
        ["dropped", "new"],
    ),
    "the same twice is still there": (
        [unit(NURSES), unit(NURSES)],
        [unit(NURSES)],
        ["kept", "kept"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_changes(case):
    old, new, right = CASES[case]
    assert [one[0] for one in told(old, new)] == right


@pytest.mark.parametrize(
    ("below_old", "below_new", "right"),
    [
        (NURSES, ROADS, {"dropped", "new"}),
        (NURSES, NURSES, {"kept"}),
    ],
)
def test_a_heading_is_linked_through_what_stands_below_it(below_old, below_new, right):
    old = [unit("Doprava", heading=True), unit(below_old, headings=("Doprava",))]
    new = [unit("Doprava", heading=True), unit(below_new, headings=("Doprava",))]
    assert {one[0] for one in told(old, new)} == right


NUMBERS = {
    "bare numbers": (["1 Skola", "2 Vård"], ["2 Skola", "3 Vård"]),
    "numbers of parts": (["2.1 Skola", "2.2 Vård"], ["1.1 Skola", "1.2 Vård"]),
    "letters": (["A. Skola", "B. Vård"], ["B. Skola", "C. Vård"]),
    "letters in brackets": (["a) skola", "b) vård"], ["c) skola", "d) vård"]),
    "Roman": (["I Skola", "II Vård"], ["II Skola", "III Vård"]),
    "sections of a law": (["§ 3 Skola", "§ 4 Vård"], ["§ 5 Skola", "§ 6 Vård"]),
    "sections that are numbers alone": (["§ 3", "§ 4"], ["§ 5", "§ 6"]),
    "the sign behind": (["3 § Skola", "4 § Vård"], ["4 § Skola", "5 § Vård"]),
    "chapters": (["Kapitel 2: Skola", "Kapitel 3: vård"], ["Kapitel 3: Skola", "Kapitel 4: vård"]),
    "… of the front": (["3 kap. Skola", "4 kap. Vård"], ["4 kap. Skola", "5 kap. Vård"]),
    "… without a mark": (["Část II Skola", "Část III Vård"], ["Část I Skola", "Část II Vård"]),
    "… that have no name": (["2. luku", "3. luku"], ["4. luku", "5. luku"]),
    "with a sign of number": (["Priorita č. 1: Skola"], ["Priorita č. 2: Skola"]),
    "a number alone": (["1 Skola"], ["2 Skola"]),
    "numbers taken away": (["1 Skola", "2 Vård"], ["Skola", "Vård"]),
    "of another kind": (["1 Skola", "2 Vård"], ["Kapitel A – Skola", "Kapitel B – Vård"]),
}

BELOW = (NURSES, ROADS)


@pytest.mark.parametrize("case", NUMBERS)
def test_another_number_of_a_heading_is_no_change(case):
    sides = [
        [
            one
            for heading, text in zip(headings, BELOW, strict=False)
            for one in (unit(heading, heading=True), unit(text, headings=(heading,)))
        ]
        for headings in NUMBERS[case]
    ]
    assert {one for one, *_ in told(*sides)} == {"kept"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["24 Stunden für Pflege"], ["12 Stunden für Pflege"]),
        (["24 Stunden für Pflege", "3 Säulen"], ["12 Stunden für Pflege", "3 Säulen"]),
        (["3 Hodiny denně"], ["4 Hodiny denně"]),
        (["10 Klimatmål"], ["20 Klimatmål"]),
        (["A. Smith"], ["B. Smith"]),
        (["§ 218 abschaffen"], ["§ 219 abschaffen"]),
        (["§ 18 Abschaffen"], ["§ 19 Abschaffen"]),
        (["Artikel 5 Schützen"], ["Artikel 6 Schützen"]),
        (["50 % mer", "51 % mer"], ["51 % mer", "52 % mer"]),
        (["1. května 2025"], ["2. května 2025"]),
        (["1. 5. 2025 Vård"], ["2. 5. 2025 Vård"]),
    ],
)
def test_what_is_no_number_of_a_heading_is_a_change(old, new):
    sides = [
        [
            one
            for heading, text in zip(headings, BELOW, strict=False)
            for one in (unit(heading, heading=True), unit(text, headings=(heading,)))
        ]
        for headings in (old, new)
    ]
    assert "reworded" in {one for one, *_ in told(*sides)}


def test_a_section_that_is_gone_is_dropped_and_the_next_has_its_number():
    sides = [
        [
            one
            for number, text in enumerate(texts, 1)
            for one in (unit(f"§ {number}", heading=True), unit(text, headings=(f"§ {number}",)))
        ]
        for texts in ((NURSES, ROADS, DATA), (NURSES, DATA))
    ]
    assert [one for one, *_ in told(*sides)] == [
        *("kept", "kept", "dropped", "dropped", "kept", "kept")
    ]


def test_a_passage_that_others_stand_below_has_a_number_too():
    sides = [
        [unit(f"{number}. {ROADS}"), unit(NURSES, headings=(f"{number}. {ROADS}",))]
        for number in (1, 2)
    ]
    assert {one for one, *_ in told(*sides)} == {"kept"}
    first, second = ([unit(f"{number}. {ROADS}")] for number in (1, 2))
    assert told(first, second)[0][0] == "reworded"


def _reworded():
    """Pairs of sentences with their lemmas, as ``python -m benchmarks.pairing`` makes them anew.

    ``same`` and ``other``: a promise in other words, and another one. ``one noun``: another
    promise because of one word, which is shown as reworded with that word marked; ``other
    words``: the same by a word that no dictionary joins to its own, told as dropped and new.
    """
    with REWORDED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            units = [
                Unit(row[end], [f"{row['lang']}:{one}" for one in row[f"{end}_lemmas"].split()])
                for end in ("old", "new")
            ]
            yield pytest.param(row["kind"], *units, id=f"{row['lang']}-{row['old'][:20]}")


@pytest.mark.parametrize(("kind", "old", "new"), list(_reworded()))
def test_short_sentences_in_nine_languages(kind, old, new):
    assert bool(links([old], [new])) == (kind in ("same", "one noun"))
    assert bool(links([new], [old])) == bool(links([old], [new]))


def test_a_renamed_heading_is_told_by_its_passages():
    old = [unit("Zdraví", heading=True), unit(NURSES, headings=("Zdraví",))]
    new = [unit("Nemocnice", heading=True), unit(NURSES, headings=("Nemocnice",))]
    assert told(old, new) == [
        ("reworded", "Zdraví", "Nemocnice"),
        ("kept", NURSES[:12], NURSES[:12]),
    ]


def test_a_title_is_that_of_the_source_that_its_own_became():
    old = [unit("Program 2020", heading=True), unit(NURSES), unit(ROADS)]
    new = [unit("Program 2024", "b.md", heading=True), unit(NURSES, "b.md"), unit(DATA, "b.md")]
    assert [one for one, *_ in told(old, new)] == ["reworded", "kept", "dropped", "new"]
    other = [unit("Program 2024", "b.md", heading=True), unit(DATA, "b.md")]
    assert [one for one, *_ in told(old, other)] == ["dropped", "dropped", "dropped", "new", "new"]


def test_the_headings_above_a_heading_are_told_by_its_passages_too():
    above, below = ("Kapitola jedna", "Zdraví"), ("První část", "Nemocnice")
    old = [*(unit(one, headings=above[:n], heading=True) for n, one in enumerate(above))]
    new = [*(unit(one, headings=below[:n], heading=True) for n, one in enumerate(below))]
    found = told([*old, unit(NURSES, headings=above)], [*new, unit(NURSES, headings=below)])
    assert found == [
        ("reworded", "Kapitola jed", "První část"),
        ("reworded", "Zdraví", "Nemocnice"),
        ("kept", NURSES[:12], NURSES[:12]),
    ]


def test_a_heading_that_is_repeated_is_kept_in_a_source_that_is():
    goal = unit("Ideál", heading=True)
    old = [goal, unit(NURSES), unit(ROADS), goal, unit("Zrušíme všechno.")]
    new = [goal, unit(NURSES), unit(ROADS)]
    assert [one[0] for one in told(old, new)] == ["kept", "kept", "kept", "kept", "dropped"]


def test_mutual_pairs_are_each_the_nearest_to_the_other():
    ones = [unit(NURSES), unit(ROADS)]
    others = [unit(ROADS.replace("malé", "velké")), unit(NURSES), unit(DATA)]
    pairs = mutual(ones, others)
    assert [(one, near.unit) for one, near in pairs] == [(0, 1), (1, 0)]
    assert "cs:silnice" in pairs[1][1].shared
    assert "cs:a" not in pairs[1][1].shared


def test_what_is_all_said_by_the_other_is_nearer_than_a_topic_of_both():
    topic = "silnice mosty tramvaje nádraží letiště vlaky"
    ones = [unit("rovné platy učitelů"), unit(f"{topic} školky školy divadla parky")]
    others = [
        unit("rovné platy učitelů volby okresy pokuty jezera daně"),
        unit(f"{topic} voda vzduch půda lesy"),
    ]
    pairs = mutual(ones, others)
    assert [(one, near.unit) for one, near in pairs] == [(0, 0), (1, 1)]
    assert [round(near.held, 1) for _, near in pairs] == [1.0, 0.5]


def test_links_of_a_group_belong_together():
    old = [unit(NURSES), unit(ROADS), unit(DATA)]
    new = [unit(f"{NURSES} {ROADS}"), unit(DATA)]
    groups = [one.group for one in changes(old, new)]
    assert groups[0] == groups[1] != groups[2]


def test_a_word_that_everybody_has_finds_nobody():
    words = [
        frozenset({"cs:kraj", f"cs:slovo{n}", f"cs:jiné{n}", f"cs:další{n}"})
        for n in range(FREQUENT + 5)
    ]
    found = Postings(words).nearest(
        frozenset({"cs:kraj", "cs:slovo7", "cs:jiné7", "cs:další9"}), 50
    )
    assert found == [7, 9]


WORDS = st.sampled_from(
    ["nemocnice", "sestra", "kraj", "silnice", "zvýšit", "škola", "data", "les"]
)

UNITS = st.lists(
    st.builds(
        unit, st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.sampled_from(["a", "b"])
    ),
    max_size=8,
)


@given(UNITS, UNITS)
@settings(max_examples=examples(60))
def test_every_unit_has_its_change(old, new):
    found = changes(old, new)
    assert {one.old for one in found if one.old is not None} == set(range(len(old)))
    assert {one.new for one in found if one.new is not None} == set(range(len(new)))
    for one in found:
        assert (one.old is None) == (one.change == "new")
        assert (one.new is None) == (one.change == "dropped")
        if one.change in ("kept", "moved"):
            assert old[one.old].plain == new[one.new].plain


@given(UNITS)
def test_a_text_and_itself_have_no_changes(units):
    assert {one.change for one in changes(units, units)} <= {"kept"}


@given(UNITS, UNITS)
def test_what_is_linked_one_way_is_linked_the_other(old, new):
    there = {(link.old, link.new) for link in links(old, new) if not link.equal}
    back = {(link.new, link.old) for link in links(new, old) if not link.equal}
    assert there == back
