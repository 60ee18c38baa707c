"""The query language: what is read, what is refused and where, and that printing is reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import queries

from progsearch.analysis.words import forms_asked
from progsearch.errors import ProgsearchError
from progsearch.query import (
    MAX_LENGTH,
    And,
    Everything,
    Exact,
    Facet,
    Lemma,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    QuerySyntaxError,
    Regex,
    Wild,
    Word,
    conjunction,
    parse,
    parse_term,
)

a, b, c = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("zdravotník", Word("zdravotník")),
        ("a b", And((a, b))),
        ("10 000", Word("10000")),
        ("a 1\u00a0200\u202f000", And((a, Word("1200000")))),
        ("10 000*", Prefix("10000")),
        ("2024 100", And((Word("2024"), Word("100")))),
        ("10 00", And((Word("10"), Word("00")))),
        ("10 0000", And((Word("10"), Word("0000")))),
        ("10 000b", And((Word("10"), Word("000b")))),
        ("10 AND 000", And((Word("10"), Word("000")))),
        ('"10 000"', Word("10000")),
        ('"a 10 000 b"', Phrase((a, Word("10000"), b))),
        ("10 000 NEAR/3 a", Near(Word("10000"), a, 3)),
        ("a AND b", And((a, b))),
        ("a OR b c", Or((a, And((b, c))))),
        ("(a OR b) c", And((Or((a, b)), c))),
        ("a (b c)", And((a, b, c))),
        ("a NOT b", And((a, Not(b)))),
        ("a -b", And((a, Not(b)))),
        ("e-hälsa", Word("e-hälsa")),
        ('"a b"', Phrase((a, b))),
        ("„a b“", Phrase((a, b))),
        ("”a b”", Phrase((a, b))),
        ('"a"', a),
        ('"1 200"', Word("1200")),
        ('"1\u00a0200\u202f000 a"', Phrase((Word("1200000"), a))),
        ('"a 12 000 b"', Phrase((a, Word("12000"), b))),
        ('"1  200"', Word("1200")),
        ('"100 - 200"', Phrase((Word("100"), Word("200")))),
        ('"2024 500"', Phrase((Word("2024"), Word("500")))),
        ('"12 50"', Phrase((Word("12"), Word("50")))),
        ('"1 2000"', Phrase((Word("1"), Word("2000")))),
        ('"Dráhy, a. s."', Phrase((Word("Dráhy,"), Word("a.s.")))),
        ('"Dráhy s. r. o."', Phrase((Word("Dráhy"), Word("s.r.o.")))),
        ('"AND"', Phrase((Word("AND"),))),
        ('"lék* b"', Phrase((Prefix("lék"), b))),
        ("stipend*", Prefix("stipend")),
        ("*vård*", Wild("*vård*")),
        ("vård?", Wild("vård?")),
        ("zdra*vot", Wild("zdra*vot")),
        ("/vård(cent|plats).*/", Regex("vård(cent|plats).*")),
        (r"(/a\/b/)", Regex(r"a\/b")),
        ("a/b", Word("a/b")),
        ("lemma:vård", Lemma("vård")),
        ('lemma:"hälso- och  sjukvård"', Lemma("hälso- och sjukvård")),
        ("lemma:%", Lemma("%")),
        # a question in quotes has no wild card at its end
        (
            '"Kde jsou *lékař* a sestry?"',
            Phrase((*map(Word, ("Kde", "jsou")), Wild("*lékař*"), a, Word("sestry"))),
        ),
        ("*a1* NEAR/2 /b+/", Near(Wild("*a1*"), Regex("b+"), 2)),
        ('="ARO"', Exact("ARO")),
        ("=ARO", Exact("ARO")),
        ("a NEAR/5 b", Near(a, b, 5)),
        ('"a b" NEAR/2 c', Near(Phrase((a, b)), c, 2)),
        ("a NEAR/2 (b OR c)", Near(a, Or((b, c)), 2)),
        ('(a OR "b c") NEAR/2 b', Near(Or((a, Phrase((b, c)))), b, 2)),
        ("region:SE-G", Facet("region", "SE-G")),
        ('party:"Strana A" a', And((Facet("party", "Strana A"), a))),
        ('party:"The ""New"" Party" a', And((Facet("party", 'The "New" Party'), a))),
        ('party:"""" a', And((Facet("party", '"'), a))),
        ("10:30", Word("10:30")),
        ("not and or", And((Word("not"), Word("and"), Word("or")))),
    ],
)
def test_reads(text, query):
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "position", "what"),
    [
        ("a (b", 4, "bracket is not closed"),
        ("a) b", 1, "without an opening"),
        ("()", 1, "empty brackets"),
        ('a "b', 2, "quotation mark is not closed"),
        ("AND", 0, "before 'AND'"),
        ("a OR", 4, "missing at the end"),
        ("a NOT", 5, "missing at the end"),
        ("a NEAR/5", 8, "missing at the end"),
        ("a NEAR/0 b", 2, "distance from 1 to 100"),
        ("(a b) NEAR/2 c", 6, "joins words, phrases"),
        ("a NEAR/2 (b c)", 13, "joins words, phrases"),
        ("a NEAR/2 (b OR NOT c)", 20, "joins words, phrases"),
        ("a NEAR/2 (b OR region:SE-G)", 26, "joins words, phrases"),
        ("z*", 0, "too short"),
        ("?z", 0, "stands for too much"),
        ("x/*yz", 0, "cannot stand in a word with wild cards"),
        ("a /b(c/", 4, "a bracket is not closed"),
        ("/(?=a)b/", 1, "neither ahead nor back"),
        ("/^a/", 1, "whole words without"),
        ("/a**/", 3, "two signs of repeating"),
        ("/a{101}/", 2, "100 times at most"),
        ("/+a/", 1, "nothing before it"),
        ("/[b-a]/", 2, "from the later to the earlier"),
        ("/[ab/", 1, "is not closed"),
        ("/a)/", 2, "was not opened"),
        ("/(((a{90}){90}){90})/", 1, "too large"),
        ("/" + "(" * 30 + "a" + ")" * 30 + "/", 21, "too many brackets"),
        ("/nära vård/", 0, "a pattern between slashes is one word"),
        ("a NEAR b", 2, "within how many words"),
        ("NEAR", 0, "within how many words"),
        ("vård party:", 5, "no value stands behind the colon"),
        ("party: C", 0, "no value stands behind the colon"),
        ("lemma: vård", 0, "no value stands behind the colon"),
        ("lemma:vård*", 0, "a lemma has no wild cards"),
        ("a …", 2, "no letter or digit"),
        ('a ""', 2, "no word between"),
        ('party:"a""b', 9, "quotation mark is not closed"),
        ("reigon:SE-G", 0, "no field named"),
        ("(" * 60 + "a" + ")" * 60, 50, "inside each other"),
        ("a " * MAX_LENGTH, MAX_LENGTH, "longer than"),
    ],
)
def test_refuses_with_the_place_and_a_caret_under_it(text, position, what):
    with pytest.raises(QuerySyntaxError, match=what) as caught:
        parse(text)
    assert caught.value.position == position
    shown, caret = str(caught.value).splitlines()[-2:]
    assert caret.strip() == "^"
    assert caught.value.remedy
    if position < len(text):
        assert shown[caret.index("^")] == text[position]


