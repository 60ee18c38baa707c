"""Running heads behind form feeds are no headings and no part of a sentence."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import Shape

PAGES = (
    "We will build homes for all and we will\n",
    "mend the roads of the town.\n\nWe will plant trees along the\n",
    "river in the spring. We will keep the park open in the evening.\n",
)


def furniture(text):
    raw = readers.read("a.txt", text.encode())
    shapes = {raw.text[one.start : one.end]: one.shape for one in raw.blocks}
    assert not any("\f" in said and "Programme" in said for said in shapes)
    return [raw.text[one.start : one.end] for one in raw.blocks if one.shape is Shape.NAVIGATION]


def pages(*heads, first="Our plan\n\n"):
    texts = [f"\f{head}\n\n{page}" for head, page in zip(heads, PAGES[1:], strict=True)]
    return first + PAGES[0] + "".join(texts)


@pytest.mark.parametrize(
    ("first", "heads", "found"),
    [
        ("Programme 2026\n\n", ("Programme 2026", "Programme 2026"), ["Programme 2026"] * 2),
        ("Programme\n\n", ("2 | Programme", "Programme   3"), ["2 | Programme", "Programme   3"]),
        ("Our plan\n\n", ("Homes", "Homes"), ["Homes"]),  # the first may be the heading
        ("Our plan\n\n", ("Part 1", "Part 2"), []),
        ("Our plan\n\n", ("Homes", "Roads"), []),
        ("Homes\n\n", ("Homes", "Roads"), []),
        ("Our plan\n\n", ("We will build.", "We will build."), []),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\r\n"])
def test_what_pages_begin_with_again_is_furniture(first, heads, found, between):
    assert furniture(pages(*heads, first=first).replace("\n", between)) == found


def test_without_form_feeds_a_line_again_is_no_running_head():
    assert furniture(pages("Programme 2026", "Programme 2026").replace("\f", "")) == []
