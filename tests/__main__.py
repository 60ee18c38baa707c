"""``python -m tests``: all the checks, in the order in which they are quickest to fail.

With ``--coverage``, branches are measured, too, which doubles the time of the tests.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--numprocesses=auto", "--dist=worksteal"),
)
COVERAGE = ("--cov", "--cov-report=term:skip-covered")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each check; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m tests", description="Run all the checks.")
    parser.add_argument("--coverage", action="store_true", help="measure branches; 90 % at least")
    coverage = COVERAGE if parser.parse_args(arguments).coverage else ()
    for check in CHECKS:
        command = (*check, *coverage) if check[0] == "pytest" else check
        code = subprocess.run([sys.executable, "-m", *command], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
