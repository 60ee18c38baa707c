"""How long a command takes from the shell: figures of ``docs/performance.md``.

    python -m benchmarks.cold --size 100000

In turn and many times: Python with nothing, a Typer program that says hello, each engine's
library opening an index and looking one term up, and ``progsearch`` itself. What a search
may take is 1.5 times the hello and the opening; ``--help`` 1.15 times the hello.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.corpus import LANGUAGES, SyntheticCorpus, demonstration_lemmas
from progsearch.analysis import LANGUAGE_DATA_VERSION
from progsearch.engine import create, installed
from progsearch.kept import VARIABLE
from progsearch.settings import DETECTED
from progsearch.state import Summary
from progsearch.themes import STATE
from progsearch.themes.words import words_record

TIMES = 2  # runs together: some systems tell the time of child processes in hundredths of a second

HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "you") -> None:
    typer.echo("hello " + name)
app()
"""

OPENING = {
    "whoosh": """
import sys
from whoosh.index import open_dir
reader = open_dir(sys.argv[1]).reader()
print(reader.doc_frequency("text", sys.argv[2].encode()))
""",
    "tantivy": """
import sys
import tantivy
index = tantivy.Index.open(sys.argv[1])
print(index.searcher().doc_freq("text", sys.argv[2]))
""",
}


def index(engine: str, size: int, work: Path) -> Path:
    """An index of the synthetic corpus that the command can open; it is made once."""
    folder = work / f"{engine}-{size}"
    if not folder.exists():
        lemmas = demonstration_lemmas()
        corpus = SyntheticCorpus(size, lemmas)
        opened = create(engine, folder)
        summary = Summary(
            LANGUAGE_DATA_VERSION, DETECTED, {}, LANGUAGES, {}, size // 20, corpus.size
        )
        with opened.writer() as writer:
            for prepared in corpus.documents():
                writer.add(prepared)
            words = words_record({}, LANGUAGES, LANGUAGE_DATA_VERSION)
            writer.commit({"summary": summary.as_record(), STATE: words})
        opened.close()
        (folder / "word.txt").write_text(lemmas["cs"][60], encoding="utf-8")
    return folder


def of_library(engine: str, index: Path, word: str, work: Path) -> Path:
    """An index that the engine's library opens by itself.

    Ours is read by Whoosh's parts, but not by what Whoosh opens an index with, so it is given
    one of a single field.
    """
    if engine != "whoosh":
        return next(index.rglob("meta.json")).parent
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in

    folder = work / "whoosh-itself"
    if not folder.exists():
        folder.mkdir()
        writer = create_in(str(folder), Schema(text=TEXT)).writer()
        for number in range(2000):
            writer.add_document(text=f"{word} {number}")
        writer.commit()
    return folder


def commands(size: int, work: Path) -> dict[str, list[str]]:
    """What is run, by name."""
    python = [sys.executable, "-c"]
    ours = str(Path(sys.executable).with_name("progsearch"))
    found = {
        "Python": [*python, "pass"],
        "Typer hello": [*python, HELLO],
        "--help": [ours, "--help"],
    }
    for engine in installed():
        folder = index(engine, size, work)
        word = (folder / "word.txt").read_text(encoding="utf-8")
        inside = of_library(engine, folder, word, work)
        found[f"open {engine}"] = [*python, OPENING[engine], str(inside), word]
        found[f"search, {engine}"] = [ours, "search", word, "--index", str(folder)]
        found[f"count, {engine}"] = [ours, "count", word, "--by", "party", "--index", str(folder)]
    return found


def _children() -> float:
    """Seconds of processors of all child processes so far."""
    if sys.platform == "win32":
        return sum(os.times()[2:4])
    import resource  # it tells microseconds, where os.times tells hundredths

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(asked: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The median of the milliseconds of processors of each command; they are run in turn.

    Nothing here runs in two threads at a time, so it is what passes on the wall on a machine
    that does nothing else, and can be told on others.
    """
    times: dict[str, list[float]] = {name: [] for name in asked}
    # What is installed is compiled once; without its cache each run would compile it anew.
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for number in range(rounds + 1):
        for name, command in asked.items():
            begun = _children()
            for _ in range(TIMES):
                subprocess.run(command, capture_output=True, check=True, env=around)
            if number:  # the first of each warms the disk
                times[name].append(1000 * (_children() - begun) / TIMES)
    return {name: median(found) for name, found in times.items()}


def main() -> None:
    """Print the table."""
    os.environ[VARIABLE] = ""  # each question is asked as for the first time
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=100_000, help="passages of the index")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        found = measured(commands(given.size, given.work or Path(temporary)), given.rounds)
    hello = found["Typer hello"]
    print("| command | ms | of what it may take |")
    print("| --- | ---: | --- |")
    for name, taken in found.items():
        allowed = 1.15 * hello if name == "--help" else 0.0
        kind, _, engine = name.partition(", ")
        if kind == "search":
            allowed = 1.5 * hello + found[f"open {engine}"] - found["Python"]
        share = f"{taken / allowed:.2f} of {allowed:.0f}" if allowed else ""
        print(f"| {name} | {taken:.0f} | {share} |")
    print(json.dumps(found), file=sys.stderr)


if __name__ == "__main__":
    main()
