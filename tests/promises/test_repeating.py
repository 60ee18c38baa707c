"""A status of a promise with other numbers, or of its contrary, is of no other promise."""

from __future__ import annotations

import pytest

from progsearch.promises import follow, side_of_files
from progsearch.scope import Filters


@pytest.fixture
def told(tmp_path):
    """What becomes of a promise by a report: its status, or the words of a doubt behind a ``?``;
    and of how many a status is older than the programme."""

    def _told(lang, promise, report, days=("2020", "2023")):
        sides = []
        for name, text, day in zip(("a", "b"), (f"- {promise}", report), days, strict=True):
            file = tmp_path / f"{name}.md"
            head = f"---\nlang: {lang}\ndate: {day}\n---\n# X\n\n"
            file.write_text(f"{head}{text}\n", encoding="utf-8")
            sides.append(side_of_files([file], Filters(), headings=True))
        found = follow(*sides, everything=True)
        (one,) = (one for one in found.promises if not one.promise.unit.heading)
        first = one.reports[0]
        doubt = f"?{first.doubt.quote}" if first.doubt else None
        return first.stated.status if first.stated else doubt, found.early

    return _told


@pytest.mark.parametrize(
    ("lang", "promise", "report", "status"),
    [
        # The contrary, by a beginning of the verb, a denial, or a contrary verb.
        ("cs", "Nezrušíme poplatky u nemocnic.", "- Zrušíme poplatky u nemocnic. – Splněno", "?"),
        ("cs", "Zrušíme poplatky u nemocnic.", "- Nezrušíme poplatky u nemocnic. – Splněno", "?"),
        ("cs", "Zrušíme poplatky u nemocnic.", "- Zrušíme poplatky u nemocnic. – Splněno", "kept"),
        ("en", "We will close the old ward.", "- We will not close the old ward. – Kept", "?"),
        ("en", "We will not close the old ward.", "- We will close the old ward. – Kept", "?"),
        (
            "sv",
            "Vi ska stänga akuten i Ljungby.",
            "- Vi ska inte stänga akuten i Ljungby. – Uppfyllt",
            "?",
        ),
        ("en", "We will build 80 new homes.", "## Kept\n\n- We will build 60 new homes.", "?"),
        ("en", "We will close the old ward.", "- Kept: We will not close the old ward.", "?"),
        (
            "en",
            "We will close the old ward.",
            "| Promise | Status |\n|---|---|\n| We will not close the old ward. | Kept |",
            "?",
        ),
        # Other numbers in the place of these, years among them.
        (
            "cs",
            "Opravíme 80 km silnic druhé třídy.",
            "- Opravíme 120 km silnic druhé třídy. – Splněno",
            "?",
        ),
        (
            "en",
            "We will build 80 new homes by 2028.",
            "- We will build 80 new homes by 2024. – Kept",
            "?",
        ),
        ("en", "We will build five new schools.", "- We will build 5 new schools. – Kept", "kept"),
        (
            "sv",
            "Vi ska bygga fem nya skolor i länet.",
            "| Löfte | Status |\n|---|---|\n| Vi ska bygga tre nya skolor i länet. | Uppfyllt |",
            "?",
        ),
        # What is told of it may have numbers and denials of its own.
        (
            "en",
            "We will build 80 new homes.",
            "- We will build 80 new homes. – Partly kept: 60 homes",
            None,
        ),
        (
            "en",
            "We will build 80 new homes.",
            "- Partly kept: We will build 80 new homes. 60 were built.",
            "partly",
        ),
        (
            "en",
            "We will build 80 new homes.",
            (
                "| Promise | Status | Note |\n|---|---|---|\n"
                "| We will build 80 new homes. | Broken | Not one was built, but 9 flats |"
            ),
            "broken",
        ),
        (
            "cs",
            "Zrušíme poplatky za parkování.",
            "- Poplatky za parkování jsme nezrušili. – Nesplněno",
            "broken",
        ),
        # A part of what it counts, and not what only makes it shorter.
        (
            "en",
            "We will hire 200 nurses and 50 doctors by 2026.",
            "- We will hire 200 nurses. – Kept",
            "?",
        ),
        (
            "en",
            "We will hire 200 nurses and 50 doctors by 2026.",
            "- We will hire 200 nurses and 50 doctors. – Kept",
            "kept",
        ),
        (
            "en",
            "We will hire 200 nurses.",
            "- We will hire 200 nurses and 50 doctors. – Kept",
            "kept",
        ),
        ("cs", "Přijmeme 200 sester a 50 lékařů.", "- Přijmeme 200 sester. – Splněno", "?"),
        (
            "sv",
            "Vi ska anställa 200 sjuksköterskor och 50 läkare.",
            "- Vi ska anställa 200 sjuksköterskor. – Uppfyllt",
            "?",
        ),
        (
            "de",
            "Wir stellen 200 Pflegekräfte und 50 Ärzte ein.",
            "- Wir stellen 200 Pflegekräfte ein. – Umgesetzt",
            "?",
        ),
        (
            "pl",
            "Zatrudnimy 200 pielęgniarek i 50 lekarzy.",
            "- Zatrudnimy 200 pielęgniarek. – Zrealizowano",
            "?",
        ),
        (
            "fi",
            "Palkkaamme 200 hoitajaa ja 50 lääkäriä.",
            "- Palkkaamme 200 hoitajaa. – Toteutunut",
            "?",
        ),
        # No number where the promise has one is only shorter.
        ("en", "We will build 80 new homes.", "- We will build new homes. – Kept", "kept"),
    ],
)
def test_a_status_of_another_promise_is_quoted(told, lang, promise, report, status):
    found = told(lang, promise, report)[0]
    assert (found or "")[:1] == "?" if status == "?" else found == status


@pytest.mark.parametrize(
    ("days", "early"),
    [
        (("2024-09-01", "2023-12-01"), 1),
        (("2024", "2023-12"), 1),
        (("2023", "2023-12"), 0),
        (("2020", "2023"), 0),
    ],
)
def test_statuses_older_than_the_programme_are_counted(told, days, early):
    report = "- We will build 80 new homes. – Kept"
    assert told("en", "We will build 80 new homes.", report, days) == ("kept", early)
