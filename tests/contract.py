"""``python -m tests.contract``: the API is held to its description by schemathesis.

It makes requests of its own, right ones and wrong ones, from ``/api/openapi.json`` of a server of
the demonstration corpus. Without schemathesis it says so and ends with 0.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LEFT_OUT = "positive_data_acceptance"
"""Not every text is a query, nor the name of a party of the index: 400 is right for those."""


def main(words: list[str]) -> int:
    """Run it; further words go to schemathesis."""
    program = shutil.which("schemathesis") or shutil.which("st")
    if program is None:
        sys.stdout.write("skipped: schemathesis is not installed\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "index"))
        line = [sys.executable, "-m", "progsearch"]
        subprocess.run([*line, "ingest", str(ROOT / "corpus"), "--index", index, "-q"], check=True)
        server = subprocess.Popen(
            [*line, "serve", "--index", index, "--port", "0"],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            address = server.stdout.readline().strip()
            asked = [program, "run", f"{address}api/openapi.json", f"--exclude-checks={LEFT_OUT}"]
            return subprocess.run([*asked, *words], check=False, cwd=folder).returncode
        finally:
            server.terminate()
            server.wait()
            server.stdout.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
