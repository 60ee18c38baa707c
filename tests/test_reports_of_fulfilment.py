"""Statuses in reports as parties print them: what is stated is told, and nothing else."""

from __future__ import annotations

import pytest

from progsearch.promises import follow, side_of_files
from progsearch.scope import Filters

PROMISES = {
    "cs": (
        "Opravíme silnice třetí třídy v celém kraji",
        "Postavíme novou porodnici v okresním městě",
        "Zavedeme jednotnou jízdenku na vlaky i autobusy",
    ),
    "en": (
        "We will repair the county roads in every parish",
        "We will build a new maternity ward in the district town",
        "We will introduce a single ticket for trains and buses",
    ),
    "sv": (
        "Vi ska rusta upp landsvägarna i hela länet",
        "Vi ska bygga en ny förlossningsavdelning i staden",
        "Vi ska införa en gemensam biljett för tåg och bussar",
    ),
    "de": (
        "Wir sanieren die Kreisstraßen im ganzen Landkreis",
        "Wir bauen eine neue Geburtsstation in der Kreisstadt",
        "Wir führen ein gemeinsames Ticket für Bahn und Bus ein",
    ),
    "fi": (
        "Korjaamme maakunnan tiet koko alueella",
        "Rakennamme uuden synnytysosaston keskuskaupunkiin",
        "Otamme käyttöön yhteisen lipun juniin ja busseihin",
    ),
    "pl": (
        "Wyremontujemy drogi powiatowe w całym województwie",
        "Zbudujemy nowy oddział położniczy w mieście powiatowym",
        "Wprowadzimy wspólny bilet na pociągi i autobusy",
    ),
    "da": (
        "Vi vil reparere landevejene i hele regionen",
        "Vi vil bygge en ny fødeafdeling i købstaden",
        "Vi vil indføre en fælles billet til tog og busser",
    ),
    "nb": (
        "Vi vil utbedre fylkesveiene i hele fylket",
        "Vi vil bygge en ny fødeavdeling i byen",
        "Vi vil innføre en felles billett for tog og buss",
    ),
    "sk": (
        "Opravíme cesty tretej triedy v celom kraji",
        "Postavíme novú pôrodnicu v okresnom meste",
        "Zavedieme jednotný lístok na vlaky a autobusy",
    ),
}
K, B, P, I = "kept", "broken", "partly", "in progress"  # noqa: E741 - as short as the rest
LANGUAGES = {
    # head, yes, no, in part; three sentences; not yet, a question, a plan, what others say
    "cs": ("Splněno", "Ano", "Ne", "částečně", "Splněno.", "Není splněno.", "Splněno jen zčásti."),
    "sk": (
        "Splnené",
        "Áno",
        "Nie",
        "čiastočne",
        "Splnené.",
        "Nie je splnené.",
        "Splnené len sčasti.",
    ),
    "pl": (
        *("Zrealizowano", "Tak", "Nie", "częściowo", "Zrealizowano."),
        *("Nie zostało zrealizowane.", "Zrealizowano tylko częściowo."),
    ),
    "de": (
        *("Umgesetzt", "Ja", "Nein", "teilweise", "Umgesetzt."),
        *("Wurde nicht umgesetzt.", "Nur teilweise umgesetzt."),
    ),
    "en": ("Kept?", "Yes", "No", "partly", "Kept.", "Was not kept.", "Kept only in part."),
    "sv": (
        *("Genomfört", "Ja", "Nej", "delvis", "Genomfört."),
        *("Löftet är inte uppfyllt.", "Delvis genomfört."),
    ),
    "da": (
        *("Opfyldt", "Ja", "Nej", "delvist", "Opfyldt."),
        *("Løftet er ikke opfyldt.", "Kun delvist gennemført."),
    ),
    "nb": (
        *("Innfridd", "Ja", "Nei", "delvis", "Innfridd."),
        *("Ikke gjennomført.", "Bare delvis gjennomført."),
    ),
    "fi": (
        *("Toteutunut", "Kyllä", "Ei", "osittain", "Toteutunut."),
        *("Ei toteutunut.", "Toteutui vain osittain."),
    ),
}
NOTHING = {
    "cs": ("Bude splněno.", "Splněno?", "Ještě není splněno.", "Opozice: nesplněno."),
    "sk": ("Bude splnené.", "Splnené?", "Ešte nie je splnené.", "Opozícia tvrdí: nesplnené."),
    "pl": (
        "Będzie zrealizowane.",
        "Zrealizowano?",
        "Prawie zrealizowano.",
        "Podobno zrealizowano.",
    ),
    "de": ("Wird umgesetzt.", "Umgesetzt?", "Noch nicht umgesetzt.", "Laut Opposition umgesetzt."),
    "en": ("To be kept.", "Kept?", "Not yet kept.", "Critics say it is broken."),
    "sv": (
        "Ska genomföras.",
        "Genomfört?",
        "Inte helt uppfyllt.",
        "Oppositionen säger: genomfört.",
    ),
    "da": ("Skal opfyldes.", "Opfyldt?", "Endnu ikke opfyldt.", "Ifølge kritikere brudt."),
    "nb": ("Skal innfris.", "Innfridd?", "Ennå ikke innfridd.", "Ifølge kritikere brutt."),
    "fi": ("Toteutetaan.", "Toteutunut?", "Ei vielä toteutunut.", "Opposition mukaan rikottu."),
}


