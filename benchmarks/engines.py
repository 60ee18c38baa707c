"""How fast the engines build and answer, side by side: the tables of ``docs/performance.md``.

    python -m benchmarks.engines --sizes 10000,100000,1000000 --write

Each engine is run in a process of its own, one after the other, on the same corpus
(:mod:`benchmarks.corpus`) and the same 20 themes. Times differ from machine to machine and
from day to day; what counts is how they compare in one run. With ``--work`` the figures stay
in that folder, so that large corpora can be run one engine at a time; the page is made from
all that is there (``--sizes ""`` runs nothing). The engine opensearch is run where ``--cluster``
names its nodes; of its times, those of the nodes are a part.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from benchmarks.corpus import SyntheticCorpus, Theme, demonstration_lemmas
from benchmarks.engines_runs import CLUSTER, RUNS
from benchmarks.measuring import memory
from progsearch.kept import VARIABLE

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- benchmarks.engines: begin -->", "<!-- benchmarks.engines: end -->"
THEMES = 20
SLOW = {"whoosh, public interface": 100_000}
"""Runs that are left out of larger corpora, for want of patience."""

Result = dict[str, Any]


def prepared(sizes: Iterable[int], work: Path) -> None:
    """Write down the words and the themes of the corpora; a process of its own does this, too."""
    lemmas = demonstration_lemmas()
    (work / "lemmas.json").write_text(json.dumps(lemmas, ensure_ascii=False), encoding="utf-8")
    themes = SyntheticCorpus(min(sizes), lemmas).themes(THEMES + 1)
    found = [asdict(theme) for theme in themes]
    (work / "themes.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def one(step: str, name: str, size: int, work: Path) -> Result:
    """Run one step of one engine; this is what a process of its own does."""
    folder = work / f"{size}" / _file_name(name)
    if step == "build":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        corpus = SyntheticCorpus(size, json.loads((work / "lemmas.json").read_text("utf-8")))
        before = len(corpus.forms) and memory("self", "VmRSS")
        found = asdict(RUNS[name].build(corpus, folder))
    else:
        themes = json.loads((work / "themes.json").read_text("utf-8"))
        before = 0.0
        found = asdict(RUNS[name].ask(folder, [Theme(**theme) for theme in themes]))
    return found | {"peak": max(memory("self", "VmHWM") - before, 0.0)}


def _file_name(name: str) -> str:
    return name.replace(" ", "-").replace(",", "")


def run(size: int, names: list[str], work: Path) -> None:
    """Run the engines one after the other on a corpus of so many passages; keep the figures."""
    for name in names:
        if size > SLOW.get(name, size):
            continue
        if name == "ripgrep" and shutil.which("rg") is None:
            print("ripgrep is not installed", file=sys.stderr)
            continue
        found: Result = {"date": f"{date.today():%Y-%m-%d}"}  # noqa: DTZ011
        for step in ("build", "ask"):
            found[step] = json.loads(_child("--one", step, name, size=f"{size}", work=work))
        print(f"{size:,} {name}: {found}", file=sys.stderr)
        file = work / "results" / f"{size}" / f"{_file_name(name)}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), encoding="utf-8")


def _child(*words: str, size: str, work: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.engines", *words, "--sizes", size]
    return subprocess.run(
        [*command, "--work", str(work)], stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout


def kept(work: Path) -> dict[int, dict[str, Result]]:
    """The figures of all runs in a folder, by size and engine."""
    sizes = sorted(int(folder.name) for folder in (work / "results").iterdir())
    return {
        size: {
            name: json.loads(file.read_text(encoding="utf-8"))
            for name in RUNS
            if (file := work / "results" / f"{size}" / f"{_file_name(name)}.json").is_file()
        }
        for size in sizes
    }


def table(results: Mapping[str, Result]) -> list[str]:
    """A table of figures, and behind each the ratio to the first row's."""
    head = (
        "| engine | build CPU s | build s | memory MB | index MB | cold ms | theme p50 / p95 ms"
        " | filtered p50 / p95 | groups p50 / p95 | 20 themes by region and party ms |"
    )
    lines = [head, "| --- |" + " ---: |" * 9]
    first = next(iter(results.values()))
    for name, found in results.items():
        build, ask = found["build"], found["ask"]
        cpu = build["cpu"] + build.get("others", 0)
        cells = [name, _cell(cpu, first["build"]["cpu"], 1), f"{build['wall']:.1f}"]
        cells += [f"{build['peak']:.0f} / {ask['peak']:.0f}", f"{build['size'] / 1e6:.0f}"]
        cells.append(f"{ask['cold']:.0f}")
        for question in ("theme", "filtered", "groups"):
            times, others = ask["times"].get(question), first["ask"]["times"][question]
            cells.append(f"{_cell(times[0], others[0], 1)} / {times[1]:.1f}" if times else "–")
        times = ask["times"].get("all themes")
        cells.append(f"{times[0]:.0f}" if times else "–")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def growth(results: Mapping[int, Mapping[str, Result]]) -> list[str]:
    """How the figures of each engine grow with the corpus, as the exponent of its size."""
    sizes = sorted(results)
    lines = ["| engine | from | to | build | index | theme | groups |", "| --- |" + " ---: |" * 6]
    for name in results[sizes[0]]:
        there = [size for size in sizes if name in results[size]]
        for low, high in pairwise(there):
            one, other = results[low][name], results[high][name]
            pairs = [[each["build"][what] for each in (one, other)] for what in ("cpu", "size")] + [
                [each["ask"]["times"].get(what, [0])[0] for each in (one, other)]
                for what in ("theme", "groups")
            ]
            shown = [
                f"{log(after / before) / log(high / low):.2f}" if before else "–"
                for before, after in pairs
            ]
            lines.append(f"| {name} | {low:,} | {high:,} | {' | '.join(shown)} |")
    return lines


