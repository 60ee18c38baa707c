"""Programmes set by a typesetter from words that are known: typst, with fonts that it carries."""

from __future__ import annotations

from functools import cache

import pytest
from files_making import blocks, documents
from reading import assert_law

from progsearch.model import ASIDE_ROLES, Fact, Origin, Role
from progsearch.segmentation import segment

PROSE = tuple(
    """\
Vi vill att alla ska kunna lita på att vården finns nära när man behöver den som mest, och att
ingen ska behöva vänta längre än vad som är rimligt för en behandling i länet.

Fler sjuksköterskor ska få fast anställning. Vi vill finansiera fler platser på sjukhusens
avdelningar och ge personalen inflytande över sina scheman under hela året.

Tågen ska gå i tid. Vi vill bygga ut järnvägen och köpa in nya vagnar till pendeln, så att
trafikanter kan flytta sina resor från vägarna till spåren i hela regionen.

Skolan ska vara likvärdig. Varje elev har rätt till behöriga lärare, och kvalificerad
utbildning ska finnas i alla kommuner, också i de små orterna på landsbygden.""".replace(
        "\n", " "
    ).split("  ")
)
_PLACES = """\
Alingsås Borås Eslöv Falun Gävle Halmstad Iggesund Jönköping Kalmar Luleå Malmö Norrköping
Orsa Piteå Rättvik Skövde Tidaholm Umeå Varberg Ystad Åmål Ängelholm Örebro Arvika"""
PLACES = tuple(_PLACES.split())


PAGE = '#set page(width: 160mm, height: 230mm, margin: 22mm)\n#set text(size: 10pt, lang: "sv")\n'
GAP = "\n\n"


def prose(count: int) -> list[str]:
    """So many paragraphs, each another."""
    return [f"I {PLACES[n]} gäller det. {PROSE[n % len(PROSE)]}" for n in range(count)]


@cache
def typeset(source: str) -> bytes:
    """The PDF of a source in typst."""
    typst = pytest.importorskip("typst", reason="typst is not installed: pip install typst")
    return typst.compile(source.encode("utf-8"))


def flat(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def read(source):
    """The document that the PDF of a source is read as."""
    (raw,) = documents("program.pdf", typeset(source))
    assert_law(raw)
    return raw


def passages(raw):
    """Its passages."""
    return segment(raw, "d", lang=Fact("sv", Origin.STATED)).passages


def counted(raw):
    """The texts of the passages that count, and of those that did on another page."""
    asides = ASIDE_ROLES - {Role.REPETITION}
    return [flat(one.text) for one in passages(raw) if one.role not in asides]


def headings(raw):
    """The texts of its headings."""
    return [text for shape, _, text in blocks(raw) if shape == "heading"]


def aside(raw):
    """The texts of what stands beside the text: notes, captions, signatures."""
    return [flat(one.text) for one in passages(raw) if one.role is Role.NAVIGATION]
