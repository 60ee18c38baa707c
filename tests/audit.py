"""``python -m tests.audit``: known holes in the libraries that are installed, by pip-audit.

No part of the checks, for it needs a network; where it has none, or pip-audit is not installed,
it says so and ends with 0.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

HOLES = "Found "
"""How pip-audit begins when it has found some."""


def main() -> int:
    """Run pip-audit; 1 when it knows of a hole."""
    if importlib.util.find_spec("pip_audit") is None:
        print("skipped: pip-audit is not installed (pip install pip-audit)")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--timeout", "10"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    print(done.stdout, end="")
    if done.returncode and HOLES not in done.stderr:
        print(f"skipped: pip-audit could not ask: {done.stderr.strip().splitlines()[-1:]}")
        return 0
    print(done.stderr, end="", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