@pytest.fixture
def told(tmp_path):
    """What statuses a report in some format states of the promises of a language."""

    def _told(lang, report, suffix="md"):
        promises = PROMISES[lang]
        items = "".join(f"- {one}.\n" for one in promises)
        for number, one in enumerate(promises):
            report = report.replace(f"P{number}", one)
        head = f"---\nlang: {lang}\n---\n"
        files = tmp_path / "promises.md", tmp_path / f"report.{suffix}"
        files[0].write_text(f"{head}# X\n{items}", encoding="utf-8")
        page = f'<html lang="{lang}"><body><article>{report}</article></body></html>'
        text = {"html": page, "md": head + report}[suffix]
        files[1].write_text(text, encoding="utf-8")
        sides = [side_of_files([file], Filters(), headings=True) for file in files]
        asked = follow(*sides, everything=True).promises
        found = {
            one.promise.unit.text.rstrip("."): {
                near.stated.status for near in one.reports if near.stated
            }
            for one in asked
        }
        return ["/".join(found[one]) or None for one in promises]

    return _told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_below_a_status_and_sentences_in_nine_languages(told, lang):
    head, yes, no, part, *sentences = LANGUAGES[lang]
    rows = f"| x | {head} |\n|---|---|\n| P0 | {yes} |\n| P1 | {no} |\n| P2 | {part} |\n"
    assert told(lang, rows) == [K, B, P]
    items = "".join(f"- P{number}. {one}\n" for number, one in enumerate(sentences))
    assert told(lang, items) == [K, B, P]


@pytest.mark.parametrize("lang", NOTHING)
def test_what_is_planned_asked_or_said_by_others_is_not_stated(told, lang):
    one, two, three, other = NOTHING[lang]
    items = f"- P0. {one}\n- P1. {two}\n- P2. {three}\n"
    assert told(lang, items) == [None, None, None]
    assert told(lang, f"- P0. {other}\n- {other} P1\n") == [None, None, None]


def rows(*some):
    cells = "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
        for tag, cells in some
    )
    return f"<table>{cells}</table>"


LISTS = ("td", ("<ul><li>P0</li><li>P2</li></ul>", "<ul><li>P1</li></ul>"))
AREA = [
    ("th", ("Oblast", "Slib", "Splněno", "Nesplněno")),
    ("td", ("</td><td rowspan=2>Doprava", "P0", "", "X")),
    ("td", ("P2", "X", "")),
]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (rows(("td", ("P0", "✅")), ("td", ("P1", "❌")), ("td", ("P2", "✔"))), [K, B, K]),
        (rows(("th", ("✅", "❌")), LISTS), [K, B, K]),
        (rows(("td", ("✅", "❌")), LISTS), [K, B, K]),
        (rows(("th", ("Splněno", "Nesplněno")), LISTS), [K, B, K]),
        (
            rows(("th", ("Slib", "Stav")), ("td", ("P0", "&#10003;")), ("td", ("P1", "&#10007;"))),
            [K, B],
        ),
        (rows(("td", ("P0", "✅", "P1", "❌")), ("td", ("P2", "✅", "", ""))), [None, None, K]),
        (
            rows(
                ("td", ("P0", "Splněno", "P1", "Nesplněno")),
            ),
            [],
        ),
        ("<h3>P0</h3><p>Stav: splněno</p><h3>P1</h3><p>Stav: nesplněno</p>", [K, B]),
        ("<h2>Proč my</h2><ul><li>✔ P0<li>✔ P1</ul><h2>A oni</h2><ul><li>✘ P2</ul>", []),
    ],
)
@pytest.mark.usefixtures("one_process")
def test_pages(told, text, right):
    assert told("cs", text, "html") == right + [None] * (3 - len(right))


