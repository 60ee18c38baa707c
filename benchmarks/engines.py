"""How fast the engines build and answer, side by side: the tables of ``docs/performance.md``.

    python -m benchmarks.engines --sizes 10000,100000,1000000 --write

Each engine is run in a process of its own, one after the other, on the same corpus
(:mod:`benchmarks.corpus`) and the same 20 themes. Times differ from machine to machine and
from day to day; what counts is how they compare in one run.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.corpus import SyntheticCorpus, demonstration_lemmas
from benchmarks.engines_runs import RUNS

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- benchmarks.engines: begin -->", "<!-- benchmarks.engines: end -->"
THEMES = 20
SLOW = {"whoosh, public interface": 200_000, "ripgrep": 200_000}
"""Runs that are left out of larger corpora, for want of patience."""

Result = dict[str, Any]


def one(step: str, name: str, size: int, work: Path) -> Result:
    """Run one step of one engine; this is what a process of its own does."""
    lemmas = json.loads((work / "lemmas.json").read_text(encoding="utf-8"))
    corpus = SyntheticCorpus(size, lemmas)
    folder = work / name.replace(" ", "-").replace(",", "")
    if step == "build":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        found = asdict(RUNS[name].build(corpus, folder))
    else:
        found = asdict(RUNS[name].ask(folder, corpus.themes(THEMES)))
    return found | {"peak": _peak()}


def _peak() -> float:
    """Megabytes of memory that this process has had at most; 0 where that cannot be told."""
    try:
        import resource
    except ImportError:  # on Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def run(size: int, names: list[str], work: Path) -> Iterator[tuple[str, Result]]:
    """Run the engines one after the other on a corpus of so many passages."""
    for name in names:
        if size > SLOW.get(name, size):
            continue
        if name == "ripgrep" and shutil.which("rg") is None:
            print("ripgrep is not installed", file=sys.stderr)
            continue
        found: Result = {}
        for step in ("build", "ask"):
            words = [sys.executable, "-m", "benchmarks.engines", "--one", step, name]
            done = subprocess.run(
                [*words, "--sizes", str(size), "--work", str(work)],
                stdout=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
            found[step] = json.loads(done.stdout)
        print(f"{size:,} {name}: {found}", file=sys.stderr)
        yield name, found


def table(results: Mapping[str, Result]) -> list[str]:
    """A table of figures, and behind each the ratio to the first row's."""
    head = (
        "| engine | build s | CPU s | peak MB | index MB | cold ms | theme p50 / p95 ms"
        " | filtered p50 / p95 | groups p50 / p95 | 20 themes by region and party ms |"
    )
    lines = [head, "| --- |" + " ---: |" * 9]
    first = next(iter(results.values()))
    for name, found in results.items():
        build, ask = found["build"], found["ask"]
        cells = [name, _cell(build["wall"], first["build"]["wall"], 1), f"{build['cpu']:.1f}"]
        cells += [f"{build['peak']:.0f} / {ask['peak']:.0f}", f"{build['size'] / 1e6:.0f}"]
        cells.append(f"{ask['cold']:.0f}")
        for question in ("theme", "filtered", "groups"):
            times, others = ask["times"].get(question), first["ask"]["times"][question]
            cells.append(f"{_cell(times[0], others[0], 1)} / {times[1]:.1f}" if times else "–")
        times = ask["times"].get("all themes") or ask["times"].get("one by one")
        cells.append(f"{times[0]:.0f}" if times else "–")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _cell(value: float, other: float, digits: int) -> str:
    return f"{value:.{digits}f} ({value / other:.2g} ×)" if other else f"{value:.{digits}f}"


def page(results: Mapping[int, Mapping[str, Result]]) -> str:
    """The part of the page that is written by this program."""
    machine = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    lines = [f"One run, {machine}. In brackets: times what SQLite FTS5 takes in the same run."]
    for size, found in results.items():
        lines += ["", f"### {size:,} passages", "", *table(found)]
    return "\n".join(lines)


def write(text: str) -> None:
    """Put the tables into the page, between the marks."""
    old = PAGE.read_text(encoding="utf-8")
    head, _, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--engine", action="append", choices=RUNS, help="only this one, or these")
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    if chosen.one:
        step, name = chosen.one
        print(json.dumps(one(step, name, sizes[0], chosen.work)))
        return
    names = chosen.engine or list(RUNS)
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        lemmas = json.dumps(demonstration_lemmas(), ensure_ascii=False)
        (work / "lemmas.json").write_text(lemmas, encoding="utf-8")
        results = {size: dict(run(size, names, work)) for size in sizes}
    text = page(results)
    print(text)
    if chosen.write:
        write(text)


if __name__ == "__main__":
    main()
