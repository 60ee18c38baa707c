"""Rows of words that are kept for keyness, and how they are cut."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import pairwise

import pytest
from compare_making import index_of, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from keywords_making import texts
from laws import examples
from making import OneLexicon

from progsearch import kept
from progsearch.analysis import tokens
from progsearch.clause import All
from progsearch.compare.kept_counts import Counted
from progsearch.compare.kept_rows import KeptRows
from progsearch.compare.numbered import BREAK, Numbered, both_of, pair_of, pairs_in
from progsearch.compare.texts import Texts
from progsearch.engine.memory import MemoryEngine
from progsearch.model import Role
from progsearch.scope import Filters, Scope, scope_of


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.sampled_from("AB"), texts), min_size=1, max_size=5))
def test_texts_count_every_word_and_every_pair(documents):
    made = [text_of(f"d{n}", found, party=party) for n, (party, found) in enumerate(documents)]
    counted = Texts(index_of(*made), ["party"], Scope(All()))
    lexicon = OneLexicon()
    wanted = {"A": Counter(), "B": Counter()}
    sizes = Counter()
    for party, found in documents:
        for text in found:
            there = tokens(text, "cs", lexicon)
            sizes[party] += len(there)
            for at, word in enumerate(there):
                if word.form == "a":
                    continue
                wanted[party][word.keys[:1]] += 1
                before = there[at - 1] if at else None
                if before and before.form != "a" and text[before.end] == " ":
                    wanted[party][before.keys[0], word.keys[0]] += 1
    for party, other in ("AB", "BA"):
        if sizes[party]:
            own, rest = counted.counts("cs", (party,))
            assert own == wanted[party]
            assert rest == {item: wanted[other][item] for item in own}
            assert counted.sizes("cs", (party,)) == (sizes[party], sizes[other])
            assert counted.languages((party,)) == ["cs"]
            for item, forms in counted.written("cs", (party,), own).items():
                assert tuple(lexicon.entry(form, "cs").keys[0] for form in forms) == item


# pieces of texts in which a word goes over a blank or a line's end, or marks hide some
PIECES = [
    *("lék", "ař", "Lékař", "lékaře,", "(sestry)", "sestra/lékař", "10", "000", "000-kronor"),
    *("s.", "r.", "o.", "a", "hälso-", "hälso-,", "EU:s", "l'eau", "5%", "%", "–", "**tučně**"),
    *("[a](b)", "x@y.cz", "www.a.cz/b", "t.ex.", "1,5", "soft\u00adware", "„ano“", "sjuk‑vård"),
]

BLANKS = [" ", " ", " ", "\n", "\r\n", " \n ", "\n\n", "\u00a0", "  ", "-\n"]


def as_tokens(text, words):
    """The row of a text, made of its tokens."""
    row, before = [BREAK], 0
    for token in tokens(text, "cs", words):
        if not text[before : token.start].isspace():
            row.append(BREAK)
        row.append(words.number(token.form))
        before = token.end
    return row


def touching(row):
    """The pairs of numbers that touch, and all numbers."""
    return [two for two in pairwise(row) if BREAK not in two], [one for one in row if one]


@settings(max_examples=examples(100))
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BLANKS)), max_size=12),
    st.booleans(),
)
def test_words_at_blanks_are_those_of_the_analysis(pieces, bare):
    text = "".join(piece + blank for piece, blank in pieces)
    text = text.strip() if bare else text
    known = text_of("d", ["lékař sestra lék tučně"])
    words = Numbered(index_of(known).engine.vocabulary, "cs")
    row = array("I")
    words.add(text, row)
    assert touching(row) == touching(as_tokens(text, words))


@given(st.lists(st.integers(0, 2**32 - 1), max_size=9))
def test_pairs_are_two_numbers_as_one(numbers):
    pairs = sorted(pairs_in(array("I", numbers)))
    assert pairs == sorted(pair_of(*two) for two in pairwise(numbers))
    assert [both_of(pair) for pair in map(pair_of, numbers, numbers)] == [(n, n) for n in numbers]


def test_pairs_go_over_what_is_made_at_a_time(monkeypatch):
    monkeypatch.setattr("progsearch.compare.numbered._AT_A_TIME", 4)
    for size in range(12):
        row = array("I", range(size))
        assert sorted(map(both_of, pairs_in(row))) == list(pairwise(range(size)))


SAID = ["sestra v Praze", "více sester", "lékaři, sestry a vlaky", "vlak jede", "bez sestry"]


@pytest.fixture
def sealed(tmp_path, monkeypatch):
    """An index whose state has a name, and an empty folder for what is kept."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))
    monkeypatch.setattr(MemoryEngine, "seal", "one")
    roles = dict.fromkeys(range(1, 30, 3), Role.HEADING)
    made = [
        text_of(f"d{n}", SAID[n % 3 :] * 4, roles=roles, party=party)
        for n, party in enumerate("AABBBC")
    ]
    made.append(text_of("e1", ["the nurses", "nurses and trains"] * 6, "en", party="A"))
    made.append(text_of("e2", ["the trains", "trains and homes"] * 6, "en", party="B"))
    return index_of(*made, copies={"d3": "d0"})


