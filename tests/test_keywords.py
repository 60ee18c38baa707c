"""What words set a group apart, and how they are counted."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from itertools import pairwise

import pytest
from compare_making import index_of, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon

from progsearch import kept
from progsearch.analysis import tokens
from progsearch.clause import All
from progsearch.compare.kept_rows import KeptRows
from progsearch.compare.keywords import keywords
from progsearch.compare.numbered import BREAK, Numbered, both_of, pair_of, pairs_in
from progsearch.compare.texts import Texts
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.model import Role
from progsearch.query import parse
from progsearch.scope import Filters, Scope, scope_of
from progsearch.statistics import log_likelihood, p_value

FILLER = ["vlaky jezdí pozdě", "silnice jsou staré", "školy jsou plné", "voda je drahá"]


def filled(ident, *texts, lang="cs", times=1, **facts):
    """A document of these texts, so many times each, among others."""
    return text_of(ident, [*texts] * times + FILLER * 5, lang, **facts)


def words(found, group="A", lang="cs"):
    """The keywords of a group, as they are shown."""
    return [one.text for one in found.words if one.group == (group,) and one.lang == lang]


def apart(*texts, times=6, by=("party",), **more):
    """The keywords of a party that has these texts in two documents, and another party."""
    index = index_of(
        filled("a1", *texts, times=times, party="A"),
        filled("a2", *texts, times=times, party="A"),
        filled("b1", party="B"),
        filled("b2", party="B"),
    )
    return keywords(index, by, **more)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["sestra"], {"sestra"}),
        # forms of a lemma count together and are shown as they are written most often
        (["sestry", "sestra", "sestry"], {"sestry"}),
        # two words next to each other are a phrase of their own
        (["zubní lékař"], {"zubní", "lékař", "zubní lékař"}),
        # neither punctuation nor a stop word stands in it
        (["zubní, lékař"], {"zubní", "lékař"}),
        (["zubní. Lékař"], {"zubní", "Lékař"}),
        (["zubní a lékař"], {"zubní", "lékař"}),
        (["zubní\nlékař"], {"zubní", "lékař", "zubní lékař"}),
        # a word that a line's end has broken is shown whole
        (["ses-\ntra"], {"sestra"}),
        # what is short, a number or a stop word says nothing
        (["po", "kč", "2024", "protože", "a jiné sestra"], {"sestra"}),
        # a name keeps its capital, which another word has only where a sentence begins
        (["Praha", "u Praha"], {"Praha"}),
        (["Nemocnice", "ta nemocnice"], {"nemocnice"}),
    ],
)
def test_what_sets_a_group_apart(texts, wanted):
    assert set(words(apart(*texts, times=9))) == wanted


def test_what_all_groups_say_sets_none_apart():
    index = index_of(filled("a", party="A"), filled("b", party="B"))
    assert keywords(index, ["party"]).words == ()


def test_what_is_rarer_than_elsewhere_is_no_keyword():
    found = apart("sestra", times=9)
    assert words(found, "B") == []
    assert not {"vlaky", "silnice"} & set(words(found))


def test_counts_and_figures_of_a_keyword():
    (one,) = [word for word in apart("sestry", "sestra", "sestry").words if len(word.lemmas) == 1]
    # three texts six times in two documents
    assert (one.lemmas, one.count, one.rest, one.documents) == (("sestra",), 36, 0, 2)
    size = 2 * (18 + 5 * 12)
    assert (one.of_words, one.of_rest) == (size, 2 * 5 * 12)
    assert one.g2 == pytest.approx(log_likelihood(36, size, 0, one.of_rest))
    # half an occurrence stands for none
    assert one.ratio == pytest.approx(math.log2((36 / size) / (0.5 / one.of_rest)))
    assert p_value(one.g2) <= one.corrected < 0.05
    assert one.example.passage.text in ("sestra", "sestry")
    assert one.example.document.party.value == "A"


def test_the_probability_is_corrected_for_all_words_looked_at():
    # beside the keyword, nine words of the filler and two pairs stand there often enough
    (one,) = apart("sestra").words
    assert one.corrected == pytest.approx(12 * p_value(one.g2))
    first, second = apart("sestra", "lékař", "lékař").words
    assert first.corrected == pytest.approx(13 * p_value(first.g2))
    assert second.corrected == pytest.approx(12 * p_value(second.g2))


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"minimum": 12}, ["sestra"]),
        ({"minimum": 13}, []),
        ({"limit": 1}, ["sestra"]),
        ({"filters": Filters(party=["A"])}, []),
    ],
)
def test_limits(more, wanted):
    assert words(apart("sestra", **more)) == wanted


def test_a_word_of_one_document_only_is_its_topic_and_not_the_groups():
    index = index_of(
        filled("a1", "sestra", times=9, party="A"),
        filled("a2", party="A"),
        filled("b", "zubař", times=9, party="B"),
    )
    found = keywords(index, ["party"])
    assert words(found, "A") == []
    # a group of one document has no other to show
    assert words(found, "B") == ["zubař"]


def test_the_most_unusual_comes_first_and_limits_hold_for_each_group():
    index = index_of(
        filled("a", *["sestra"] * 9, *["lékař"] * 30, party="A"),
        filled("b", *["zubař"] * 9, *["nemocnice"] * 30, party="B"),
    )
    found = keywords(index, ["party"])
    assert words(found, "A") == ["lékař", "sestra"]
    assert words(found, "B") == ["nemocnice", "zubař"]
    scores = [one.g2 for one in found.words]
    assert scores[0] > scores[1]
    found = keywords(index, ["party"], limit=1)
    assert (words(found, "A"), words(found, "B")) == (["lékař"], ["nemocnice"])


def test_languages_are_never_mixed():
    index = index_of(
        filled("a", "program", times=9, party="A"),
        filled("b", party="B"),
        text_of("c", ["program"] * 60, "sv", party="B"),
    )
    found = keywords(index, ["party"])
    # the Swedish "program" of B says nothing of the Czech one of A
    assert words(found, "A") == ["program"]
    assert words(found, "B", "sv") == []
    assert {(one.rest, one.of_rest) for one in found.words} == {(0, 5 * 12)}


@pytest.mark.parametrize("by", [["lang"], []])
def test_groups_without_others_are_refused(by):
    index = index_of(filled("a"))
    with pytest.raises(ProgsearchError) as error:
        keywords(index, by)
    assert error.value.where == "--by"


def test_only_passages_that_match_a_clause():
    index = index_of(
        filled("a", "sestra a plat", "zubař a voda", times=9, party="A"),
        filled("b", "lékař a plat", "vlaky a voda", times=9, party="B"),
    )
    inside = index.clause(parse("plat"))
    found = keywords(index, ["party"], clause=inside)
    assert (words(found, "A"), words(found, "B")) == (["sestra"], ["lékař"])
    assert found.words[0].of_words == 27


def test_copies_and_asides_are_left_out():
    texts = ["sestra"] * 9
    index = index_of(
        filled("a", *texts, party="A"),
        filled("b", party="B"),
        filled("c", *texts, party="A"),
        text_of("d", ["motto"] * 50, roles=dict.fromkeys(range(1, 51), Role.HEADING), party="A"),
        copies={"c": "a"},
    )
    found = keywords(index, ["party"])
    assert [(one.text, one.count, one.documents) for one in found.words] == [("sestra", 9, 1)]
    assert found.alone == ()
    assert found.left_out == 1
    found = keywords(index, ["party"], Filters(copies=True, asides=True))
    assert {(one.text, one.count) for one in found.words} == {("sestra", 18)}


def test_groups_by_what_passages_promise():
    strong, weak = "Zavedeme lepší školku pro děti.", "Podpoříme větší jesle pro děti."
    index = index_of(
        *(text_of(f"d{n}", [strong] * 4 + [weak] * 4 + FILLER * 3, party="A") for n in range(3)),
        text_of("e", ["Podpoříme lepší školku pro děti."], party="A"),
    )
    found = keywords(index, ["commitment"])
    by_group = {}
    for one in found.words:
        by_group.setdefault(one.group, {})[one.text] = (one.count, one.documents)
        assert one.example is not None
    assert by_group["strong",]["lepší školku"] == (12, 3)
    assert by_group["weak",]["větší jesle"] == (12, 3)
    assert "jesle" not in by_group["strong",]


def test_a_language_of_one_group_has_nothing_to_be_compared_with():
    index = index_of(
        text_of("a", ["sestra"] * 9, party="A"),
        text_of("b", ["vlak"] * 9, party="B"),
        text_of("c", ["läkare"] * 9, lang="sv", party="B"),
    )
    found = keywords(index, ["party"])
    assert found.alone == ("sv",)
    assert {one.lang for one in found.words} == {"cs"}


texts = st.lists(
    st.lists(st.sampled_from(["sestra", "sestry", "lékaře", "a", "vlak", "vlak,", "Praha."])).map(
        " ".join
    ),
    max_size=6,
)


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


# -- what is kept between runs

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


def told_of(index, by, filters):
    """All that is counted of texts, by group and language."""
    texts = Texts(index, by, scope_of(filters.counting(), index.engine, index.summary, by))
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
    assert told_of(sealed, by, filters) == wanted


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
