"""Promises that hold for every command: no network, no lost file, no traceback."""

from __future__ import annotations

import io
import os
import socket
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest
from every_command import answering, asking, files_written, name_of, names, reading, run

from progsearch import cli
from progsearch.errors import ProgsearchError
from progsearch.outputs import replaced


@pytest.fixture(scope="module")
def index(project, tmp_path_factory):
    """A small one: each command is run again and again, and what is in it does not matter."""
    folder = tmp_path_factory.mktemp("small") / "index"
    regions = [project / "corpus" / "se" / f"region-{name}" for name in ("norrbotten", "kronoberg")]
    run("ingest", *regions, "--index", folder, "-q")
    return folder


@pytest.fixture(autouse=True)
def _here(project, monkeypatch):
    monkeypatch.chdir(project)


def installed(words):
    """Whether the optional library that a command line needs is there."""
    from importlib.util import find_spec

    needed = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
    return all(find_spec(needed[word]) for word in words if word in needed)


def test_no_command_is_forgotten(index, tmp_path, project):
    lines = [*asking(tmp_path, index), *files_written(index), *reading(project / "corpus", index)]
    lines += answering(index)
    assert {name_of(words) for words in lines} == names()


def test_no_command_uses_the_network(index, tmp_path, project, monkeypatch):
    asked = []

    def refused(*words, **more):
        asked.append(words)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        monkeypatch.setattr(socket, name, refused)
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("example.org", 80))
    asked.clear()
    lines = asking(tmp_path, index)
    lines += reading(project / "corpus", tmp_path / "anew")
    for number, words in enumerate(files_written(index)):
        if installed(words):
            lines.append([*words, str(tmp_path / f"written-{number}")])
    for words in lines:
        assert run(*words).code == 0, words
    assert asked == []


