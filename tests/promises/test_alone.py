"""Of which promise a status on a line of its own is said, and what no status is told of."""

from __future__ import annotations

import pytest
from files_making import Page, docx, paragraph, pdf

from progsearch.promises import follow, side_of_files
from progsearch.promises.lonesigns import with_signs
from progsearch.promises.status import left_open, stated
from progsearch.scope import Filters

PROMISES = {
    "cs": ("Opravíme 200 km silnic.", "Zavedeme noční spoje.", "Postavíme obchvat."),
    "en": (
        "We will freeze council tax.",
        "We will build a new library.",
        "We will plant ten thousand trees.",
    ),
    "sv": ("Vi ska rusta upp vägarna.", "Vi ska införa nattbussar.", "Vi ska bygga en simhall."),
}
WORDS = {
    "cs": ("Splněno", "Nesplněno", "Částečně splněno"),
    "en": ("Kept", "Broken", "Partly kept"),
    "sv": ("Uppfyllt", "Brutet", "Delvis uppfyllt"),
}
TOLD = ["kept", "broken", "partly"]
BOLD = "<w:b/>"


@pytest.fixture
def told(tmp_path):
    """What a report states of each promise, or else the words of its doubt behind a ``?``."""

    def _told(lang, report, suffix="md"):
        files = tmp_path / "promises.md", tmp_path / f"report.{suffix}"
        items = "".join(f"- {one}\n" for one in PROMISES[lang])
        files[0].write_text(f"---\nlang: {lang}\n---\n# X\n{items}", encoding="utf-8")
        if suffix == "html":
            report = f'<html lang="{lang}"><body><article>{report}</article></body></html>'
        if suffix == "md":
            report = f"---\nlang: {lang}\n---\n{report}"
        files[1].write_bytes(report if isinstance(report, bytes) else report.encode())
        sides = [side_of_files([file], Filters(), headings=True) for file in files]
        found = follow(*sides, everything=True).promises
        near = {one.promise.unit.text.strip(): one.reports for one in found}
        return [_words(near[one]) for one in PROMISES[lang]]

    return _told


def _words(reports):
    statuses = {one.stated.status for one in reports if one.stated}
    doubts = {one.doubt.quote for one in reports if one.doubt}
    return "/".join(sorted(statuses)) or "".join(f"?{one}" for one in sorted(doubts)) or None


def filled(lang, form):
    """A form that is repeated for each promise, or has all of them."""
    pairs = zip(PROMISES[lang], WORDS[lang], strict=True)
    return "\n\n".join(form.replace("%P", one).replace("%S", word) for one, word in pairs)


