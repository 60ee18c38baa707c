"""Words found in every form: text, tokens, lemmas, compounds, accents."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from progsearch import analysis
from progsearch.analysis import DictionaryLexicon, Entry, fold, reading, tokens
from progsearch.analysis.chain import Dictionary
from progsearch.analysis.inflection import Inflection
from progsearch.analysis.words import forms_asked, normal_form
from progsearch.languages import LANGUAGES

LEXICON = DictionaryLexicon()


class Forms:
    """A lexicon that knows nothing but the form itself, and which words there are."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def entry(self, form: str, lang: str) -> Entry:
        return Entry((form,), (), "dictionary" if form in self.words else "form")


def forms(text: str, lang: str = "cs") -> list[str]:
    return [token.form for token in tokens(text, lang, Forms())]


def meet(lang: str, one: str, other: str) -> bool:
    keys = LEXICON.entry(one, lang).keys
    return not set(keys).isdisjoint(LEXICON.entry(other, lang).keys)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("cs", "pěstouna", "pěstoun"),
        ("cs", "pěstounů", "pěstouna"),
        ("cs", "seniorům", "senior"),
        ("cs", "seniorům", "senioři"),
        ("cs", "dojezdovou", "dojezdový"),
        ("cs", "dojezdovou", "dojezdové"),
        ("cs", "porodnictví", "porodnictvím"),
        ("cs", "odlehčovacích", "odlehčovací"),
        ("cs", "odlehčovacích", "odlehčovacím"),
        ("cs", "exekucemi", "exekuce"),
        ("cs", "exekucemi", "exekucí"),
        ("cs", "obměnu", "obměna"),
        ("cs", "upřednostníme", "upřednostnit"),
        ("cs", "povedeme", "vést"),
        ("cs", "nejlepším", "nejlepší"),
        ("cs", "nejlepším", "lepší"),
        ("cs", "nejlepším", "dobrý"),
        ("cs", "asistentek", "asistentka"),
        ("cs", "lidem", "lidé"),
        ("cs", "lidem", "lidí"),
        ("cs", "lidem", "člověk"),
        ("cs", "politika", "politikou"),
        ("cs", "ústavu", "ústavů"),
        ("cs", "praze", "praha"),
        ("cs", "prahy", "praha"),
        ("cs", "bude-li", "bude"),
        ("cs", "on-line", "online"),
        ("sv", "omställningsresan", "omställningsresa"),
        ("sv", "kronobergarna", "kronobergare"),
        ("sv", "sjukvårdsnämnden", "sjukvårdsnämnd"),
        ("sv", "åtgärd", "åtgärder"),
        ("sv", "åtgärd", "åtgärden"),
        ("sv", "uppdrag", "uppdragen"),
        ("sv", "inflytande", "inflytandet"),
        ("sv", "ska", "skall"),
        ("sv", "ska", "skulle"),
        ("sv", "skola", "skolorna"),
        ("sv", "eu:s", "eu"),
        ("sv", "e-hälsan", "e-hälsa"),
        ("sv", "pcr-provtagningen", "pcr-provtagning"),
        ("cs", "zveřejníme", "zveřejnit"),
        ("cs", "oslovíme", "oslovit"),
        ("cs", "zeleně", "zeleň"),
        ("cs", "zelení", "zeleň"),
        ("cs", "webu", "web"),
        ("cs", "weby", "web"),
        ("cs", "blogerům", "bloger"),
        ("cs", "milionů", "milion"),
        ("cs", "miliónu", "milion"),
        ("cs", "kurzů", "kurs"),
        ("cs", "diskuze", "diskuse"),
        ("cs", "benzín", "benzin"),
        ("cs", "politiky", "politik"),
        ("cs", "politiky", "politika"),
        ("cs", "studií", "studium"),
        ("cs", "renovacím", "renovace"),
        ("cs", "nezveřejňované", "zveřejňovaný"),
        ("cs", "neformálních", "formální"),
        ("sv", "beslutet", "beslut"),
        ("sv", "avfallet", "avfall"),
        ("sv", "delar", "del"),
        ("sv", "delar", "dela"),
        ("sv", "lagarna", "lag"),
        ("sv", "järnvägar", "järnväg"),
        ("sv", "gängens", "gäng"),
        ("sv", "ländernas", "land"),
        ("sv", "drömmar", "dröm"),
        ("sv", "utvecklades", "utveckla"),
        ("sv", "fattats", "fatta"),
        ("sv", "samlar", "samla"),
        ("sv", "tagits", "ta"),
        ("sv", "godkändes", "godkänna"),
        ("sv", "snabbt", "snabb"),
        ("sv", "fritt", "fri"),
        ("sv", "brett", "bred"),
        ("sv", "europaparlamentets", "europaparlament"),
        ("sv", "energimyndigheten", "energimyndighet"),
        ("sk", "nemocniciach", "nemocnica"),
        ("sk", "obvinení", "obvinenie"),
        ("sk", "neexistujú", "existovať"),
        ("pl", "szpitali", "szpital"),
        ("de", "krankenhäuser", "krankenhaus"),
        ("en", "nurses", "nurse"),
        ("en", "council's", "council"),
        ("da", "sygehusene", "sygehus"),
        ("nb", "sykehusene", "sykehus"),
        ("nb", "bygningens", "bygning"),
        ("nb", "museene", "museum"),
        ("fi", "sairaaloissa", "sairaala"),
    ],
)
def test_forms_of_one_word_share_a_key(lang: str, one: str, other: str) -> None:
    assert meet(lang, one, other)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("sv", "ska", "skola"),
        ("sv", "skall", "skolan"),
        ("sv", "vård", "värd"),
        ("sv", "första", "en"),
        ("cs", "rada", "řada"),
        ("cs", "kraj", "kraj jiný"),
        ("cs", "lékař", "lékárna"),
        ("cs", "starostů", "starost"),
        ("sv", "annan", "anna"),
        ("sv", "försök", "försöka"),
        ("sv", "värdet", "värd"),
    ],
)
def test_other_words_share_none(lang: str, one: str, other: str) -> None:
    assert not meet(lang, one, other)


