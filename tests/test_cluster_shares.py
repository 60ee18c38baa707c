"""Many writers of one index in a cluster give what one gives, whatever is repeated or stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from every_command import run

from progsearch.errors import ProgsearchError

SHARES = 3


@pytest.fixture
def corpus(project, tmp_path):
    """Some files of the demonstration corpus, which may be changed."""
    folder = tmp_path / "corpus"
    shutil.copytree(project / "corpus", folder)
    for file in sorted(folder.rglob("*.md"))[8:]:
        file.unlink()
    return folder


@pytest.fixture
def at(cluster_url, tmp_path):
    return ("--index", tmp_path / "index", "--engine", "opensearch", "--cluster", cluster_url)


def exported(index):
    """All that an index has of its documents, and of its files."""
    return (
        run("export", "corpus", "-f", "jsonl", "--index", index).stdout,
        run("list", "documents", "-f", "csv", "--index", index).stdout,
        run("count", "škola", "--by", "region,party", "-f", "csv", "--index", index).stdout,
    )


def share(corpus, at, number, generation, **more):
    words = ("--shard", f"{number}/{SHARES}", "--generation", generation, "-q")
    return run("ingest", corpus, *at, *words, **more)


def test_shares_give_what_one_writer_gives(corpus, at, tmp_path):
    run("ingest", corpus, "--index", tmp_path / "one", "-q")
    generation = run("ingest", "--begin", *at).stdout.strip()
    with pytest.raises(ProgsearchError, match="another ingest"):
        run("ingest", corpus, *at, "-q")
    share(corpus, at, 1, generation)
    with pytest.raises(ProgsearchError, match=r"not been written: 2, 3") as error:
        run("ingest", "--commit", generation, *at)
    assert f"--shard 2/{SHARES}" in error.value.remedy
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
    for number in range(1, SHARES + 1):
        share(corpus, at, number, generation)
    files[5].write_text("# Jiný\n\nNový program.\n", encoding="utf-8")
    for number in range(1, SHARES + 1):
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


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not installed")
def test_the_example_with_parallel_works(corpus, at, tmp_path, project):
    page = (project / "docs" / "cluster.md").read_text(encoding="utf-8")
    example = page.partition("<!-- parallel -->\n```sh\n")[2].partition("```")[0]
    assert "parallel" in example
    script = example.replace("https://node1:9200", str(at[-1])).replace("seq 4", "seq 2")
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
        (["--begin"], "has one writer"),
        (["--commit", "2"], "has one writer"),
        (["--abandon", "2"], "has one writer"),
        (["--shard", "1/2", "--generation", "1"], "has one writer"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_meant_is_told_in_a_line(tmp_path, words, told):
    with pytest.raises(ProgsearchError, match=told) as error:
        run("ingest", tmp_path, "--index", tmp_path / "index", *words)
    assert error.value.remedy
