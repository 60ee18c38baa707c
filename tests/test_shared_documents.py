"""The real documents beside the checkout: the figures of the seeds, and the laws over all.

Skipped without them; the texts themselves are no part of the project.
"""

from __future__ import annotations

from collections import Counter

import pytest

from progsearch import readers
from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Fact, Origin, Role, source_text
from progsearch.readers.leftovers import stray_words
from progsearch.segmentation import segment

NO_DOCUMENTS = {"SOURCE.txt", "README.md"}


def read(file, path):
    return readers.read(path, file.read_bytes())


def passages_of(raw):
    title = str(raw.meta.get("title") or "")
    return segment(raw, "d", title=title, lang=Fact("und", Origin.INFERRED)).passages


@pytest.fixture(scope="module")
def seeds(shared):
    """The five seeds by the first three figures of their names."""
    return {
        file.name[:3]: read(file, f"seeds/{file.name}")
        for file in sorted((shared / "seeds").glob("*.txt"))
    }


@pytest.fixture(scope="module")
def corpus(shared):
    """Every file of the corpus that is a document."""
    folder = shared / "corpus"
    return [
        (path, read(file, path))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".tsv" and file.name not in NO_DOCUMENTS
        for path in [file.relative_to(folder).as_posix()]
    ]


def counts(passages):
    return Counter(passage.role for passage in passages)


def test_seed_000_is_a_programme_with_goals_and_measures(seeds):
    raw = seeds["000"]
    passages = passages_of(raw)
    assert raw.format == "frontmatter"
    assert raw.meta["uid"] == "zdravotnictvi"
    assert not {"img", "perex", "intro"} & set(raw.meta)
    assert counts(passages) == {
        Role.MOTTO: 1,
        Role.BYLINE: 1,
        Role.INTRO: 1,
        Role.HEADING: 2,
        Role.GOAL: 5,
        Role.MEASURE: 18,
    }
    assert [passage.line for passage in passages[:3]] == [13, 15, 17]
    assert passages[-1].line == 46  # the bullet without a space
    assert passages[-1].text.startswith("Podpoříme")


def test_seed_004_has_four_goals_and_twelve_measures(seeds):
    found = counts(passages_of(seeds["004"]))
    assert (found[Role.GOAL], found[Role.MEASURE]) == (4, 12)
    assert (found[Role.MOTTO], found[Role.BYLINE], found[Role.INTRO]) == (1, 1, 1)


def test_seed_001_repeats_its_body_in_the_front_matter(seeds):
    raw = seeds["001"]
    (passage,) = passages_of(raw)
    assert (passage.line, passage.also) == (14, ((11, 11),))
    assert raw.meta["redmine"] == "35925"
    assert isinstance(raw.meta["intro"], str)


def test_seed_002_is_a_page_of_news(seeds):
    raw = seeds["002"]
    passages = passages_of(raw)
    assert raw.format == "news"
    assert raw.meta["date"] == "2021-12-22"
    assert str(raw.meta["title"]).startswith("Antaget politiskt program")
    assert counts(passages) == {
        Role.NAVIGATION: 3,
        Role.BYLINE: 1,
        Role.HEADING: 2,
        Role.INTRO: 1,
        Role.STATEMENT: 2,
        Role.QUOTATION: 2,
        Role.TEASER: 4,
    }
    assert [passage.line for passage in passages if passage.role is Role.NAVIGATION] == [1, 19, 23]
    headings = [passage for passage in passages if passage.role is Role.HEADING]
    assert headings[1].text == "Aktiviteter konkretiseras i handlingsplanen"
    speakers = [passage.speaker for passage in passages if passage.speaker]
    assert [(person.name, person.party, person.office) for person in speakers] == [
        ("Roland Gustbée", "M", "ordförande i hälso- och sjukvårdsnämnden"),
        ("Magnus Frithof", "", "programchef för omställningsarbetet"),
    ]
    teasers = [passage for passage in passages if passage.role is Role.TEASER]
    assert [teaser.text.split("\n\n")[1] for teaser in teasers] == [
        *("21 januari 2022", "21 januari 2022", "20 januari 2022", "19 januari 2022"),
    ]
    assert teasers[0].text.startswith("Lägesrapport")
    assert all(passage.role in ASIDE_ROLES for passage in passages[-5:])


def test_seed_003_is_a_summary_with_unmarked_headings(seeds):
    raw = seeds["003"]
    passages = passages_of(raw)
    assert raw.meta["title"] == "Alliansen i Regionen presenterar sin Budget"
    assert "\u00a0" in raw.text
    headings = [passage.text for passage in passages if passage.role is Role.HEADING]
    assert headings[1:] == [
        *("Korta köer", "Låt Kronoberg växa och utvecklas", "Den nära vården"),
        "Våra medarbetare",
    ]
    assert counts(passages)[Role.STATEMENT] == 9
    assert passages[4].headings == ("Korta köer",)


