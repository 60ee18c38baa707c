"""What an index and a run bear: the figures of ``docs/reliability.md``.

    python -m benchmarks.endurance readers --seconds 60
    python -m benchmarks.endurance searches --times 1000
    python -m benchmarks.endurance files --times 100000
    python -m benchmarks.endurance flips
    python -m benchmarks.endurance full --disk DISK
    python -m benchmarks.endurance stopped
    python -m benchmarks.endurance moved

``readers`` ask an index while others commit to it, ``searches`` are commands at once, ``files``
are small files in one run, ``flips`` turn one bit in each part of an index, ``full`` is a disk
that is full at each step of a run (on Linux: ``mount -t tmpfs -o size=8m tmpfs DISK``), ``stopped``
is a worker that is stopped (SIGSTOP), ``moved`` an index that was copied, moved or comes from an
older version. Each says how often an answer was neither right nor an error; that must be never.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from progsearch.clause import All
from progsearch.engine import create, installed, open_engine
from progsearch.engine.mark import MARK, read_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.query import parse
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings
from progsearch.verify import document_findings, index_findings

ENGLISH = Settings(detected=("en",))
HEAD = "---\nlang: en\ncountry: GB\nregion: CZ-51\nparty: A\nkind: programme\ndate: 2024\n---\n"


def write(folder: Path, count: int, edition: int = 0, words: int = 20) -> None:
    """A corpus of so many texts, some of which change with each edition."""
    folder.mkdir(exist_ok=True, parents=True)
    for number in range(count):
        chance = random.Random(f"{number}/{edition if number % 3 == 0 else 0}")
        text = " ".join(f"word{chance.randrange(3000)}" for _ in range(words))
        (folder / f"{number}.md").write_text(f"{HEAD}\n{text} hospital.\n", encoding="utf-8")


def bring(name: str, corpus: Path, folder: Path) -> None:
    """An index up to date with a corpus."""
    engine = create(name, folder)
    try:
        for _ in ingest(engine, [corpus], ENGLISH):
            pass
    finally:
        engine.close()


def answers(folder: Path) -> tuple[object, ...]:
    """What an index says: documents, all passages, hits and counts."""
    engine = open_engine(folder)
    try:
        index = Index.of(engine)
        hits = index.search(parse("hospital word7*"), limit=None).hits
        return (
            tuple((one.id, one.title) for one in engine.documents()),
            tuple((p.id, p.text) for d in engine.documents() for p in engine.passages(d.id)),
            # Without scores: those of tantivy know of passages that are gone until it merges.
            frozenset(hit.passage.id for hit in hits),
            str(engine.tally([All()], scope=All(), by=("party", "lang"))),
            str(index.tally(parse("word1*"), Filters(), by=["year"])),
        )
    finally:
        engine.close()


def outcome(folder: Path, right: Callable[[tuple[object, ...]], bool]) -> str:
    """Whether the answers are right, wrong, or an error of the project's own."""
    try:
        return "right" if right(answers(folder)) else "WRONG"
    except ProgsearchError:
        return "one error"
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        return f"TRACEBACK {type(error).__name__}"


