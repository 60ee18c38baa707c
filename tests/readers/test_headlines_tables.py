"""Tables of results at the head of a text state no fact of it, also where another follows."""

from __future__ import annotations

import pytest

from progsearch import readers

NAMES = {
    "de": ("Partei", "Stimmen", "Datum", "Ereignis"),
    "sv": ("Parti", "Stöd", "Datum", "Händelse"),
    "cs": ("Strana", "Hlasy", "Datum", "Událost"),
    "en": ("Party", "Support", "Date", "Event"),
}


@pytest.mark.parametrize("lang", NAMES)
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_tables_one_below_the_other_are_looked_at_each_by_itself(suffix, lang):
    party, votes, date, event = NAMES[lang]
    first = f"| {party} | {votes} |\n|---|---|\n| SPD | 20 % |\n"
    other = f"| {date} | {event} |\n|---|---|\n| 1.5.2024 | Bonn |\n"
    raw = readers.read(f"a.{suffix}", f"Results\n\n{first}\n{other}\nText of it.\n".encode())
    assert "party" not in raw.meta
    assert "SPD" in raw.text
