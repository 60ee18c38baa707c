"""Endnotes of extracted text stand apart: they are neither passages nor headings."""

from __future__ import annotations

import pytest
from reading import read

from progsearch.blocks.lines import lines_of
from progsearch.model import Shape
from progsearch.readers.text.endnotes import MAX_LINES, endnotes_of

TEXT = "Köerna ska kortas. [1]\nDe växer.\n[2]\nSkolan behöver fler lärare.\n"
NOTES = "[1]\nRegionerna (2025).\nVäntetider i vården.\n[2]\nIbid.\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TEXT + NOTES, range(4, 10)),
        (TEXT, range(0)),  # numbers in the text alone
        (NOTES, range(0)),  # nothing refers to them: numbered paragraphs
        (TEXT + NOTES.replace("[2]", "[3]"), range(0)),
        (TEXT + NOTES.replace("[2]\nIbid.", "Ibid."), range(0)),
        (TEXT + NOTES + "Text igen.\n" * MAX_LINES, range(0)),
        ("", range(0)),
    ],
)
def test_notes_follow_each_other_to_the_end(text, lines):
    assert endnotes_of(list(lines_of(text))) == lines


def test_a_note_is_no_passage_and_heads_none():
    raw = read("<!-- Budget | 2025-10-06 -->\nBudget\n" + TEXT + NOTES, "budget.txt")
    told = {block.shape: raw.text[block.start : block.end] for block in raw.blocks}
    assert "Väntetider i vården" in told[Shape.NAVIGATION]
    assert not any("Väntetider" in told[shape] for shape in told if shape is not Shape.NAVIGATION)
    assert "lärare" in told[Shape.PARAGRAPH]
