"""Rows with facets."""

from __future__ import annotations

from dataclasses import dataclass

from progsearch.model import PartialDate, Region

DATES = (PartialDate(2020), PartialDate(2021, 5, 3), PartialDate(2024, 12), None)

REGIONS = (Region("CZ-51", "Liberecký kraj"), Region("SE-G", "Kronobergs län"), None)


@dataclass(frozen=True)
class Row:
    """What is known of a passage, as a filter names it."""

    id: str
    lang: str
    country: str
    region: str
    party: str
    kind: str
    role: str
    commitment: str
    label: str
    date: PartialDate | None
    document: str
