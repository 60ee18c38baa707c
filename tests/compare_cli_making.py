"""Comparisons that are run within this process."""

from __future__ import annotations

import csv
import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from progsearch.cli import app

THEME = ("--theme", "healthcare-staffing")


class Ran(NamedTuple):
    stdout: str
    stderr: str

    @property
    def rows(self):
        return list(csv.DictReader(io.StringIO(self.stdout)))


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app(list(map(str, words)), standalone_mode=False)
    return Ran(out.getvalue(), err.getvalue())
