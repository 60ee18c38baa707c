"""What an ingest and each command cost: figures of ``docs/performance.md``.

    python -m benchmarks.cost --corpus ../shared/corpus --defaults tests/data/shared.toml

Each step is a command of its own, run as a user runs it, and measured with all processes that
it begins: seconds of the processors, and the most memory that they have at a time, where pages
that they share count once (PSS, which Linux tells). The steps of an ingest are the first one on
a machine, with nothing kept beside the program; another of the same files into a new index; one
with nothing to do; one after 20 files have changed; and one of a single small file. Then come
commands on the index, and what others take: 35 lines over SQLite's FTS5 and simplemma.

Hashes tell whether two states of the program make the same of the same files: ``prepared`` of
the passages, their postings and the vocabulary as they go to an engine, ``index`` of what the
engine tells of them, a sample of its posting lists among it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from statistics import median

from benchmarks.ingest import jobs
from benchmarks.measuring import tree
from progsearch.clause import AllOf, How, Leaf, form_key
from progsearch.engine import Prepared, installed, open_engine
from progsearch.prepare import prepare_all
from progsearch.records import document_record, passage_record
from progsearch.settings import DETECTED

EVERY = 0.05  # seconds
CHANGED = 20  # files
SAMPLE = 50  # of so many forms of the vocabulary, one posting list is looked at
THEMES = ("healthcare-staffing", "housing", "public-transport", "climate-adaptation", "education")
SMALL = """---
title: Budget för 2026
lang: sv
---
# Hälso- och sjukvård

Regionen ska anställa fler sjuksköterskor och korta köerna till vården. Vi vill bygga ut
primärvården i glesbygden och satsa på elevhälsan.

# Kollektivtrafik

Tågtrafiken ska gå oftare. Biljettpriserna fryses under mandatperioden.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processors and on the wall, and megabytes at most."""

    cpu: float
    wall: float
    memory: float


def _pss(process: str) -> int:
    """Bytes of a process, pages that it shares divided by those that share them."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = next((line for line in told.splitlines() if line.startswith("Pss:")), "Pss: 0")
    return int(found.split()[1]) * 1024


def cost(command: Sequence[str], around: Mapping[str, str], folder: Path | None = None) -> Cost:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    import resource

    most = 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, env=dict(around), cwd=folder
        ) as process,
    ):
        over = threading.Event()

        def watch() -> None:
            nonlocal most
            while not over.wait(EVERY):
                most = max(most, sum(_pss(one) for one in tree(f"{process.pid}")))

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        wall = time.perf_counter() - begun
        over.set()
        watcher.join()
        if code:
            said.seek(0)
            raise subprocess.CalledProcessError(code, command, stderr=said.read())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(used, wall, most / 1e6)


# -- what is made of the files


def prepared_hash(given: argparse.Namespace) -> str:
    """A hash of all that is handed to an engine: documents, passages, postings, vocabulary."""
    found = blake2b(digest_size=8)
    lines: set[str] = set()
    done = prepare_all(jobs(given.corpus, given.defaults), DETECTED, given.processes)
    for _, documents in done:
        for one in documents if isinstance(documents, list) else ():
            if isinstance(one, Prepared):
                _note(found, document_record(one.document))
                for passage, posting in zip(one.passages, one.postings, strict=True):
                    _note(found, passage_record(passage))
                    _note(found, [list(map(list, posting.text)), posting.words])
                    _note(found, list(map(list, posting.headings)))
                lines.update(getattr(one.forms, "lines", ()))
    _note(found, sorted(lines))
    return found.hexdigest()


def index_hash(folder: Path) -> str:
    """A hash of what an engine tells of an index; all engines tell the same."""
    found = blake2b(digest_size=8)
    engine = open_engine(folder)
    for document in engine.documents():
        _note(found, document_record(document))
        for passage in engine.passages(document.id):
            _note(found, passage_record(passage))
    for lang in DETECTED:
        forms = sorted(engine.vocabulary.entries(lang), key=lambda pair: pair[0])
        for form, entry in forms:
            _note(found, [form, list(entry.keys), list(entry.parts), entry.step])
        for form, _ in forms[::SAMPLE]:
            leaf = Leaf(form, {form_key(lang, form): How.EXACT})
            results = engine.search(leaf, scope=AllOf(()), limit=None, ranked=False)
            _note(found, [form, *(passage.id for passage, _ in results.hits)])
    engine.close()
    return found.hexdigest()


