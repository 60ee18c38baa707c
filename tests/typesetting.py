"""Programmes set by a typesetter from words that are known: typst, with fonts that it carries."""

from __future__ import annotations

from functools import cache

import pytest

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
