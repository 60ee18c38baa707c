"""The greeting of a letter and what it ends in state nothing, in every format."""

from __future__ import annotations

import pytest
from files_making import docx, paragraph

from progsearch import readers
from progsearch.model import Fact, Origin, Role
from progsearch.segmentation import segment

SAID = "We will build 500 new homes for young families in the town."
LETTERS = [
    ("Vážení spoluobčané, milí sousedé,", "S pozdravem"),
    ("Vážení priatelia,", "S pozdravom Ján Novák"),
    ("Dear voters,", "Yours sincerely, Ann Ek, chair of the council"),
    ("Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen"),
    ("Liebe Bürgerinnen und Bürger!", "Herzliche Grüße Ihre Anna Weber"),
    ("Kära vänner!", "Med vänliga hälsningar"),
    ("Kære alle", "Med venlig hilsen"),
    ("Kjære velgere,", "Vennlig hilsen"),
    ("Szanowni Państwo,", "Z poważaniem"),
    ("Arvoisat kuntalaiset,", "Ystävällisin terveisin"),
]
STATEMENTS = [
    "Dear voters, we will build homes.",
    "Dear voters, we will build homes",
    "Liebe statt Hass!",
    "Drahé bydlení vyřešíme!",
    "Bästa skolan i landet!",
    "Hyvä koulu kaikille!",
    "Drogi dla rowerów!",
    "Best wishes for the old are homes of their own",
    "Milí senioři, zvýšíme vám důchody!",
]


def of_markdown(texts):
    return "a.md", "\n\n".join(texts).encode()


def of_word(texts):
    return "a.docx", docx("".join(map(paragraph, texts)))


def of_page(texts):
    inside = "".join(f"<p>{text}</p>" for text in texts)
    return "a.html", f"<!doctype html><html><body><main>{inside}</main></body></html>".encode()


def roles(made, *texts):
    name, data = made(texts)
    raw = readers.read(name, data)
    found = segment(raw, "d", lang=Fact("en", Origin.DEFAULT)).passages
    return {one.text: one.role for one in found}


@pytest.mark.parametrize("made", [of_markdown, of_word, of_page])
@pytest.mark.parametrize(("greeting", "closing"), LETTERS)
def test_what_a_letter_begins_and_ends_with_is_no_statement(made, greeting, closing):
    found = roles(made, greeting, SAID, closing)
    assert found == {greeting: Role.BYLINE, SAID: Role.STATEMENT, closing: Role.BYLINE}


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_only_begins_like_a_letter_is_a_statement(text):
    assert roles(of_markdown, SAID, text) == {SAID: Role.STATEMENT, text: Role.STATEMENT}
