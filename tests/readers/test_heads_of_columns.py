"""What stands above a cell is found among many columns and rows of a head without reading all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from progsearch import readers
from progsearch.blocks import tableheads
from progsearch.blocks.columns import MAX_COVERED, MAX_HEADS, Heads
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

MANY = 400


class Counted(list):
    """Heads of columns that tell how often one of them was looked at."""

    looked = 0

    def __getitem__(self, place):
        Counted.looked += 1
        return super().__getitem__(place)

    def __iter__(self):
        Counted.looked += len(self)
        return super().__iter__()


def test_above_a_cell_few_heads_are_looked_at():
    heads = Heads([f"Name {n}" for n in range(1, MANY + 1)])
    heads._heads, Counted.looked = Counted(heads._heads), 0
    for column in range(1, MANY + 1):
        assert heads.above(((column, column),)) == f"Name {column}"
    assert Counted.looked < MANY * 16


def test_a_head_over_all_columns_is_read_as_far_as_cells_may_cover():
    wide = Heads(["All"], ((1, 65_000),)).over(Heads(["One"]))
    assert len(wide) == MAX_COVERED


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), st.sampled_from("abc")), max_size=8),
    st.integers(1, 20),
    st.integers(0, 4),
)
@settings(max_examples=examples(60))
def test_names_above_columns_are_those_that_meet_them(spans, first, more):
    placed, names, at = [], [], 1
    for wide, gap, name in spans:
        placed.append((at + gap, at + gap + wide - 1))
        names.append(name)
        at += gap + wide
    heads = Heads(names, tuple(placed))
    met = [
        name
        for (left, right), name in zip(placed, names, strict=True)
        if left <= first + more and right >= first
    ]
    assert heads._names(first, first + more) == list(dict.fromkeys(met))


def page(rows, cells="<td>We will build.</td><td>Yes</td>"):
    made = "".join(f"<tr><th>Head {n}</th><th>Name {n}</th></tr>" for n in range(rows))
    text = f"<html><body><h1>Plan</h1><table>{made}<tr>{cells}</tr></table></body></html>"
    raw = readers.read("a.html", text.encode())
    return segment(raw, "d", title="Plan", lang=Fact("en", Origin.DEFAULT)).passages


@pytest.mark.parametrize("rows", [1, 3, 4, 5, 60])
def test_a_head_has_few_rows(rows):
    found = page(rows)[-1]
    assert found.text == "We will build. | Yes"
    (above,) = found.headings
    assert above.count("Head") == min(rows, MAX_HEADS)


def test_heads_of_signs_are_made_once_a_table(monkeypatch):
    made = []
    monkeypatch.setattr(tableheads, "Heads", lambda *args: made.append(args) or Heads(*args))
    rows = "".join(f"<tr><td><ul><li>Yes {n}</ul><td>No<p>more</tr>" for n in range(30))
    text = f"<html><body><table><tr><th>✅</th><th>❌</th></tr>{rows}</table></body></html>"
    raw = readers.read("a.html", text.encode())
    assert sum("Yes" in raw.text[one.start : one.end] for one in raw.blocks) == 30
    assert len(made) == 1
