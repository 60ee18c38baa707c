"""Files are found, named, and read only if that is safe."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from progsearch.errors import ProgsearchError
from progsearch.files import is_setting, read_source, roots_of, walk

links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "one.md").write_bytes(b"one")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(b"x")
    return folder


def found(*paths):
    return {source.path: source for source in walk(roots_of([Path(path) for path in paths]))}


def test_paths_begin_with_the_name_of_the_folder(corpus):
    assert list(found(corpus)) == ["corpus/a/one.md"]
    assert list(found(corpus / "a" / "one.md")) == ["a/one.md"]
    assert list(found(corpus, corpus / "a")) == ["a/one.md", "corpus/a/one.md"]


def test_names_are_composed(corpus):
    (corpus / unicodedata.normalize("NFD", "žába.md")).write_bytes(b"x")
    assert "corpus/žába.md" in found(corpus)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("progsearch.toml", True),
        ("garants.tsv", True),
        ("README.md", True),
        ("LICENSE", True),
        ("# zdravotnictvi.md", False),
        ("––celyprogram.md", False),
    ],
)
def test_settings_are_no_documents(name, setting):
    assert is_setting(name) is setting


def refusal(source, **more):
    with pytest.raises(ProgsearchError) as caught:
        read_source(source, **more)
    assert caught.value.remedy
    return caught.value.what


def test_reads_the_bytes_and_their_state(corpus):
    data, state = read_source(found(corpus)["corpus/a/one.md"])
    assert (data, state.st_size) == (b"one", 3)


def test_large_files_are_refused(corpus):
    assert "larger than" in refusal(found(corpus)["corpus/a/one.md"], max_bytes=2)
    assert read_source(found(corpus)["corpus/a/one.md"], max_bytes=3)[0] == b"one"


@links
def test_links_inside_are_followed_and_those_that_leave_are_not(corpus, tmp_path):
    (tmp_path / "secret.md").write_bytes(b"secret")
    (corpus / "in.md").symlink_to(corpus / "a" / "one.md")
    (corpus / "out.md").symlink_to(tmp_path / "secret.md")
    (corpus / "up").symlink_to(tmp_path)
    (corpus / "circle").symlink_to(corpus)
    (corpus / "self.md").symlink_to(corpus / "self.md")
    (corpus / "gone.md").symlink_to(corpus / "nowhere")
    sources = found(corpus)
    assert read_source(sources["corpus/in.md"])[0] == b"one"
    assert "leaves the corpus" in refusal(sources["corpus/out.md"])
    assert "leaves the corpus" in refusal(sources["corpus/up"])
    assert "a folder behind a link" in refusal(sources["corpus/circle"])
    assert "nowhere" in refusal(sources["corpus/self.md"])
    assert "nowhere" in refusal(sources["corpus/gone.md"])
    assert not any(path.startswith(("corpus/up/", "corpus/circle/")) for path in sources)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_not_waited_for(corpus):
    os.mkfifo(corpus / "pipe.md")
    assert "device or pipe" in refusal(found(corpus)["corpus/pipe.md"])


def test_a_file_that_changes_while_it_is_read_is_refused(corpus, monkeypatch):
    source = found(corpus)["corpus/a/one.md"]
    real = os.fstat

    def grown(descriptor):
        source.file.write_bytes(b"longer")
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", grown)
    assert "changed while" in refusal(source)


def test_a_file_that_vanishes_is_an_os_error(corpus):
    source = found(corpus)["corpus/a/one.md"]
    source.file.unlink()
    with pytest.raises(FileNotFoundError):
        read_source(source)
