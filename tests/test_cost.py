"""What a file of tests costs is told, whichever process ran it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

# By the clock that costs are told by, which has steps of a hundredth.
SLOW = """
import os
def test_one():
    until = sum(os.times()[:2]) + 0.3
    while sum(os.times()[:2]) < until:
        pass
"""


@pytest.mark.parametrize("more", [("-p", "no:xdist"), ("-n", "1")], ids=["one", "several"])
def test_each_file_has_its_seconds(project, tmp_path, more):
    (tmp_path / "test_slow.py").write_text(SLOW, encoding="utf-8")
    (tmp_path / "test_quick.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    words = ["-m", "pytest", "-q", "-p", "tests.cost", "-c", str(tmp_path / "pytest.ini")]
    done = subprocess.run(
        [sys.executable, *words, *more, str(tmp_path)],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = re.findall(r"^ *([\d.]+) (\S+\.py|all 2 files)$", done.stdout, re.MULTILINE)
    told = {name: float(cost) for cost, name in lines}
    assert told["test_slow.py"] >= 0.3 > told["test_quick.py"]
    assert told["all 2 files"] == pytest.approx(sum(told.values()) / 2, abs=0.02)
