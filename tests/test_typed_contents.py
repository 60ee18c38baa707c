"""Contents that somebody has typed lead to pages or to headings, and promise nothing."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import Fact, Origin, Role
from progsearch.segmentation import entries, segment

LINES = ("Postavíme školy", "Snížíme daně", "Zrušíme poplatky")
PAGED = [f"{line} {page}" for line, page in zip(LINES, (3, 7, 12), strict=True)]
TEXT = "\n\n## Postavíme školy\n\nV každém kraji postavíme školu.\n\n## Snížíme daně\n\nO 5 %.\n"


def told(text, path="a.md"):
    raw = readers.read(path, text.encode())
    done = segment(raw, "d", title="", lang=Fact("cs", Origin.DEFAULT))
    return [one.text for one in done.passages if one.role is Role.CONTENTS]


@pytest.mark.parametrize("word", ["Obsah", "Contents", "Innehåll", "Inhalt", "Spis treści"])
@pytest.mark.parametrize("between", ["\n\n", "\n- ", "\n1. "])
def test_what_leads_to_pages_is_contents(word, between):
    lines = between.join(["", *PAGED])
    assert told(f"# Program\n\n## {word}\n{lines}{TEXT}") == PAGED


def test_lines_of_one_paragraph():
    assert "\n".join(told(f"# Program\n\n## Obsah\n\n{chr(10).join(PAGED)}{TEXT}")) == "\n".join(
        PAGED
    )


def test_in_plain_text():
    assert (
        told("Obsah\n" + "\n".join(PAGED) + "\n\nV každém kraji postavíme školu.\n", "a.txt")
        == PAGED
    )


def test_what_leads_to_headings_is_contents():
    lines = "\n".join(f"- {line}" for line in LINES[:2])
    assert told(f"# Program\n\n## Obsah\n\n{lines}{TEXT}") == list(LINES[:2])


@pytest.mark.parametrize(
    "lines",
    [
        ["Zvýšíme platy.", "Postavíme 12 škol."],
        ["Chceme postavit školy v počtu 12", "Zvýšíme platy.", "Zrušíme poplatky."],
        ["Snížíme daně o 12", "Postavíme školy za 7", "Zrušíme poplatky 3"],
    ],
)
def test_what_leads_nowhere_is_text(lines):
    assert told("# Program\n\n## Obsah\n\n" + "\n\n".join(lines) + "\n") == []


def test_the_text_behind_the_last_entry_is_text():
    after = "V každém kraji postavíme školu."
    assert told("## Obsah\n\n" + "\n\n".join([*PAGED, after]) + "\n") == PAGED


def test_no_other_word_stands_over_contents():
    assert told("# Program\n\n## Kapitola\n\n" + "\n\n".join(PAGED) + "\n") == []


def test_a_word_for_contents_again_is_no_end_of_them():
    lines = "\n\n".join(["Obsah", *PAGED[:2], "Obsah", *PAGED[1:]])
    assert told(f"{lines}\n") == [*PAGED[:2], "Obsah", *PAGED[1:]]


def test_lines_below_many_words_for_contents_are_looked_at_once(monkeypatch):
    looked = []
    pages = entries._page
    monkeypatch.setattr(entries, "_page", lambda line: looked.append(line) or pages(line))
    told("Obsah\n\nPostavíme školy\n\n" * 300)
    assert 0 < len(looked) <= 600
