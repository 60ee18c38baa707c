"""The most memory that each command takes at each size: figures of ``docs/performance.md``.

    python -m benchmarks.memory --sizes 30000,300000,1000000 --engine whoosh --work FOLDER

Each command runs in a process of its own on the synthetic corpus, in which a passage has 28 words:
megabytes at most, and seconds of the processors. Growth is how many times the memory grew for each
time that the passages did; 1 is linear. A command that takes longer than ``--most`` seconds on the
wall is ended, and has no figure.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cold import index
from benchmarks.cost import THEMES
from benchmarks.measuring import memory

EVERY = 0.05  # seconds


def commands(word: str, work: Path) -> Mapping[str, Sequence[str]]:
    """What is run on an index, by name; ``word`` is one of middling frequency."""
    five = [part for theme in THEMES for part in ("--theme", theme)]
    return {
        "status": ["status"],
        "search, a word": ["search", word],
        "search, a theme": ["search", "--theme", THEMES[0]],
        "search, all hits as CSV": ["search", word, "-o", str(work / "hits.csv")],
        "count by party": ["count", word, "--by", "party"],
        "compare, five themes by party": ["compare", *five, "--by", "party"],
        "report, five themes by party": [
            *("report", *five, "--by", "party", "--output", str(work / "report.html")),
        ],
        "keywords by party": ["keywords", "--by", "party"],
        "words by party": ["words", "-n", "30", "--by", "party"],
        "kwic, the first 100": ["kwic", word],
        "collocates": ["collocates", word],
        "dispersion": ["dispersion", word, "--show", "groups"],
        "export corpus": ["export", "corpus", "--output", str(work / "corpus.csv")],
    }


def measured(command: Sequence[str], most: float) -> tuple[float, float] | None:
    """Megabytes at most and seconds of the processors of a command; none if it took too long."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        highest = 0.0
        begun = time.monotonic()
        over = threading.Event()

        def watch() -> None:
            nonlocal highest
            while not over.wait(EVERY):
                highest = max(highest, memory(str(process.pid), "VmHWM"))
                if time.monotonic() - begun > most:
                    process.kill()

        before = sum(os.times()[2:4])
        watching = threading.Thread(target=watch)
        watching.start()
        code = process.wait()
        over.set()
        watching.join()
        if code and time.monotonic() - begun > most:
            return None
        if code:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: {said.read().decode(errors='replace')}")
    return highest, sum(os.times()[2:4]) - before


def cell(found: tuple[float, float] | None) -> str:
    """A figure, or that there is none."""
    return f"{found[0]:.0f} | {found[1]:.1f}" if found else "– | –"


def growth(few: tuple[float, float] | None, many: tuple[float, float] | None, times: float) -> str:
    """How many times the memory grew for each time that the passages did."""
    return f"{many[0] / few[0] / times:.2f}" if few and many else ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="30000,300000", help="passages of the indexes")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--only", default="", help="names of commands, with semicolons")
    parser.add_argument("--most", type=float, default=600, help="seconds that a command may take")
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    given = parser.parse_args()
    sizes = [int(one) for one in given.sizes.split(",")]
    ours = str(Path(sys.executable).with_name("progsearch"))
    with tempfile.TemporaryDirectory() as temporary:
        folders = [index(given.engine, size, given.work or Path(temporary)) for size in sizes]
        heads = " | ".join(f"{size:,}: MB | s" for size in sizes)
        print(f"| {given.engine} | {heads} | growth |")
        print("| --- |" + " ---: |" * (2 * len(sizes) + 1))
        word = (folders[0] / "word.txt").read_text(encoding="utf-8")
        for name, command in commands(word, Path(temporary)).items():
            if given.only and name not in given.only.split(";"):
                continue
            found = [
                measured([ours, *command, "--index", str(folder)], given.most) for folder in folders
            ]
            grown = growth(found[0], found[-1], sizes[-1] / sizes[0]) if len(sizes) > 1 else ""
            print(f"| {name} | {' | '.join(map(cell, found))} | {grown} |", flush=True)


if __name__ == "__main__":
    main()
