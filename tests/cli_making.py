"""Commands that are run within this process."""

from __future__ import annotations

import csv
import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from progsearch.cli import app


class Ran(NamedTuple):
    code: int
    stdout: str
    stderr: str


def run(*words):
    """A command in this process; its errors are raised."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = app(list(words), standalone_mode=False)
    return Ran(code or 0, out.getvalue(), err.getvalue())


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def explained(*words):
    return rows(run("explain", *words, "-f", "csv").stdout)
