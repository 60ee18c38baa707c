"""The fuzzed functions on a few inputs; ``python -m tests.fuzz`` gives them a million."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

import pytest
from fuzz.changes import changed_texts
from fuzz.targets import TARGETS

from progsearch.prepare import Job, Preparer

PREPARER = Preparer.loaded(("cs", "sv"))

FOUND = [
    ("query", "NOT=sa 10:30"),
    ("query", "a NEAR/5(b)"),
    ("query", "a NEAR/5„b“"),
    ("segmentation", "a,b\rc,d\n1,2\n"),
    ("segmentation", "- Jedna<br\n>  2. dvě\n"),
    ("segmentation", "</<br>p>"),
    ("segmentation", '<a title="<br>">'),
    ("segmentation", "a<br\n > 4. b\n\n"),
    ("segmentation", "Jedna\n\no  7\n\nDvě."),
    ("frontmatter", '---\ntitle: "a\\ud800"\n---\nText'),
]
"""Inputs that once raised what they must not."""


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_raises_anything_but_the_errors_of_the_project(name):
    target = TARGETS[name]
    counts = {True: 0, False: 0}
    for text in islice(changed_texts(target.seeds(), target.tokens, seed=7), 400):
        counts[target.check(text)] += 1
    assert min(counts.values()) > 3, "the inputs are all of one kind"


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_was_found_stays_mended(name, text):
    TARGETS[name].check(text)


ENDLESS = (
    *("_", '"', "“", "{{", "{%", "<!--", "\n", "---\n", "[a](", "a.", "http://a", "a@b.", "....."),
    *("2021-", "x;y;", "a-", "<![CDATA[", "> ", "- ", "*", "[", "<", "|", "&", "1. ", "säger A "),
    *("sjukvårds", "förs", "ž", "a\u0301", "\t", ";\t", "\u00ad", "\u200b"),
    *("|-|\n", "|a|\n", "|a|\n|-|\n", "<tr><td>a", "<table>", "<th>"),
)
"""What a pattern that goes back would look at once more for each of them."""


@pytest.mark.parametrize("part", ENDLESS)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_no_text_is_gone_over_again_and_again(name, part):
    # Ten times the length takes about ten times as long; it was a hundred, hours for a file. Which
    # patterns go back is counted in test_patterns.py; here a minute would be seen.
    data = (part * (20_000 // len(part)) + " slovo").encode()
    job = Job(name, data, "", lambda _part: {}, {}, {})
    assert list(PREPARER.prepare(job))


def test_the_command_gives_its_figures_and_keeps_what_fails(project, tmp_path):
    words = [sys.executable, "-m", "tests.fuzz", "query", "--engine", "chance", "--runs", "20"]
    done = subprocess.run(
        [*words, "--found", str(tmp_path)],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("query: 20 inputs (chance)")
    assert list(tmp_path.iterdir()) == []
