"""Lines, frequency lists, collocates and dispersion, held to plain Python and to each other."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from compare_making import index_of, text_of
from concordance_making import corpora, corpus_of_parts, made, words_in
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from progsearch.api import concordance as asked
from progsearch.api.kwic import kwic
from progsearch.concordance import dispersion, frequencies
from progsearch.concordance.spools import SHARES, Spools
from progsearch.query import parse
from progsearch.scope import Filters
from progsearch.statistics import dispersion as spread_of
from progsearch.statistics import wilson


@settings(max_examples=examples(40))
@given(corpora, st.sampled_from(("lemma", "form")), st.integers(1, 3), st.booleans())
def test_a_list_has_what_plain_counting_has(corpus, of, size, grouped):
    corpus = [one for one in corpus if one[2]]
    if not corpus:
        return
    wanted = Counter()
    having = defaultdict(set)
    sizes = Counter()
    for number, (party, lang, texts) in enumerate(corpus):
        place = ((party,) if grouped else (), lang)
        for text in texts:
            found = [word[of == "lemma"] for word in words_in(text, lang)]
            sizes[place] += len(found)
            for at in range(len(found) - size + 1):
                item = (*place, tuple(found[at : at + size]))
                wanted[item] += 1
                having[item].add(number)
    by = ["party"] if grouped else []
    found = frequencies(made(corpus), by, of=of, size=size)
    assert {(row.group, row.lang, row.words): row.count for row in found.rows} == dict(wanted)
    for row in found.rows:
        item = (row.group, row.lang, row.words)
        assert row.documents == row.parts == len(having[item])
        assert row.of_words == sizes[row.group, row.lang]
        assert (row.low, row.high) == wilson(row.count, row.of_words)
    kinds = Counter((group, lang) for group, lang, _ in wanted)
    assert {place: kinds[place] for place in found.kinds} == dict(found.kinds)


@settings(max_examples=examples(30))
@given(corpora, st.sampled_from(("lemma", "form")), st.integers(1, 2))
def test_each_row_leads_to_as_many_lines_as_it_counts(corpus, of, size):
    corpus = [one for one in corpus if one[2]]
    if not corpus:
        return
    index = made(corpus)
    answer = asked.words(index, of=of, size=size, by="party", limit=None)
    from progsearch.export.concordance import words_table

    for record in words_table(answer.frequencies).records():
        lines = kwic(index, record["query"], limit=None)
        # A word beside itself makes pairs that overlap, which are one place of a text.
        if len(set(record["words"].split())) == size:
            assert len(lines.lines) == record["count"], record
        assert len({line.hit.document.id for line in lines.lines}) == record["documents"]


def test_groups_add_up_and_texts_count_once_in_each():
    index = index_of(
        text_of("a", ["lékař sestra", "lékaře"], party="A"),
        text_of("b", ["lékař sestra", "lékaře"], party="B"),
        text_of("c", ["lékař sestra", "lékaře"], party="B"),
        copies={"b": "a", "c": "a"},
    )
    one = {row.words: row.count for row in frequencies(index, []).rows}
    assert one == {("lékař",): 2, ("sestra",): 1}
    both = {(row.group, row.words): row.count for row in frequencies(index, ["party"]).rows}
    assert both[("A",), ("lékař",)] == both[("B",), ("lékař",)] == 2
    kept = frequencies(index, ["party"], Filters(copies=True))
    assert sum(row.count for row in kept.rows) == 9
    assert {row.words: row.count for row in frequencies(index, [], Filters(copies=True)).rows} == {
        ("lékař",): 6,
        ("sestra",): 3,
    }
    for by, once, parts in (([], True, [(2, 3, 1)]), (["party"], True, [(2, 3, 1)] * 2),
                            ([], False, [(6, 9, 3)])):  # fmt: skip
        spreads = dispersion(index, parse("lékař"), by, Filters(copies=not once)).spreads
        assert [(one.count, one.of_words, one.of_documents) for one in spreads] == parts


def test_a_row_of_a_group_leads_to_texts_that_another_group_has_too():
    index = index_of(
        text_of("a", ["lékař sestra"], party="A"),
        text_of("b", ["lékař sestra"], party="B"),
        copies={"b": "a"},
    )
    answer = asked.words(index, by="party", limit=None)
    assert "each row's passages: progsearch kwic with its query and --by party" in answer.notes
    from progsearch.export.concordance import words_table

    for record in words_table(answer.frequencies).records():
        lines = kwic(index, record["query"], by="party", limit=None).lines
        assert len(lines) == record["count"] == 1, record
    assert kwic(index, "lékař", by="party").passages == 2
    assert kwic(index, "lékař").passages == 1


def test_dispersion_is_that_of_the_example_of_gries():
    """Gries (2008) has five parts of 9, 10, 10, 10 and 11 letters, with 1 to 5 times an a."""
    parts = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]
    deviation, normal = spread_of(parts, 50, 9)
    assert deviation == pytest.approx(0.18)
    assert normal == pytest.approx(0.18 / (1 - 9 / 50))
    index = corpus_of_parts(*(" ".join(["vlak"] * n + ["x"] * (size - n)) for n, size in parts))
    row = next(row for row in frequencies(index, []).rows if row.words == ("vlak",))
    assert row.dp == pytest.approx(0.18)
    found = dispersion(index, parse("vlak"), [])
    assert found.spreads[0].dp == pytest.approx(0.18)
    assert found.spreads[0].dp_norm == pytest.approx(normal)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 30)), min_size=2, max_size=6))
def test_dispersion_over_the_parts_that_have_it_is_that_over_all(parts):
    total, size = sum(v for v, _ in parts), sum(s for _, s in parts)
    found = spread_of([one for one in parts if one[0]], size, min(s for _, s in parts))
    if not total:
        assert found == (0.0, 0.0)
        return
    plain = sum(abs(v / total - s / size) for v, s in parts) / 2
    assert found[0] == pytest.approx(plain, abs=1e-12)
    assert found[1] == pytest.approx(plain / (1 - min(s for _, s in parts) / size), abs=1e-12)


def test_range_and_dispersion_may_be_over_groups():
    index = index_of(
        text_of("a", ["vlak x x x"], party="A"),
        text_of("b", ["vlak x x x"], party="A"),
        text_of("c", ["y y y y"], party="B"),
    )
    row = next(r for r in frequencies(index, [], over="party").rows if r.words == ("vlak",))
    assert (row.documents, row.of_documents, row.parts, row.of_parts) == (2, 3, 1, 2)
    assert row.dp == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, ["a", "vlak", "jede", "do", "brno"]),
        ({"stop_words": False}, ["vlak", "jede", "brno"]),
        ({"minimum": 2}, ["a", "vlak"]),
        ({"limit": 1}, ["a"]),
        ({"sort": "words"}, ["a", "brno", "do", "jede", "vlak"]),
        ({"size": 2, "stop_words": False}, ["vlak jede"]),
        ({"size": 3, "stop_words": False}, ["vlak a vlak", "jede do brno"]),
    ],
)
def test_what_a_list_has(more, wanted):
    index = corpus_of_parts("a vlak a vlak jede", "do", "a brno")
    if more.get("size") == 3:
        index = corpus_of_parts("vlak a vlak", "jede do brno")
    if more.get("size") == 2:
        index = corpus_of_parts("vlak jede do")
    found = frequencies(index, [], **more)
    assert sorted(" ".join(row.words) for row in found.rows) == sorted(wanted)


def test_counts_wait_in_shares_and_none_is_lost():
    spools = Spools(item=2, where=1)
    spools.add({(n, n % 7): n + 1 for n in range(1000)}, (3,))
    spools.add({(5, 5): 40}, (4,))
    shares = list(spools.shares())
    assert len(shares) == SHARES
    assert sum(map(len, shares)) == 1000
    found = {item: places for share in shares for item, places in share.items()}
    assert found[5, 5] == [(6, 3), (40, 4)]
