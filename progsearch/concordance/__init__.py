"""What users of concordancers ask: lines, frequency lists, collocates and dispersion.

Everything is counted from the words of passages as the index has them, in what the filters let
through; a text that several documents have counts once in each group, as in all counts.
"""

from __future__ import annotations

from progsearch.concordance.collocates import MEASURES, Collocate, Collocates, collocates
from progsearch.concordance.dispersion import Dispersed, Dispersion, Spread, dispersion
from progsearch.concordance.frequencies import Frequencies, Frequency, frequencies
from progsearch.concordance.lines import Line, lines_of, sorted_lines
from progsearch.concordance.passages import matching, texts_in

__all__ = [
    "MEASURES",
    "Collocate",
    "Collocates",
    "Dispersed",
    "Dispersion",
    "Frequencies",
    "Frequency",
    "Line",
    "Spread",
    "collocates",
    "dispersion",
    "frequencies",
    "lines_of",
    "matching",
    "sorted_lines",
    "texts_in",
]
