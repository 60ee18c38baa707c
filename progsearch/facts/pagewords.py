"""Numbers of pages with a word before them: *Sida 1*, *Page 3 of 20*, *Strana 2/8*."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["is_page_number", "without_page_number"]

_PARTS = r"(?:[ \t\u00a0]{0,9}[|·•][ \t\u00a0]{0,9}|[ \t\u00a0]{2,200})"


def is_page_number(line: str) -> bool:
    """Whether a line is nothing but the number of its page, with a word for that."""
    bare = line.strip(" \t\u00a0|·•–—-")
    if bare.startswith(("(", "[")):
        bare = bare[1:-1]
    return _patterns()[0].fullmatch(bare) is not None


def without_page_number(line: str) -> str:
    """What stands beside the number of a page in a running head, set apart from it by a wide blank
    or a sign; the line as it is where it has none."""
    if not any(map(str.isdigit, line)):
        return line
    _, before, behind = _patterns()
    for pattern in (behind, before):
        bare = pattern.sub("", line, count=1)
        if bare != line and bare.strip():
            return bare.strip()
    return line


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    source = files("progsearch") / "data" / "pagewords.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    page, of = (
        "|".join(sorted({re.escape(word) for words in data[kind].values() for word in words}))
        for kind in ("page", "of")
    )
    number = (
        rf"(?:{page})[ \t\u00a0]{{0,3}}\d{{1,4}}"
        rf"(?:[ \t\u00a0]{{0,3}}(?:{of}|/)[ \t\u00a0]{{0,3}}\d{{1,4}}|[ \t\u00a0]?\(\d{{1,4}}\))?"
    )
    return (
        re.compile(number, re.IGNORECASE),
        re.compile(rf"^[ \t]{{0,200}}{number}{_PARTS}", re.IGNORECASE),
        re.compile(rf"(?<![ \t\u00a0]){_PARTS}{number}[ \t]{{0,200}}$", re.IGNORECASE),
    )
