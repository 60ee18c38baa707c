"""Texts side by side in plain text: told, and what only looks like them is not."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from progsearch.readers.text.plaintext import read

TWO = """Programme

We will build 500 homes     We will sell homes
in every town.              and all the land.

We will hire nurses.        We will cut the tax.
"""
TABLE = """Topic          Labour                  Others

Climate        We will build mills.    We will burn gas.
Roads                                  We will build more roads.
"""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TWO, "3 to 6"),
        (TABLE, "1 to 4"),
        ("Contents\n\nHomes for all       4\nRoads for all       7\nSchools             9\n", None),
        ("Area        2023      2024\nRoads       10        20\nSchools     30        40\n", None),
        ("We build homes.   Then we build roads.\n\nWe build schools and more.\n", None),
        ("    We build homes in all towns.\n    We build roads there.\n    And mills.\n", None),
        ("Anna Berg       chair\nOla Dahl        deputy\nEva Lund        treasurer\n", None),
    ],
)
def test_texts_side_by_side_are_told(text: str, lines: str | None) -> None:
    notes = read(text, PurePath("a.txt")).notes
    assert [lines in note for note in notes] == ([True] if lines else [])
