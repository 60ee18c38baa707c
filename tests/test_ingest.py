"""What changed is indexed and nothing else; what cannot be read costs nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from progsearch.engine import create
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import Status, check, ingest
from progsearch.query import Everything, parse
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings
from progsearch.state import files_of, summary_of

PROGRAMME = """---
title: {title}
garant: jana.nova
---
### ČEHO CHCEME DOSÁHNOUT?

- Chceme dostatek lékařů ve všech nemocnicích našeho kraje.
- Zkrátíme čekání na vyšetření.
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    (folder / "a" / "one.md").write_text(PROGRAMME.format(title="One"), encoding="utf-8")
    (folder / "a" / "two.md").write_text(PROGRAMME.format(title="Two"), encoding="utf-8")
    (folder / "b" / "three.md").write_text("# Tre\n\nVården behöver läkare.\n", encoding="utf-8")
    (folder / "README.md").write_text("about", encoding="utf-8")
    (folder / ".hidden.md").write_text("hidden", encoding="utf-8")
    (folder / "garants.tsv").write_text(
        "uid\tname\tpath\njana.nova\tJana Nová  \t# jméno\n", encoding="utf-8"
    )
    return folder


def run(engine, *paths, **settings):
    done = {one.path: one for one in ingest(engine, paths, Settings(**settings))}
    return {path: str(one.status) for path, one in done.items()}


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    made = MemoryEngine() if request.param == "memory" else create("whoosh", tmp_path / "index")
    yield made
    made.close()


def paths_in(engine):
    return [one.path for one in engine.documents()]


def test_a_folder_is_read_whole_and_then_only_what_changed(engine, corpus):
    first = run(engine, corpus)
    assert first == {
        "corpus/a/one.md": "added",
        "corpus/a/two.md": "added",
        "corpus/b/three.md": "added",
        "corpus/README.md": "skipped",
        "corpus/garants.tsv": "skipped",
    }
    assert set(run(engine, corpus).values()) == {"unchanged", "skipped"}
    (corpus / "a" / "one.md").write_text(PROGRAMME.format(title="Uno"), encoding="utf-8")
    (corpus / "b" / "three.md").unlink()
    (corpus / "b" / "four.md").write_text("Vården är nära alla.", encoding="utf-8")
    second = run(engine, corpus)
    assert second["corpus/a/one.md"] == "changed"
    assert second["corpus/a/two.md"] == "unchanged"
    assert second["corpus/b/three.md"] == "removed"
    assert second["corpus/b/four.md"] == "added"
    assert paths_in(engine) == ["corpus/a/one.md", "corpus/a/two.md", "corpus/b/four.md"]
    assert next(engine.documents()).title == "Uno"


def test_incremental_gives_the_index_that_a_fresh_run_gives(tmp_path, corpus):
    step, fresh = create("whoosh", tmp_path / "step"), create("whoosh", tmp_path / "fresh")
    run(step, corpus)
    (corpus / "a" / "two.md").write_text("Nemocnice a lékaři.", encoding="utf-8")
    (corpus / "b" / "three.md").unlink()
    run(step, corpus)
    run(fresh, corpus)
    assert list(step.documents()) == list(fresh.documents())
    assert summary_of(step) == summary_of(fresh)
    for query in ("lékař", "nemocnice", "vård"):
        counts = [Index.of(one).tally(parse(query), by=["document"]) for one in (step, fresh)]
        assert counts[0] == counts[1]
    step.close()
    fresh.close()


def test_a_touched_file_with_the_same_bytes_is_unchanged(engine, corpus):
    run(engine, corpus)
    os.utime(corpus / "a" / "one.md", ns=(1, 1))
    assert run(engine, corpus)["corpus/a/one.md"] == "unchanged"
    assert files_of(engine).indexed["corpus/a/one.md"].mtime_ns == 1


def test_new_defaults_renew_the_files_that_they_reach(engine, corpus):
    run(engine, corpus)
    (corpus / "progsearch.toml").write_text(
        '[[defaults]]\npath = "a/**"\nparty = "Strana A"\nregion = "CZ-51"\n', encoding="utf-8"
    )
    done = run(engine, corpus)
    assert done["corpus/a/one.md"] == done["corpus/a/two.md"] == "changed"
    assert done["corpus/b/three.md"] == "unchanged"
    one = next(engine.documents())
    assert (one.party.value, one.party.origin) == ("Strana A", "default")
    assert (one.region.value.code, one.country.value) == ("CZ-51", "CZ")


def test_given_facts_come_after_defaults(engine, corpus):
    (corpus / "progsearch.toml").write_text(
        '[[defaults]]\npath = "a/one.md"\nparty = "Strana A"\n', encoding="utf-8"
    )
    run(engine, corpus, given={"party": "B"})
    facts = {one.path: (one.party.value, one.party.origin) for one in engine.documents()}
    assert facts["corpus/a/one.md"] == ("Strana A", "default")
    assert facts["corpus/a/two.md"] == ("B", "given")


