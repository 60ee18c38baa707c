"""How many pages of paper a report takes, as it is printed and all of it.

    python -m benchmarks.paper report.html …

The reports are printed on A4 by Chromium, whose program is searched for, or named by CHROMIUM.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def pages(program: str, address: str) -> int:
    """The pages that a browser prints of an address."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder, "paper.pdf")
        subprocess.run(
            [
                *(program, "--headless", "--no-sandbox", "--disable-gpu"),
                *(f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"),
                *(f"--print-to-pdf={paper}", address),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        document = pypdfium2.PdfDocument(paper)
        count = len(document)
        document.close()
    return count


def main() -> int:
    """Print a line for each report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="+", type=Path)
    given = parser.parse_args()
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        print("no Chromium is found; name it in CHROMIUM", file=sys.stderr)
        return 1
    for report in given.reports:
        address = report.resolve().as_uri()
        printed, everything = pages(program, address), pages(program, f"{address}#everything")
        print(f"{report}: {printed} pages, all of it {everything}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
