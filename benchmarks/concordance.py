"""What lists, lines and patterns take at each size: figures of ``docs/performance.md``.

    python -m benchmarks.concordance --sizes 10000,100000,1000000 --engine whoosh --work FOLDER

Each command runs in a process of its own on the synthetic corpus, in which a passage has 28
words: seconds of the processors, and the most memory that it had. Growth is how many times the
seconds of ten times the passages are ten times those of the size before.
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
from benchmarks.measuring import memory

__all__ = ["commands", "measured"]

EVERY = 0.05  # seconds


def commands(word: str) -> Mapping[str, Sequence[str]]:
    """What is run, by name; ``word`` is one of middling frequency."""
    return {
        "words": ["words", "-n", "30"],
        "words by party": ["words", "-n", "30", "--by", "party"],
        "words --ngram 2": ["words", "-n", "30", "--ngram", "2"],
        "words --ngram 5 --minimum 2": ["words", "-n", "30", "--ngram", "5", "--minimum", "2"],
        "kwic, the first 100": ["kwic", word],
        "kwic --sort left, of all": ["kwic", word, "--sort", "left"],
        "collocates": ["collocates", word],
        "dispersion": ["dispersion", word, "--show", "groups"],
        "count *…*": ["count", "*nemocni*", "--by", "party"],  # of some hundred forms at 100,000
        "count /…/": ["count", f"/.?{word}(en|er|ach|y|u)?/", "--by", "party"],
        "count lemma:": ["count", f"lemma:{word}", "--by", "party"],
    }


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of the processors, and megabytes at most, of a command."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        most = 0.0

        def watch() -> None:
            nonlocal most
            while process.poll() is None:
                most = max(most, memory(str(process.pid), "VmHWM"))
                time.sleep(EVERY)

        watching = threading.Thread(target=watch)
        before = sum(os.times()[2:4])
        watching.start()
        _, told = process.communicate()
        watching.join()
        seconds = sum(os.times()[2:4]) - before
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {told.decode(errors='replace')}")
    return seconds, most


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,100000", help="passages of the indexes")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--only", default="", help="names of commands, with commas")
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    given = parser.parse_args()
    sizes = [int(one) for one in given.sizes.split(",")]
    ours = str(Path(sys.executable).with_name("progsearch"))
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            folder = index(given.engine, size, given.work or Path(temporary))
            word = (folder / "word.txt").read_text(encoding="utf-8")
            for name, words in commands(word).items():
                if not given.only or name in given.only.split(","):
                    one = measured([ours, *words, "--index", str(folder)])
                    print(f"{size:,} {name}: {one[0]:.1f} s, {one[1]:.0f} MB", file=sys.stderr)
                    found.setdefault(name, []).append(one)
    heads = " | ".join(f"{size:,}: s | MB" for size in sizes)
    print(f"| {given.engine} | {heads} | growth |")
    print("| --- |" + " ---: |" * (2 * len(sizes) + 1))
    for name, figures in found.items():
        cells = " | ".join(f"{seconds:.1f} | {most:.0f}" for seconds, most in figures)
        growth = ""
        if len(figures) > 1:
            times = sizes[-1] / sizes[-2]
            growth = f"{figures[-1][0] / figures[-2][0] / times:.2f}"
        print(f"| {name} | {cells} | {growth} |")


if __name__ == "__main__":
    main()
