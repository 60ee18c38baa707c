"""``python -m tests``: all the checks, in the order in which they are quickest to fail.

With ``--coverage``, branches are measured, too, which doubles the time of the tests; with
``--thorough``, laws are tried on more examples (:mod:`laws`); with ``--cost``, what each file of
tests took is told at the end (:mod:`tests.cost`). Types are checked beside the tests,
which a mistake in them ends.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO

QUICK = (("ruff", "check", "."), ("ruff", "format", "--check", "."))
TYPES = ("mypy",)
TESTS = ("pytest", "--numprocesses=auto", "--dist=worksteal")
COVERAGE = ("--cov", "--cov-report=term:skip-covered")
THOROUGH = ("--hypothesis-profile=thorough",)
COST = ("-p", "tests.cost")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each check; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m tests", description="Run all the checks.")
    parser.add_argument("--coverage", action="store_true", help="measure branches; 90 %% at least")
    parser.add_argument("--thorough", action="store_true", help="fifteen times as many examples")
    parser.add_argument("--cost", action="store_true", help="tell what each file of tests takes")
    asked = parser.parse_args(arguments)
    chosen = ((asked.coverage, COVERAGE), (asked.thorough, THOROUGH), (asked.cost, COST))
    more = [word for wanted, words in chosen if wanted for word in words]
    for check in QUICK:
        if code := subprocess.run([sys.executable, "-m", *check], check=False).returncode:
            return code
    with tempfile.TemporaryFile() as said, ExitStack() as stack:
        types, tests = (
            stack.enter_context(_begun(check, out))
            for check, out in ((TYPES, said), ((*TESTS, *more), None))
        )
        while types.poll() is None and tests.poll() is None:
            time.sleep(0.2)
        if types.poll():
            tests.terminate()
        codes = types.wait(), tests.wait()
        said.seek(0)
        print(said.read().decode("utf-8", "replace"), end="")
    return codes[0] or codes[1]


@contextmanager
def _begun(check: Sequence[str], out: IO[bytes] | None) -> Iterator[subprocess.Popen[bytes]]:
    """A check that runs until it is done, or something else goes wrong."""
    process = subprocess.Popen([sys.executable, "-m", *check], stdout=out, stderr=out)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
