"""Promises that hold for every command: no network, no lost file, no traceback."""

from __future__ import annotations

import socket

import pytest
from every_command import asking, files_written, name_of, names, reading, run


@pytest.fixture(scope="module")
def index(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("every") / "index"
    assert run("ingest", project / "corpus", "--index", folder, "-q").code == 0
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
