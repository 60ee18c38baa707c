"""A power cut at any moment leaves the old index or output, or the new one, whole."""

from __future__ import annotations

import sys

import pytest
from disks import Disk, losing

from progsearch.engine import create, installed, open_engine
from progsearch.engine.mark import read_mark
from progsearch.ingest import ingest
from progsearch.outputs import replaced
from progsearch.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches the syncs of Linux")
ONLY_ENGLISH = Settings(detected=("en",))


@pytest.fixture(params=installed())
def name(request):
    return request.param


def bring(name, corpus, folder, **more):
    engine = create(name, folder, **more)
    list(ingest(engine, [corpus], ONLY_ENGLISH))
    engine.close()


def state(folder):
    """The documents of an index that is whole; nothing where there is none."""
    if read_mark(folder) is None:
        return None
    engine = open_engine(folder)
    try:
        assert engine.trouble() is None
        return {one.path: len(engine.passages(one.id)) for one in engine.documents()}
    finally:
        engine.close()


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.md").write_text(f"# T\n\nA pledge {number}.\n", encoding="utf-8")
    return folder


def changed(corpus):
    (corpus / "1.md").unlink()
    (corpus / "9.md").write_text("# T\n\nAnother one.\n\nAnd more.\n", encoding="utf-8")


@pytest.mark.parametrize("kind", ["first", "update", "rebuild"])
def test_a_power_cut_leaves_the_old_index_or_the_new_one(name, kind, corpus, tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    if kind != "first":
        bring(name, corpus, folder)
    old = state(folder)
    changed(corpus)
    with losing(folder, tmp_path / "pinned") as disk:
        bring(name, corpus, folder, rebuild=kind == "rebuild")
    new = state(folder)
    assert old != new
    found = []
    for number, picture in enumerate(disk.pictures):
        place = tmp_path / f"after-{number}"
        picture.put(place)
        found.append(state(place))
        assert found[-1] in (old, new), picture.moment
    assert found[0] == old
    # Whoever was told that it is done has it, also with the names that were synced only.
    assert found[-2:] == [new, new]
    bring(name, corpus, tmp_path / f"after-{len(found) // 2}")
    assert state(tmp_path / f"after-{len(found) // 2}") == new


def test_an_output_is_the_old_one_or_the_new_one(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "hits.csv"
    file.write_bytes(b"old")
    with losing(folder, tmp_path / "pinned") as disk, replaced(file) as aside:
        aside.write_bytes(b"new")
    found = []
    for number, picture in enumerate(disk.pictures):
        place = tmp_path / f"after-{number}"
        picture.put(place)
        found.append((place / "hits.csv").read_bytes())
    assert set(found) == {b"old", b"new"}
    assert found[-2:] == [b"new", b"new"]


def test_the_disk_loses_what_was_not_synced(tmp_path):
    """The disk of these tests is itself no good if it keeps too much."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old").write_bytes(b"old")
    disk = Disk(folder, tmp_path / "pinned")
    (folder / "new").write_bytes(b"new")
    (folder / "old").unlink()
    disk.moment("no sync")
    late, early = (tmp_path / name for name in ("late", "early"))
    for picture, place in zip(disk.pictures, (late, early), strict=True):
        picture.put(place)
    assert {one.name: one.read_bytes() for one in late.iterdir()} == {"old": b"old"}
    assert {one.name: one.read_bytes() for one in early.iterdir()} == {"new": b""}