def test_defaults_may_lie_elsewhere(engine, corpus, tmp_path):
    file = tmp_path / "defaults.toml"
    file.write_text(
        'ignore = ["corpus/b/**"]\n[[defaults]]\npath = "corpus/a/**"\nparty = "X"\n',
        encoding="utf-8",
    )
    done = run(engine, corpus, defaults_file=file)
    assert done["corpus/b/three.md"] == "skipped"
    assert {one.party.value for one in engine.documents()} == {"X"}


def test_people_are_named(engine, corpus):
    run(engine, corpus)
    assert next(engine.documents()).people[0].name == "Jana Nová"


def test_copies_know_each_other_and_count_once_if_asked(engine, corpus):
    run(engine, corpus)
    summary = summary_of(engine)
    one, two = list(engine.documents())[:2]
    assert summary.copies == {two.id: one.id}
    index = Index.of(engine)
    counts = []
    for copies in (True, False):
        found = index.tally(parse("lékař"), Filters(copies=copies), by=["kind"]).found
        counts.append(sum(one.passages for one in found.values()))
    assert counts == [2, 1]
    hits = list(index.search(parse("nemocnice"), limit=None).hits)
    assert [hit.copy_of for hit in hits] == ["", hits[0].file]
    only_two = index.tally(parse("lékař"), Filters(copies=False, document=[two.id]), by=["kind"])
    assert sum(counts.passages for counts in only_two.found.values()) == 1


def test_a_file_that_cannot_be_read_is_listed_and_the_run_goes_on(engine, corpus):
    (corpus / "bad.md").write_bytes(b"text\x00text")
    done = run(engine, corpus)
    assert done["corpus/bad.md"] == "failed"
    assert done["corpus/b/three.md"] == "added"
    problem = files_of(engine).failures["corpus/bad.md"]
    assert problem.what
    assert problem.remedy
    assert summary_of(engine).failures == 1
    (corpus / "bad.md").write_text("Dobrý text o lékařích.", encoding="utf-8")
    assert run(engine, corpus)["corpus/bad.md"] == "added"
    assert files_of(engine).failures == {}


def test_a_document_that_turns_bad_leaves_the_index(engine, corpus):
    run(engine, corpus)
    (corpus / "a" / "one.md").write_bytes(b"\x00")
    assert run(engine, corpus)["corpus/a/one.md"] == "failed"
    assert "corpus/a/one.md" not in paths_in(engine)


def test_what_is_odd_is_noted_or_refused(engine, corpus):
    (corpus / "a" / "one.md").write_text("---\ntitle: x: y\n---\nDobrý text.\n", encoding="utf-8")
    assert run(engine, corpus)["corpus/a/one.md"] == "added"
    assert files_of(engine).notes["corpus/a/one.md"]
    assert "corpus/a/one.md" in paths_in(engine)
    assert run(engine, corpus, strict=True)["corpus/a/one.md"] == "failed"
    assert files_of(engine).failures["corpus/a/one.md"].remedy


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no one here")
def test_an_unreadable_file_is_listed(engine, corpus):
    (corpus / "a" / "one.md").chmod(0)
    assert run(engine, corpus)["corpus/a/one.md"] == "failed"


def test_a_part_of_a_corpus_is_renewed_by_itself(engine, corpus):
    run(engine, corpus)
    (corpus / "a" / "one.md").unlink()
    (corpus / "b" / "three.md").unlink()
    done = run(engine, corpus / "a")
    assert done == {"corpus/a/one.md": "removed", "corpus/a/two.md": "unchanged"}
    assert run(engine, corpus / "a" / "two.md") == {"corpus/a/two.md": "unchanged"}
    assert paths_in(engine) == ["corpus/a/two.md", "corpus/b/three.md"]


def test_a_folder_above_takes_over(engine, corpus):
    run(engine, corpus)
    done = run(engine, corpus.parent / "corpus" / "..")
    assert done["corpus/a/one.md"] == "removed"
    assert all(path.startswith(f"{corpus.parent.name}/corpus/") for path in paths_in(engine))


def test_another_folder_of_the_same_name_is_refused(engine, corpus, tmp_path):
    run(engine, corpus)
    other = tmp_path / "other" / "corpus"
    shutil.copytree(corpus, other)
    with pytest.raises(ProgsearchError, match="already has another folder"):
        run(engine, other)
    with pytest.raises(ProgsearchError, match="two folders are named"):
        run(MemoryEngine(), corpus, other)


def test_a_missing_path_is_an_error(engine, tmp_path):
    with pytest.raises(ProgsearchError, match="no such file"):
        run(engine, tmp_path / "nowhere")


