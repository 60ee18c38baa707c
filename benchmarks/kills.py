"""Ingests that are killed at random moments: the figures of ``docs/reliability.md``.

    python -m benchmarks.kills --times 200 [--engine whoosh] [--seed 1]

A real process is killed (``SIGKILL``) while it brings an index up to date, builds one or
builds one anew. Then the index must be wholly the old or wholly the new one by its own
checksums, its documents and its passages; the next ingest must finish, give what a fresh
build gives, and leave nothing behind.

The first run is killed as it starts, the second as its first file is written. Of the other
moments half are spread over a whole run, half over the time between the first file and the
commit, more of them towards its end.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from progsearch.engine import ENGINES, Engine, create, installed, open_engine
from progsearch.engine.mark import LOCK, MARK, generations, read_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.verify import document_findings, index_findings

FILES = 16
LANGUAGES = ("en",)
HEAD = "---\nlang: und\nregion: CZ-51\nparty: A\nkind: programme\ndate: 2024\n---\n"
"""States what a run would take most of its time to tell from the text, with nothing written."""

KINDS = ("update", "update", "rebuild", "first")

Texts = Mapping[str, str]
Contents = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Killed:
    """One run that was killed: its kind, after how many seconds, in which phase, and what the
    index was then."""

    kind: str
    seconds: float
    phase: str
    found: str


def edition(number: int, chance: random.Random) -> dict[str, str]:
    """The files of a corpus that changes with each edition: some go, some come, some differ."""
    texts = {}
    for one in range(FILES):
        if (one + number) % 7 == 0:
            continue
        changed = number if (one + number) % 3 == 0 else 0
        words = chance.choices(("school", "hospital", "teachers", "water", "roads"), k=40)
        body = "\n\n".join(" ".join(words[at : at + 8]) for at in range(0, 40, 8))
        texts[f"{one:02}.md"] = f"{HEAD}# Programme {one}\n\nEdition {changed} of it.\n\n{body}\n"
    return texts


def put(texts: Texts, corpus: Path) -> None:
    """Have these files in a folder, and no others."""
    corpus.mkdir(exist_ok=True)
    for file in corpus.iterdir():
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")


def built(corpus: Path, folder: Path, engine: str) -> None:
    """Bring an index up to date in this process."""
    made = create(engine, folder)
    list(ingest(made, [corpus], Settings(detected=LANGUAGES)))
    made.close()


def contents(engine: Engine) -> Contents:
    """The passages of each document."""
    return [(one.path, [str(p) for p in engine.passages(one.id)]) for one in engine.documents()]


def contents_of(folder: Path) -> Contents | None:
    """What the index in a folder holds; None when there is no index.

    Raises ValueError when it is damaged.
    """
    if read_mark(folder) is None:
        return None
    if faults := [one for one in index_findings(folder) if one.what]:
        raise ValueError(faults)
    engine = open_engine(folder)
    try:
        if faults := [one for one in document_findings(engine) if one.what]:
            raise ValueError(faults)
        return contents(engine)
    finally:
        engine.close()


def command(corpus: Path, folder: Path, engine: str, kind: str) -> list[str]:
    """The command line of a run."""
    words = ["ingest", str(corpus), "--index", str(folder), "--languages", "en", "--quiet"]
    again = ["--rebuild"] if kind == "rebuild" else []
    return [sys.executable, "-m", "progsearch", *words, "--engine", engine, *again]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the start of a run to the first file written, the commit, and the end."""

    begun: float
    committed: float
    ended: float


def timed(words: Sequence[str], folder: Path) -> Times:
    """How long a run takes that is left alone."""
    before, mark = set(generations(folder)), _mark(folder)
    start = time.perf_counter()
    begun = committed = 0.0
    process = subprocess.Popen(words)
    while process.poll() is None:
        now = time.perf_counter() - start
        if not begun and set(generations(folder)) - before:
            begun = now
        if not committed and _mark(folder) != mark:
            committed = now
        time.sleep(0.001)
    ended = time.perf_counter() - start
    return Times(begun or ended, committed or ended, ended)


def _mark(folder: Path) -> str:
    try:
        return (folder / MARK).read_text(encoding="utf-8")
    except OSError:
        return ""


