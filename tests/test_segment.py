"""Segmentation: roles, headings, speakers, copies, languages, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from progsearch import readers
from progsearch.errors import ProgsearchError
from progsearch.model import Block, Fact, Origin, RawDocument, Role, Shape, source_text
from progsearch.segmentation import segment
from progsearch.segmentation.speakers import attribution, introduction, quoted_share

CS = Fact("cs", Origin.DEFAULT)


def cut(text, path="a.md", title="", **options):
    raw = readers.read(path, text.encode("utf-8"))
    done = segment(raw, "d", title=title, lang=CS, **options)
    assert source_text(done.between, done.passages) == raw.text
    return done.passages


def roles(text, **options):
    return [(passage.role.value, passage.text) for passage in cut(text, **options)]


PROGRAMME = """---
title: Zdraví
garant: jana.nova
perex: >
  Péče má být blízko každému.
---
__Motto: „Zdraví na prvním místě.“__

_GARANT – JANA NOVÁ_

Naše nemocnice potřebují lidi.

### ČEHO CHCEME DOSÁHNOUT?

- Dost sester.

### Co pro to budeme dělat?

- Zavedeme stipendia.
-Postavíme byty.

#### Pro sestry

- Zvýšíme příplatky.

### Závěrem

Děkujeme.
"""


def test_a_programme_with_goals_and_measures():
    assert roles(PROGRAMME, title="Zdraví") == [
        ("intro", "Péče má být blízko každému."),
        ("motto", "Motto: „Zdraví na prvním místě.“"),
        ("byline", "GARANT – JANA NOVÁ"),
        ("intro", "Naše nemocnice potřebují lidi."),
        ("heading", "ČEHO CHCEME DOSÁHNOUT?"),
        ("goal", "Dost sester."),
        ("heading", "Co pro to budeme dělat?"),
        ("measure", "Zavedeme stipendia."),
        ("measure", "Postavíme byty."),
        ("heading", "Pro sestry"),
        ("measure", "Zvýšíme příplatky."),
        ("heading", "Závěrem"),
        ("statement", "Děkujeme."),
    ]


def test_passages_are_numbered_and_know_their_lines():
    passages = cut(PROGRAMME)
    assert [passage.number for passage in passages] == list(range(1, 14))
    assert (passages[4].id, passages[4].document) == ("d.5", "d")
    assert [(passage.line, passage.end_line) for passage in passages[:5]] == [
        *((5, 5), (7, 7), (9, 9), (11, 11), (13, 13)),
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("# A\n\nx\n\n## B\n\ny\n\n# C\n\nz", [("A",), ("A",), ("A", "B"), (), ("C",)]),
        ("# Titul\n\nx\n\n## B\n\ny", [(), (), ("B",)]),
        ("# A\n\n**Tučně**\nx\n\n**Dále**\ny", [("A",), ("A", "Tučně"), ("A",), ("A", "Dále")]),
        (
            "## A\n\n- kam s ním?\n  - sem\n  - tam",
            [("A",), ("A", "kam s ním?"), ("A", "kam s ním?")],
        ),
        ("## A\n\n<dl><dt>T</dt><dd>x</dd></dl>\n\ny", [("A",), ("A", "T"), ("A",)]),
    ],
)
def test_the_path_of_headings(text, paths):
    assert [passage.headings for passage in cut(text, title="Titul")][1:] == paths


def test_a_line_with_a_colon_leads_in_a_list():
    found = cut("## Byty\n\nPostavíme je.\n\nOpatření:\n\n- koupíme pozemky\n\nTo je vše.")
    assert [(passage.role.value, passage.headings) for passage in found[1:]] == [
        ("statement", ("Byty",)),
        ("lead-in", ("Byty",)),
        ("measure", ("Byty", "Opatření:")),
        ("statement", ("Byty",)),
    ]


# -- copies


def test_a_text_of_the_front_matter_that_the_body_repeats_counts_once():
    found = cut(
        "---\nintro: >\n  První věta.\n  Druhá věta.\n---\n\n**První** věta.\n\nDruhá věta.\n"
    )
    assert [(passage.text, passage.also) for passage in found] == [
        ("**První** věta.", ((3, 4),)),
        ("Druhá věta.", ((3, 4),)),
    ]


def test_a_list_of_the_headings_in_the_front_matter_counts_with_them():
    found = cut(
        "---\nperex: >\n  1. Opravíme silnice<br>\n  2. Jiné\n---\n**1. Opravíme silnice**\nAno."
    )
    assert [(passage.role.value, passage.text, passage.also) for passage in found] == [
        ("intro", "Jiné", ()),
        ("heading", "1. Opravíme silnice", ((3, 3),)),
        ("statement", "Ano.", ()),
    ]


def test_equal_texts_of_the_front_matter_count_once():
    found = cut("---\nperex: Celá věta tady.\ndescription: Celá věta tady.\n---\nTělo.")
    assert [(passage.text, passage.also) for passage in found] == [
        ("Celá věta tady.", ((3, 3),)),
        ("Tělo.", ()),
    ]


def test_a_paragraph_that_stands_twice_counts_once_but_short_lines_stay():
    long = "Tohle je dost dlouhá věta na to, aby byla jen jednou."
    found = cut(f"## A\n\n{long}\n\nAno.\n\n## B\n\n{long}\n\nAno.\n")
    assert [(passage.line, passage.also) for passage in found] == [
        *((1, ()), (3, ((9, 9),)), (5, ()), (7, ()), (11, ())),
    ]


def test_equal_headings_one_above_the_other_are_one():
    found = cut(
        "<button><h4>- Cíl</h4></button>\n<button><h4>+ Cíl</h4></button>\n\nZdraví.\n\n# Cíl\n\nx"
    )
    assert [(passage.text, passage.also) for passage in found if passage.role is Role.HEADING] == [
        ("Cíl", ((2, 2),)),
        ("Cíl", ()),
    ]


# -- speech


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Det blir bra, säger Eva Ek (C), ordförande i nämnden.",
            ("Eva Ek", "C", "ordförande i nämnden"),
        ),
        (
            "Det blir bra, säger klimat- och miljöminister Eva von Ek.",
            ("Eva von Ek", "", "klimat- och miljöminister"),
        ),
        ("Bra, sa nämndens ordförande Bo Ek efter mötet.", ("Bo Ek", "", "nämndens ordförande")),
        ("Vi är nöjda. Det säger MR-ambassadör Eva Ek.", ("Eva Ek", "", "MR-ambassadör")),
        ("Bra, säger Eva Ek och tillägger:", ("Eva Ek", "", "")),
        (
            "„Ano,“ řekl náměstek pro dopravu Jan Nový (Piráti).",
            ("Jan Nový", "Piráti", "náměstek pro dopravu"),
        ),
        (
            "„Ano,“ uvedla PhDr. Eva Nová, předsedkyně Výboru pro zdraví.",
            ("Eva Nová", "", "předsedkyně Výboru pro zdraví"),
        ),
        (
            "“Ano,” komentuje ten krok zastupitel za Piráty Jan Nový.",
            ("Jan Nový", "", "zastupitel za Piráty"),
        ),
        ("„Ano,“ dodala Eva Nová, která tu byla.", ("Eva Nová", "", "")),
        ("„Ano.“ - Eva Nová, místopředsedkyně", ("Eva Nová", "", "místopředsedkyně")),
    ],
)
def test_who_speaks(text, speaker):
    said = attribution(text)
    assert said is not None
    assert (said.speaker.name, said.speaker.party, said.speaker.office) == speaker
    assert said.speaker.role == "speaker"


@pytest.mark.parametrize(
    "text",
    [
        "På mötet sade Eva Ek att allt blir bra.",
        "Regeringen säger nej.",
        "Hejtman Jan Nový řekl ano.",
        "Ministern, som är nöjd, säger att Eva Ek kommer.",
    ],
)
def test_reported_speech_has_no_speaker(text):
    assert attribution(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("K tomu dodává předseda Jan Nový:", "Jan Nový"),
        ("Jan Nový, předseda sdružení, k tomu dodává:", "Jan Nový"),
        ("Podle Jana Nového:", None),
        ("Prosadíme:", None),
    ],
)
def test_who_is_said_to_speak_next(text, name):
    person = introduction(text)
    assert (person.name if person else None) == name


def test_how_much_is_quoted():
    assert quoted_share("„Všechno je v uvozovkách“") > 0.9
    assert quoted_share("Nic tu není") == 0
    assert quoted_share("„Otevřeno a nezavřeno") == 1


def test_quotations_of_an_article():
    text = """# Titul