def apart() -> list[tuple[str, str, str]]:
    path = Path(__file__).parent / "data" / "apart.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(lang, one, other) for lang, one, other in rows]


def test_words_that_must_stay_apart_hardly_ever_share_a_key() -> None:
    pairs = apart()
    assert len({(lang, *sorted((one, other))) for lang, one, other in pairs}) == len(pairs) >= 150
    shared = [pair for pair in pairs if meet(*pair)]
    assert len(shared) / len(pairs) <= 0.05, shared


@pytest.mark.parametrize(
    ("lang", "form", "base"),
    [
        ("cs", "kvalitně", "kvalitní"),
        ("cs", "ekologicky", "ekologický"),
        ("sv", "ansökan", "ansöka"),
        ("sv", "begränsande", "begränsa"),
    ],
)
def test_a_derived_word_is_found_by_its_base_and_not_the_other_way(
    lang: str, form: str, base: str
) -> None:
    assert base in LEXICON.entry(form, lang).parts
    assert not meet(lang, form, base)
    assert form not in LEXICON.entry(base, lang).parts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_written_down_of_inflection_is_of_use(lang: str) -> None:
    inflection = Inflection(LANGUAGES[lang], Dictionary(lang))
    for form, lemmas in inflection.corrections.items():
        assert len(set(lemmas)) == len(lemmas) > 0
        assert form == form.lower()
    for lemma, others in inflection.twins.items():
        assert lemma not in others


