"""Generations by themselves: with a library that only notes what is asked of it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from progsearch.engine import ENGINES
from progsearch.engine.durable import DurableEngine, Wanted
from progsearch.engine.mark import LOCK, MARK, generations, read_mark
from progsearch.errors import ProgsearchError


@dataclass
class Noted:
    """The library, and what was asked of it."""

    LIBRARY: str = "noted 1"
    LOCKS: frozenset[str] = frozenset({"lock", "never there"})
    opened: list[tuple[Path | None, bool]] = field(default_factory=list)
    closed: list[Path | None] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    failures: list[BaseException | None] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    meanwhile: object = None

    def open_index(self, folder, create):
        self.opened.append((folder, create))
        if create and folder:
            self.modes.append(stat.S_IMODE(folder.stat().st_mode))
        elif folder and self.failures and (failure := self.failures.pop(0)):
            if self.meanwhile:
                self.meanwhile()
            raise failure
        return Engine(self, folder)


@dataclass
class Engine:
    """An index of one file for each commit, which holds the state, and one of all times."""

    library: Noted
    folder: Path | None

    def state(self, part):
        if self.folder is None:
            return {}
        told = max(self.folder.glob("state-*"))
        return json.loads(told.read_text(encoding="utf-8")).get(part, {})

    def __getattr__(self, name):
        def asked(*words, **more):
            self.library.asked.append((name, words, more))
            return f"what {name} says"

        return asked

    def close(self):
        self.library.closed.append(self.folder)

    @contextmanager
    def writer(self):
        yield self

    def commit(self, state):
        (self.folder / "lock").write_bytes(b"")
        number = len(list(self.folder.glob("state-*")))
        (self.folder / f"state-{number}").write_text(json.dumps(state), encoding="utf-8")


@pytest.fixture
def library():
    return Noted()


def engine_of(library, folder, **wanted):
    return DurableEngine(folder, lambda _: library, Wanted(**({"name": "whoosh"} | wanted)))


def commit(library, folder, state=None, **wanted):
    engine = engine_of(library, folder, begin=True, **wanted)
    with engine.writer() as writer:
        writer.commit(state or {})
    return engine


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_each_commit_is_a_generation_and_the_last_are_kept_for_who_reads_them(library, tmp_path):
    engine = engine_of(library, tmp_path, begin=True)
    assert engine.state("summary") == {}
    with engine.writer() as writer:
        for number in (1, 2, 3):
            writer.commit({"summary": {"n": number}})
            assert engine.state("summary") == {"n": number}
            assert read_mark(tmp_path).generation == f"whoosh-{number:06d}"
        writer.commit({"summary": {"n": 4}})
        # The one before last goes when the next is begun.
        assert generations(tmp_path) == [f"whoosh-{number:06d}" for number in (2, 3, 4)]
    engine.close()
    place = tmp_path / "whoosh-000004"
    assert names(place) == ["state-0", "state-1", "state-2", "state-3"]
    assert sorted(read_mark(tmp_path).files) == names(place)
    # What was replaced is let go of, and the last one at the end.
    assert library.closed[-5:] == [None, *(tmp_path / f"whoosh-{n:06d}" for n in (1, 2, 3, 4))]
    # The next writer takes away what nobody needs, and counts on.
    commit(library, tmp_path)
    assert generations(tmp_path) == ["whoosh-000004", "whoosh-000005"]


def test_what_is_not_committed_is_taken_away(library, tmp_path):
    commit(library, tmp_path, {"summary": {"n": 1}})
    engine = engine_of(library, tmp_path)
    with engine.writer() as writer:
        writer.add("a document")
        assert generations(tmp_path) == ["whoosh-000001", "whoosh-000002"]
    assert generations(tmp_path) == ["whoosh-000001"]
    assert engine.state("summary") == {"n": 1}
    assert tmp_path / "whoosh-000002" in library.closed


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_nobody_else_reads_a_generation_that_is_being_written(library, tmp_path):
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    try:
        commit(library, tmp_path)
        place = tmp_path / "whoosh-000001"
        assert library.modes == [0o700]
        assert stat.S_IMODE(place.stat().st_mode) == 0o755
        assert stat.S_IMODE((place / "state-0").stat().st_mode) == 0o644
        commit(library, tmp_path, {"rights": {"mode": 0o700}})
    finally:
        os.umask(before)
    place = tmp_path / "whoosh-000002"
    for one, mode in (
        (tmp_path, 0o700),
        (place, 0o700),
        (place / "state-1", 0o600),
        (tmp_path / MARK, 0o600),
    ):
        assert stat.S_IMODE(one.stat().st_mode) == mode


def test_an_index_must_be_there_to_be_read(library, tmp_path):
    with pytest.raises(ProgsearchError, match="there is no index here") as caught:
        engine_of(library, tmp_path)
    assert caught.value.where == str(tmp_path)
    assert library.opened == []
    with pytest.raises(ProgsearchError, match="there is no index here"):
        DurableEngine(tmp_path, lambda _: library, Wanted())
    engine_of(library, tmp_path, begin=True)
    assert library.opened == [(None, True)]
    assert names(tmp_path) == []  # nothing is begun by looking


def test_an_index_is_opened_as_it_is(library, tmp_path):
    commit(library, tmp_path)
    library.opened.clear()
    engine = engine_of(library, tmp_path)
    assert library.opened == [(tmp_path / "whoosh-000001", False)]
    assert engine.replaces is False
    assert engine.trouble() is None


def test_the_engine_that_is_wanted_is_the_one_that_is_there(library, tmp_path):
    first = next(iter(ENGINES))
    assert engine_of(library, tmp_path, name=None, begin=True).name == first
    for wanted in ("whoosh", "tantivy"):
        assert engine_of(library, tmp_path, name=wanted, begin=True).name == wanted
    commit(library, tmp_path, name="tantivy")
    assert generations(tmp_path) == ["tantivy-000001"]
    assert engine_of(library, tmp_path, name=None).name == "tantivy"
    assert engine_of(library, tmp_path, name="tantivy").name == "tantivy"
    with pytest.raises(ProgsearchError, match="made with the engine tantivy") as caught:
        engine_of(library, tmp_path, name="whoosh")
    assert "--rebuild" in caught.value.remedy
    # Who makes it anew without saying how has the engine that it had, also of a mark that
    # cannot be used any more, and none that nobody knows.
    told = json.loads((tmp_path / MARK).read_text(encoding="utf-8"))
    for engine, meant in (("tantivy", "tantivy"), ("strange", first)):
        (tmp_path / MARK).write_text(json.dumps(told | {"engine": engine, "schema": 1}), "utf-8")
        assert engine_of(library, tmp_path, name=None, rebuild=True).name == meant


def test_a_rebuild_is_empty_and_knows_what_it_replaces(library, tmp_path):
    commit(library, tmp_path, {"files": {"n": 1}})
    library.closed.clear()
    engine = engine_of(library, tmp_path, begin=True, rebuild=True)
    assert (engine.replaces, engine.state("files")) == (True, {})
    assert engine.replaced("files") == {"n": 1}
    assert library.closed == [tmp_path / "whoosh-000001"]
    assert engine_of(library, tmp_path).replaced("files") == {}
    assert engine_of(library, tmp_path / "none", begin=True, rebuild=True).replaced("files") == {}
    with engine.writer() as writer:
        writer.commit({"files": {"n": 2}})
    # Nothing of what was there before is in it.
    assert (engine.replaces, engine.state("files")) == (False, {"n": 2})
    assert names(tmp_path / "whoosh-000002") == ["state-0"]
    assert engine_of(library, tmp_path).state("files") == {"n": 2}


class PanicError(BaseException):
    """What a library of Rust may raise is no Exception."""


@pytest.mark.parametrize("failure", [ValueError("a\n  b" + "x" * 300), PanicError("bad")])
def test_what_cannot_be_opened_is_damaged_and_not_tried_again(library, tmp_path, failure):
    commit(library, tmp_path)
    library.opened.clear()
    library.failures = [failure] * 9
    with pytest.raises(ProgsearchError, match="the index is damaged: ") as caught:
        engine_of(library, tmp_path)
    told = " ".join(str(failure).split())[:200]
    assert caught.value.what == f"the index is damaged: {told}"
    assert len(library.opened) == 1


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_whoever_stops_is_stopped(library, tmp_path, stop):
    commit(library, tmp_path)
    library.failures = [stop()]
    with pytest.raises(stop):
        engine_of(library, tmp_path)


def test_what_is_replaced_while_it_is_opened_is_opened_anew(library, tmp_path):
    commit(library, tmp_path, {"files": {"n": 1}})
    library.failures = [OSError("it is gone"), None]
    library.meanwhile = lambda: commit(Noted(), tmp_path, {"files": {"n": 2}})
    engine = engine_of(library, tmp_path)
    assert engine.state("files") == {"n": 2}
    # But not for ever.
    library.failures = [OSError("it is gone")] * 99
    library.opened.clear()
    with pytest.raises(ProgsearchError, match="it is gone"):
        engine_of(library, tmp_path)
    assert 1 < len(library.opened) < 9


def test_what_was_written_by_another_library_is_refused(library, tmp_path):
    commit(library, tmp_path)
    library.LIBRARY = "noted 2"
    with pytest.raises(ProgsearchError, match="with noted 1, and here is noted 2") as caught:
        engine_of(library, tmp_path)
    assert "--rebuild" in caught.value.remedy


def test_a_reader_is_told_what_is_wrong_and_what_was_replaced(library, tmp_path):
    commit(library, tmp_path)
    reader = engine_of(library, tmp_path)
    commit(library, tmp_path)
    assert reader.trouble() is None  # it was replaced and is whole
    commit(library, tmp_path)
    assert reader.trouble().what == "the index was replaced meanwhile"
    assert reader.trouble(whole=False).what == "the index is damaged: state-0 is missing"
    reader = engine_of(library, tmp_path)
    (tmp_path / read_mark(tmp_path).generation / "state-1").write_bytes(b"")
    assert reader.trouble().what.startswith("the index is damaged: state-1 has 0 bytes")
    with pytest.raises(ProgsearchError, match="damaged: state-1 has 0 bytes"):
        engine_of(library, tmp_path)


def test_a_writer_goes_on_from_what_others_wrote_meanwhile(library, tmp_path):
    first = engine_of(library, tmp_path, begin=True)
    commit(library, tmp_path, {"files": {"n": 1}})
    library.closed.clear()
    with first.writer() as writer:
        assert library.closed == [None]  # what it had is let go of
        assert first.state("files") == {"n": 1}
        writer.commit({"files": {"n": 2}})
    assert names(tmp_path / "whoosh-000002") == ["state-0", "state-1"]


@pytest.mark.parametrize("links", [True, False])
def test_files_of_the_generation_before_are_linked_or_copied_and_known(
    library, tmp_path, monkeypatch, links
):
    commit(library, tmp_path)
    summed = []
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links")))
    from progsearch.engine import mark as marks

    real = marks.checksum
    monkeypatch.setattr(marks, "checksum", lambda file: summed.append(file.name) or real(file))
    engine = engine_of(library, tmp_path)
    summed.clear()
    with engine.writer() as writer:
        summed.clear()
        writer.commit({})
    # What is the same file is not read again, what is a copy is.
    assert summed == (["state-1"] if links else ["state-0", "state-1"])
    assert engine.trouble() is None


@pytest.mark.parametrize("marked", [True, False])
def test_what_lay_there_before_there_were_generations_goes_with_the_first(
    library, tmp_path, marked
):
    before = ("MAIN_abc.seg", "_MAIN_1.toc", "MAIN_WRITELOCK")
    others = ("MAIN_notes.txt", "README.md")
    for name in (*before, *others):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "tantivy").mkdir()
    (tmp_path / "tantivy" / "meta.json").write_bytes(b"{}")
    engine = engine_of(library, tmp_path, begin=True)
    with engine.writer() as writer:
        if marked:
            writer.commit({})
    assert set(before) <= set(names(tmp_path))  # nothing is known to replace it as yet
    with engine.writer():
        pass
    kept = {*others, LOCK, *([MARK, "whoosh-000001"] if marked else [*before, "tantivy"])}
    assert set(names(tmp_path)) - {LOCK} == kept - {LOCK}


def test_nothing_is_taken_away_beside_a_mark_that_cannot_be_read(library, tmp_path):
    commit(library, tmp_path)
    (tmp_path / MARK).write_bytes(b"{")
    engine = engine_of(library, tmp_path, begin=True, rebuild=True)
    with engine.writer():
        assert generations(tmp_path) == ["whoosh-000001"]
    with engine.writer() as writer:
        writer.commit({"files": {"n": 1}})
    assert read_mark(tmp_path).generation == "whoosh-000002"
    shutil.rmtree(tmp_path / "whoosh-000001", ignore_errors=True)
    assert engine_of(library, tmp_path).state("files") == {"n": 1}


def test_what_is_asked_is_asked_of_the_index(library, tmp_path):
    commit(library, tmp_path)
    engine = engine_of(library, tmp_path)
    library.asked.clear()
    assert engine.values("party") == "what values says"
    assert engine.documents() == "what documents says"
    assert engine.document("a\ud800") == "what document says"
    assert engine.passages("a\ud800") == "what passages says"
    assert engine.passage("a\ud800") == "what passage says"
    assert engine.search("c", scope="s", limit=3) == "what search says"
    assert engine.search("c", scope="s", limit=3, ranked=False, once="o")
    assert engine.tally("c", scope="s", by=("party",)) == "what tally says"
    assert engine.texts("c", by=("party",)) == "what texts says"
    assert engine.regions() == "what regions says"
    assert library.asked == [
        ("values", ("party",), {}),
        ("documents", (), {}),
        ("document", ("a\ufffd",), {}),  # no index can hold half of a character
        ("passages", ("a\ufffd",), {}),
        ("passage", ("a\ufffd",), {}),
        ("search", ("c",), {"scope": "s", "limit": 3, "ranked": True, "once": None}),
        ("search", ("c",), {"scope": "s", "limit": 3, "ranked": False, "once": "o"}),
        ("tally", ("c",), {"scope": "s", "by": ("party",), "once": None}),
        ("texts", ("c",), {"by": ("party",)}),
        ("regions", (), {}),
    ]
    assert engine.vocabulary() == "what vocabulary says"


def test_an_index_is_told_without_asking_it(library, tmp_path):
    told = engine_of(library, tmp_path, begin=True).status()
    assert (told.engine, told.library, told.generation, told.size) == ("whoosh", "", "", 0)
    commit(library, tmp_path)
    engine = commit(library, tmp_path)
    library.asked.clear()
    told = engine.status()
    size = sum(one.stat().st_size for one in (tmp_path / "whoosh-000002").iterdir())
    assert (told.engine, told.library) == ("whoosh", "noted 1")
    assert (told.place, told.generation, told.size) == (str(tmp_path), "whoosh-000002", size)
    assert engine.stale() is False
    assert library.asked == []
