"""Minutes of parliaments: who says what when, and the lemmas that a file brings."""

from __future__ import annotations

import pytest
from files_making import MINUTES, NAME, NS, ORGANISATIONS, PEOPLE, documents
from reading import assert_law

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

FILES = {
    "../ParlaMint-CZ-listPerson.xml": PEOPLE.encode(),
    "../ParlaMint-CZ-listOrg.xml": ORGANISATIONS.encode(),
}


def read(text=MINUTES, name=f"{NAME}.ana.xml", files=FILES):
    found = documents(name, text.encode("utf-8"), beside=files.get)
    for raw in found:
        assert raw.format == "parlamint"
        assert_law(raw)
    return found


def passages(raw):
    return segment(raw, "d", lang=Fact("cs", Origin.STATED)).passages


def test_utterances_are_documents_with_speaker_party_and_date():
    first, second, third = read()
    assert [raw.part for raw in (first, second, third)] == ["#u1", "#u2", "#u4"]
    assert second.meta["date"] == "2023-07-26"
    assert second.meta["lang"] == "cs"
    assert second.meta["kind"] == "speech"
    assert second.meta["title"] == "Jan Ek: Zpráva o zdravotnictví"
    # The group in the parliament is nearer than the party; what has ended does not count.
    assert (first.meta["party"], second.meta["party"]) == ("B", "A")
    assert "party" not in third.meta
    speakers = {one.speaker for one in passages(second)}
    assert [(who.name, who.party, who.uid) for who in speakers] == [("Jan Ek", "A", "JanEk.1970")]


def test_passages_are_segments_with_their_lines():
    first, second, _ = read()
    assert [(one.text, one.line, one.label) for one in passages(first)] == [
        ("Zahajuji schůzi sněmovny.", 12, "chair")
    ]
    assert [(one.text, one.line, one.label) for one in passages(second)] == [
        ("Státu nemocnice abych ženu, stály.", 17, "regular"),
        ("Druhý odstavec.", 25, "regular"),
    ]


def test_the_lemmas_of_the_file_are_kept_with_their_places():
    _, second, _ = read()
    lemmas = {second.text[start:end]: lemma for (start, end), lemma in second.lemmas.items()}
    assert lemmas == {
        "Státu": "stát",
        "nemocnice": "nemocnice",
        "abych": "aby",
        "ženu": "ženu",
        "stály": "stát",
    }


def test_without_lists_a_speaker_is_the_id():
    _, second, _ = read(files={})
    assert second.speaker.name == "JanEk.1970"
    assert "party" not in second.meta


@pytest.mark.parametrize("text", [PEOPLE, ORGANISATIONS, f"<teiCorpus {NS}></teiCorpus>"])
def test_lists_are_no_documents(text):
    assert read(text, "ParlaMint-CZ-list.xml") == []


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        (MINUTES[: MINUTES.index("</body>")], "XML is damaged", ":29"),
        (MINUTES.replace("<TEI", "<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI"), "document type", ":2"),
    ],
)
def test_broken_minutes_are_refused_with_the_line(text, what, line):
    with pytest.raises(ProgsearchError, match=what) as caught:
        read(text)
    assert caught.value.where == f"corpus/{NAME}.ana.xml{line}"


def test_large_minutes_are_read_an_utterance_at_a_time():
    import tracemalloc

    speech = MINUTES[MINUTES.index("  <u who=") : MINUTES.index('  <u who="#Nikdo')]
    data = MINUTES.replace(speech, speech * 2000).encode()
    from progsearch import readers

    tracemalloc.start()
    count = sum(1 for _ in readers.read_all(f"corpus/{NAME}.xml", data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4001
    assert peak < 3_000_000


def test_country_and_parliament_are_those_of_the_corpus():
    organisations = ORGANISATIONS.replace(
        '<orgName full="abb">PSP',
        '<orgName full="yes">Poslanecká sněmovna</orgName><orgName full="abb">PSP',
    )
    files = {**FILES, "../ParlaMint-CZ-listOrg.xml": organisations.encode()}
    first = read(files=files)[0]
    assert (first.meta["country"], first.meta["parliament"]) == ("CZ", "Poslanecká sněmovna")
    (region, *_) = documents("ParlaMint-ES-CT_2023-07-26.xml", MINUTES.encode())
    assert (region.meta["country"], region.meta["region"]) == ("ES", "ES-CT")
    header = '<settingDesc><setting><name type="country" key="SE"/></setting></settingDesc>'
    (other, *_) = documents(
        "x.xml", MINUTES.replace("</fileDesc>", f"</fileDesc>{header}").encode()
    )
    assert other.meta["country"] == "SE"


@pytest.mark.parametrize(
    ("day", "party"), [("2021-12-31", "A"), ("2022-06-01", "B"), ("2024-01-01", "B")]
)
def test_the_party_is_that_of_the_day(day, party):
    people = PEOPLE.replace(
        'role="member" from="2021-10-09T14:00:00"',
        'role="member" from="2021-10-09" to="2022-01-31"',
    )
    files = {**FILES, "../ParlaMint-CZ-listPerson.xml": people.encode()}
    second = read(MINUTES.replace("2023-07-26", day), files=files)[1]
    assert second.meta["party"] == party


@pytest.mark.parametrize(
    ("note", "name", "party"),
    [
        ("Anf. 2 Statsminister CARL BILDT (m):", "Statsminister CARL BILDT", "m"),
        ("Herr BERGQVIST (s):", "Herr BERGQVIST", "s"),
        ("TALMANNEN:", "TALMANNEN", ""),
        ("Anf. 14 EVA EK (c) replik:", "EVA EK", "c"),
    ],
)
def test_speakers_of_records_are_named_by_the_clerk(note, name, party):
    text = f"""<TEI {NS} xml:lang="sv"><teiHeader/><text><front><docDate when="1992-10-05"/></front>
    <body><div><note type="speaker">{note}</note><u who="i-AbC"><seg>Vi bygger
    två nya sjukhus.</seg></u></div></body></text></TEI>"""
    (raw,) = documents("prot-199293--1.xml", text.encode())
    assert (raw.speaker.name, raw.speaker.party) == (name, party)
    assert raw.meta["date"] == "1992-10-05"
    assert raw.text.strip() == "Vi bygger två nya sjukhus."
