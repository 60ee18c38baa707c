"""The mark of an index: what it is trusted for, and what of an index is looked at."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from pathlib import Path

import pytest
from disks import SYNC

from progsearch.engine import mark as marks
from progsearch.engine.mark import MARK, Mark, checksum, faults, generations, narrow, read_mark
from progsearch.errors import ProgsearchError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")

WRITTEN = {
    "engine": "whoosh",
    "library": "whoosh 3",
    "generation": "whoosh-000007",
    "files": {"a": [3, "d6a3c61b2c24b9c1fd3d2ba1d5ce2d3b"]},
    "progsearch": "0.1",
    "schema": 4,
}


def sealed(told):
    """A mark as it is written, by the words of its format."""
    text = json.dumps(told, sort_keys=True).encode()
    return told | {"seal": hashlib.blake2b(text, digest_size=16).hexdigest()}


def put(folder, told):
    (folder / MARK).write_text(json.dumps(told), encoding="utf-8")


def test_a_mark_is_read_as_it_was_written(tmp_path):
    assert read_mark(tmp_path) is None
    made = Mark("whoosh", "whoosh 3", "whoosh-000001", {"b": (1, "x"), "a": (2, "y")})
    marks.write_mark(tmp_path, made)
    assert [one.name for one in tmp_path.iterdir()] == [MARK]
    read = read_mark(tmp_path)
    assert dict(read.files) == made.files
    assert (read.engine, read.library, read.generation) == ("whoosh", "whoosh 3", "whoosh-000001")
    told = json.loads((tmp_path / MARK).read_text(encoding="utf-8"))
    seal = told.pop("seal")
    assert sealed(told)["seal"] == seal


def test_a_mark_of_this_format_can_be_read_by_any_version_that_has_it(tmp_path):
    """Whoever changes the format changes the version of the schema, and this test."""
    put(tmp_path, sealed(WRITTEN))
    assert read_mark(tmp_path).files == {"a": (3, "d6a3c61b2c24b9c1fd3d2ba1d5ce2d3b")}
    (tmp_path / "a").write_bytes(b"abc")
    assert checksum(tmp_path / "a") == "cf4ab791c62b8d2b2109c90275287816"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"engine": "tantivy"}, "cannot be read"),  # the seal is not that of what is said
        ({"files": {}}, "cannot be read"),
        ({"schema": 3}, "an older version"),
        ({"schema": 5, "progsearch": "9.9"}, r"a newer version \(9.9\)"),
        ({"schema": "4"}, "an older version"),
        ({"schema": None}, "an older version"),
    ],
)
def test_a_mark_that_was_changed_is_refused(tmp_path, change, what):
    put(tmp_path, sealed(WRITTEN) | change)
    with pytest.raises(ProgsearchError, match=what) as caught:
        read_mark(tmp_path)
    assert caught.value.where.startswith(str(tmp_path))
    assert ("upgrade" in caught.value.remedy) is ("newer" in what)
    assert "--rebuild" in caught.value.remedy


@pytest.mark.parametrize("generation", ["../out-000001", "whoosh", "whoosh-1", "", 7])
def test_a_mark_leads_to_no_folder_but_a_generation(tmp_path, generation):
    put(tmp_path, sealed(WRITTEN | {"generation": generation}))
    with pytest.raises(ProgsearchError, match="cannot be read"):
        read_mark(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "{}", "[" * 100_000, "\xff"])
def test_what_is_no_mark_is_refused(tmp_path, text):
    (tmp_path / MARK).write_text(text, encoding="latin-1")
    assert marks.told_in(tmp_path) == {}
    with pytest.raises(ProgsearchError, match="cannot be read") as caught:
        read_mark(tmp_path)
    assert caught.value.where == str(tmp_path / MARK)


def test_generations_are_folders_of_that_name(tmp_path):
    assert generations(tmp_path / "none") == []
    for name in ("whoosh-000010", "whoosh-000002", "tantivy-1234567", "whoosh", "W-000001"):
        (tmp_path / name).mkdir()
    (tmp_path / "whoosh-000003").write_bytes(b"")
    if os.name != "nt":
        (tmp_path / "whoosh-000004").symlink_to(tmp_path / "whoosh")
    assert generations(tmp_path) == ["tantivy-1234567", "whoosh-000002", "whoosh-000010"]


@posix
@pytest.mark.parametrize(
    ("mode", "rights", "wanted"),
    [
        (0o644, 0o700, 0o600),
        (0o644, 0o777, 0o644),
        (0o600, 0o777, 0o600),  # none are given
        (0o755, 0o750, 0o750),
        (0o640, 0o755, 0o640),
        (0o666, 0o444, 0o444),
        (0o1777, 0o700, 0o1700),  # what is no right of a class stays
        (0o1700, 0o755, 0o1700),
    ],
)
def test_rights_are_only_taken_away(tmp_path, mode, rights, wanted, monkeypatch):
    file = tmp_path / "a"
    file.write_bytes(b"")
    file.chmod(mode)
    calls, chmod = [], Path.chmod
    monkeypatch.setattr(Path, "chmod", lambda path, mode: calls.append(mode) or chmod(path, mode))
    narrow(file, rights)
    assert stat.S_IMODE(file.stat().st_mode) == wanted
    # A file of somebody else cannot be changed, and need not be when it is narrow enough.
    assert calls == ([wanted] if mode != wanted else [])


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_and_a_folder_are_synced_themselves(tmp_path, monkeypatch, what):
    place = tmp_path / what
    if what == "file":
        place.write_bytes(b"x")
    else:
        place.mkdir()
    synced = []
    monkeypatch.setattr(marks.sys, "platform", "linux")
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    SYNC(place)
    assert synced == [place.stat().st_ino]


def test_a_checksum_is_of_the_whole_file(tmp_path):
    file = tmp_path / "a"
    data = bytes(range(256)) * 10_000  # more than is read at once
    file.write_bytes(data)
    assert checksum(file) == hashlib.blake2b(data, digest_size=16).hexdigest()


HOUR = 3_600_000_000_000


@pytest.fixture
def folder(tmp_path):
    """A folder with a mark of an hour ago, and files of two hours ago."""
    (tmp_path / "whoosh-000001").mkdir()
    put(tmp_path, WRITTEN)
    aged(tmp_path / MARK, HOUR)
    return tmp_path


def aged(file, age):
    then = time.time_ns() - age
    os.utime(file, ns=(then, then))


def marked(folder, **sizes):
    """A mark of files of these sizes, two hours old."""
    files = {}
    for name, size in sizes.items():
        file = folder / "whoosh-000001" / name
        file.write_bytes(b"x" * size)
        files[name] = (size, checksum(file))
        aged(file, 2 * HOUR)
    return Mark("whoosh", "whoosh 3", "whoosh-000001", files)


def turned(folder, name, age=2 * HOUR):
    """One byte of a file turned around."""
    file = folder / "whoosh-000001" / name
    file.write_bytes(b"y" + file.read_bytes()[1:])
    aged(file, age)


@pytest.mark.parametrize(
    ("size", "age", "whole", "is_seen"),
    [
        (65_536, 2 * HOUR, False, True),  # small files are always looked at
        (65_537, 2 * HOUR, False, False),  # large ones only when they are younger than the mark
        (65_537, HOUR // 2, False, True),
        (65_537, 2 * HOUR, True, True),  # or when everything is
    ],
)
def test_a_byte_that_changed_is_seen_where_files_are_looked_at(folder, size, age, whole, is_seen):
    made = marked(folder, a=size, b=5)
    assert list(faults(folder, made, whole=whole)) == []
    turned(folder, "a", age)
    found = list(faults(folder, made, whole=whole))
    assert found == ([("a", "is not as it was written")] if is_seen else [])


def test_what_is_wrong_with_each_file_is_told(folder, monkeypatch):
    made = marked(folder, gone=3, shorter=2000, shut=10, sound=10)
    place = folder / "whoosh-000001"
    (place / "gone").unlink()
    (place / "shorter").write_bytes(b"x" * 1999)

    def shut(file):
        if file.name == "shut":
            raise PermissionError(13, "Permission denied")
        return checksum(file)

    monkeypatch.setattr(marks, "checksum", shut)
    assert list(faults(folder, made, whole=False)) == [
        ("gone", "is missing"),
        ("shorter", "has 1,999 bytes and had 2,000"),
        ("shut", "cannot be read: Permission denied"),
    ]


def test_files_that_are_younger_than_the_mark_are_gone_over_once(folder, monkeypatch):
    made = marked(folder, a=65_537)
    aged(folder / "whoosh-000001" / "a", HOUR // 2)
    looked = []
    monkeypatch.setattr(marks, "checksum", lambda file: looked.append(file.name) or checksum(file))
    for _ in "once, and not again":
        assert list(faults(folder, made, whole=False)) == []
    assert looked == ["a"]


@pytest.mark.parametrize("why", ["damaged", "just written", "nothing is younger"])
def test_the_mark_stays_as_old_as_it_is(folder, why):
    made = marked(folder, a=10, b=10)
    place = folder / "whoosh-000001"
    if why == "damaged":
        aged(place / "b", HOUR // 2)
        turned(folder, "a", HOUR // 2)
    elif why == "just written":
        aged(place / "b", 0)  # it may be written to again, within the same tick of the clock
    before = (folder / MARK).stat().st_mtime_ns
    list(faults(folder, made, whole=False))
    assert (folder / MARK).stat().st_mtime_ns == before


def test_the_mark_gets_a_time_that_is_past(folder):
    made = marked(folder, a=10)
    aged(folder / "whoosh-000001" / "a", HOUR // 2)
    list(faults(folder, made, whole=False))
    age = time.time_ns() - (folder / MARK).stat().st_mtime_ns
    assert 2_000_000_000 <= age < HOUR // 2


def test_without_a_mark_all_files_are_gone_over(folder):
    made = marked(folder, a=65_537)
    (folder / MARK).unlink()
    turned(folder, "a")
    assert list(faults(folder, made, whole=False)) == [("a", "is not as it was written")]
    assert not (folder / MARK).exists()