UNASKED = {
    "de": "Wir wollen die Krankenhäuser auf dem Land erhalten und die Versorgung verbessern.",
    "nb": "Vi vil bygge flere boliger som folk har råd til, og kommunen skal eie en større del.",
    "da": "Vi vil bygge flere boliger, og kommunen skal eje flere af dem, end den gør nu.",
    "sk": "Postavíme viac nájomných bytov pre mladé rodiny vo všetkých krajských mestách.",
    "pl": "Zbudujemy więcej mieszkań na wynajem dla młodych rodzin we wszystkich miastach.",
    "fi": "Rakennamme lisää vuokra-asuntoja nuorille perheille kaikissa maakunnan kaupungeissa.",
    "cs": "Postavíme více nájemních bytů pro mladé rodiny ve všech krajských městech.",
    "sv": "Vi vill bygga fler hyresrätter för unga familjer i alla kommuner som behöver det.",
    "en": "We will build more homes to let for young families in all of the towns of the county.",
    "nl": "Wij bouwen betaalbare woningen voor starters en zorgen dat de bus elk uur rijdt.",
}


@pytest.mark.parametrize("tag", UNASKED)
def test_a_language_that_nobody_asked_for(tmp_path, tag):
    """It has its own name and a note, gives a country only where one speaks it whose regions are
    known, and is analysed as no other."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = UNASKED[tag]
    (folder / "one.txt").write_text(f"{text}\n", encoding="utf-8")
    asked = tuple(other for other in ("cs", "sv", "en") if other != tag)
    made = MemoryEngine()
    done = list(ingest(made, [folder], Settings(detected=asked)))
    assert done[0].unexpected == {tag: (1, 0)}
    assert done[0].problems == []
    summary = summary_of(made)
    assert summary is not None
    assert summary.languages == (tag,)
    index = Index(made, summary)
    hit = next(iter(index.search(parse(text.split()[2]), Filters()).hits))
    document = hit.document
    assert document.lang.value == tag
    assert document.country is None or tag in ("cs", "sv", "sk")
    assert any(f"({tag})" in note for note in document.notes)
    assert files_of(made).notes["corpus/one.txt"] == list(document.notes)
    entry = made.vocabulary.known(text.split()[2].lower(), tag)
    assert entry is not None
    assert entry.step == "form"


def test_a_language_that_is_stated_is_analysed(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(UNASKED["de"], encoding="utf-8")
    (folder / "b.md").write_text(f"---\nlang: de\n---\n{UNASKED['de']}\n", encoding="utf-8")
    made = create("whoosh", tmp_path / "index")
    done = {one.path: one for one in ingest(made, [folder])}
    assert done["corpus/a.txt"].unexpected == {"de": (1, 0)}
    assert not done["corpus/b.md"].unexpected
    summary = summary_of(made)
    assert summary is not None
    index, every = Index(made, summary), Filters(copies=True)
    assert index.search(parse("Krankenhaus"), every).total == 1  # by its lemma
    assert index.search(parse("Krankenhäuser"), every).total == 2
    made.close()


def test_other_languages_need_all_files(engine, corpus):
    run(engine, corpus)
    with pytest.raises(ProgsearchError, match="--rebuild"):
        run(engine, corpus / "a", detected=("cs", "sk"))
    assert set(run(engine, corpus, detected=("cs", "sv")).values()) == {"changed", "skipped"}


def test_check_reports_and_touches_nothing(corpus):
    (corpus / "bad.md").write_bytes(b"\x00")
    done = {one.path: one for one in check([corpus])}
    assert done["corpus/bad.md"].status is Status.FAILED
    assert done["corpus/bad.md"].problems[0].fatal
    assert done["corpus/a/one.md"].passages == 3


def test_everything_comes_in_the_order_of_the_sources(engine, corpus):
    run(engine, corpus)
    hits = list(Index.of(engine).search(Everything(), limit=None).hits)
    places = [(hit.document.path, hit.passage.number) for hit in hits]
    assert places == sorted(places)
    assert "heading" not in {hit.passage.role for hit in hits}


def test_files_are_named_as_seen_from_here(engine, corpus, monkeypatch):
    run(engine, corpus)
    monkeypatch.chdir(corpus / "a")
    hit = next(iter(Index.of(engine).search(parse("vård")).hits))
    assert hit.file == "../b/three.md"
    assert Path(hit.file).is_file()


def test_another_way_to_cut_texts_renews_all_files(engine, corpus, monkeypatch):
    run(engine, corpus)
    monkeypatch.setattr("progsearch.ingest.PASSAGES_VERSION", 0)
    assert set(run(engine, corpus).values()) == {"changed", "skipped"}
    assert set(run(engine, corpus).values()) == {"unchanged", "skipped"}