def readers(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:
    """Readers in threads during commits: each answer is that of one edition."""
    corpus, folder = home / "corpus", home / "index"
    known: list[tuple[object, ...]] = []
    for edition in (0, 1):
        write(corpus, 60, edition)
        bring(name, corpus, folder)
        known.append(answers(folder))
    end = time.monotonic() + asked.seconds
    found: Counter[str] = Counter()

    def read() -> None:
        while time.monotonic() < end:
            found[outcome(folder, known.__contains__)] += 1

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    edition = 0
    while time.monotonic() < end:
        write(corpus, 60, edition % 2)
        bring(name, corpus, folder)
        edition += 1
    for thread in threads:
        thread.join()
    found["commits"] = edition
    return found


def searches(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:
    """So many searches begun at once: processes as many as the system bears, threads in each."""
    corpus, folder = home / "corpus", home / "index"
    write(corpus, 200)
    bring(name, corpus, folder)
    right = answers(folder)
    with ThreadPoolExecutor(asked.times) as pool:
        wait = threading.Barrier(asked.times)

        def one(_: int) -> str:
            wait.wait()
            return outcome(folder, right.__eq__)

        return Counter(pool.map(one, range(asked.times)))


def files(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:
    """So many small files in one run, and again unchanged; seconds and the most memory."""
    corpus, folder = home / "corpus", home / "index"
    for part in range(0, asked.times, 1000):
        write(corpus / f"{part}", min(1000, asked.times - part), words=6)
    found: Counter[str] = Counter()
    for step in ("first", "again"):
        begun = time.monotonic()
        words = ["ingest", str(corpus), "--index", str(folder), "--engine", name, "-q"]
        done = subprocess.run([sys.executable, "-m", "progsearch", *words], check=False)
        found[f"{step}: code {done.returncode}, seconds"] = round(time.monotonic() - begun)
    engine = open_engine(folder)
    found["documents"] = sum(1 for _ in engine.documents())
    engine.close()
    return found


def flips(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:
    """One bit at nine places of each file of an index; is it found, and what is answered?"""
    corpus, folder = home / "corpus", home / "index"
    write(corpus, 400, words=60)
    bring(name, corpus, folder)
    right, mark = answers(folder), read_mark(folder)
    assert mark is not None
    chance = random.Random(asked.seed)
    found: Counter[str] = Counter()
    for file in [folder / MARK, *sorted((folder / mark.generation).iterdir())]:
        data = file.read_bytes()
        if file != folder / MARK and file.name not in mark.files:
            continue
        places = {
            0,
            len(data) // 2,
            len(data) - 1,
            *(chance.randrange(len(data)) for _ in "abcdef"),
        }
        for place in sorted(places) if data else ():
            broken = bytearray(data)
            broken[place] ^= 1 << chance.randrange(8)
            file.write_bytes(broken)
            found[f"answer: {outcome(folder, right.__eq__)}"] += 1
            found[f"verify: {'found' if _is_found(folder) else 'NOT FOUND'}"] += 1
        file.write_bytes(data)
    found[f"mended: {outcome(folder, right.__eq__)}"] += 1
    return found


def _is_found(folder: Path) -> bool:
    try:
        if any(one.what for one in index_findings(folder)):
            return True
        engine = open_engine(folder)
        try:
            return any(one.what for one in document_findings(engine))
        finally:
            engine.close()
    except ProgsearchError:
        return True


def full(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:
    """A run whose disk has no more room than so many bytes, for more and more bytes.

    Without a small disk of its own its files may be no larger than that, each.
    """
    corpus, folder = home / "corpus", home / "index"
    write(corpus, 150)
    bring(name, corpus, folder)
    old = answers(folder)
    write(corpus, 150, 1)
    whole = home / "whole"
    bring(name, corpus, whole)
    new = answers(whole)
    found: Counter[str] = Counter()
    most = sum(file.stat().st_size for file in folder.rglob("*")) * 2
    for step in range(asked.steps):
        if asked.disk is None:
            place, room = home / "tried", int(200 * (most / 200) ** (step / (asked.steps - 1)))
        else:
            place, room = asked.disk / "tried", most * step // (asked.steps - 1)
        shutil.copytree(folder, place)
        ballast = asked.disk and asked.disk / "ballast"
        if ballast:
            state = os.statvfs(asked.disk)
            ballast.write_bytes(b"x" * max(0, state.f_bavail * state.f_frsize - room))
        words = ["ingest", str(corpus), "--index", str(place), "--languages", "en", "-q"]
        limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        script = (
            "import resource, sys\nsys.dont_write_bytecode = True\n"
            "from progsearch.cli import main\n"
            f"{'' if ballast else limit}sys.argv = {['progsearch', *words]!r}\nmain()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
        )
        lines = done.stderr.splitlines()
        said = f"{len(lines)} lines" if len(lines) > 1 else f"code {done.returncode}"
        if "Traceback" in done.stderr or "panicked at" in done.stderr or len(lines) > 1:
            said = f"TRACEBACK {said}"
            print(room, done.stderr, file=sys.stderr)
        if ballast:
            ballast.unlink()
        found[f"{said}, {outcome(place, (old, new).__contains__)}"] += 1
        # Whoever has made room goes on.
        words += ["--engine", name]
        subprocess.run([sys.executable, "-m", "progsearch", *words], check=False)
        found[f"gone on with: {outcome(place, new.__eq__)}"] += 1
        shutil.rmtree(place)
    return found


def stopped(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:  # noqa: ARG001
    """A worker that is stopped in the midst of a run: the run goes on without its file."""
    corpus, folder = home / "corpus", home / "index"
    corpus.mkdir()
    for number in range(6):
        rows = "\n".join(f"A pledge {number} {row}." for row in range(8000))
        (corpus / f"{number}.csv").write_text(f"text\n{rows}\n", encoding="utf-8")
    words = ["ingest", str(corpus), "--index", str(folder), "--engine", name, "--max-seconds", "5"]
    with subprocess.Popen(
        [sys.executable, "-m", "progsearch", *words], stderr=subprocess.PIPE, encoding="utf-8"
    ) as run:
        worker = None
        while worker is None and run.poll() is None:
            time.sleep(0.2)
            tree = Path(f"/proc/{run.pid}/task").glob("*/children")
            worker = next((int(one) for t in tree for one in t.read_text().split()), None)
        if worker is not None:
            time.sleep(1)
            os.kill(worker, signal.SIGSTOP)
        said = run.communicate(timeout=600)[1]
    engine = open_engine(folder)
    documents = sum(1 for _ in engine.documents())
    engine.close()
    lost = said.count("took more than")
    return Counter({f"code {run.returncode}": 1, "documents": documents, "files lost": lost})


def moved(name: str, home: Path, asked: argparse.Namespace) -> Counter[str]:  # noqa: ARG001
    """An index that was copied, moved, put back from before, and of an older version."""
    corpus, folder = home / "corpus", home / "index"
    write(corpus, 60)
    bring(name, corpus, folder)
    old = answers(folder)
    shutil.copytree(folder, home / "before")
    found: Counter[str] = Counter()
    for what, place in _places(folder, home):
        found[f"{what}: {outcome(place, old.__eq__)}"] += 1
    write(corpus, 60, 1)
    bring(name, corpus, home / "before")
    bring(name, corpus, home / "moved")
    now = answers(home / "before")
    found[f"brought up to date: {outcome(home / 'moved', now.__eq__)}"] += 1
    mark = home / "moved" / MARK
    told = json.loads(mark.read_text(encoding="utf-8"))
    for schema in (told["schema"] - 1, told["schema"] + 1):
        mark.write_text(json.dumps({**told, "schema": schema}), encoding="utf-8")
        found[f"another version: {outcome(home / 'moved', now.__eq__)}"] += 1
    return found


def _places(folder: Path, home: Path) -> Iterator[tuple[str, Path]]:
    shutil.copytree(folder, home / "copied", copy_function=shutil.copy)
    yield "copied", home / "copied"
    folder.rename(home / "moved")
    yield "moved", home / "moved"


KINDS = (readers, searches, files, flips, full, stopped, moved)


def main() -> int:
    """Print the figures of one kind for each engine; the code is 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("kind", choices=[one.__name__ for one in KINDS])
    parser.add_argument("--engine", choices=installed(), action="append")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=60, help="of the room on a disk")
    parser.add_argument("--disk", type=Path, help="an empty disk of a few megabytes of its own")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    kind = next(one for one in KINDS if one.__name__ == asked.kind)
    bad = False
    for name in asked.engine or installed():
        with tempfile.TemporaryDirectory() as home:
            found = kind(name, Path(home), asked)
        print(f"{asked.kind}, {name}: " + "; ".join(f"{what} {n:,}" for what, n in found.items()))
        bad |= any(word in what for what in found for word in ("WRONG", "TRACEBACK", "NOT FOUND"))
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
