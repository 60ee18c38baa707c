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