def _cell(value: float, other: float, digits: int) -> str:
    return f"{value:.{digits}f} ({value / other:.2g} ×)" if other else f"{value:.{digits}f}"


def page(results: Mapping[int, Mapping[str, Result]]) -> str:
    """The part of the page that is written by this program."""
    machine = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    head = (
        f"{machine}, {os.cpu_count()} processors, SQLite {sqlite3.sqlite_version}. In brackets:"
        " times what the first row takes. Times are those of the processors, but for the second"
        " column. Memory: at most, of building (without the corpus) and of asking."
    )
    lines = [head]
    for size, found in results.items():
        lines += ["", f"### {size:,} passages", "", *table(found)]
    if len(results) > 1:
        lines += ["", "### Growth", "", *growth(results)]
    return "\n".join(lines)


def write(text: str) -> None:
    """Put the tables into the page, between the marks."""
    old = PAGE.read_text(encoding="utf-8")
    head, _, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    os.environ[VARIABLE] = ""  # each question is asked as for the first time
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--engine", action="append", choices=RUNS, help="only this one, or these")
    parser.add_argument("--cluster", default="", help="nodes of OpenSearch, to run that, too")
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",") if size]
    if chosen.prepare:
        prepared(sizes, chosen.work)
        return
    if chosen.one:
        step, name = chosen.one
        print(json.dumps(one(step, name, sizes[0], chosen.work)))
        return
    if chosen.cluster:
        os.environ[CLUSTER] = chosen.cluster
    names = chosen.engine or [name for name in RUNS if name != "opensearch" or chosen.cluster]
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        if sizes and not (work / "themes.json").is_file():
            _child("--prepare", size=chosen.sizes, work=work)
        for size in sizes:
            run(size, names, work)
        text = page(kept(work))
    print(text)
    if chosen.write:
        write(text)


if __name__ == "__main__":
    main()
