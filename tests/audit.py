"""``python -m tests.audit``: known holes in the libraries that are installed, by pip-audit.

No part of the checks, for it needs a network; where it has none, or pip-audit is not installed,
it says so and ends with 0. What was asked about and what could not be is told apart.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys


def main() -> int:
    """Run pip-audit; 1 when it knows of a hole."""
    if importlib.util.find_spec("pip_audit") is None:
        print("skipped: pip-audit is not installed (pip install pip-audit)")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(
        [*command, "--timeout", "10"], capture_output=True, encoding="utf-8", check=False
    )
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError):
        print(f"skipped: pip-audit could not ask: {done.stderr.strip().splitlines()[-1:]}")
        return 0
    return told(found)


def told(dependencies: list[dict[str, object]]) -> int:
    """Print what pip-audit found out about each library; 1 when there is a hole."""
    asked = [one for one in dependencies if "skip_reason" not in one]
    if not asked:
        print(f"skipped: none of {len(dependencies)} libraries could be asked about")
        return 0
    holes = [(one, hole) for one in asked for hole in one["vulns"]]
    for one, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {hole['id']}, mended in {mended}")
    left = len(dependencies) - len(asked)
    print(f"{len(asked)} libraries asked about, {left} could not be; {len(holes)} known holes")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
