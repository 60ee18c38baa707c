"""An index of rows with facets."""

from __future__ import annotations

import pytest
from making import document, passage, prepared, stated
from scope_making import DATES, REGIONS, Row

from progsearch.engine.memory import MemoryEngine
from progsearch.model import PROMISED, Role


@pytest.fixture(scope="module")
def made():
    engine, rows = MemoryEngine(), []
    with engine.writer() as writer:
        for number in range(36):
            ident = f"d{number:02d}"
            lang, region = ("cs", "sv")[number % 2], REGIONS[number % 3]
            party = ("Strana A", "B", None, "ANO")[number % 4]
            kind, when = ("programme", "news", None)[number % 3], DATES[number % 4]
            country = ("CZ", "SE", None)[number // 2 % 3]
            parts = [
                passage(
                    ident,
                    place,
                    f"Text {place}",
                    lang=lang,
                    role=Role(role),
                    commitment=sorted({*PROMISED, "plain"})[(number + place) % (len(PROMISED) + 1)],
                    label=("101", "", "102")[(number + place) % 3],
                )
                for place, role in enumerate(("goal", "measure", "statement", "heading"), 1)
            ]
            writer.add(
                prepared(
                    document(
                        ident,
                        parts,
                        lang=lang,
                        region=stated(region),
                        party=stated(party),
                        kind=stated(kind),
                        date=stated(when),
                        country=stated(country),
                    ),
                    parts,
                )
            )
            own = (lang, country or "", region.code if region else "", party or "", kind or "")
            rows += [
                Row(one.id, *own, one.role.value, one.commitment, one.label, when, ident)
                for one in parts
            ]
        writer.commit({})
    return engine, rows