def test_no_process_that_analyses_uses_the_network(tmp_path):
    """The same with files enough for several processes, each of which begins by refusing."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def refused(*words, **more):\n"
        "    raise OSError('no network here')\n"
        "for name in ('connect', 'connect_ex', 'bind', 'sendto'):\n"
        "    setattr(socket.socket, name, refused)\n"
        "socket.create_connection = socket.getaddrinfo = refused\n",
        encoding="utf-8",
    )
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(300):
        (corpus / f"{number}.txt").write_text(f"Vården behöver läkare {number}.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "progsearch", "ingest", str(corpus), "--index", tmp_path / "index"],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "300 added" in done.stderr


# -- outputs


def one_each(index, folder):
    """A command line for each command that writes to stdout."""
    lines = {name_of(words): words for words in reversed(asking(folder, index))}
    return list(lines.values())


def main(words, stream, monkeypatch, capsys):
    """The command line as it is run, with that stdout: its exit code and what it said."""
    monkeypatch.setattr(sys, "argv", ["progsearch", *map(str, words)])
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    monkeypatch.undo()
    return ended.value.code, capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_an_error_of_every_command(index, tmp_path, project, monkeypatch, capsys):
    for words in one_each(index, tmp_path):
        monkeypatch.chdir(project)
        with Path("/dev/full").open("wb", buffering=0) as full:
            stream = io.TextIOWrapper(io.BufferedWriter(full), encoding="utf-8")
            code, said = main(words, stream, monkeypatch, capsys)
        assert code == 1, words
        assert said.splitlines()[-1].startswith("progsearch: "), words
        assert "No space left" in said, words


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_a_closed_pipe_is_quiet_for_every_command(index, tmp_path, project, monkeypatch, capsys):
    for words in one_each(index, tmp_path):
        monkeypatch.chdir(project)
        reader, writer = os.pipe()
        os.close(reader)
        stream = io.TextIOWrapper(os.fdopen(writer, "wb"), encoding="utf-8")
        code, said = main(words, stream, monkeypatch, capsys)
        assert code in (0, 1), words
        assert "pipe" not in said, words
        with suppress(BrokenPipeError):
            stream.close()


def writing(index, folder):
    """A command line for each command that has --output, to be followed by its file."""
    written = one_each(index, folder)
    more = [words for words in files_written(index) if "-o" in words and installed(words)]
    return [*([*words, "-o"] for words in written), *more]


@pytest.mark.skipif(os.name == "nt", reason="rights of files")
def test_a_file_that_is_replaced_hands_its_rights_on(index, tmp_path):
    file = tmp_path / "out"
    link = tmp_path / "link"
    link.symlink_to(file)
    for number, words in enumerate(writing(index, tmp_path)):
        file.write_text("before", encoding="utf-8")
        file.chmod(0o640)
        assert run(*words, link if number % 2 else file).code == 0
        assert link.is_symlink()
        assert file.read_bytes() != b"before", words
        assert stat.S_IMODE(file.stat().st_mode) == 0o640, words
    assert not list(tmp_path.glob(".*"))


def test_a_file_stays_when_it_cannot_be_replaced(index, tmp_path, monkeypatch):
    file = tmp_path / "out"
    file.write_text("before", encoding="utf-8")
    lines = writing(index, tmp_path)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("progsearch.outputs.os.fsync", full)
    for words in lines:
        with pytest.raises(ProgsearchError, match="cannot be written: No space left") as caught:
            run(*words, file)
        assert caught.value.where == str(file)
        assert file.read_text(encoding="utf-8") == "before", words
    assert not list(tmp_path.glob(".*"))


def test_where_nothing_can_be_written(index, tmp_path):
    """A folder, or below one that is not there: each command is tried with one of them."""
    places = (("", "it is a folder"), ("no/such/folder", "No such file or directory"))
    for words, (name, what) in zip(writing(index, tmp_path), cycle(places), strict=False):
        with pytest.raises(ProgsearchError, match=what) as caught:
            run(*words, tmp_path / name)
        assert caught.value.remedy


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights bind no one here")
def test_a_write_protected_file_is_not_replaced(index, tmp_path):
    file = tmp_path / "out"
    file.write_text("before", encoding="utf-8")
    file.chmod(0o444)
    with pytest.raises(ProgsearchError, match="write-protected"):
        run("list", "documents", "--index", index, "-o", file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with replaced(pipe) as aside:
        assert aside.name != pipe.name  # on Windows CON is the terminal in every folder
        aside.write_bytes(b"text")
    reader.join()
    assert got == [b"text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# -- whoever uses it clumsily


def spoilt(kind, folder):
    """A folder that is no index."""
    place = folder / kind
    if kind == "file":
        place.write_text("no index", encoding="utf-8")
    elif kind != "missing":
        place.mkdir()
    return place


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_no_index_is_one_clear_error(index, tmp_path, kind):
    place = spoilt(kind, tmp_path)
    for words in one_each(index, tmp_path):
        if "--index" not in words:
            continue
        asked = [str(place) if word == str(index) else word for word in words]
        with pytest.raises((ProgsearchError, OSError)) as caught:
            run(*asked)
        assert isinstance(caught.value, ProgsearchError), words
        assert caught.value.remedy, words


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nonsense"], 2),
        (["search", "--nonsense"], 2),
        (["search", "a", "-n", "many"], 2),
        (["search", "a", "--format"], 2),
        (["show"], 2),
        (["themes", "nonsense"], 2),
        (["export"], 2),
        (["search", "a", "--since", "yesterday"], 1),
        (["search", "a", "--format", "\x1b[2J"], 1),
        (["list", "everything"], 1),
        (["check", "no such file"], 1),
        (["run", "no such recipe"], 1),
        (["themes", "show", "no-such-theme"], 1),
        (["themes", "new", "../up"], 1),
        (["evaluate"], 1),
        (["cite", "nothing"], 1),
    ],
)
def test_a_wrong_command_line_is_one_line_and_a_code(words, code, index, monkeypatch, capsys):
    more = [] if {"themes", "check", "export", "nonsense"} & set(words) else ["--index", index]
    if code == 2:
        more = []
    got, said = main([*words, *more], io.StringIO(), monkeypatch, capsys)
    assert got == code
    assert "Traceback" not in said
    assert "\x1b" not in said
    if words != ["export"]:
        assert len(said.splitlines()) == 1
        assert said.startswith("progsearch: ")


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"COLUMNS": "1", "TERM": "dumb"},
        {"COLUMNS": "x"},
    ],
)
def test_no_locale_is_too_poor(index, environment):
    done = subprocess.run(
        [sys.executable, "-m", "progsearch", "search", "lékař OR läkare", "--index", str(index)],
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "läkar" in done.stdout.decode("utf-8")
