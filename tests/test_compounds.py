"""Parts of compounds: found by them, and not found where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_analysis import LEXICON

from progsearch.analysis import DictionaryLexicon, tokens
from progsearch.analysis.chain import Dictionary
from progsearch.analysis.inflection import Inflection
from progsearch.languages import LANGUAGES


def compounds() -> list[tuple[str, list[str]]]:
    path = Path(__file__).parent / "data" / "sv_compounds.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if not line.startswith("#")]
    return [(word, parts.split()) for word, _, parts in rows]


def test_a_word_without_an_end_takes_no_more_steps_than_a_long_one(monkeypatch) -> None:
    inflection = Inflection(LANGUAGES["sv"], Dictionary("sv"))
    asked: list[str] = []
    monkeypatch.setattr(inflection, "_lemma", lambda form: asked.append(form))
    steps = []
    for times in (20, 20_000):
        asked.clear()
        assert inflection.of_compound("förs" * times) == ()
        steps.append(len(asked))
    assert 0 < steps[0] == steps[1] < 60


def test_the_list_of_compounds_is_large_enough() -> None:
    rows = compounds()
    assert sum(bool(parts) for _, parts in rows) >= 150
    assert sum(not parts for _, parts in rows) >= 150
    assert len({word for word, _ in rows}) == len(rows)


def test_parts_of_compounds_are_found() -> None:
    found = [
        not {*LEXICON.entry(part, "sv").keys}.isdisjoint(LEXICON.entry(word, "sv").parts)
        for word, parts in compounds()
        for part in parts
    ]
    assert sum(found) / len(found) >= 0.8


def test_simplex_words_are_not_split() -> None:
    split = [bool(LEXICON.entry(word, "sv").parts) for word, parts in compounds() if not parts]
    assert sum(split) / len(split) <= 0.1


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("sjukvårdspersonal", "personal"),
        ("sjukvårdspersonalen", "sjukvård"),
        ("regionfullmäktiges", "region"),
        ("e-hälsa", "hälsa"),
        ("pcr-provtagningen", "pcr"),
    ],
)
def test_a_compound_is_found_by_its_part_and_says_so(word: str, part: str) -> None:
    entry = LEXICON.entry(word, "sv")
    assert not {*LEXICON.entry(part, "sv").keys}.isdisjoint(entry.parts)
    assert {*LEXICON.entry(part, "sv").keys}.isdisjoint(entry.keys)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hälso- och sjukvård", "hälsovård"),
        ("hälso- och sjukvårdsnämnden", "hälsovård"),
        ("barn- och ungdomspsykiatri", "barnpsykiatri"),
        ("hälso-, tand- och sjukvård", "tandvård"),
    ],
)
def test_half_a_compound_is_found_by_the_whole(text: str, word: str) -> None:
    halves = [token for token in tokens(text, "sv", LEXICON) if token.form.endswith("-")]
    assert any(word in token.parts for token in halves)


def test_without_compounds_nothing_is_taken_apart() -> None:
    lexicon = DictionaryLexicon(compounds=False)
    assert lexicon.entry("sjukvårdspersonal", "sv").parts == ()
    assert lexicon.entry("sjukvårdspersonal", "sv").keys == ("sjukvårdspersonal",)
