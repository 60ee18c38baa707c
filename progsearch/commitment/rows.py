"""What the cells of a row say of the promise in one of them: that it was kept, or not."""

from __future__ import annotations

import tomllib
import unicodedata
from enum import StrEnum
from functools import cache
from importlib.resources import files

__all__ = ["Kept", "cells_of", "kept_of"]


class Kept(StrEnum):
    """What became of a promise, or that somebody says so without a clear word."""

    KEPT = "kept"
    NOT = "not"


_SIGNS = {"✓": Kept.KEPT, "✔": Kept.KEPT, "✅": Kept.KEPT, "☑": Kept.KEPT}
_SIGNS |= dict.fromkeys(("✗", "✘", "❌", "✖", "🟡", "🟠", "🔴", "⏳"), Kept.NOT)
_NOT = ("partly", "broken", "progress", "open")
_VARIANT = "\ufe0f"


def cells_of(text: str) -> list[str]:
    """The cells of a row without the blanks around them; none of a text that is no row."""
    cells = [cell.strip() for cell in text.split("|")]
    return cells if len(cells) > 1 else []


def kept_of(cell: str, lang: str) -> Kept | None:
    """What a cell says that holds nothing but a status; None of any other."""
    sign = _SIGNS.get(cell.removesuffix(_VARIANT))
    if sign is not None:
        return sign
    word = unicodedata.normalize("NFC", cell).casefold().strip(" .,;:!–—*_")
    return _statuses(lang.partition("-")[0].lower()).get(word)


@cache
def _statuses(lang: str) -> dict[str, Kept]:
    """The words of the reports of a language, which are those that ``follow`` reads."""
    source = files("progsearch").joinpath("data", "status", f"{lang}.toml")
    if not source.is_file():
        return {}
    told = tomllib.loads(source.read_text(encoding="utf-8"))
    found = {word: Kept.NOT for label in _NOT for word in told.get(label, ())}
    return found | dict.fromkeys(told.get("kept", ()), Kept.KEPT)