def told_of(index, by, filters, minimum=1):
    """All that is counted of texts, by group and language."""
    scope = scope_of(filters.counting(), index.engine, index.summary, by)
    texts = Texts(index, by, scope, minimum)
    return {
        (lang, group): (
            texts.counts(lang, group),
            texts.sizes(lang, group),
            texts.written(lang, group, texts.counts(lang, group)[0]),
        )
        for lang, group in texts._rows
    }


@pytest.mark.parametrize("first", [Filters(), Filters(asides=True), Filters(lang=("en",))])
@pytest.mark.parametrize(
    ("by", "filters"),
    [
        (["party"], Filters()),
        (["party", "role"], Filters(asides=True)),
        (["lang", "party"], Filters(role=("heading",))),
        (["document"], Filters(party=("A",), copies=True)),
    ],
)
def test_kept_rows_are_counted_as_those_that_are_cut(sealed, monkeypatch, by, filters, first):
    with monkeypatch.context() as nothing_kept:
        nothing_kept.setattr(MemoryEngine, "seal", "")
        wanted = told_of(sealed, by, filters)
    assert len(wanted) > 1
    told_of(sealed, ["party"], first)
    assert told_of(sealed, by, filters) == wanted
    # What is kept is of use: no text is cut into words again.
    monkeypatch.setattr(Numbered, "add", pytest.fail)
    monkeypatch.setattr(Texts, "_counts_of", pytest.fail)
    assert told_of(sealed, by, filters) == wanted


OTHERS = [
    (["party"], Filters(), 7),
    (["party", "role"], Filters(), 1),
    (["party"], Filters(asides=True), 1),
    (["party"], Filters(party=("A",)), 1),
    (["party"], Filters(lang=("en",)), 1),
]


@pytest.mark.parametrize(("by", "filters", "minimum"), OTHERS)
def test_what_is_asked_otherwise_is_counted_anew(sealed, monkeypatch, by, filters, minimum):
    monkeypatch.setattr("progsearch.compare.kept_rows._COUNTS", 1)
    with monkeypatch.context() as nothing_kept:
        nothing_kept.setattr(MemoryEngine, "seal", "")
        wanted = told_of(sealed, by, filters, minimum)
    first = told_of(sealed, ["party"], Filters())
    assert first != wanted
    assert told_of(sealed, by, filters, minimum) == wanted
    assert told_of(sealed, ["party"], Filters()) == first


def counts_of(rows, stretches, number):
    """What is told of a group and of all, where a word is there so often."""
    made = [Counted({1: number}, {}), Counted({1: number}, {})]
    return rows.counted("cs", [stretches], 1, lambda: made)[0].words[1]


def test_counts_are_those_of_words_with_the_same_numbers_in_whole_stretches(sealed):
    told_of(sealed, ["party"], Filters())
    rows = KeptRows(sealed)
    whole, part, *_ = rows._rows("cs").places
    rows._rows("cs").parts.add(part)
    assert [counts_of(rows, [whole], number) for number in (1, 2)] == [1, 1]
    assert [counts_of(rows, [whole, part], number) for number in (3, 4)] == [3, 4]
    rows.words("cs").lemmas.insert(1, "new")
    assert counts_of(rows, [whole], 5) == 5


@pytest.mark.parametrize("body", [b"", b"[", b"[]\n", b"[1]\nx", b"[0,0,0,0]\n", b"x" * 2000])
def test_counts_that_were_not_kept_well_are_made_anew(sealed, monkeypatch, body):
    wanted = told_of(sealed, ["party"], Filters())
    load = kept.view
    monkeypatch.setattr(
        kept, "view", lambda name, *of: memoryview(body) if "counts" in name else load(name, *of)
    )
    assert told_of(sealed, ["party"], Filters()) == wanted


def test_rows_of_another_state_of_an_index_are_not_taken(sealed, monkeypatch):
    told_of(sealed, ["party"], Filters())
    monkeypatch.setattr(MemoryEngine, "seal", "two")
    monkeypatch.setattr(Numbered, "add", pytest.fail)
    with pytest.raises(pytest.fail.Exception):
        told_of(sealed, ["party"], Filters())


def test_rows_that_have_too_few_passages_are_cut_anew(sealed):
    found = KeptRows(sealed)
    (stretch, row), *_ = found._cut(Numbered(sealed.engine.vocabulary, "cs"), All(), AnyStretch())
    words = found._rows("cs")
    words.put(stretch, row, 1, whole=True)
    assert not words.has(stretch, 2)
    found.read("cs", {stretch: row.count(BREAK)}, All())
    assert words.has(stretch, row.count(BREAK))


class AnyStretch:
    def __contains__(self, stretch):
        return True


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]\n", b"[1]\nx", b"[2,0,0,0,0,0,0,0,0,0]\n[]", b"x" * 2000]
)
def test_rows_that_were_not_kept_well_are_cut(sealed, body):
    wanted = told_of(sealed, ["party"], Filters())
    rows = KeptRows(sealed)
    for lang in ("cs", "en"):
        assert rows._loaded(lang)
        kept.keep(f"rows-{lang}", rows._made_of(lang), body, plain=True)
        assert not rows._loaded(lang)
    assert told_of(sealed, ["party"], Filters()) == wanted
