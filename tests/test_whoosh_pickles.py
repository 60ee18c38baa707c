"""Nothing in an index can make Whoosh run code: a malicious pickle in each place that it reads."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
import struct
import sys
from collections import Counter
from pathlib import Path

import pytest
import whoosh as library
from making import document, passage, prepared
from whoosh.fields import Schema
from whoosh.index import TOC

from progsearch.clause import All, resolve
from progsearch.cli import app
from progsearch.engine import mark, whoosh
from progsearch.engine.whoosh import lists as whoosh_lists
from progsearch.engine.whoosh import pickles as whoosh_pickles
from progsearch.engine.whoosh.contents import NAME, SEGMENT_CLASS, PlainUnpickler, loads
from progsearch.engine.whoosh.pickles import PlainSegment, PlainStorage, read_toc
from progsearch.engine.whoosh.schema import schema
from progsearch.errors import ProgsearchError
from progsearch.query import Word

# What cannot be opened is not always closed by Whoosh.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


class Bomb:
    """Makes a folder when it is loaded by a plain unpickler."""

    def __init__(self, folder):
        self.folder = str(folder)

    def __reduce__(self):
        return (os.mkdir, (self.folder,))


class BombSchema(Schema):
    def __init__(self, folder):
        super().__init__()
        self.folder = str(folder)

    def __reduce__(self):
        return (os.mkdir, (self.folder,))


def file_of(folder, ending):
    return next(folder.glob(f"{NAME}_*{ending}"))


def in_the_segments(folder, fired):
    toc = read_toc(folder, schema())
    toc.segments.append(Bomb(fired))
    next(folder.glob("*.toc")).unlink()
    toc.write(PlainStorage(str(folder)), NAME)


def in_a_segment(folder, fired):
    toc = read_toc(folder, schema())
    toc.segments[0]._deleted = [Bomb(fired)]
    next(folder.glob("*.toc")).unlink()
    toc.write(PlainStorage(str(folder)), NAME)


def in_terms(folder, fired):
    file = file_of(folder, ".trm")
    data, bomb = file.read_bytes(), pickle.dumps({"fieldmap": Bomb(fired), "indextype": "I"}, 2)
    (length,) = struct.unpack("!i", data[-4:])
    file.write_bytes(data[: -4 - length] + bomb + struct.pack("!i", len(bomb)))


def in_heads_of_blocks(folder, fired):
    replace_postings(folder, pickle.dumps(Bomb(fired), 2))


def in_blocks(folder, fired):
    head = pickle.dumps((1, 1, 1, 0, 0, 0), 2)
    replace_postings(folder, head + pickle.dumps(Bomb(fired), 2))


def replace_postings(folder, data):
    """Have every term's postings be one and the same block."""
    block = b"W3Bl" + struct.pack("!i", -len(data)) + data
    file_of(folder, ".pst").write_bytes(block)
    reader = whoosh_pickles.PlainIndex(folder, schema()).reader()
    places = [at for _, _, at, _ in reader._terms._tindex._ranges()]
    reader.close()
    file = file_of(folder, ".trm")
    terms = bytearray(file.read_bytes())
    for at in places:
        whoosh_lists.EXTENT.pack_into(terms, at + whoosh_lists.INFO.size, 0, len(block))
    file.write_bytes(terms)


PLACES = (in_the_segments, in_a_segment, in_terms, in_heads_of_blocks, in_blocks)


def make(folder):
    parts = [passage("a", number, "lékaře sestry") for number in (1, 2)]
    engine = whoosh.open_index(folder, True)
    with engine.writer() as writer:
        writer.add(prepared(document("a", parts), parts))
        writer.commit({"summary": {"n": 1}})
    engine.close()


def read(folder, *, blocks):
    engine = whoosh.open_index(folder, False, blocks=blocks)
    engine.state("summary")
    list(engine.documents())
    clause = resolve(Word("lékaře"), engine.vocabulary, ("cs",))
    assert engine.search(clause, scope=All(), limit=None).total == 2
    engine.close()


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_a_malicious_pickle_does_not_run(tmp_path, place, blocks):
    folder, fired = tmp_path / "index", tmp_path / "fired"
    make(folder)
    read(folder, blocks=blocks)
    place(folder, fired)
    with pytest.raises(pickle.UnpicklingError, match=r"mkdir"):
        read(folder, blocks=blocks)
    assert not fired.exists()


def test_a_segment_is_what_its_pickle_names():
    assert (PlainSegment.__module__, PlainSegment.__name__) == SEGMENT_CLASS


