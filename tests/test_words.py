"""The words of a text as people read it, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from progsearch.analysis import Entry, fold, reading, tokens
from progsearch.analysis.words import forms_asked, normal_form


class Forms:
    """A lexicon that knows nothing but the form itself, and which words there are."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def entry(self, form: str, lang: str) -> Entry:
        return Entry((form,), (), "dictionary" if form in self.words else "form")


def forms(text: str, lang: str = "cs") -> list[str]:
    return [token.form for token in tokens(text, lang, Forms())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ČEHO CHCEME DOSÁHNOUT?", "čeho chceme dosáhnout"),
        ("10 % a 10% i 5‰", "10 % a 10 % i 5 ‰"),
        ("12 000 Kč, 12\u00a0000 Kč, 12000 Kč", "12000 kč 12000 kč 12000 kč"),
        ("v roce 2020 100 lidí", "v roce 2020 100 lidí"),
        ("1,5 milionu", "1,5 milionu"),
        ("22. 12. 2021 i 22.12.2021 i 2021-12-22", "22 12 2021 i 22 12 2021 i 2021-12-22"),
        ("e-hälsa, ‑E‑hälsa, covid-19", "e-hälsa e-hälsa covid-19"),
        ("ČEZ, a.s., ČEZ, a. s.", "čez a.s čez a.s"),
        ("s.r.o. i s. r. o.", "s.r.o i s.r.o"),
        ("t.ex. bl.a. t.ex", "t.ex bl.a t.ex"),
        ("čl. č. 1 písm. b)", "čl č 1 písm b"),
        ("(CUM) a BuP", "cum a bup"),
        ("EU:s och tv:n kl. 10:30", "eu:s och tv:n kl 10 30"),
        ("pozn.: viz", "pozn viz"),
        ("don’t council's 'quoted'", "don't council's quoted"),
        ("över- och underskott", "över- och underskott"),
        ("slova - pomlčka – a —", "slova pomlčka a"),
        ("https://www.pirati.cz/program/ a x@y.cz", "pirati.cz/program a x@y.cz"),
        ("ﬁnance m² CO₂ ½", "finance m2 co2 1⁄2"),
        ("na\u0301rod zdravotni\u0301", "národ zdravotní"),
        ("ne\u200bvidět \ufeffslovo mezi\u00adnárodní", "nevidět slovo mezinárodní"),
        ("mil-\njö, mil-  \r\n  jö, mil\u00ad\njö", "miljö miljö miljö"),
        ("EKO-\nLOGIE", "ekologie"),
        ("PCR-\nprov 1800-\ntalet", "pcr-prov 1800-talet"),
        ("hälso-\noch sjukvård", "hälso- och sjukvård"),
        ("**tuč**ný _kurzíva_ __Motto: „x“__ `kód`", "tučný kurzíva motto x kód"),
        ('[odkaz](https://a.cz/b_(c) "t") ![obr](x.png)', "odkaz obr"),
        ("[odkaz][jméno] pozn.[^1]", "odkaz pozn"),
        ("jedna<br>dvě<p class='a'>tři</p> z<b>dra</b>ví", "jedna dvě tři zdraví"),
        ("a&nbsp;b &amp; mezi&shy;národní &eacute;", "a b mezinárodní é"),
        ("{% include x.html %}{{ site.url }} text{: .třída}", "text"),
        ("<!-- nic\nnic -->něco", "něco"),
        ("- bod\n-Podpoříme\n* hvězda\n## Nadpis ##", "bod podpoříme hvězda nadpis"),
        ("5 * 3 < 4 a 7 > 2", "5 3 4 a 7 2"),
        ("Å Ö ß", "å ö ß"),
        ("", ""),
        (" \n\t", ""),
        ("*** --- ___", ""),
    ],
)
def test_words_of_a_text(text: str, expected: str) -> None:
    assert " ".join(forms(text)) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("eko\nnomin", ("ekonomin",), ["ekonomin"]),
        ("en eko\n nomin för", ("en", "för", "ekonomin"), ["en", "ekonomin", "för"]),
        ("stark\nare", ("stark", "are", "starkare"), ["stark", "are"]),
        ("eko\n\nnomin", ("ekonomin",), ["eko", "nomin"]),
        ("eko\nNomin", ("ekonomin",), ["eko", "nomin"]),
        ("eko nomin", ("ekonomin",), ["eko", "nomin"]),
        ("eko\nnomin", (), ["eko", "nomin"]),
    ],
)
def test_a_line_end_within_a_word(text: str, words: tuple[str, ...], expected: list[str]) -> None:
    found = tokens(text, "sv", Forms(*words))
    assert [token.form for token in found] == expected