def test_nothing_is_lost_and_nothing_stands_twice(corpus, seeds):
    for path, raw in [*corpus, *seeds.items()]:
        end = 0
        for block in raw.blocks:
            assert end <= block.start < block.end, path
            end = block.end
        assert not list(stray_words(raw)), path
        title = str(raw.meta.get("title") or "")
        done = segment(raw, "d", title=title, lang=Fact("und", Origin.INFERRED))
        assert source_text(done.between, done.passages) == raw.text, path


def test_what_the_files_of_the_corpus_are(corpus):
    formats = {path: raw.format for path, raw in corpus}
    assert len(formats) > 1700
    for path, name in formats.items():
        folder = path.partition("/")[0]
        expected = {"se-partier": "extracted", "se-regeringen": "markdown"}
        assert name == expected.get(folder, "frontmatter"), path


def test_no_file_of_the_corpus_needs_mending(corpus):
    noted = [note for _, raw in corpus for note in raw.notes]
    # That a passage is long is no fault of its file.
    noted = [note for note in noted if "longer than 250 words" not in note]
    assert len(noted) == 3
    assert all(note.startswith("accents are characters of their own") for note in noted)


@pytest.mark.parametrize(
    ("path", "role", "least"),
    [
        ("cz-pirati/liberecky/_program/kraj2020/doprava.md", Role.MEASURE, 10),
        ("cz-pirati/praha/_program/2022-komunalni/bydleni.md", Role.MEASURE, 27),
        ("cz-pirati/praha/_program/2022-komunalni/bydleni.md", Role.GOAL, 4),
        ("cz-pirati/zlinsky/_program/kraj2020/zdravotnictvi.md", Role.STATEMENT, 8),
        ("cz-pirati/pardubicky/_program/kraj2020/zdravotnictvi.md", Role.STATEMENT, 12),
        ("cz-pirati/jihomoravsky/program-kraj-2020/index.md", Role.CONTENTS, 13),
        ("cz-pirati/zlinsky/_program/hlinsko/hlinsko.md", Role.HEADING, 30),
        ("se-partier/budgetmotion-v-202526.txt", Role.MEASURE, 50),
        ("se-partier/partiprogram-kd-2015.txt", Role.NAVIGATION, 100),
    ],
)
def test_roles_in_files_of_every_kind(corpus, path, role, least):
    raw = dict(corpus)[path]
    assert counts(passages_of(raw))[role] >= least


def test_extracted_programmes_have_their_contents_and_headings(corpus):
    for path, raw in corpus:
        if not path.startswith("se-partier/"):
            continue
        found = counts(passages_of(raw))
        assert found[Role.HEADING] >= 15, path
        assert found[Role.CONTENTS] or path.endswith("l-2025.txt"), path
        if "tidoavtalet" not in path:
            assert {"title", "date", "header"} <= set(raw.meta), path


def test_the_motions_state_their_party(corpus):
    parties = {
        path: raw.meta["party"] for path, raw in corpus if path.startswith("se-partier/budget")
    }
    assert sorted(parties.values()) == ["C", "MP", "S", "V"]


def test_broken_files_are_read_or_refused_with_a_reason(shared):
    folder = shared / "broken" / "cz-pirati"
    refused, noted = Counter(), Counter()
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        fault = file.parent.name
        try:
            raw = read(file, file.name)
        except ProgsearchError as error:
            refused[fault, error.where.rpartition(":")[2], bool(error.remedy)] += 1
            continue
        noted[fault] += bool(raw.notes)
        assert not list(stray_words(raw))
        assert passages_of(raw)
        assert raw.meta["title"]
    assert refused == {("empty-file", "1", True): 2, ("nul", "10", True): 1}
    assert noted["yaml-error-ScannerError"] == 12
    assert noted["duplicate-key"] == 2
    assert noted["no-closing-fence"] == 1
    assert noted["lone-cr"] == noted["crlf"] == noted["mixed-line-ends"] == 0


def test_lone_carriage_returns_end_lines(shared):
    folder = shared / "broken" / "cz-pirati" / "lone-cr"
    for file in folder.iterdir():
        data = file.read_bytes()
        raw = read(file, file.name)
        last = max(passages_of(raw), key=lambda passage: passage.end)
        before = data[: len(raw.text[: last.end].encode("utf-8"))]
        lone = before.count(b"\r") - before.count(b"\r\n")
        assert last.end_line == before.count(b"\n") + lone + 1
        assert data.count(b"\r") > data.count(b"\r\n")