def test_what_another_version_has_written_is_told_as_that():
    written = b"cprogsearch.engine.whoosh_pickles\nPlainSegment\n."
    with pytest.raises(pickle.UnpicklingError, match="another version of progsearch"):
        loads(written)


def test_the_bombs_are_live(tmp_path):
    pickle.loads(pickle.dumps(Bomb(tmp_path / "fired")))
    assert (tmp_path / "fired").is_dir()


def test_a_malicious_schema_is_not_even_loaded(tmp_path):
    folder, fired = tmp_path / "index", tmp_path / "fired"
    make(folder)
    toc = read_toc(folder, schema())
    next(folder.glob("*.toc")).unlink()
    TOC(BombSchema(fired), toc.segments, toc.generation).write(PlainStorage(str(folder)), NAME)
    read(folder, blocks=True)
    assert not fired.exists()


def test_a_malicious_posting_inside_a_term_does_not_run(tmp_path):
    info = whoosh_lists.INFO.pack(1, 1, 1, 0, 0, 1, 0, 0)
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        whoosh_pickles._TermInfo.from_bytes(info + pickle.dumps(Bomb(tmp_path / "fired"), 2))
    plain = pickle.dumps(((3,), (1.0,), (b"x",)), 2)
    found = whoosh_pickles._TermInfo.from_bytes(info + plain)
    assert found.inlined_postings() == ((3,), (1.0,), (b"x",))
    assert not (tmp_path / "fired").exists()


@pytest.mark.parametrize("place", PLACES)
def test_an_index_from_elsewhere_with_right_checksums_is_one_error(tmp_path, place):
    """Whoever can change an index can change its checksums, too."""
    folder, fired = tmp_path / "index", tmp_path / "fired"
    inner = folder / "whoosh-000001"
    make(inner)
    place(inner, fired)
    (inner / "MAIN_WRITELOCK").unlink(missing_ok=True)
    files = {one.name: (one.stat().st_size, mark.checksum(one)) for one in inner.iterdir()}
    mark.write_mark(folder, mark.Mark("whoosh", whoosh.LIBRARY, inner.name, files))
    with pytest.raises((ProgsearchError, pickle.UnpicklingError)) as error:
        app(["search", "lékař", "--index", str(folder)], standalone_mode=False)
    assert isinstance(error.value, ProgsearchError)
    assert "--rebuild" in str(error.value)
    assert not fired.exists()


@pytest.mark.parametrize(
    "value", [1, "x", b"x", None, True, 1.5, (1, 2), [1], {"a": (b"b",)}, {1, 2}, frozenset({1})]
)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_plain_values_come_back(value, protocol):
    if isinstance(value, set | frozenset) and protocol < 4:
        with pytest.raises(pickle.UnpicklingError):
            loads(pickle.dumps(value, protocol))
    else:
        assert loads(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("name", [os.system, eval, getattr, Path, shutil.rmtree, bytearray, Bomb])
def test_no_name_is_looked_up(name):
    with pytest.raises(pickle.UnpicklingError):
        loads(pickle.dumps(name))


USES = {
    "codec/whoosh3.py": 3,  # blocks' heads (read_pickle), blocks, postings inside a term
    "columns.py": 3,  # stored fields, twice, and compressed blocks: in no column of ours
    "externalsort.py": 1,  # a writer's own runs
    "filedb/compound.py": 2,  # segments in one file: never of ours, see read_toc
    "filedb/filetables.py": 1,  # read_pickle of a PlainFile
    "filedb/structfile.py": 1,  # read_pickle itself
    "formats.py": 6,  # positions with characters: our fields have none
    "index.py": 2,  # the table of contents, see read_toc
    "legacy.py": 3,  # tables of contents of old formats, see read_toc
    "util/loading.py": 1,  # the same
}
LOADING = {"loads", "load", "load_pickle", "read_pickle", "Unpickler", "RenamingUnpickler"}


@pytest.mark.skipif(not whoosh.BLOCKS, reason="another version of Whoosh")
def test_whoosh_loads_pickles_nowhere_else(tmp_path):
    """A use of pickle that a new version brings has to be looked at."""
    make(tmp_path)
    read(tmp_path, blocks=False)
    package = Path(library.__file__).parent
    files = {
        Path(module.__file__)
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "whoosh" and module.__file__
    }
    found = Counter()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name in LOADING or (name == "__init__" and "Unpickler" in ast.unparse(called)):
                found[file.relative_to(package).as_posix()] += 1
    assert dict(found) == USES
    assert issubclass(PlainUnpickler, pickle.Unpickler)
