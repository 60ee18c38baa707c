"""Many writers of one index give what one gives, whatever is repeated, damaged or stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from durable_making import everything, fill, ids, one
from every_command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import corpora

from progsearch.engine import create, installed, open_engine
from progsearch.engine.begun import LEDGER, SHARES
from progsearch.engine.mark import read_mark
from progsearch.engine.sharing import FolderShares
from progsearch.errors import ProgsearchError

THREE = 3


@pytest.fixture
def corpus(project, tmp_path):
    """Some files of the demonstration corpus, which may be changed."""
    folder = tmp_path / "corpus"
    shutil.copytree(project / "corpus", folder)
    for file in sorted(folder.rglob("*.md"))[8:]:
        file.unlink()
    return folder


@pytest.fixture(params=installed())
def at(request, tmp_path):
    return ("--index", tmp_path / "index", "--engine", request.param)


def exported(index):
    """All that an index has of its documents, and of its files."""
    return (
        run("export", "corpus", "-f", "jsonl", "--index", index).stdout,
        run("list", "documents", "-f", "csv", "--index", index).stdout,
        run("count", "škola", "--by", "region,party", "-f", "csv", "--index", index).stdout,
    )


def share(corpus, at, number, generation, **more):
    words = ("--shard", f"{number}/{THREE}", "--generation", generation, "-q")
    return run("ingest", corpus, *at, *words, **more)


def test_shares_give_what_one_writer_gives(corpus, at, tmp_path):
    run("ingest", corpus, "--index", tmp_path / "one", "-q")
    generation = run("ingest", "--begin", *at).stdout.strip()
    with pytest.raises(ProgsearchError, match="another ingest"):
        run("ingest", corpus, *at, "-q")
    share(corpus, at, 1, generation)
    with pytest.raises(ProgsearchError, match=r"not been written: 2, 3") as error:
        run("ingest", "--commit", generation, *at)
    assert f"--shard 2/{THREE}" in error.value.remedy
    for number in (2, 3, 2):  # one of them twice
        share(corpus, at, number, generation)
    with pytest.raises(ProgsearchError, match="no index"):
        run("count", "škola", "--index", tmp_path / "index")
    run("ingest", "--commit", generation, *at)
    assert exported(tmp_path / "index") == exported(tmp_path / "one")
    assert run("verify", "--index", tmp_path / "index").code == 0
    with pytest.raises(ProgsearchError, match="is not being written"):
        run("ingest", "--commit", generation, *at)

    # Some files change, one goes, and a share is repeated after one more has changed.
    files = sorted(corpus.rglob("*.md"))
    files[0].unlink()
    for file in files[1:4]:
        file.write_text(file.read_text(encoding="utf-8") + "\n\nStavíme školy.\n", encoding="utf-8")
    before = exported(tmp_path / "index")
    generation = run("ingest", "--begin", *at).stdout.strip()
    for number in range(1, THREE + 1):
        share(corpus, at, number, generation)
    files[5].write_text("# Jiný\n\nNový program.\n", encoding="utf-8")
    for number in range(1, THREE + 1):
        share(corpus, at, number, generation)
    assert exported(tmp_path / "index") == before
    run("ingest", "--commit", generation, *at)
    run("ingest", corpus, "--index", tmp_path / "one", "-q")
    assert exported(tmp_path / "index") == exported(tmp_path / "one")
    assert run("verify", "--index", tmp_path / "index").code == 0


def test_a_generation_that_is_given_up_leaves_all_as_it_was(corpus, at, tmp_path):
    run("ingest", corpus, *at, "-q")
    before = exported(tmp_path / "index")
    for file in sorted(corpus.rglob("*.md"))[:5]:
        file.write_text("# Jiný\n\nNový program.\n", encoding="utf-8")
    generation = run("ingest", "--begin", *at).stdout.strip()
    share(corpus, at, 1, generation)
    run("ingest", "--abandon", generation, *at)
    assert exported(tmp_path / "index") == before
    with pytest.raises(ProgsearchError, match="is not being written"):
        share(corpus, at, 2, generation)
    run("ingest", corpus, *at, "-q")
    assert run("verify", "--index", tmp_path / "index").code == 0


# The parts of an index in a folder


@pytest.fixture(params=installed())
def name(request):
    return request.param


def share_of(engine, generation, number, of, ops):
    """Write a share: what is added and what is taken out, in this order."""
    with engine.together().share(generation, number, of) as writer:
        _do(writer, ops)
        writer.commit({"report": {"number": number}})


def _do(writer, ops):
    for what in ops:
        if isinstance(what, str):
            writer.remove(what)
        else:
            writer.add(what)


def shared(folder, name, shares, **more):
    """An index to which shares were written by as many, and committed."""
    with closing(create(name, folder, **more)) as engine:
        generation = engine.together().begin()
    for number, ops in enumerate(shares, 1):
        with closing(create(None, folder, together=True)) as engine:
            share_of(engine, generation, number, len(shares), ops)
    with closing(create(None, folder, together=True)) as engine:
        told = engine.together().reports(generation, "report")
        assert told == [{"number": number} for number in range(1, len(shares) + 1)]
        with engine.together().committing(generation) as writer:
            writer.commit({"summary": {"of": len(shares)}})
        return everything(engine)


@given(corpora(), st.data())
@settings(max_examples=examples(8))
def test_parts_give_what_one_writer_gives(made, data):
    before = data.draw(st.lists(st.sampled_from(made), unique_by=lambda some: some.document.id))
    ops = [[], [], []]
    for more in made:
        ident = more.document.id
        for what in data.draw(st.lists(st.sampled_from([more, ident]), max_size=3)):
            ops[len(ident + more.passages[0].text) % len(ops)].append(what)
    for name in installed():
        with TemporaryDirectory() as place:
            folders = Path(place, "one"), Path(place, "many")
            for folder in folders:
                with closing(create(name, folder)) as engine, engine.writer() as writer:
                    _do(writer, before)
                    writer.commit({"summary": {}})
            with closing(create(name, folders[0])) as engine:
                with engine.writer() as writer:
                    _do(writer, chain(*ops))
                    writer.commit({"summary": {"of": 3}})
                wanted = everything(engine), {*engine.vocabulary.entries("cs")}
            shared(folders[1], name, ops)
            with closing(open_engine(folders[1])) as engine:
                assert (everything(engine), {*engine.vocabulary.entries("cs")}) == wanted
                assert engine.trouble() is None
            assert not Path(folders[1], SHARES).exists()


def test_what_is_made_anew_by_several_has_nothing_of_before(name, tmp_path):
    other = next(some for some in installed() if some != name)
    fill(create(other, tmp_path), one("a")).close()
    found = shared(tmp_path, name, [[one("b")], [one("c")]], rebuild=True)
    assert [ident for ident, _ in found[0]] == ["b", "c"]
    assert open_engine(tmp_path).name == name
    assert read_mark(tmp_path).generation == f"{name}-000002"


def test_while_several_write_nobody_else_does_and_all_read_what_was(name, tmp_path):
    fill(create(name, tmp_path), one("a")).close()
    engine = create(name, tmp_path)
    generation = engine.together().begin()
    share_of(create(None, tmp_path, together=True), generation, 1, 2, [one("b")])
    assert ids(tmp_path) == ["a"]
    assert f"generation {generation}" in open_engine(tmp_path).status().writer
    for word in ("writer", "begin"):
        with pytest.raises(ProgsearchError, match="another ingest") as error:
            engine.together().begin() if word == "begin" else engine.writer().__enter__()
        assert f"--abandon {generation}" in error.value.remedy
    told = []
    waits = create(
        name,
        tmp_path,
        waiting=lambda what: (told.append(what), engine.together().abandon(generation)),
    )
    fill(waits, one("c")).close()
    assert "waiting" in told[0]
    assert ids(tmp_path) == ["a", "c"]
    assert not (tmp_path / SHARES).exists()
    assert create(name, tmp_path).together().begin() > generation  # no late share gets into it


def _cut(place):
    file = max((place / "00001").iterdir(), key=lambda file: file.stat().st_size)
    file.write_bytes(file.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda place: _cut(place), "share 1 is damaged"),
        (lambda place: max((place / "00002").iterdir()).unlink(), "share 2 is damaged"),
        (lambda place: (place / "00002.json").unlink(), "have not been written: 2"),
        (lambda place: (place / "00002.json").write_text("{"), "have not been written: 2"),
        (lambda place: (place.parent / LEDGER).write_text("["), "cannot be read"),
        (lambda place: (place.parent / LEDGER).unlink(), "is not being written"),
    ],
    ids=["bytes", "file", "report", "half", "ledger", "none"],
)
def test_a_part_that_is_not_as_it_was_written_is_not_taken(name, tmp_path, spoil, told):
    engine = create(name, tmp_path)
    generation = engine.together().begin()
    share_of(engine, generation, 1, 2, [one("a")])
    share_of(engine, generation, 2, 2, [one("b")])
    spoil(tmp_path / SHARES)
    with (
        pytest.raises(ProgsearchError, match=told) as error,
        create(None, tmp_path, together=True).together().committing(generation) as writer,
    ):
        writer.commit({})
    assert error.value.remedy
    with pytest.raises(ProgsearchError, match="no index"):
        open_engine(tmp_path)


def test_shares_must_be_of_one_number_and_each_has_one_writer(name, tmp_path):
    engine = create(name, tmp_path)
    generation = engine.together().begin()
    share_of(engine, generation, 1, 2, [one("a")])
    with engine.together().share(generation, 2, 3) as writer:
        with pytest.raises(ProgsearchError, match="just being written"):
            share_of(create(None, tmp_path, together=True), generation, 2, 2, [])
        writer.add(one("b"))
        writer.commit({})
    with pytest.raises(ProgsearchError, match="the shares are of 2 and of 3"):
        engine.together().reports(generation, "report")
    with engine.together().share(generation, 2, 2) as writer:
        with pytest.raises(ProgsearchError, match="begin anew"):
            writer.clear()
        engine.together().abandon(generation)
        with pytest.raises(ProgsearchError, match="still being written: 2"):
            engine.together().begin()
        writer.add(one("c"))
        with pytest.raises(ProgsearchError, match="not being written"):
            writer.commit({})
    other = engine.together().begin()
    with pytest.raises(ProgsearchError, match="have not been written: 1"):
        engine.together().reports(other, "report")


def test_a_commit_that_was_not_said_to_be_done_is_done(name, tmp_path, monkeypatch):
    engine = create(name, tmp_path)
    generation = engine.together().begin()
    share_of(engine, generation, 1, 1, [one("a")])
    monkeypatch.setattr(FolderShares, "_end", lambda *_: None)  # killed before
    with engine.together().committing(generation) as writer:
        writer.commit({})
    assert not open_engine(tmp_path).status().writer
    fill(create(name, tmp_path), one("b")).close()
    assert ids(tmp_path) == ["a", "b"]
    assert not (tmp_path / SHARES).exists()


# The command line


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not installed")
def test_the_example_with_parallel_works(corpus, at, tmp_path, project):
    if "whoosh" in at:
        pytest.skip("the runs are those of tantivy, which is tried")
    page = (project / "docs" / "cluster.md").read_text(encoding="utf-8")
    example = page.partition("<!-- parallel -->\n```sh\n")[2].partition("```")[0]
    assert "parallel" in example
    where = " ".join(map(str, at[2:]))
    script = example.replace("--engine opensearch --cluster https://node1:9200", where)
    assert where in script
    script = script.replace("seq 4", "seq 2")
    script = script.replace("{}/4", "{}/2").replace("progsearch", f"{sys.executable} -m progsearch")
    shutil.move(corpus, tmp_path / "programmes")
    subprocess.run(["bash", "-euc", script], cwd=tmp_path, check=True, capture_output=True)
    run("ingest", tmp_path / "programmes", "--index", tmp_path / "one", "-q")
    assert exported(tmp_path / "index") == exported(tmp_path / "one")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--shard", "1/2"], "a share is of a generation"),
        (["--generation", "3"], "a share is of a generation"),
        (["--shard", "3/2", "--generation", "1"], "not a share"),
        (["--shard", "x", "--generation", "1"], "not a share"),
        (["--begin", "--commit", "2"], "one at a time"),
        (["--commit", "2"], "is not being written"),
        (["--abandon", "2"], "is not being written"),
        (["--shard", "1/2", "--generation", "1"], "is not being written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_meant_is_told_in_a_line(tmp_path, words, told):
    with pytest.raises(ProgsearchError, match=told) as error:
        run("ingest", tmp_path, "--index", tmp_path / "index", *words)
    assert error.value.remedy