Úvod článku o péči.

– Det blir bra, säger Eva Ek (C), ordförande.

– Vi börjar i dag.

– Sedan fortsätter vi, säger hon.

– Ja, säger minister Ek.

Předseda Jan Nový dodává:

> Nebude to snadné, ale půjde to.

> A brzy.

## Opatření

> „Tohle,“ řekl Jan Nový, „je opatření, a ne řeč.“
"""
    found = cut(text)
    assert [(p.role.value, p.speaker.name if p.speaker else "") for p in found] == [
        *(("heading", ""), ("intro", ""), ("quotation", "Eva Ek"), ("quotation", "")),
        *(("quotation", "Eva Ek"), ("quotation", "Eva Ek"), ("intro", "")),
        *(("quotation", "Jan Nový"), ("quotation", "Jan Nový"), ("heading", ""), ("measure", "")),
    ]


def test_what_a_programme_sets_off_is_no_quotation():
    assert roles("# Byty\n\n> Postavíme jich tisíc.\n\n<blockquote>A rychle.</blockquote>")[1:] == [
        ("statement", "Postavíme jich tisíc."),
        ("statement", "A rychle."),
    ]


# -- languages


def test_only_long_texts_may_be_in_another_language():
    asked = []

    def other(text):
        asked.append(text)
        return "en"

    found = cut(
        "# A heading of eight words or even more words\n\nKrátká věta.\n\n# Another\n\n"
        "**One** two three four five six seven [eight](http://x.org).\n",
        passage_lang=other,
    )
    assert [passage.lang for passage in found] == [CS, CS, CS, Fact("en", Origin.INFERRED)]
    assert asked == ["One two three four five six seven eight."]


@pytest.mark.parametrize("answer", [None, "cs"])
def test_the_same_language_keeps_its_origin(answer):
    found = cut("Jedna dvě tři čtyři pět šest sedm osm devět.", passage_lang=lambda text: answer)
    assert found[0].lang == CS


# -- the law

PIECES = st.sampled_from(
    [
        *(
            "## Cíle\n",
            "### Opatření\n",
            "**Tučně**\n",
            "# T\n",
            "- bod\n",
            "  - podbod\n",
            "\n",
            "\r\n",
        ),
        *(
            "Dost dlouhá věta na to, aby se jí říkalo věta.\n",
            "> „Citát,“ řekl Jan Nový.\n",
            "Mål:\n",
        ),
        *(
            "Jan Nový dodává:\n",
            "– Ja, säger hon.\n",
            "<dt>a</dt>",
            "<dd>b</dd>",
            "Motto: x\n",
            "text ",
        ),
        *(
            "---\nperex: Dost dlouhá věta na to, aby se jí říkalo věta.\n---\n",
            "22 december 2021\n",
        ),
        *("Relaterade nyheter\n", "Innehåll\n", "1.1 Rubrik\n", "12\n", "<b>", "</b>", "&nbsp;"),
    ]
)


@settings(max_examples=examples(100))
@given(st.lists(PIECES, max_size=25), st.sampled_from(["a.md", "a.txt"]))
def test_passages_and_what_lies_between_give_back_the_source(pieces, path):
    try:
        raw = readers.read(path, "".join(pieces).encode("utf-8"))
    except ProgsearchError:
        return
    done = segment(raw, "d", title="T", lang=CS)
    assert source_text(done.between, done.passages) == raw.text
    assert [passage.number for passage in done.passages] == [
        *range(1, len(done.passages) + 1),
    ]
    lines = raw.text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    places = 0
    for passage in done.passages:
        assert 1 <= passage.line <= passage.end_line <= lines
        assert passage.text == raw.text[passage.start : passage.end]
        places += len(passage.also)
    assert len(done.passages) <= len(raw.blocks) <= len(done.passages) + places


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.txt", "Program\n=======\n\nDoprava\n-------\nOpravíme silnice.\n", "Program|Doprava"),
        ("a.txt", "Program\n\nDoprava\n~~~\n\nOpravíme silnice.\n", "Program|Doprava"),
        ("a.txt", "Program\n\nOpravíme silnice.\n---\nPostavíme byty.\n", "Program"),
    ],
)
def test_lines_of_dashes_are_no_words_of_a_passage(path, text, found):
    done = roles(text, path=path)
    assert "|".join(said for role, said in done if role == "heading") == found
    assert ("statement", "Opravíme silnice.") in done or ("intro", "Opravíme silnice.") in done


def test_what_a_message_quotes_is_a_quotation():
    mail = (
        "From: a@b.cz\nSubject: Věc\nMIME-Version: 1.0\n\nPostavíme byty.\n\n> Opravíme silnice.\n"
    )
    assert [role for role, _ in roles(mail, path="a.eml")] == ["statement", "quotation"]


def test_what_stands_on_two_pages_counts_once_and_is_cited_on_both():
    text = "Postavíme tisíc nových bytů pro mladé rodiny v kraji.\n"
    short = "Postavíme byty.\n"
    block, whole = [], ""
    for one in (text, short, text, short):
        block.append(Block(Shape.PARAGRAPH, len(whole), len(whole) + len(one) - 1))
        whole += one
    pages = [0, len(text) + len(short)]
    raw = RawDocument("pdf", whole, {}, block, pages=pages)
    found = segment(raw, "d", lang=CS).passages
    assert [(one.role.value, one.page, one.line, one.also) for one in found] == [
        ("statement", 1, 1, ()),
        ("statement", 1, 2, ()),
        ("repetition", 2, 1, ()),
        ("statement", 2, 2, ()),
    ]
    coded = replace(raw, blocks=[replace(one, code="504") for one in block])
    roles = {one.role.value for one in segment(coded, "d", lang=CS).passages}
    assert roles == {"statement"}
