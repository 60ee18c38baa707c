"""Tables that programs print: rules around the head and the body, a row a line."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import Shape

HEAD = "# Report\n\nWhat we did.\n\n"
EDGE = "+---------------------------+--------+\n"
NAMES = "| Promise                   | Status |\n"
ROWS = (
    "| Build two thousand homes  | kept   |\n"
    "| Repair forty bridges      | broken |\n"
    "| Open six clinics          |        |\n"
)
WRAPPED = "| Build two thousand homes  | kept,  |\n| in the towns by the coast | late   |\n"


def rows_of(text):
    raw = readers.read("report.md", (HEAD + text).encode())
    told = {True: [], False: []}
    for one in raw.blocks:
        cells = [cell.strip() for cell in raw.text[one.start : one.end].split("|")]
        if one.label == "row" or one.shape is Shape.TABLE_HEAD:
            told[one.shape is Shape.TABLE_HEAD].append(list(filter(None, cells)))
    return told[False], told[True]


@pytest.mark.parametrize("rule", [EDGE, EDGE.replace("-", "=")])
def test_each_line_below_the_head_is_a_row(rule):
    told, heads = rows_of(EDGE + NAMES + rule + ROWS + EDGE)
    assert heads == [["Promise", "Status"]]
    assert told == [
        ["Build two thousand homes", "kept"],
        ["Repair forty bridges", "broken"],
        ["Open six clinics"],
    ]


def test_a_row_whose_cells_are_wrapped_is_one():
    told, heads = rows_of(EDGE + NAMES + EDGE.replace("-", "=") + WRAPPED + EDGE)
    assert heads == [["Promise", "Status"]]
    assert told == [["Build two thousand homes in the towns by the coast", "kept, late"]]