def test_a_token_points_into_the_source() -> None:
    text = "Pro **zdra**vot\u00adnictví a mil-\njö."
    found = tokens(text, "cs", Forms())
    assert [text[token.start : token.end] for token in found] == [
        "Pro",
        "zdra**vot\u00adnictví",
        "a",
        "mil-\njö",
    ]


MARKS = (
    "** __ * _ ` [a](b) ]( <b> </b> <br> < &amp; &nbsp; \u00ad \u200b \u0301 ﬁ ½ 1,5 % a.s."
    " e-hälsa EU:s https://a.cz/b x@y.cz {{x}} {%y%} \\* [^1] [x][y] <!--c--> {:.c} # > - ~~"
)


BREAKS = ["-\n", "- \n  ", "\n", "\r\n", "\n\n", " ", "  ", "\u00a0", "- ", "## ", "hälso- och "]


PIECES = st.one_of(
    st.sampled_from([*MARKS.split(" "), *BREAKS, "10 000"]),
    st.text("abčěÅöXYZ019-'’.,:()!", max_size=6),
    st.text(max_size=4),
)


TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS)
@example("Y\u0301\u0301")
@example("dx\u030cy")
@example("__x@y.cz")
@example("www.__")
def test_what_stands_at_a_token_is_its_form(text: str) -> None:
    read = reading(text)
    end = 0
    for token in tokens(text, "sv", Forms()):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        start, stop = read.from_source(token.start, token.end)
        assert normal_form(read.text[start:stop]) == token.form


@given(TEXTS)
def test_each_character_that_is_read_has_its_place(text: str) -> None:
    read = reading(text)
    last = 0
    for at in range(len(read.text)):
        start, end = read.to_source(at, at + 1)
        assert last <= start < end <= len(text)
        last = start
        first, stop = read.from_source(start, end)
        assert first <= at < stop
    size = len(read.text)
    places = [(at, min(at + 3, size)) for at in range(0, size, 3)]
    assert read.to_sources(places) == [read.to_source(*place) for place in places]
    assert not read.text.startswith(" ")
    assert not read.text.endswith(" ")
    assert "\n" not in read.text


@given(st.text("abc čůå.", max_size=40).map(str.strip))
def test_a_text_without_marks_is_read_as_it_is(text: str) -> None:
    assert reading(text).text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("__Motto: „x“__", "Motto: „x“"),
        ("Vi vill\natt vården", "Vi vill att vården"),
        ("hälso-\noch sjukvård, mil-\njö", "hälso- och sjukvård, miljö"),
        ("[Program](/program) strany", "Program strany"),
        ("5 * 3 = 15 a snake_case", "5 * 3 = 15 a snake_case"),
        ("  - bod\n  - bod  ", "bod bod"),
        ("na\u0301rod", "národ"),
    ],
)
def test_reading(text: str, expected: str) -> None:
    assert reading(text).text == expected


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("řada", "rada"),
        ("žluťoučký", "zlutoucky"),
        ("åtgärd", "atgard"),
        ("łódź", "lodz"),
        ("københavn", "kobenhavn"),
        ("æble", "aeble"),
        ("straße", "strasse"),
        ("rada", "rada"),
        ("", ""),
    ],
)
def test_fold(form: str, plain: str) -> None:
    assert fold(form) == plain


class _Noting:
    """A lexicon in which all words are compounds, and that notes what it was asked."""

    def __init__(self):
        self.asked = set()

    def entry(self, form, lang):
        self.asked.add(form)
        return Entry((form,), (form[2:],) if len(form) > 5 else (), "form")


@given(
    st.lists(
        st.sampled_from(
            ("hälso-", "och", "sjukvård", ",", "\n", "před-", "a", "poválečný", "**b**")
        ),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=60)
)
def test_the_forms_that_a_text_will_be_asked_for_are_told_beforehand(text):
    for lang in ("sv", "cs"):
        lexicon = _Noting()
        tokens(text, lang, lexicon)
        assert lexicon.asked <= set(forms_asked(text))
