"""Files are found, named, and read only if that is safe."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from refusing import refusal

from progsearch.errors import ProgsearchError
from progsearch.files import (
    Beside,
    Root,
    SourceFile,
    is_document,
    is_setting,
    read_source,
    rights_of,
    roots_of,
    stamp_of,
    walk,
)

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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "own_group", "wanted"),
    [
        (0o755, 0o644, True, 0o777),
        (0o755, 0o644, False, 0o777),
        (0o700, 0o644, True, 0o700),
        (0o755, 0o600, True, 0o700),
        (0o750, 0o640, True, 0o770),
        (0o750, 0o640, False, 0o700),  # the group is not that of the index
        (0o755, 0o640, True, 0o770),
        (0o750, 0o644, True, 0o770),
        (0o711, 0o644, True, 0o777),  # a folder that cannot be listed can be passed through
        (0o744, 0o644, True, 0o700),  # and one that can be listed only cannot
        (0o755, 0o604, False, 0o777),  # whom everyone's rights hold for, the group's do, too
        (0o755, 0o622, True, 0o700),
        (0o755, 0o711, True, 0o700),  # to run a file is not to read it
    ],
)
def test_who_may_read_a_file(corpus, folder_mode, file_mode, own_group, wanted, monkeypatch):
    file = corpus / "a" / "one.md"
    source = found(corpus)["corpus/a/one.md"]
    for above in (corpus, *corpus.parents):
        if above.stat().st_mode & 0o777 == 0o700:
            above.chmod(0o755)  # folders of tests are private
    gid = file.stat().st_gid
    monkeypatch.setattr(os, "getegid", lambda: gid if own_group else gid + 1)
    file.chmod(file_mode)
    (corpus / "a").chmod(folder_mode)
    folders = {}
    assert oct(rights_of(source, folders)) == oct(wanted)
    # What is known of folders from before is not asked again.
    (corpus / "a").chmod(0o700)
    assert oct(rights_of(source, folders)) == oct(wanted)
    assert rights_of(source, {}) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_who_may_read_a_file_must_pass_through_all_folders(corpus):
    source = found(corpus)["corpus/a/one.md"]
    for above in (corpus, *corpus.parents):
        if above.stat().st_mode & 0o777 == 0o700:
            above.chmod(0o755)
    assert rights_of(source, {}) == 0o777
    corpus.chmod(0o700)
    assert rights_of(source, {}) == 0o700
    source.file.unlink()
    with pytest.raises(FileNotFoundError):
        rights_of(source, {})


def test_a_stamp_is_of_the_time_and_the_size(corpus):
    source = found(corpus)["corpus/a/one.md"]
    os.utime(source.file, ns=(1, 5_000_000_000))
    assert stamp_of(source) == (5_000_000_000, 3)
    assert read_source(source)[1] == stamp_of(source)
    blob = "0123456789abcdef" * 2
    held = SourceFile("x", source.file, source.root, blob, 7)
    assert stamp_of(held) == (0x0123456789ABCDE, 7)


def test_hidden_files_and_folders_of_programs_are_none(corpus):
    for name in (".hidden.md", "a/.x.md", "node_modules/a.md", "__pycache__/a.md", "bare/x.md"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_bytes(b"x")
    assert "corpus/bare/x.md" in found(corpus)
    for name in ("objects", "refs"):
        (corpus / "bare" / name).mkdir()
    assert "corpus/bare/x.md" in found(corpus)
    (corpus / "bare" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    assert list(found(corpus)) == ["corpus/a/one.md"]


@pytest.mark.parametrize("name", ["readme.txt", "Readme", "licence.md", "license-mit", "x.toml"])
def test_files_that_tell_of_the_corpus_are_settings_in_any_letters(name):
    assert is_setting(name) is (name.lower().startswith(("readme", "license")))
    assert is_document(name) is not is_setting(name)


def test_a_root_is_named_once_and_two_of_a_name_are_refused(corpus, tmp_path):
    assert roots_of([corpus, corpus]) == [Root("corpus", corpus)]
    file = corpus / "a" / "one.md"
    assert roots_of([file]) == [Root("a", corpus / "a", "one.md")]
    assert roots_of([corpus / "a", file]) == [
        Root("a", corpus / "a"),
        Root("a", corpus / "a", "one.md"),
    ]
    (tmp_path / "far" / "corpus").mkdir(parents=True)
    with pytest.raises(ProgsearchError, match="two folders are named 'corpus'"):
        roots_of([corpus, tmp_path / "far" / "corpus"])
    with pytest.raises(ProgsearchError, match="no such file or folder") as caught:
        roots_of([corpus / "none"])
    assert caught.value.where == str(corpus / "none")
    assert roots_of([Path(corpus.anchor)])[0].label == "root"


def test_the_top_is_the_corpus_folder(corpus):
    assert Root("corpus", corpus).top == corpus
    assert Root("corpus/a", corpus / "a").top == corpus
    assert Root("corpus/a/b", corpus / "a" / "b").top == corpus


@links
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_cannot_be_those_of_documents_are_refused(corpus):
    for name in (b"\xff.md", unicodedata.normalize("NFD", "ž.md").encode(), "ž.md".encode()):
        (corpus / os.fsdecode(name)).write_bytes(b"x")
    sources = found(corpus)
    bad = sources["corpus/\ufffd.md"]
    assert refusal(bad) == "the name of the file is not UTF-8"
    with pytest.raises(ProgsearchError) as caught:
        read_source(bad)
    assert caught.value.remedy == "give it another name"
    two = sum(1 for _ in corpus.iterdir()) == 5  # some systems take both names for one
    assert ("corpus/ž.md (2)" in sources) is two
    if two:
        assert "differs only in how it is coded" in refusal(sources["corpus/ž.md (2)"])
        assert read_source(sources["corpus/ž.md"])[0] == b"x"
    # The same file named twice is one.
    assert list(found(corpus / "a", corpus / "a" / "one.md")) == ["a/one.md"]


def test_a_folder_that_cannot_be_listed_is_named_with_why(corpus, monkeypatch):
    real = os.scandir

    def scandir(path):
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (source,) = found(corpus).values()
    assert (source.path, source.closed) == ("corpus/a", True)
    with pytest.raises(ProgsearchError) as caught:
        read_source(source)
    assert caught.value.what == "the folder cannot be read: Permission denied"
    assert caught.value.remedy == "allow it, or put the disk back"


def test_files_are_as_large_as_the_limit_and_no_larger(corpus):
    source = found(corpus)["corpus/a/one.md"]
    source.file.write_bytes(b"x" * 3_000_000)
    assert read_source(source, max_bytes=3_000_000)[1].st_size == 3_000_000
    assert refusal(source, max_bytes=2_999_999) == "larger than 3 MB"


@pytest.mark.parametrize("how", ["longer", "shorter", "later"])
def test_any_change_while_it_is_read_is_seen(corpus, monkeypatch, how):
    source = found(corpus)["corpus/a/one.md"]
    real, calls = os.fdopen, []

    def changing(*words, **more):
        stream = real(*words, **more)
        if not calls:
            calls.append(how)
            if how == "later":
                os.utime(source.file, ns=(1, 1))
            else:
                source.file.write_bytes(b"longer" if how == "longer" else b"")
        return stream

    monkeypatch.setattr(os, "fdopen", changing)
    assert refusal(source) == "changed while it was read"


def test_files_beside_are_read_and_none_outside(corpus, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (corpus / "b").mkdir()
    (corpus / "b" / "two").write_bytes(b"two")
    beside = Beside(found(corpus)["corpus/a/one.md"], max_bytes=3)
    assert beside("one.md") == b"one"
    assert beside("../b/two") == b"two"
    for name in ("../../secret", "none", str(tmp_path / "secret"), "../b"):
        assert beside(name) is None
    assert Beside(found(corpus)["corpus/a/one.md"], max_bytes=2)("one.md") is None
