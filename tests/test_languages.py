"""The table of languages, and telling which language a text is in."""

from __future__ import annotations

import csv
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.analysis.chain import STEPS
from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES, UNDETERMINED, Language
from progsearch.languages.detect import Detector, detect_document, detect_passage

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
    assert all(len(pair.split(":")) == 2 for pair in language.irregular.split())
    assert all(len(pair.split(":")) == 2 for pair in language.twins.split())


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
    assert found is None or (found[0] in LANGUAGES and 0 < found[1] <= 1)
    assert detect_document(text) in {*LANGUAGES, UNDETERMINED}
    assert detect_passage(text, "cs") in {*LANGUAGES, None} - {"cs"}


def test_only_the_languages_asked_for() -> None:
    found = Detector(("cs", "sv")).detect(SAMPLES["nb"])
    assert found is not None
    assert found[0] == "sv"
    assert Detector(()).detect(SAMPLES["cs"]) is None
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
    assert detect_passage(SAMPLES["en"], "cs", Detector(("cs", "sv"))) != "en"


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


def test_passages_of_thirty_words_are_told(shared: Path) -> None:
    wrong, count = 0, 0
    for path in sorted((shared / "gold" / "ud").glob("*.conllu")):
        tag = {"no": "nb"}.get(path.name[:2], path.name[:2])
        text = re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        words = " ".join(text).split()
        for at in range(0, len(words) - 29, 30):
            count += 1
            found = Detector().detect(" ".join(words[at : at + 30]))
            wrong += found is None or found[0] != tag
    assert count > 3000
    assert 1 - wrong / count >= 0.998
