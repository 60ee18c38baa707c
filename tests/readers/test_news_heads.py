"""Heads of news and minutes as plain text: who wrote it, and fields below the day, are no text."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.blocks.labelwords import names_author
from progsearch.model import Shape

BODY = "\n\nVi frågade alla i regionen om vården.\n\nVård\nVi ska anställa sjuksköterskor.\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Av Karl Karlsson", True),
        ("By Ann-Marie Lee", True),
        ("Von Karl Braun", True),
        ("Autor: Jan Novák", True),
        ("Text: Eva Ek", True),
        ("Av vikt för alla", False),
        ("Av Karl", False),
        ("Text", False),
        ("", False),
        ("By 2030 We Will Build", False),
    ],
)
def test_who_wrote_a_text(line, told):
    assert names_author(line) is told


@pytest.mark.parametrize("author", ["Av Karl Karlsson", "Von Karl Braun"])
def test_the_title_stands_above_who_wrote_it(author):
    text = f"Så löser vi krisen i vården\n\n{author}\nPublicerad: 3 september 2022{BODY}"
    (raw,) = documents("a.txt", text.encode())
    assert_law(raw)
    assert raw.meta["title"] == "Så löser vi krisen i vården"
    assert [raw.text[b.start : b.end] for b in raw.blocks if b.shape is Shape.BYLINE] == [
        author, "Publicerad: 3 september 2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "told"), [("Plats: Regionhuset", True), ("Vård: så gör vi det nu", False)]
)
def test_fields_below_the_day_are_no_headings(field, told):
    text = f"FALU KOMMUN\nProtokoll från mötet\nMötesdatum: 2024-03-12\n{field}{BODY}"
    (raw,) = documents("a.txt", text.encode())
    aside = [raw.text[b.start : b.end] for b in raw.blocks if b.shape is Shape.BYLINE]
    assert (field in aside) is told
