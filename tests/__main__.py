"""``python -m tests``: all the checks, in the order in which they are quickest to fail."""

from __future__ import annotations

import subprocess
import sys

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    (
        "pytest",
        "--numprocesses=auto",
        "--dist=worksteal",
        "--cov",
        "--cov-report=term:skip-covered",
    ),
)


def main() -> int:
    """Run each check; stop at the first that fails."""
    for check in CHECKS:
        code = subprocess.run([sys.executable, "-m", *check], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