@pytest.mark.parametrize("file", ["lemmas-sv.tsv", "lemmas-cs.tsv"])
def test_frequent_words_are_found_from_their_dictionary_form(shared: Path, file: str) -> None:
    lang = file.removeprefix("lemmas-").removesuffix(".tsv")
    missed = []
    for line in (shared / "cases" / file).read_text(encoding="utf-8").splitlines()[1:]:
        _, lemma, forms = line.split("\t")
        keys = set(LEXICON.entry(lemma, lang).keys)
        for form in (told.split()[0] for told in forms.split("; ")):
            entry = LEXICON.entry(form, lang)
            if keys.isdisjoint((*entry.keys, *entry.parts)):
                missed.append((lemma, form))
    # An adjective that is used as a noun, and a rare form of a word that no dictionary has.
    assert set(missed) <= {("mýto", "mýtné"), ("učeň", "učňové")}


def test_an_antonym_shares_a_lemma_but_its_exact_form_is_a_key_of_its_own() -> None:
    one, other = LEXICON.entry("závislý", "cs"), LEXICON.entry("nezávislý", "cs")
    assert "závislý" in other.keys
    assert "nezávislý" in other.keys
    assert "nezávislý" not in one.keys


@pytest.mark.parametrize(
    ("lang", "form", "step"),
    [
        ("cs", "lékařů", "dictionary"),
        ("cs", "nepodpoříme", "prefix"),
        ("cs", "dojezdovou", "analogy"),
        ("sv", "europaparlamentet", "compound"),
        ("cs", "lidem", "irregular"),
        ("cs", "2021", "form"),
        ("cs", "%", "form"),
        ("cs", "x", "form"),
        ("und", "lékařů", "form"),
        ("fr", "médecins", "form"),
    ],
)
def test_the_step_is_told(lang: str, form: str, step: str) -> None:
    assert LEXICON.entry(form, lang).step == step


@pytest.mark.parametrize("lang", ["cs", "sv", "en", "sk", "pl", "de", "da", "nb", "fi", "und"])
@pytest.mark.parametrize(
    "form", ["a", "-", "-a", "a-", "a-b-c", ":", "a:s", "'", "č", "999", "h2o", "a.s", "xqzwk"]
)
def test_every_form_is_a_key_of_itself(lang: str, form: str) -> None:
    assert form in LEXICON.entry(form, lang).keys


def test_every_thread_gets_the_same_answer() -> None:
    words = ("vårdcentralen", "sjukhuset", "regionens", "lékaři", "nemocnice", "kraje")

    def ask(_: int) -> list[Entry]:
        lexicon = DictionaryLexicon()
        return [lexicon.entry(word, lang) for word in words for lang in ("cs", "sv")]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(16)))
    assert all(answer == answers[0] for answer in answers)


def test_the_version_names_the_data() -> None:
    from importlib.metadata import version

    assert version("simplemma") in analysis.LANGUAGE_DATA_VERSION
    assert version("langdetect") in analysis.LANGUAGE_DATA_VERSION
    with pytest.raises(AttributeError):
        analysis.NOTHING  # noqa: B018


def test_importing_loads_no_dictionary() -> None:
    code = (
        "import sys, progsearch.analysis, progsearch.languages;"
        "print(*{'simplemma', 'langdetect'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


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


@pytest.mark.parametrize(
    ("lang", "file", "pairs", "retrieval", "dictionary_form"),
    [
        ("cs", "cs_cac-ud-dev.conllu", 0.985, 0.993, 0.99),
        ("sv", "sv_talbanken-ud-dev.conllu", 0.945, 0.963, 0.99),
    ],
)
def test_the_figures_hold(
    shared: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    file: str,
    pairs: float,
    retrieval: float,
    dictionary_form: float,
) -> None:
    monkeypatch.syspath_prepend(project)
    from benchmarks.analysis import measure, treebank

    it = measure(list(treebank(shared / "gold" / "ud" / file)), lang, LEXICON)
    assert it.pairs >= pairs
    assert it.retrieval >= retrieval
    assert it.dictionary_form >= dictionary_form
    assert it.no_accents >= 0.985


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