@given(queries)
def test_printing_is_the_inverse_of_reading(query):
    assert parse(str(query)) == query


@given(st.text(max_size=40) | st.text(alphabet='ab "()=*:-ANDORT/5\\„“', max_size=25))
def test_any_text_is_read_or_refused_and_what_is_read_prints_to_the_same(text):
    try:
        query = parse(text)
    except QuerySyntaxError as error:
        refused = error
    else:
        assert parse(str(query)) == query
        return
    assert 0 <= refused.position <= len(text)
    assert "\n" in str(refused)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("lékař", Word("lékař")),
        ("zdravotnický personál", Phrase((Word("zdravotnický"), Word("personál")))),
        ('"zdravotnický personál"', Phrase((Word("zdravotnický"), Word("personál")))),
        ('="ARO"', Exact("ARO")),
        ("lékař NEAR/5 nedostatek", Near(Word("lékař"), Word("nedostatek"), 5)),
        ("a AND b", And((a, b))),
        ("*ab* c", Phrase((Wild("*ab*"), c))),
        ("/ab?/", Regex("ab?")),
        ("a AND (b OR c)", And((a, Or((b, c))))),
        (
            '"a b" AND (b OR "c a" OR a NEAR/2 c)',
            And((Phrase((a, b)), Or((b, Phrase((c, a)), Near(a, c, 2))))),
        ),
    ],
)
def test_terms_of_themes(text, term):
    assert parse_term(text) == term


@pytest.mark.parametrize(
    "text",
    [
        *("", "a OR b", "NOT a", "region:SE-G", "a NOT b", "a b OR c"),
        *("a b AND c", "a AND b c", "a AND (b c OR a)", "a AND NOT b", "a AND (b OR region:SE-G)"),
    ],
)
def test_what_is_no_term(text):
    with pytest.raises(ProgsearchError):
        parse_term(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 200 nya",
        "12 000 000 Kč",
        "1\u202f200",
        "2024 500",
        "12 50",
        "1 2000",
        "Dráhy a. s.",
        "Dráhy s. r. o.",
    ],
)
def test_a_quotation_has_the_words_that_the_analysis_finds_in_a_text(text):
    query = parse(f'"{text}"')
    words = query.parts if isinstance(query, Phrase) else (query,)
    assert [form for word in words for form in forms_asked(word.text)] == list(forms_asked(text))


@pytest.mark.parametrize("text", ['"100 - 200 300"', '"1 - 200"', '"a. - s."', '"1 200 a"'])
def test_numbers_that_stand_apart_are_printed_apart(text):
    assert parse(str(parse(text))) == parse(text)


def test_conjunction_leaves_everything_out():
    assert conjunction([]) == Everything()
    assert conjunction([Everything(), a]) == a
    assert conjunction([a, And((b, c))]) == And((a, b, c))