def killed(
    words: Sequence[str], folder: Path, times: Times, chance: random.Random, number: int
) -> float:
    """Run a command, the how manieth, and kill it; after how many seconds."""
    before = set(generations(folder))
    start = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    if number == 1:
        wait = 0.0
    elif number > 2 and chance.random() < 0.5:
        wait = chance.uniform(0, times.ended)
    else:
        while process.poll() is None and not set(generations(folder)) - before:
            time.sleep(0.001)
        share = 0.0 if number == 2 else chance.random() ** 0.5 * 1.1
        wait = share * (times.committed - times.begun)
        wait += time.perf_counter() - start
    while process.poll() is None and time.perf_counter() - start < wait:
        time.sleep(0.0005)
    process.kill()
    process.wait()
    return time.perf_counter() - start


def phase(folder: Path, engine: str, old: Contents | None, new: Contents, now: str) -> str:
    """How far a run had come, by what it has left."""
    if now == "new":
        return "after the commit"
    mark = read_mark(folder)
    others = set(generations(folder)) - {mark.generation if mark else ""}
    # A killed run's generation is the last; the one before the current is no stray.
    aside = max(others, default="", key=lambda name: int(name.rpartition("-")[2]))
    if not aside or (mark and aside.rpartition("-")[2] < mark.generation.rpartition("-")[2]):
        return "before anything is written"
    from importlib import import_module

    try:
        made = import_module(ENGINES[engine]).open_index(folder / aside, False)
        written = contents(made)
        made.close()
    except Exception:  # noqa: BLE001 - half of an index can fail in any way
        return "while it is written"
    return "written, not yet committed" if written == new != old else "while it is written"


def runs(place: Path, engine: str, times: int, seed: int) -> Iterator[Killed]:
    """Kill so many runs, and check each."""
    chance = random.Random(seed)
    corpus, folder = place / "corpus", place / "index"
    durations: dict[str, Times] = {}
    put(edition(0, chance), corpus)
    built(corpus, folder, engine)
    for number in range(1, times + 1):
        kind = KINDS[number % len(KINDS)]
        if kind == "first":
            shutil.rmtree(folder, ignore_errors=True)
        old = contents_of(folder)
        put(edition(number, chance), corpus)
        fresh = place / f"fresh-{number}"
        built(corpus, fresh, engine)
        new = contents_of(fresh) or []
        words = command(corpus, folder, engine, kind)
        if kind not in durations:
            aside = place / f"timed-{kind}"
            if folder.exists():
                shutil.copytree(folder, aside)
            again = [str(aside) if word == str(folder) else word for word in words]
            durations[kind] = timed(again, aside)
            shutil.rmtree(aside)
        seconds = killed(words, folder, durations[kind], chance, number)
        found = _found(folder, old, new)
        how_far = phase(folder, engine, old, new, found)
        built(corpus, folder, engine)
        if contents_of(folder) != new:
            found = "mixture after the next ingest"
        built(corpus, folder, engine)
        if len(generations(folder)) != 1 or _strays(folder):
            found = f"strays: {sorted(one.name for one in folder.rglob('*'))}"
        shutil.rmtree(fresh)
        yield Killed(kind, seconds, how_far, found)


def _found(folder: Path, old: Contents | None, new: Contents) -> str:
    try:
        now = contents_of(folder)
    except (ValueError, ProgsearchError) as error:
        return f"broken: {error}"
    if now == new:
        return "new"
    return "old" if now == old else "mixture"


def _strays(folder: Path) -> list[Path]:
    """Files that are no part of the index."""
    mark = read_mark(folder)
    named = {folder / mark.generation / name for name in mark.files} if mark else set()
    named |= {folder / MARK, folder / LOCK}
    found = [one for one in folder.rglob("*") if one.is_file() and one not in named]
    # A reader of tantivy's locks its folder for a moment.
    return [one for one in found if one.name != ".tantivy-meta.lock"]


def main() -> None:
    """Kill runs, and print what was found."""
    parser = argparse.ArgumentParser(description="Kill ingests at random moments.")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--engine", choices=installed(), action="append")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for engine in given.engine or installed():
        with tempfile.TemporaryDirectory() as place:
            begun = time.perf_counter()
            done = list(runs(Path(place), engine, given.times, given.seed))
        print(f"{engine}: {len(done)} runs killed in {time.perf_counter() - begun:,.0f} s")
        for name in ("found", "phase", "kind"):
            counted = Counter(getattr(one, name) for one in done)
            print(f"  {name}: " + ", ".join(f"{n} {what}" for what, n in counted.most_common()))


if __name__ == "__main__":
    main()
