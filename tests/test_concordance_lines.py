"""Lines of keyword in context, collocates and dispersion, held to plain counting."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from compare_making import index_of, text_of
from concordance_making import corpora, corpus_of_parts, made, words_in
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import texts as drawn

from progsearch.api import concordance as asked
from progsearch.api.kwic import kwic
from progsearch.clause import UNATTESTED
from progsearch.concordance import collocates, dispersion, frequencies
from progsearch.engine.vocabulary import StoredVocabulary
from progsearch.errors import ProgsearchError
from progsearch.query import parse
from progsearch.statistics import association, log_dice, mutual_information, wilson


def lines_of(index, text, **more):
    answer = kwic(index, text, **more)
    return [(line.left.strip(), line.match, line.right.strip()) for line in answer.lines]


LINES = ("zima vlak jede", "Praha vlak čeká dlouho tady", "auto vlak auto")


def test_lines_are_in_the_order_of_the_sources_or_of_a_side():
    index = corpus_of_parts(*LINES)
    assert [left for left, _, _ in lines_of(index, "vlak")] == ["zima", "Praha", "auto"]
    assert [left for left, _, _ in lines_of(index, "vlak", sort="left")] == [
        *("auto", "Praha", "zima"),
    ]
    assert [right.split()[0] for *_, right in lines_of(index, "vlak", sort="right")] == [
        *("auto", "čeká", "jede"),
    ]


@pytest.mark.parametrize("sign", ["„", "…", "*", "’", "%", "«", "–", "(§"])
def test_signs_do_not_count_in_the_order_of_neighbours(sign):
    index = corpus_of_parts(f"vlak {sign}jede", "vlak auto", f"vlak zima{sign} on")
    found = [right for *_, right in lines_of(index, "vlak", sort="right")]
    assert [word.strip(sign)[:4] for word in found] == ["auto", "jede", "zima"]


@pytest.mark.parametrize(
    ("window", "wanted"),
    [
        (0, ("", "vlak", "")),
        (1, ("Praha", "vlak", "čeká")),
        (2, ("Praha", "vlak", "čeká dlouho")),
        (9, ("Praha", "vlak", "čeká dlouho tady")),
    ],
)
def test_a_window_keeps_so_many_words(window, wanted):
    assert lines_of(corpus_of_parts(LINES[1]), "vlak", window=window) == [wanted]


def test_words_that_overlap_are_one_line_and_others_are_not():
    index = corpus_of_parts("rychlý vlak vlak jede")
    assert len(lines_of(index, '"rychlý vlak" OR vlak')) == 2
    assert len(lines_of(index, "vlak")) == 2


def test_passages_found_by_their_headings_have_no_line():
    index = corpus_of_parts("vlak", "auto")
    answer = kwic(index, "vlak OR bus")
    assert (answer.passages, answer.total) == (1, 1)
    assert answer.summary == "1 line in 1 passage"


def test_groups_are_named_and_sorted_by():
    index = index_of(
        text_of("a", ["vlak"], party="B"),
        text_of("b", ["vlak"], party="A"),
        text_of("c", ["vlak"]),
    )
    answer = kwic(index, "vlak", by="party", sort="group")
    assert [answer.groups[line.group].labels for line in answer.lines] == [
        *[("A",), ("B",), ("unknown",)],
    ]


def test_a_sample_is_the_same_for_the_same_seed_and_fair():
    index = corpus_of_parts(*(f"vlak w{number}" for number in range(20)))
    one = lines_of(index, "vlak", sample=5, seed=7)
    assert one == lines_of(index, "vlak", sample=5, seed=7)
    assert one != lines_of(index, "vlak", sample=5, seed=8)
    assert kwic(index, "vlak", sample=5).total == 20
    assert len(lines_of(index, "vlak", sample=50)) == 20
    drawn_ = Counter(
        right for seed in range(400) for *_, right in lines_of(index, "vlak", sample=5, seed=seed)
    )
    # 100 times each are expected, with a standard deviation of 8.7
    assert len(drawn_) == 20
    assert all(60 < times < 140 for times in drawn_.values())


def test_a_limit_says_whether_there_is_more():
    index = corpus_of_parts("vlak vlak", "vlak")
    assert kwic(index, "vlak", limit=2).total is None
    assert kwic(index, "vlak", limit=3).total == 3
    assert kwic(index, "vlak", limit=2, sort="left").total == 3
    assert "the first 2 lines, of 2 passages" in kwic(index, "vlak", limit=2).summary


def test_inside_chooses_passages_and_is_not_marked():
    index = corpus_of_parts("vlak auto", "vlak")
    assert lines_of(index, "vlak", inside="auto") == [("", "vlak", "auto")]
    assert "without --promises, 1 passage would be left" in (
        kwic(index, "vlak", inside="auto", promises=True).notes
    )
    assert "without --lang '', 1 passage would be left" in (
        kwic(index, "vlak", inside="auto", lang="").notes
    )


def plain_collocates(texts, node, window):
    """The counts of Evert (2008), by looking at every place of every text."""
    near, count, outside = 0, Counter(), Counter()
    places = 0
    for text in texts:
        words = [lemma for _, lemma in words_in(text)]
        nodes = {at for at, word in enumerate(words) if word == node}
        places += len(nodes)
        inside = {
            at
            for at in range(len(words))
            if at not in nodes and any(abs(at - one) <= window for one in nodes)
        }
        near += len(inside)
        count.update(words[at] for at in inside)
        outside.update(words[at] for at in range(len(words)) if at not in nodes)
    return places, near, count, outside


@settings(max_examples=examples(40))
@given(st.lists(drawn, min_size=1, max_size=6), st.integers(1, 4))
def test_collocates_are_those_of_plain_counting(texts, window):
    index = corpus_of_parts(*texts)
    found = collocates(index, parse("lemma:lékař"), [], window=window, minimum=1)
    places, near, count, outside = plain_collocates(texts, "lékař", window)
    assert {row.word: row.count for row in found.rows} == dict(count)
    size = outside.total()
    for row in found.rows:
        expected = near * outside[row.word] / size
        table = [
            (row.count, expected),
            (near - row.count, near - expected),
            (outside[row.word] - row.count, outside[row.word] - expected),
        ]
        rest = size - near - outside[row.word] + row.count
        table.append((rest, (size - near) * (size - outside[row.word]) / size))
        g2 = 2 * sum(o * math.log(o / e) for o, e in table if o)
        assert (row.places, row.near, row.of_words) == (places, near, size)
        assert row.left + row.right == row.count
        assert row.expected == pytest.approx(expected)
        assert row.g2 == pytest.approx(max(0, g2), abs=1e-6)
        assert row.mi == pytest.approx(math.log2(row.count / expected))
        dice = 2 * row.count / (places + outside[row.word])
        assert row.logdice == pytest.approx(14 + math.log2(dice))


@settings(max_examples=examples(30))
@given(st.lists(drawn, min_size=1, max_size=5), st.integers(1, 3))
def test_each_collocate_leads_to_its_passages(texts, window):
    index = corpus_of_parts(*texts)
    found = collocates(index, parse("lemma:lékař"), [], window=window, minimum=1)
    from progsearch.export.concordance import collocates_table

    for record in collocates_table(found).records():
        answer = kwic(index, record["query"], limit=None)
        assert len({line.hit.passage.id for line in answer.lines}) == record["passages"]


HAT = ((17, (16,), ()), (24, (), ()), (14, (9,), (10,)), (56, (9,), (10, 29)))
"""The example of Evert, "Corpora and Collocations" (2008), section 3.1 and 5.1: how many words
its four sentences have, and where forms of hat and of roll stand in them."""


def test_the_published_example_of_hat_and_roll():
    """Evert's table of surface cooccurrence, four words on each side, within sentences: of 108
    words that are no hat, 20 are near one; 3 are a form of roll, of which 2 are near."""
    sentences = []
    for size, hats, rolls in HAT:
        words = [f"w{at}" for at in range(size)]
        for at in hats:
            words[at] = "hat"
        for at in rolls:
            words[at] = "roll"
        sentences.append(" ".join(words))
    index = corpus_of_parts(*sentences)
    found = collocates(index, parse("hat"), [], window=4, minimum=1)
    row = next(row for row in found.rows if row.word == "roll")
    assert (row.places, row.near, row.of_words) == (3, 20, 108)
    assert (row.count, row.of_count) == (2, 3)
    g2, expected = association(2, 20, 3, 108)
    assert expected == pytest.approx(20 * 3 / 108)
    assert mutual_information(2, expected) == pytest.approx(math.log2(3.6))
    assert g2 == pytest.approx(3.4704, abs=1e-4)
    assert log_dice(2, 3, 3) == pytest.approx(14 + math.log2(4 / 6))


@pytest.mark.parametrize(
    ("both", "one", "other", "wanted"),
    # Rychlý (2008): always together is 14, in one of two places of both 13
    [(8, 8, 8, 14.0), (8, 16, 16, 13.0), (4, 8, 4, 13.415), (1, 16000, 1, 1.0339)],
)
def test_log_dice(both, one, other, wanted):
    assert log_dice(both, one, other) == pytest.approx(wanted, abs=0.001)


def test_places_are_shares_of_the_way_through_a_source():
    index = corpus_of_parts("x x x vlak", "auto", "vlak x x x vlak")
    found = dispersion(index, parse("vlak"), [])
    assert [row.places for row in found.documents] == [(0.6,), (0.0, pytest.approx(11 / 15))]
    (spread,) = found.spreads
    assert (spread.count, spread.of_words, spread.documents, spread.of_documents) == (3, 10, 2, 3)
    assert (spread.low, spread.high) == wilson(3, 10)


@settings(max_examples=examples(20))
@given(corpora)
def test_dispersion_counts_what_lines_and_lists_count(corpus):
    corpus = [one for one in corpus if one[2]]
    if not corpus:
        return
    index = made(corpus)
    found = dispersion(index, parse("lemma:lékař"), ["party"])
    lines = kwic(index, "lemma:lékař", limit=None)
    rows = frequencies(index, ["party"]).rows
    counted = sum(row.count for row in rows if row.words == ("lékař",))
    assert sum(row.count for row in found.spreads) == len(lines.lines) == counted


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda i: kwic(i), "QUERY: nothing to look for"),
        (lambda i: asked.collocates(i), "QUERY: nothing to look for"),
        (lambda i: asked.dispersion(i), "QUERY: nothing to look for"),
        (lambda i: kwic(i, "a", sort="size"), "--sort: not a choice: 'size'"),
        (lambda i: kwic(i, "a", sort="group"), "--sort: there are no groups"),
        (lambda i: kwic(i, "a", window=-1), "--window: not a number from 0 on"),
        (lambda i: kwic(i, "a", sample="2"), "--sample: not a number from 0 on"),
        (lambda i: asked.words(i, of="stem"), "--of: cannot count by 'stem'"),
        (lambda i: asked.words(i, size=6), "--ngram: at most 5 words in a row"),
        (lambda i: asked.words(i, size=0), "--ngram: not a number from 1 on"),
        (lambda i: asked.words(i, over="shoe"), "--over: no parts by 'shoe'"),
        (lambda i: asked.words(i, sort="size"), "--sort: not a choice: 'size'"),
        (lambda i: asked.words(i, minimum=0), "--minimum: not a number from 1 on"),
        (lambda i: asked.collocates(i, "a", sort="t"), "--sort: not a choice: 't'"),
        (lambda i: asked.collocates(i, "a", window=0), "--window: not a number from 1 on"),
    ],
)
def test_mistakes_are_told_with_a_remedy(ask, told):
    with pytest.raises(ProgsearchError) as error:
        ask(corpus_of_parts("vlak"))
    assert str(error.value).startswith(told)
    assert error.value.remedy


def test_lemmas_are_the_first_keys_of_entries():
    lines = sorted(
        f"cs\t{form}\t{form}\t{keys}\t\t{step}"
        for form, keys, step in (
            ("a", "a", "form"),
            ("a", "b\x1fa", "dictionary"),  # one document says more of it than another
            ("ab", "ab", UNATTESTED),
            ("ab", "c\x1fab", "analogy"),
            ("ab", "d\x1fab", "dictionary"),
        )
    )
    asked = StoredVocabulary(lambda start: [one for one in lines if one.startswith(start)], any)
    wanted = [(form, entry.keys[0], entry.step) for form, entry in asked.entries("cs")]
    assert list(asked.lemmas("cs")) == wanted
    assert wanted == [("a", "b", "dictionary"), ("ab", "c", "analogy")]
