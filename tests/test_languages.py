"""The table of languages, and telling which language a text is in."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch import kept
from progsearch.analysis.chain import STEPS
from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES, UNDETERMINED, Language
from progsearch.languages.detect import Detector, detect_document, detect_passage
from progsearch.languages.profiles import _read, name_of
from progsearch.languages.unexpected import advice

SAMPLES = {
    "cs": "Zajistíme dostupnou lékařskou péči pro každého, kdo ji potřebuje, a to v celém kraji.",
    "sv": "Vi vill att alla som behöver vård ska få den i tid, oavsett var i länet de bor.",
    "en": "We will make sure that everyone who needs a doctor can see one in their own region.",
    "sk": "Zabezpečíme dostupnú lekársku starostlivosť pre každého, kto ju potrebuje v kraji.",
    "pl": "Zapewnimy dostęp do lekarza każdemu, kto go potrzebuje, w całym województwie.",
    "de": "Wir sorgen dafür, dass jeder, der einen Arzt braucht, auch in der Region einen findet.",
    "da": "Vi vil sørge for, at alle, der har brug for en læge, kan få hjælp i deres egen region.",
    "nb": "Vi skal sørge for at alle som trenger hjelp, får time hos legen der de bor, uten kø.",
    "fi": "Huolehdimme siitä, että jokainen pääsee lääkäriin omalla alueellaan ilman jonotusta.",
}
OTHERS = {
    "nl": "Wij willen dat iedereen een huisarts heeft en dat niemand lang hoeft te wachten.",
    "ca": "Volem que tothom tingui un metge al seu barri i que ningú no hagi d'esperar gaire.",
    "cy": "Rydym am i bawb gael gweld meddyg yn eu hardal eu hunain heb orfod aros yn hir.",
    "fr": "Nous voulons que chacun puisse voir un médecin près de chez lui sans attendre.",
    "es": "Queremos que todo el mundo tenga un médico cerca de su casa y que nadie espere.",
    "it": "Vogliamo che ognuno abbia un medico vicino a casa e che nessuno debba aspettare.",
    "pt": "Queremos que todas as pessoas tenham um médico perto de casa e que ninguém espere.",
    "gl": "Queremos que todas as persoas teñan un médico preto da súa casa e que ninguén agarde.",
    "ro": "Vrem ca fiecare om să aibă un medic aproape de casă și ca nimeni să nu aștepte mult.",
    "hu": "Azt akarjuk, hogy mindenkinek legyen orvosa a lakóhelyén, és senki ne várjon sokáig.",
    "hr": "Želimo da svatko ima liječnika u svojem kraju i da nitko ne mora dugo čekati.",
    "sl": "Želimo, da ima vsakdo zdravnika v svojem kraju in da nihče ne čaka predolgo.",
    "et": "Me tahame, et igal inimesel oleks oma kodukohas arst ja et keegi ei peaks ootama.",
    "lv": "Mēs vēlamies, lai katram cilvēkam būtu ārsts tuvu mājām un lai neviens ilgi negaida.",
    "lt": "Norime, kad kiekvienas žmogus turėtų gydytoją netoli namų ir kad niekas ilgai nelauktų.",
    "is": "Við viljum að allir hafi aðgang að lækni í sinni heimabyggð og að enginn þurfi að bíða.",
    "fo": "Vit vilja, at øll hava atgongd til lækna har tey búgva, og at eingin noyðist at bíða.",
    "nn": "Vi vil at alle skal ha ein lege der dei bur, og at ingen skal måtte vente for lenge.",
    "ga": "Ba mhaith linn go mbeadh dochtúir ag gach duine ina gceantar féin gan moill.",
    "eu": "Nahi dugu pertsona guztiek sendagilea izatea beren herrian eta inork ez itxarotea.",
    "lb": "Mir wëllen, datt jidderee säin Dokter no bei sengem Doheem huet an net ze laang waart.",
    "mt": "Irridu li kull persuna jkollha tabib qrib id-dar tagħha u li ħadd ma jkollu jistenna.",
    "uk": "Ми хочемо, щоб кожна людина мала лікаря поблизу свого дому і щоб ніхто довго не чекав.",
    "el": "Θέλουμε κάθε άνθρωπος να έχει γιατρό κοντά στο σπίτι του και να μην περιμένει κανείς.",
}
NEAR = [
    ("da", "Kortere ventetid på psykologhjælp"),
    ("da", "Borgerne betaler mindre i skat"),
    ("nb", "Elevene får gratis lunsj på skolen."),
    ("nb", "Kommunen bygger flere omsorgsboliger"),
    ("nb", "Lærerne får mer tid til undervisning"),
    ("nb", "LÆRERNE FÅR MER TID TIL UNDERVISNING"),
    ("nb", "Vindmøller til havs og solceller på takene"),
    ("sv", "Lärarna får mer tid till undervisning"),
    ("cs", "Levné jízdné pro studenty a seniory"),
    ("sk", "Lacné cestovné pre študentov a seniorov"),
]
NOTHING = [
    "",
    " ",
    "123",
    "10 % 2021",
    "https://www.pirati.cz/program",
    "a@b.cz",
    "– * §",
    "\u200b",
]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_the_table_is_whole(language: Language) -> None:
    assert LANGUAGES[language.tag] is language
    assert language.name
    assert language.own_name
    assert set(language.chain) <= set(STEPS)
    assert len(language.stop_list) >= 80
    assert all(word == word.lower() for word in language.stop_list)


def test_every_language_has_a_dictionary_and_a_profile() -> None:
    import langdetect
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    profiles = Path(langdetect.__file__).parent / "profiles"
    assert set(LANGUAGES) <= set(SUPPORTED_LANGUAGES)
    assert all((profiles / (it.detector or it.tag)).is_file() for it in LANGUAGES.values())
    assert set(LANGUAGES) == set(SAMPLES)


@pytest.mark.parametrize("tag", SAMPLES)
def test_a_sentence_is_told(tag: str) -> None:
    found = Detector().detect(SAMPLES[tag])
    assert found is not None
    assert found[0] == tag
    assert found[1] > 0.9
    assert detect_document(SAMPLES[tag]) == tag


@pytest.mark.parametrize("tag", SAMPLES)
def test_capitals_make_no_difference(tag: str) -> None:
    assert Detector().detect(SAMPLES[tag].upper()) == Detector().detect(SAMPLES[tag])


@pytest.mark.parametrize(("tag", "text"), NEAR)
def test_near_languages_are_parted_by_their_words(tag: str, text: str) -> None:
    found = Detector().detect(text)
    assert found is not None
    assert found[0] == tag
    assert Detector(("cs", "en", "sv")).detect(text.replace("å", "a\u030a")) is not None


def test_no_dictionary_is_read_where_there_is_no_doubt() -> None:
    code = (
        "import sys; from progsearch.languages.detect import Detector; "
        f"Detector().detect({SAMPLES['sv']!r}); Detector().detect({SAMPLES['cs']!r}); "
        "sys.exit('simplemma' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_heading_in_capitals() -> None:
    found = Detector().detect("ČEHO CHCEME DOSÁHNOUT?")
    assert found is not None
    assert found[0] == "cs"


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_without_words_is_in_no_language(text: str) -> None:
    assert Detector().detect(text) is None
    assert detect_document(text) == UNDETERMINED
    assert detect_passage(text, "cs") is None


@given(st.text(max_size=200))
def test_no_text_is_too_much(text: str) -> None:
    detector = Detector()
    found = detector.detect(text)
    assert found is None or (name_of(found[0]) and 0 < found[1] <= 1)
    assert detect_document(text) in {found[0] if found else UNDETERMINED, UNDETERMINED}
    assert detect_passage(text, "cs") != "cs"


@pytest.mark.parametrize("tag", SAMPLES)
def test_a_language_that_nobody_asked_for_is_no_other(tag: str) -> None:
    expected = [other for other in ("cs", "sv", "en") if other != tag]
    found = Detector(expected).detect(SAMPLES[tag])
    assert found is not None
    assert found[0] == tag
    assert detect_document(SAMPLES[tag], Detector(())) == tag


@pytest.mark.parametrize("tag", OTHERS)
def test_other_languages_are_told_or_not_but_never_taken_for_another(tag: str) -> None:
    assert detect_document(OTHERS[tag]) in {tag, UNDETERMINED}
    assert detect_document(OTHERS[tag], Detector(("cs", "sv", "en"))) in {tag, UNDETERMINED}


def test_what_is_in_no_language_is_undetermined() -> None:
    detector = Detector()
    for text in (
        "qwx zzkp vvtr xqj kkwq zxcv bnqw jkqz wwxz qqpt zzvx kxq",
        "ಕನ್ನಡ ಭಾಷೆಯ ಪಠ್ಯ ಇಲ್ಲಿ ಇದೆ ქართული ენა არის საქართველოს ოფიციალური სახელმწიფო ენა აქ",
    ):
        assert detect_document(text, detector) not in LANGUAGES


def test_words_by_which_languages_are_told() -> None:
    folder = resources.files("progsearch") / "data" / "languages"
    known = tomllib.loads((folder / "telling.toml").read_text(encoding="utf-8"))
    for tag, said in known.items():
        words = str(said["words"]).split()
        assert len(words) == len(set(words)), tag
        assert all(re.fullmatch(r"[^\W\d_]+", word) and word == word.lower() for word in words)
        assert tag in LANGUAGES or name_of(tag) != tag
    assert set(LANGUAGES) <= set(known)


@pytest.mark.parametrize(
    ("tag", "documents", "passages", "said"),
    [
        (
            "de", 12, 0,
            ("12 documents look like German (de), which is not among the index's languages"
             " cs, sv, en: add --languages cs,sv,en,de"),
        ),
        (
            "nl", 0, 1,
            ("1 passage in documents of another language looks like Dutch (nl), which is not among"
             " the index's languages cs, sv, en nor among those that can be analysed: words are"
             " found by exact form only"),
        ),
        (
            "und", 1, 0,
            ("the language of 1 document cannot be told: counted as und; state it in the file, in"
             " progsearch.toml or with --set lang=TAG"),
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_languages(tag: str, documents: int, passages: int, said: str) -> None:
    assert advice(tag, documents, passages, ("cs", "sv", "en"), (tag,)) == said


def test_the_languages_of_an_index_must_be_known() -> None:
    with pytest.raises(ProgsearchError, match="no such language: xx"):
        Detector(("cs", "xx"))


def test_every_thread_gets_the_same_answer() -> None:
    texts = list(SAMPLES.values())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: Detector().detect(text), texts * 8))
    assert answers == [Detector().detect(text) for text in texts] * 8


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        (SAMPLES["en"], "sv", "en"),
        (SAMPLES["sv"], "cs", "sv"),
        (SAMPLES["cs"], "cs", None),
        ("We will see one doctor here", "cs", None),
        (SAMPLES["en"].upper(), "sv", None),
        (
            "Statut BFH (Baby Friendly Hospital), CUM, AST, EU, NATO, PPP, ODS, ANO, STAN",
            "cs",
            None,
        ),
        ("Publicerad i American Journal of Orthopsychiatry, New York 1958, xxviii", "sv", None),
        (
            "Naše programy: first housing, housing first, open data, smart city a Erasmus",
            "cs",
            None,
        ),
        (  # a sentence around a title
            "Det var temat för ett möte i går: ”The future of rural hospitals and of the staff”.",
            "sv",
            None,
        ),
        (  # a quotation with its speaker
            "Ministern sade: ”We will do all that is in our power to help all of the north”.",
            "sv",
            "en",
        ),
    ],
)
def test_a_passage_in_another_language(text: str, document: str, expected: str | None) -> None:
    assert detect_passage(text, document) == expected


def test_a_passage_among_given_languages() -> None:
    assert detect_passage(SAMPLES["en"], "cs", Detector(("cs", "sv"))) == "en"
    assert detect_passage(OTHERS["fr"], "cs", Detector(("cs", "sv"))) == "fr"


def test_passages_rarely_switch(shared: Path) -> None:
    """At most one of 360 sentences in the languages of the corpus, and all told right."""
    folders = {"cs": "ces_Latn", "sv": "swe_Latn", "en": "eng_Latn"}
    switched, wrong, count = 0, 0, 0
    for tag, folder in folders.items():
        path = shared / "gold" / "sib-200" / folder / "train.tsv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
                count += 1
                switched += detect_passage(row[2], tag) is not None
                found = Detector().detect(row[2])
                wrong += found is None or found[0] != tag
    assert count > 2000
    assert switched <= count / 360
    assert wrong / count <= 0.002


@pytest.mark.parametrize(("length", "least"), [(30, 0.998), (15, 0.993), (8, 0.974)])
def test_passages_are_told(shared: Path, length: int, least: float) -> None:
    """On treebanks alone, where Polish and Finnish, told easily, are missing and lists of
    names and addresses are not; ``benchmarks.language`` has the figures for all nine."""
    wrong, count = 0, 0
    for path in sorted((shared / "gold" / "ud").glob("*.conllu")):
        tag = {"no": "nb"}.get(path.name[:2], path.name[:2])
        text = re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        words = " ".join(text).split()
        for at in range(0, len(words) - length + 1, length):
            count += 1
            found = Detector().detect(" ".join(words[at : at + length]))
            wrong += found is None or found[0] != tag
    assert count > 3000
    assert 1 - wrong / count >= least


def spelling(script):
    read = _read.__wrapped__(script)
    return read.tags, read._grams, read._letters


@pytest.mark.parametrize("script", ["LATIN", "GREEK", "ARABIC"])
def test_profiles_that_are_kept_are_those_that_are_read(script, tmp_path, monkeypatch):
    monkeypatch.setenv(kept.VARIABLE, "")
    read = spelling(script)
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))
    assert spelling(script) == read  # and it is kept
    with monkeypatch.context() as unread:
        unread.setattr("progsearch.languages.profiles._letters", None)  # not to be called
        again = spelling(script)
    assert again == read
    file = tmp_path / "kept" / f"profiles-{script}"
    head, newline, body = file.read_bytes().partition(b"\n")
    file.write_bytes(head + newline + body[:-1] + bytes([body[-1] ^ 1]))
    assert spelling(script) == read


def test_a_script_without_profiles_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    assert _read.__wrapped__("RUNIC") is None
    assert not list(tmp_path.iterdir())