def table(head, *some):
    rule = "---|" * len(head.split("|"))
    return "\n".join([f"| {head} |", f"|{rule}", *(f"| {one} |" for one in some)]) + "\n"


@pytest.mark.parametrize(
    ("lang", "text", "right"),
    [
        ("cs", table("✅ | ❌", "P0 | P1"), [K, B]),
        ("cs", table("Splněno | Nesplněno", "P0 | P1"), [K, B]),
        ("cs", table("Slib | Splněno | Pozn.", "P0 | Ano |", "P1 | Ne | málo peněz"), [K, B]),
        ("cs", table("Slib | Splněno? (ano/ne)", "P0 | ano", "P1 | NE"), [K, B]),
        (
            "cs",
            table("Slib | Stav k 31. 12. 2023", "P0 | Splněno", "P1 | ❌", "P2 | ✅"),
            [K, B, K],
        ),
        ("cs", table("Slib | Splněno | Nesplněno", "P0 | X |", "P1 | | X", "P2 | |"), [K, B]),
        ("cs", table("Slib | Splněno", "P0 | X", "P1 | 50 %", "P2 | uvidíme"), []),
        ("en", table("Promise | In progress | Done", "P0 | yes | no", "P1 | no | no"), [I]),
        ("de", table("Ziel | Stand 2024 | Ziel 2026", "P0 | in Arbeit | umgesetzt"), [I]),
        ("cs", table("Slib | Podle opozice", "P0 | Nesplněno", "P1 | Splněno"), []),
        (
            "cs",
            table("Slib | Splněno | Splněno podle opozice", "P0 | Ano | Ne", "P1 | Ne | Ano"),
            [K, B],
        ),
        ("cs", "- P0 – ✔ splněno\n- P1 – ✖ nesplněno\n- P2 – ✔ nesplněno\n", [K, B]),
        ("cs", "# Zpráva\n\n## Splněno (12)\n\n- P0\n\n## Nesplněno: 3\n\n- P1\n", [K, B]),
        ("en", "# Report\n\n## Kept or broken?\n\n- P0\n\n## Not yet kept\n\n- P1\n", []),
        ("en", "P0. Partly kept, partly broken.\n\nP1. Neither kept nor broken.\n", []),
        ("en", table("Promise | Supported by us | By them", "P0 | ✅ | ❌", "P1 | Yes | No"), []),
        ("cs", table("Slib | Plánovaný stav", "P0 | Splněno"), []),
        ("cs", table("Slib | Splněno do", "P0 | ano", "P1 | 2026"), []),
        ("cs", table("Slib | Bude splněno", "P0 | ano", "P1 | ne"), []),
        (
            "cs",
            table("Slib | Hodnocení | Kdo", "P0 | splněno | Demagog", "P1 | nesplněno | opozice"),
            [K],
        ),
        ("en", table("Promise | Labour | Greens", "P0 | ✅ | ✅", "P1 | ❌ | ✅"), []),
        ("en", table("Promise | Target status", "P0 | Completed"), []),
        (
            "en",
            table("Promise | Previous status | Status", "P0 | Kept | Broken", "P1 | Done |"),
            [B],
        ),
        ("cs", table("Slib | Stav minulého období", "P0 | Splněno"), []),
        ("sv", table("Löfte | Förra regeringen", "P0 | Infriat"), []),
        ("de", table("Versprechen | Nächste Schritte", "P0 | Umgesetzt"), []),
        (
            "en",
            table("Promise | Status", "P0 | Kept (50 %)", "P1 | Done: 2 of 5", "P2 | Kept (100 %)"),
            [None, None, K],
        ),
        (
            "en",
            table("x | Status", "P0 | Kept (only in 2023)", "P1 | Kept 2/5", "P2 | Kept (12/2024)"),
            [None, None, K],
        ),
        (
            "de",
            table("x | Stand", "P0 | Umgesetzt (geplant 2027)", "P1 | Umgesetzt (2024)"),
            [None, K],
        ),
        ("en", table("Promise | Done | Comment", "P0 | | Yes", "P1 | | No"), []),
        (
            "en",
            table("Promise | 2022 | 2023", "P0 | In progress | Done", "P1 | Done | Done"),
            [None, K],
        ),
        ("en", table("Promise | Status", "P0 | Green", "P1 | Red"), []),
        (
            "en",
            "Green = completed, red = broken.\n\n" + table("x | Rating", "P0 | Green", "P1 | Red"),
            [K, B],
        ),
        (
            "cs",
            "Legenda: S = splněno, N = nesplněno\n\n" + table("Slib | Stav", "P0 | S", "P1 | N"),
            [K, B],
        ),
        ("cs", "Legenda: 🟢 splněno, 🟡 rozpracováno\n\n- 🟢 P0\n- 🟡 P1\n- 🔴 P2\n", [K, I]),
        ("cs", "- ✅ splněno\n- ❌ nesplněno\n\nSliby\n\n- ✅ P0\n- ❌ P1\n", [K, B]),
        ("en", "✅ means started. ❌ means broken.\n\n- ✅ P0\n- ❌ P1\n", [I, B]),
        ("en", "Legend: ✅ = in our budget, ❌ = not in it\n\n- ✅ P0\n- ❌ P1\n", []),
        ("en", "✅ = approved by the council\n\n- ✅ P0\n- ❌ P1\n", []),
        (
            "cs",
            "- P0 (splněno\\*)\n- P1 – splněno¹\n- P2 – **splněno**\n\n\\* zčásti\n",
            [None, None, K],
        ),
        ("en", "# Report\n\n## ✅\n\n- P0\n\n## ❌\n\n- P2\n", [K, None, B]),
        ("en", "# Report\n\n## Kept\n\n- ✅ P0\n\n## Broken\n\n- ❌ P2\n", [K, None, B]),
        ("en", "## What the opposition says\n\n### Broken\n\n- P0\n", []),
        ("cs", "## Splněno\n\n- P0\n\n## Co nás čeká\n\n- P1\n", [K]),
        ("cs", "# Zpráva\n\n## Splněno\n\n### Do práce\n\n- P0\n\n### Co nás čeká\n\n- P1\n", [K]),
        ("en", "# X\n\n## Kept promises\n\n### Not yet started\n\n- P0\n", []),
        ("en", "# X\n\n## Done\n\n### To do\n\n- P0\n\n### Partly done works\n\n- P1\n", []),
        ("cs", "# X\n\n## Minulá vláda\n\n- P0. Splněno.\n\n## My\n\n- P1. Splněno.\n", [None, K]),
        ("cs", "- Splněno: 2 z 5. P0\n- Splněno: 2/5 P1\n- Splněno: P2\n", [None, None, K]),
        ("en", "- P0. Status: kept, in 2 of 5 towns.\n- P1. Status: kept, in 2024.\n", [None, K]),
        ("en", "# X\n\n## Kept promises\n\n### Other\n\n- P0\n", [K]),
        ("sv", "# X\n\n## Infriade löften\n\n### Nästa steg\n\n- P0\n", []),
        ("en", "- Kept – says the mayor: P0\n- Kept – the roads are new: P1\n", [None, K]),
        ("cs", "- P0. Splněno: ano\n- P1. Splněno: ne\n- P2. Splněno? Zčásti.\n", [K, B, P]),
        (
            "en",
            "- P0. Kept: not yet.\n- P1. Kept according to plan.\n- P2. Never completed.\n",
            [None, None, B],
        ),
        ("en", "The opposition promised: P0. Broken.\n\nAccording to the mayor P1. Kept.\n", []),
        (
            "de",
            "- P0. Nicht voll erfüllt.\n- P1. Fast umgesetzt.\n- P2. Voll erfüllt.\n",
            [None, None, K],
        ),
    ],
)
def test_texts(told, lang, text, right):
    assert told(lang, text) == right + [None] * (3 - len(right))
