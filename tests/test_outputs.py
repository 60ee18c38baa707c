"""An output takes the place of a file at one blow, or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from progsearch.errors import ProgsearchError
from progsearch.outputs import replaced

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights and links")


def put(file, data=b"new"):
    with replaced(file) as aside:
        assert aside.parent == file.resolve().parent
        assert not aside.exists()
        aside.write_bytes(data)
        assert not file.exists() or file.read_bytes() != data


def test_a_new_file_and_one_that_is_replaced(tmp_path):
    file = tmp_path / "a.csv"
    put(file)
    assert file.read_bytes() == b"new"
    put(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [file]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_rights_are_handed_on(tmp_path, mode):
    file = tmp_path / "a.csv"
    file.write_bytes(b"old")
    file.chmod(mode)
    put(file)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
def test_a_new_file_has_the_rights_that_files_get(tmp_path):
    before = os.umask(0o027)
    try:
        put(tmp_path / "a.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


@posix
def test_of_a_link_the_file_behind_it_is_replaced(tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "a.csv", tmp_path / "a.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    put(link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


class FailureError(Exception):
    pass


@pytest.mark.parametrize("error", [FailureError, KeyboardInterrupt])
def test_what_fails_leaves_the_file_and_nothing_else(tmp_path, error):
    file = tmp_path / "a.csv"
    file.write_bytes(b"old")

    def fail():
        with replaced(file) as aside:
            aside.write_bytes(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_not_written_at_all_is_an_error(tmp_path):
    file = tmp_path / "a.csv"
    with pytest.raises(ProgsearchError), replaced(file):
        pass
    assert list(tmp_path.iterdir()) == []


def refused(file):
    with pytest.raises(ProgsearchError) as caught, replaced(file) as aside:
        aside.write_bytes(b"new")
    assert caught.value.where == str(file)
    assert "--output" in caught.value.remedy
    return caught.value.what


def test_a_folder_and_a_place_that_is_not_there_are_refused(tmp_path):
    assert refused(tmp_path) == "cannot be written: it is a folder"
    assert "No such file" in refused(tmp_path / "no" / "a.csv")


def test_a_write_protected_file_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(file) == "cannot be written: it is write-protected"
    assert file.read_bytes() == b"old"


def test_a_closed_pipe_is_no_error_of_ours(tmp_path):
    with pytest.raises(BrokenPipeError), replaced(tmp_path / "a.csv"):
        raise BrokenPipeError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_gets_the_bytes_when_they_are_whole(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replaced(pipe) as aside:
        aside.write_bytes(b"new" * 100)
        assert os.read(reader, 1000) == b""
    assert os.read(reader, 1000) == b"new" * 100
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
