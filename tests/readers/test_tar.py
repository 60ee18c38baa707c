"""Members of tar, and files that are packed by themselves."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest
from files_making import documents
from packing import PROMISE, blocks, one

from progsearch.errors import ProgsearchError
from progsearch.readers import Refused
from progsearch.readers.containers import tarball


def tarred(members):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return data.getvalue()


MEMBERS = {"b/a.md": PROMISE, "../out.md": "Ven.", ".hidden.md": "Skryté.", "x.py": "print()"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_members_of_tar_are_documents(pack):
    first, second = documents("all.tar.gz", pack(tarred(MEMBERS)))
    assert (first.part, blocks(first)) == ("/b/a.md", [("paragraph", PROMISE)])
    assert isinstance(second, Refused)


def test_a_single_packed_file_is_read():
    assert blocks(one("a.md.gz", gzip.compress(PROMISE.encode()))) == [("paragraph", PROMISE)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_packed_too_far_is_refused(monkeypatch, pack):
    monkeypatch.setattr(tarball, "SMALL", 1000)
    monkeypatch.setattr(tarball, "MAX_RATIO", 2)
    with pytest.raises(ProgsearchError, match="would unpack"):
        documents("bomb.gz", pack(b"a" * 3_000_000))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_not_complete_is_refused(pack):
    with pytest.raises(ProgsearchError, match="damaged"):
        documents("a.gz", pack(PROMISE.encode())[:-6])