def _note(found: blake2b, value: object) -> None:
    found.update(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


# -- what is run


class Runs:
    """All that is run, in a folder of its own with its own caches."""

    def __init__(self, given: argparse.Namespace, work: Path) -> None:
        self.given = given
        self.work = work
        self.kept = work / "kept"
        self.rows: list[tuple[str, str, Sequence[Cost]]] = []
        # What is installed is compiled once; without its cache each run would compile it anew.
        self.around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self.around["PROGSEARCH_CACHE"] = str(self.kept)

    def time(self, name: str, engine: str, command: Sequence[str], times: int) -> None:
        """Run a command several times and note what it cost."""
        self._note(name, engine, [cost(command, self.around) for _ in range(times)])

    def _note(self, name: str, engine: str, costs: Sequence[Cost]) -> None:
        self.rows.append((name, engine, costs))
        print(row(name, engine, costs), flush=True)

    def ingests(self, engine: str) -> Path:
        """The steps of an ingest; returns the index."""
        index = self.work / f"index-{engine}"
        # So documents have the same paths wherever the corpus lies.
        corpus = self.work / self.given.corpus.name
        if not corpus.exists():
            shutil.copytree(self.given.corpus, corpus)
        command = self._ingest(engine, corpus, index)
        whole: list[Cost] = []
        shutil.rmtree(self.kept, ignore_errors=True)
        first = cost(command, self.around)
        self._note("ingest, first on a machine", engine, [first])
        for _ in range(self.given.rounds):
            shutil.rmtree(index)
            whole.append(cost(command, self.around))
        self._note("ingest", engine, whole)
        self.time("nothing changed", engine, command, self.given.rounds)
        self._note("20 files changed", engine, list(self._changes(command, corpus)))
        single = self.work / "single"
        single.mkdir(exist_ok=True)
        (single / "budget.md").write_text(SMALL, encoding="utf-8")
        other = self.work / "index-single"
        costs = []
        for _ in range(3 * self.given.rounds):
            shutil.rmtree(other, ignore_errors=True)
            costs.append(cost(self._ingest(engine, single, other, plain=True), self.around))
        self._note("one small file", engine, costs)
        return index

    def _ingest(
        self, engine: str, corpus: Path, index: Path, *, plain: bool = False
    ) -> Sequence[str]:
        command = [_ours(), "ingest", str(corpus), "--index", str(index), "--engine", engine]
        command += ["--processes", str(self.given.processes)]
        if self.given.defaults and not plain:
            command += ["--defaults", str(self.given.defaults.resolve())]
        return command

    def _changes(self, command: Sequence[str], corpus: Path) -> Iterable[Cost]:
        """Each time a sentence of one file is put at the end of another, twenty times."""
        files = sorted(file for file in corpus.rglob("*.md") if file.stat().st_size > 1000)
        for number in range(self.given.rounds):
            chosen = files[number :: max(1, len(files) // CHANGED)][:CHANGED]
            before = {file: file.read_bytes() for file in chosen}
            sentences = [_last_line(data) for data in before.values()]
            for file, sentence in zip(before, [*sentences[1:], sentences[0]], strict=True):
                file.write_bytes(before[file] + b"\n\n" + sentence + b"\n")
            yield cost(command, self.around)
            for file, data in before.items():
                file.write_bytes(data)
            cost(command, self.around)

    def commands(self, engine: str, index: Path) -> None:
        """Commands from the shell."""
        themes = [part for theme in THEMES for part in ("--theme", theme)]
        at = ["--index", str(index)]
        asked: dict[str, Sequence[str]] = {
            "search, a word": ["search", "nemocnice", *at],
            "search, a word that is not there": ["search", "krokodýl", *at],
            "search, a theme": ["search", "--theme", THEMES[0], *at],
            "compare, five themes by party": ["compare", *themes, "--by", "party", *at],
            "report, five themes by party": [
                *("report", *themes, "--by", "party", *at),
                *("--output", str(self.work / "report.html")),
            ],
            "keywords by party": ["keywords", "--by", "party", *at],
            "themes list": ["themes", "list"],
            "export corpus": [
                *("export", "corpus", *at),
                *("--output", str(self.work / "corpus.csv")),
            ],
        }
        for name, command in asked.items():
            self.time(name, engine, [_ours(), *command], 2 * self.given.rounds + 1)

    def peers(self) -> None:
        """What 35 lines take, questions included."""
        command = [sys.executable, str(Path(__file__).with_name("peer.py")), str(self.given.corpus)]
        self.time("35 lines, questions included", "FTS5", command, self.given.rounds)


def _ours() -> str:
    return str(Path(sys.executable).with_name("progsearch"))


def _last_line(data: bytes) -> bytes:
    return next((line for line in reversed(data.split(b"\n")) if len(line) > 40), b"Nic.")


def row(name: str, engine: str, costs: Sequence[Cost]) -> str:
    """A line of the table: the median, and the least and the most of the processors' seconds."""
    cpu = sorted(one.cpu for one in costs)
    least = f"{cpu[0]:.2f} – {cpu[-1]:.2f}"
    wall, memory = median(one.wall for one in costs), max(one.memory for one in costs)
    return f"| {name} | {engine} | {median(cpu):.2f} | {least} | {wall:.2f} | {memory:.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--defaults", type=Path, help="a file of defaults for its folders")
    parser.add_argument("--processes", type=int, default=max(1, (os.cpu_count() or 1) - 1))
    parser.add_argument("--engine", action="append", choices=installed())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    parser.add_argument("--index", type=Path, help="ask this index, and ingest nothing")
    parser.add_argument("--no-hash", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        runs = Runs(given, given.work or Path(temporary))
        runs.work.mkdir(exist_ok=True)
        print("| what | engine | CPU s | from – to | wall s | memory MB |")
        print("| --- | --- | ---: | ---: | ---: | ---: |")
        hashes: dict[str, Callable[[], str]] = {}
        if given.index:
            engine = open_engine(given.index)
            name = engine.name
            engine.close()
            runs.commands(name, given.index)
        else:
            for name in given.engine or installed():
                index = runs.ingests(name)
                runs.commands(name, index)
                hashes[f"index, {name}"] = lambda index=index: index_hash(index)  # type: ignore[misc]
            runs.peers()
            hashes["prepared"] = lambda: prepared_hash(given)
        for what, made in hashes.items() if not given.no_hash else ():
            print(f"{what}: {made()}", flush=True)


if __name__ == "__main__":
    main()
