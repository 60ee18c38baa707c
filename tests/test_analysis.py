"""Words found in every form: keys, dictionaries and rules of inflection."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from progsearch import analysis
from progsearch.analysis import DictionaryLexicon, Entry
from progsearch.analysis.chain import Dictionary
from progsearch.analysis.inflection import Inflection
from progsearch.languages import LANGUAGES

LEXICON = DictionaryLexicon()


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
        ("da", "pc'erne", "pc"),
        ("cs", "d'hondtova", "hondtova"),
        ("en", "o'neill's", "o'neill"),
        ("sv", "l'europe", "europe"),
        ("da", "sygehusene", "sygehus"),
        ("nb", "sykehusene", "sykehus"),
        ("nb", "bygningens", "bygning"),
        ("nb", "museene", "museum"),
        ("nb", "landenes", "land"),
        ("nb", "velgeres", "velger"),
        ("nb", "kasakhstans", "kasakhstan"),
        ("nb", "svs", "sv"),
        ("sv", "sid", "sida"),
        ("sv", "skrattar", "skratta"),
        ("sv", "dragen", "drag"),
        ("fi", "sairaaloissa", "sairaala"),
    ],
)
def test_forms_of_one_word_share_a_key(lang: str, one: str, other: str) -> None:
    assert meet(lang, one, other)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("cs", "o'brien", "o"),
        ("pl", "d'hondta", "d"),
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
        ("sv", "uppdrag", "uppdra"),
        ("sv", "dill", "dilla"),
        ("sv", "vuxen", "växa"),
        ("sv", "skrattar", "skrattare"),
        ("sv", "nämnd", "nämna"),
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
        ("sv", "helt", "hel"),
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
    ("lang", "file", "pairs", "retrieval", "dictionary_form"),
    [
        ("cs", "cs_cac-ud-dev.conllu", 0.985, 0.993, 0.99),
        ("sv", "sv_talbanken-ud-dev.conllu", 0.945, 0.965, 0.99),
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
