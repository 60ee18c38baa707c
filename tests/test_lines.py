"""What is told of a line at a glance is what the whole expression says of it."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from progsearch.blocks import leaders
from progsearch.blocks.wording import simplified

lines = st.text("aÅž1²½.·_… \t\n\u00a0\u0301-–", max_size=14)
EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@given(lines)
@example("Kontakt ....... 12")
@example("Kontakt . . . .")
@example("Vi bygger.")
@example("… … 3\n")
def test_lines_without_leaders(line):
    assert leaders.without_leaders(line) == leaders._LEADERS.sub("", line)


@given(lines)
def test_simplified_lines(line):
    words = " ".join(unicodedata.normalize("NFC", line).casefold().split())
    assert simplified(line) == EDGES.sub("", words)
