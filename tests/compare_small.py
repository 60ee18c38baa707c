"""Small comparisons, and counting by hand."""

from __future__ import annotations

from compare_making import KRONOBERG, LIBEREC, PRAGUE, index_of, text_of


def small():
    """Two Czech regions, a Swedish one, and news of which nobody knows the region."""
    return index_of(
        text_of("a", ["lékař a sestra", "vlaky"], region=LIBEREC, party="B", year=2020),
        text_of("b", ["sestra"], region=PRAGUE, party="A", year=2024),
        text_of("c", ["läkare", "vård", "vård"], "sv", region=KRONOBERG, party="B", year=2021),
        text_of("d", ["vård"], "sv"),
    )