@pytest.mark.parametrize(
    ("lang", "suffix", "form"),
    [
        # Below its promise.
        ("cs", "md", "%P\n\n**%S**"),
        ("cs", "md", "- %P\n\n**%S**"),
        ("cs", "md", "%P\n\n**%S**\n\n4,2 mld."),
        ("cs", "html", "<p>%P</p><p><strong>%S</strong></p>"),
        ("cs", "html", "<p>%P</p><h4>%S</h4>"),
        ("cs", "html", "<h3>%P</h3><p>4,2 mld.</p><p>%S</p>"),
        ("sv", "txt", "%P\n%S"),
        ("sv", "txt", "%P\n\n%S"),
        ("en", "md", "- %P\n  - %S"),
        # Above it.
        ("en", "html", '<div><span class="badge">%S</span><h3>%P</h3><p>By 3%.</p></div>'),
        ("en", "html", '<div class="field-status">%S</div><div><h3>%P</h3></div><p>By 3%.</p>'),
        ("en", "html", "<p>Status: %S</p><h3>%P</h3><p>By 3%.</p>"),
        ("en", "html", "<p><strong>%S</strong></p><p>%P</p>"),
        ("en", "md", "**%S**\n\n### %P\n\nBy 3%."),
        ("sv", "md", "**Status: %S**\n\n## %P\n\nText."),
        ("sv", "md", "**Status: %S**\n\n## %P"),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_a_status_is_said_of_the_promise_on_one_side_of_it(told, lang, suffix, form):
    assert told(lang, filled(lang, form), suffix) == TOLD


@pytest.mark.usefixtures("one_process")
def test_a_status_in_documents_of_an_office_is_said_of_the_promise_on_one_side_of_it(told):
    pairs = list(zip(PROMISES["cs"], WORDS["cs"], strict=True))
    below = "".join(paragraph(one) + paragraph(word, run=BOLD) for one, word in pairs)
    above = "".join(
        paragraph(word, run=BOLD) + paragraph(one, "Nadpis2") + paragraph("Text.")
        for one, word in pairs
    )
    assert told("cs", docx(below), "docx") == TOLD
    assert told("cs", docx(above), "docx") == TOLD
    page = Page()
    for number, (one, word) in enumerate(zip(PROMISES["sv"], WORDS["sv"], strict=True)):
        page.text(72, 760 - 60 * number, one).text(72, 738 - 60 * number, word)
    assert told("sv", pdf(page), "pdf") == TOLD


P0, P1, P2 = PROMISES["en"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # A section, whatever stands before it.
        (f"# X\n\nWe will tell all.\n\n## Kept\n\n- {P0}\n- {P1}\n\n## Broken\n\n- {P2}\n", "kkb"),
        (f"# X\n\n- {P0}\n- {P1}\n\n## Kept\n\n- {P0}\n- {P1}\n\n## Broken\n\n- {P2}\n", "kkb"),
        (
            f"# X\n\nAll.\n\n## Kept\n\n### {P0}\n\nIn May.\n\n## Broken\n\n### {P1}\n\nLater.\n",
            "kb",
        ),
        (f"# X\n\nAll.\n\n## Kept\n\n- Buses.\n- {P0}\n- Trams.\n\n## Broken\n\n- Inns.\n", "k"),
        (f"## Kept (1)\n\n- {P0}\n\n## Broken (0)\n", "k"),
        (f"## Kept\n\n### {P0}\n\nStatus: kept\n\n## Broken\n\n### {P1}\n\nStatus: broken", "kb"),
        # Of each one alone.
        (f"# {P0}\n\nStatus: Kept\n\nText.\n", "k"),
        (f"- {P0}\n  - Kept\n- {P1}\n  - Broken\n- {P2}\n", "kb"),
        # As much for one side as for the other.
        (f"{P0}\n\n**Kept**\n\n{P1}\n", ["?Kept", "?Kept"]),
        (f"### {P0}\n\nDone in May.\n\n**Kept**\n\n### {P1}\n\nNo money.\n", ["?Kept", "?Kept"]),
        (
            (
                f"{P0}\n\n**Kept**\n\nIn May.\n\n{P1}\n\n**Kept**\n\nIn June.\n\n{P2}\n\n"
                "Free buses for all.\n\n**Broken**\n\nLater.\n"
            ),
            ["kept", "kept", "?Broken"],
        ),
        # What is no known status shifts no other.
        (f"{P0}\n\n**On hold**\n\n{P1}\n\n**Broken**\n", ["?On hold", "broken"]),
        (f"{P0}\n\nStatus: parked\n\n{P1}\n\nStatus: kept\n", ["?Status: parked", "kept"]),
        (f"# X\n\n## Kept\n\n- {P0}\n\n### On hold\n\n- {P1}\n", ["kept", "?On hold"]),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_the_side_is_told_from_all_of_the_document_or_not_at_all(told, text, right):
    known = {"k": "kept", "b": "broken"}
    right = [known.get(one, one) for one in right]
    assert told("en", text) == right + [None] * (3 - len(right))


def table(head, *rows):
    rule = "---|" * len(head.split("|"))
    return "\n".join([f"| {head} |", f"|{rule}", *(f"| {one} |" for one in rows)]) + "\n"


@pytest.mark.parametrize(
    ("lang", "head", "rows", "right"),
    [
        (
            "en",
            "Promise | Government | Opposition | Fact check",
            (
                "Kept | Broken | Too early to say",
                "Kept | Broken | Jury out",
                "Kept | Broken | Kept",
            ),
            [
                "?Government: Kept | Fact check: Too early to say",
                "?Government: Kept | Fact check: Jury out",
                "kept",
            ],
        ),
        (
            "sv",
            "Löfte | Regeringens bedömning | Vår bedömning",
            ("Uppfyllt | Svårbedömt", "Uppfyllt | ", "Uppfyllt | Uppfyllt"),
            [
                "?Regeringens bedömning: Uppfyllt | Vår bedömning: Svårbedömt",
                "?Regeringens bedömning: Uppfyllt | Vår bedömning: –",
                "kept",
            ],
        ),
        (
            "en",
            "Promise | Status 2021 | Current status",
            ("Broken | Under review", "Broken | Kept", "Kept | Kept"),
            [
                "?Status 2021: Broken | Current status: Under review",
                "?Status 2021: Broken | Current status: Kept",
                "kept",
            ],
        ),
        (
            "en",
            "Promise | 2022 | 2023",
            ("Broken | Under review", "❌ | ⏳", "Kept | "),
            [
                "?2022: Broken | 2023: Under review",
                "?2022: ❌ | 2023: ⏳",
                "?2022: Kept | 2023: –",
            ],
        ),
        (
            "sv",
            "Löfte | 2023 | 2024",
            ("Uppfyllt | Indraget", "Uppfyllt | Vilande", "Brutet | Brutet"),
            ["?2023: Uppfyllt | 2024: Indraget", "?2023: Uppfyllt | 2024: Vilande", "broken"],
        ),
        (
            "en",
            "Promise | Area | Progress | Budget 2023 | Note",
            ("Tax | Kept | 12 |", "Books | Broken | | no money", "Trees | On hold | 3 |"),
            ["kept", "broken", "?Progress: On hold"],
        ),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_no_older_or_other_verdict_stands_for_one_that_is_open(told, lang, head, rows, right):
    pairs = zip(PROMISES[lang], rows, strict=True)
    assert told(lang, table(head, *(f"{one} | {row}" for one, row in pairs))) == right


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "too early to say|under review|on hold|stalled|withdrawn|hard to judge|not rated"),
        ("cs", "předčasné hodnotit|posuzuje se|pozastaveno|vázne|staženo|nelze posoudit|sporné"),
        ("sk", "predčasné hodnotiť|posudzuje sa|pozastavené|viazne|stiahnuté|nehodnotené"),
        ("pl", "za wcześnie na ocenę|w ocenie|wstrzymano|utknęło|wycofano|trudno ocenić"),
        ("de", "zu früh für ein Urteil|in Prüfung|auf Eis|stockt|zurückgezogen|nicht bewertet"),
        ("sv", "för tidigt att säga|under utredning|vilande|avstannat|indraget|svårbedömt"),
        ("da", "for tidligt at sige|under vurdering|på pause|gået i stå|droppet|ikke vurderet"),
        ("nb", "for tidlig å si|til vurdering|på vent|stanset|trukket|ikke vurdert"),
        ("fi", "liian aikaista sanoa|harkinnassa|tauolla|pysähtynyt|peruttu|ei arvioitu"),
    ],
)
def test_words_that_say_neither_are_known_in_nine_languages(lang, words):
    for word in words.split("|"):
        found = left_open(f"Bus 42 – {word}", (), lang, {})
        assert found is not None, word
        assert (found.status, found.quote) == ("", word)
        assert stated(f"Bus 42 – {word}", ["Kept"], lang) is None


SIGNED = [
    # Below its promise.
    ("md", "%P\n\n%S"),
    ("md", "%P\n\n**%S**"),
    ("md", "- %P\n  - %S"),
    ("md", "## %P\n\n%S\n\nBy 3%."),
    ("txt", "%P\n%S"),
    ("txt", "%P\n\n%S"),
    # Above it.
    ("md", "%S\n\n%P"),
    ("md", "## %S\n\n%P"),
    ("md", "%S\n\n## %P\n\nBy 3%."),
    ("txt", "%S\n%P"),
]


@pytest.mark.parametrize(("suffix", "form"), SIGNED)
@pytest.mark.parametrize(
    ("signs", "right"),
    [
        ("✅❌✅", ["kept", "broken", "kept"]),
        ("☑✘✔", ["kept", "broken", "kept"]),
        # Of one kind they may be bullets; what ☐ says of a promise is not told.
        ("✅✅✅", [None, None, None]),
        ("✅❌☐", ["kept", "broken", None]),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_a_sign_on_a_line_of_its_own_is_said_of_the_promise_on_one_side(
    told, suffix, form, signs, right
):
    pairs = zip(PROMISES["en"], signs, strict=True)
    text = "\n\n".join(form.replace("%P", one).replace("%S", sign) for one, sign in pairs)
    assert told("en", text, suffix) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"{P0}\n\n✅\n\n{P1}\n\n❌\n\n{P2}\n", ["?✅", "?❌", "?❌"]),
        (f"✅\n\n❌\n\n{P0}\n\n{P1}\n\n{P2}\n", [None, None, None]),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_a_sign_of_which_it_is_not_told_what_it_is_said_of_states_nothing(told, text, right):
    found = told("en", text)
    assert [one and one.count("?") for one in found] == [one and one.count("?") for one in right]
    assert not {"kept", "broken"} & set(found)


@pytest.mark.parametrize(
    "form", ["- ✅ %P", "* ❌ %P", "%P ✅", "%P **❌**", "1. ✔ %P", "| ✅ | %P |"]
)
@pytest.mark.usefixtures("one_process")
def test_a_sign_on_the_line_of_a_passage_is_none_of_its_own(tmp_path, form):
    text = "\n".join(form.replace("%P", one) for one in PROMISES["en"])
    (tmp_path / "a.md").write_text(f"---\nlang: en\n---\n# X\n\n{text}\n", encoding="utf-8")
    said = side_of_files([tmp_path / "a.md"], Filters(), headings=True).said
    assert with_signs(said) == list(said)
