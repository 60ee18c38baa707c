"""``python -m tests.fuzz``: many inputs for the readers and the query parser.

With atheris the inputs are led by the coverage that they reach; without it they are seeds
changed by chance. The first input that raises anything but an error of the project's own is
shown, kept in a file, and ends the run.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

NAMES = ("query", "frontmatter", "segmentation")
LONGEST_INPUT = 600  # bytes
COVERED = (
    *("progsearch.query", "progsearch.readers", "progsearch.segmentation", "progsearch.normalise"),
    *("progsearch.facts", "progsearch.clause"),
)
"""The modules whose coverage leads the inputs; the others would only make them slower."""


def main() -> int:
    """Run what the command line names."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("targets", nargs="*", metavar="|".join(NAMES), help="default: all")
    options.add_argument("--runs", type=int, default=1_000_000, help="inputs in all")
    options.add_argument("--seed", type=int, default=1, help="another number, other inputs")
    options.add_argument("--engine", choices=("atheris", "chance"), help="default: what is there")
    options.add_argument("--found", type=Path, default=Path(), help="folder for a failing input")
    options.add_argument("--input", type=Path, help="run one target on this file alone")
    asked = options.parse_args()
    names = asked.targets or list(NAMES)
    if unknown := set(names) - set(NAMES):
        options.error(f"no target {', '.join(sorted(unknown))}; choose {', '.join(NAMES)}")
    engine = asked.engine or ("atheris" if importlib.util.find_spec("atheris") else "chance")
    if asked.input:
        from tests.fuzz.targets import TARGETS

        print(TARGETS[names[0]].check(_text(asked.input.read_bytes())))
        return 0
    runs = -(-asked.runs // len(names))
    run = _with_atheris if engine == "atheris" else _by_chance
    codes = [run(name, runs, asked.seed, asked.found) for name in names]
    return max(codes)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _by_chance(name: str, runs: int, seed: int, found: Path) -> int:
    from tests.fuzz.changes import changed_texts
    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    counts: Counter[bool] = Counter()
    begun = time.perf_counter()
    for text in islice(changed_texts(target.seeds(), target.tokens, seed), runs):
        try:
            counts[target.check(text)] += 1
        except BaseException:
            file = found / f"fuzz-{name}-{seed}.txt"
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"{name}: input {counts.total() + 1} raises; it is in {file}\n{text!r}")
            raise
    _tell(name, "chance", counts, time.perf_counter() - begun)
    return 0


def _tell(name: str, engine: str, counts: Counter[bool], seconds: float) -> None:
    print(
        f"{name}: {counts.total():,} inputs ({engine}), {counts[True]:,} taken, "
        f"{counts[False]:,} refused, none failed; {seconds:,.0f} s",
        flush=True,
    )


def _with_atheris(name: str, runs: int, seed: int, found: Path) -> int:
    """Fuzz in a child process, since libFuzzer ends the one that it runs in."""
    child = os.fork()
    if child == 0:
        _fuzz(name, runs, seed, found)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _fuzz(name: str, runs: int, seed: int, found: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=list(COVERED)):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, text in enumerate(target.seeds()):
            (seeds / str(number)).write_bytes(text.encode("utf-8", "surrogatepass"))
        words = Path(folder, "tokens.dict")
        words.write_text("".join(map(_entry, target.tokens)), encoding="ascii")
        arguments = [
            sys.argv[0],
            f"-runs={runs}",
            f"-seed={seed}",
            f"-max_len={LONGEST_INPUT}",
            f"-dict={words}",
            f"-artifact_prefix={found / f'fuzz-{name}-'}",
            "-timeout=60",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            "-verbosity=0",
            str(seeds),
        ]
        atheris.Setup(arguments, _counted(name, target.check, runs))
        atheris.Fuzz()


def _counted(name: str, check: Callable[[str], bool], runs: int) -> Callable[[bytes], None]:
    """The check, with the figures told after the last input: libFuzzer does not come back."""
    counts: Counter[bool] = Counter()
    begun = time.perf_counter()

    def one(data: bytes) -> None:
        counts[check(_text(data))] += 1
        if counts.total() == runs:
            _tell(name, "atheris", counts, time.perf_counter() - begun)

    return one


def _entry(token: str) -> str:
    """A line of libFuzzer's dictionary."""
    data = token.encode("utf-8", "surrogatepass")
    return '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"\n'


if __name__ == "__main__":
    sys.exit(main())
