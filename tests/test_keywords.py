"""What words set a group apart, and how they are counted."""

from __future__ import annotations

import math

import pytest
from compare_making import index_of, text_of
from keywords_making import words

from progsearch.compare.keywords import keywords
from progsearch.errors import ProgsearchError
from progsearch.model import Role
from progsearch.query import parse
from progsearch.scope import Filters
from progsearch.statistics import log_likelihood, p_value

FILLER = ["vlaky jezdí pozdě", "silnice jsou staré", "školy jsou plné", "voda je drahá"]


def filled(ident, *texts, lang="cs", times=1, **facts):
    """A document of these texts, so many times each, among others."""
    return text_of(ident, [*texts] * times + FILLER * 5, lang, **facts)


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
