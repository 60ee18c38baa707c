"""What was checked is what is read, with and without calls that open step by step."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from progsearch import opening
from progsearch.errors import ProgsearchError
from progsearch.opening import opened, setting_bytes, setting_text

SWAPPED = ("changed while it was read", "a link that leaves the corpus folder")
links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture(params=["step by step", "at once"])
def way(request, monkeypatch):
    """The two ways of opening: the second is that of Windows."""
    if request.param == "at once":
        monkeypatch.setattr(opening, "_STEPWISE", False)
    elif not opening._STEPWISE:
        pytest.skip("this system has no such calls")
    return request.param


@pytest.fixture
def top(tmp_path):
    folder = tmp_path / "top"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"secret")
    return folder


def read(file, top, **more):
    with opened(file, top, **more) as (descriptor, before):
        data = os.read(descriptor, 100)
        assert before.st_size == len(data)
        with pytest.raises(OSError, match=r".") as caught:
            os.write(descriptor, b"x")
        assert caught.value.errno == errno.EBADF
    with pytest.raises(OSError, match=r"."):
        os.fstat(descriptor)  # it was closed
    return data


def refusal(file, top, **more):
    before = descriptors()
    with pytest.raises(ProgsearchError) as caught, opened(file, top, **more):
        pass
    assert descriptors() == before
    assert caught.value.remedy
    return caught.value.what


def descriptors():
    """How many files are open, where that can be told."""
    place = Path("/proc/self/fd")
    return sum(1 for _ in place.iterdir()) if place.is_dir() else 0


def test_a_file_is_opened_to_be_read_and_closed(way, top):
    before = descriptors()
    assert read(top / "a" / "b" / "file", top) == b"inside"
    assert read(top / "a" / "b" / "file", top, links=False) == b"inside"
    assert read(top / "a" / "b" / "file", top / "a" / "b") == b"inside"
    assert descriptors() == before


@links
@pytest.mark.parametrize("where", ["file", "folder"])
def test_links_are_followed_below_the_top_only(way, top, tmp_path, where):
    if where == "file":
        (top / "in").symlink_to(top / "a" / "b" / "file")
        (top / "out").symlink_to(tmp_path / "secret")
        inside, outside = top / "in", top / "out"
    else:
        (top / "in").symlink_to(top / "a")
        (top / "out").symlink_to(tmp_path)
        inside, outside = top / "in" / "b" / "file", top / "out" / "secret"
    assert read(inside, top) == b"inside"
    assert "leaves the corpus folder" in refusal(outside, top)
    for one in (inside, outside):
        assert "a link where none may be" in refusal(one, top, links=False)


@links
def test_the_top_itself_may_be_a_link(way, top, tmp_path):
    (tmp_path / "other").symlink_to(top)
    assert read(tmp_path / "other" / "a" / "b" / "file", tmp_path / "other") == b"inside"
    assert read(tmp_path / "other" / "a" / "b" / "file", tmp_path / "other", links=False)


@links
def test_links_that_lead_nowhere_are_told(way, top):
    (top / "gone").symlink_to(top / "no")
    (top / "round").symlink_to(top / "round")
    (top / "folder").symlink_to(top)
    for name in ("gone", "round"):
        assert "leads nowhere" in refusal(top / name, top)
    assert "a folder behind a link" in refusal(top / "folder", top)
    assert "a folder behind a link" in refusal(top / "a", top)


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="this system has no such flag")
def test_who_may_pass_through_a_folder_need_not_be_allowed_to_list_it(top, monkeypatch):
    flags, real = {}, os.open

    def watched(path, how, **more):
        flags[Path(path).name] = how
        return real(path, how, **more)

    monkeypatch.setattr(os, "open", watched)
    read(top / "a" / "b" / "file", top)
    for name in ("top", "a", "b"):
        assert flags[name] & os.O_PATH
        assert flags[name] & os.O_DIRECTORY
    for name in ("a", "b", "file"):  # and no link is followed, nor kept by a process begun here
        assert flags[name] & os.O_NOFOLLOW
        assert flags[name] & os.O_CLOEXEC
    assert flags["file"] & os.O_NONBLOCK


def test_what_is_not_there_is_no_error_of_ours(way, top):
    for name in ("no", "a/no", "no/no"):
        with pytest.raises(FileNotFoundError), opened(top / name, top):
            pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("links", [True, False])
def test_a_pipe_is_refused_before_it_is_opened(way, top, links, monkeypatch):
    os.mkfifo(top / "pipe")
    opened_names, real = [], os.open

    def watched(path, *words, **more):
        opened_names.append(str(path))
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", watched)
    assert "a device or pipe" in refusal(top / "pipe", top, links=links)
    assert not any(name.endswith("pipe") for name in opened_names)


@links
def test_a_file_that_becomes_a_link_meanwhile_is_refused(way, top, tmp_path, monkeypatch):
    """The look is at the file, and the opening would be of the link."""
    file, real = top / "a" / "b" / "file", os.open

    def swapping(path, *words, **more):
        if str(path).endswith("file"):
            file.unlink()
            file.symlink_to(tmp_path / "secret")
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", swapping)
    # Afterwards the one way sees the link, and the other that it leaves.
    assert refusal(file, top) in SWAPPED


@links
def test_a_folder_that_becomes_a_link_meanwhile_is_refused(way, top, tmp_path, monkeypatch):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "file").write_bytes(b"secret")
    file, real, swapped = top / "a" / "b" / "file", os.open, []

    def swapping(path, *words, **more):
        if not swapped and str(path).endswith(("b", "file")):
            swapped.append((top / "a" / "b").rename(tmp_path / "kept"))
            (top / "a" / "b").symlink_to(tmp_path / "far")
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", swapping)
    assert refusal(file, top) in SWAPPED
    assert swapped


@links
def test_a_file_that_is_another_meanwhile_is_refused_where_it_is_opened_at_once(
    top, tmp_path, monkeypatch
):
    monkeypatch.setattr(opening, "_STEPWISE", False)
    file, real = top / "a" / "b" / "file", os.open

    def swapping(path, *words, **more):
        descriptor = real(path, *words, **more)
        file.rename(tmp_path / "kept")
        file.write_bytes(b"other")
        return descriptor

    monkeypatch.setattr(os, "open", swapping)
    assert refusal(file, top) == "changed while it was read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_any_more_when_it_is_open_is_refused(top, monkeypatch):
    file, real = top / "a" / "b" / "file", os.open

    def swapping(path, *words, **more):
        if str(path).endswith("file"):
            file.unlink()
            os.mkfifo(file)
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", swapping)
    assert "a device or pipe" in refusal(file, top)  # and it is not waited for


@pytest.mark.skipif(not opening._STEPWISE, reason="this system has no such calls")
@pytest.mark.parametrize("number", [errno.ELOOP, errno.EMLINK, errno.EACCES])
def test_errors_of_the_opening_are_told_apart(top, monkeypatch, number):
    real = os.open

    def failing(path, *words, **more):
        if path == "file":
            raise OSError(number, os.strerror(number))
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", failing)
    if number == errno.EACCES:
        with pytest.raises(PermissionError), opened(top / "a" / "b" / "file", top):
            pass
    else:
        assert refusal(top / "a" / "b" / "file", top) == "changed while it was read"


def test_files_of_settings_have_a_size_that_they_may_have(way, tmp_path):
    file = tmp_path / "settings"
    file.write_bytes(b"12345")
    assert setting_bytes(file, limit=5) == b"12345"
    assert setting_bytes(file, tmp_path, limit=6) == b"12345"
    with pytest.raises(ProgsearchError, match="larger than 0 MB") as caught:
        setting_bytes(file, limit=4)
    assert (caught.value.where, bool(caught.value.remedy)) == (str(file), True)
    with pytest.raises(ProgsearchError, match="larger than 7 MB"):
        raise opening.too_large_setting(file, 7_000_000)


@links
def test_ones_own_settings_may_be_links_and_those_of_a_corpus_stay_in_it(way, top, tmp_path):
    (top / "link").symlink_to(tmp_path / "secret")
    assert setting_bytes(top / "link") == b"secret"
    with pytest.raises(ProgsearchError, match="leaves") as caught:
        setting_bytes(top / "link", top)
    assert caught.value.where == str(top / "link")


def test_the_text_of_settings_has_one_kind_of_line_ends(tmp_path):
    file = tmp_path / "settings"
    file.write_bytes("\ufeffa\r\nb\rc\n\nž".encode())
    assert setting_text(file) == "a\nb\nc\n\nž"
    file.write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        setting_text(file)
    assert setting_text(file, errors="replace") == "\ufffd"
