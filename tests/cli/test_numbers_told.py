"""One passage is told as one."""

from __future__ import annotations

import pytest
from cli_making import run


@pytest.mark.parametrize(
    ("text", "told"),
    [("We will build.\n", "1 passage; "), ("We will build.\n\nWe will mend.\n", "2 passages; ")],
)
def test_one_passage_is_told_as_one(tmp_path, text, told):
    (tmp_path / "a.md").write_text(f"---\nlang: en\n---\n{text}")
    done = run("ingest", str(tmp_path / "a.md"), "--index", str(tmp_path / "index"))
    assert f"; {told}" in done.stderr
