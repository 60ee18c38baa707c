"""Judgements: what people coded by hand, and how well themes find it."""

from __future__ import annotations

from progsearch.judgements.agreement import Agreement, agreement, disagreements
from progsearch.judgements.coded import Coded, read_coded
from progsearch.judgements.measures import Estimate, Measures, measures
from progsearch.judgements.units import Unit, locate, ranked

__all__ = [
    "Agreement",
    "Coded",
    "Estimate",
    "Measures",
    "Unit",
    "agreement",
    "disagreements",
    "locate",
    "measures",
    "ranked",
    "read_coded",
]
