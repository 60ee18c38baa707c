"""Text for a terminal: what a terminal would obey is shown instead.

Documents, themes and the names of files come from anywhere, and all of them are shown.
"""

from __future__ import annotations

import json
import re
import unicodedata

__all__ = ["escaped", "json_text", "visible", "visible_lines"]

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_UNSEEN = "\ufffd"
_OUTSIDE_ASCII = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class _Table(dict[int, int | str]):
    """What characters are replaced by, found out once each."""

    def __missing__(self, code: int) -> int | str:
        """The character, or its substitute.

        Of the formats only bidirectional ones do harm: they turn a line around
        (Unicode Standard Annex 9). Soft hyphens and joiners belong to words.
        """
        turning = unicodedata.bidirectional(chr(code)) in _TURNING
        unsafe = unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp") or turning
        self[code] = _UNSEEN if unsafe else code
        return self[code]


_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_TABLE = _Table(_PICTURES)


def visible(text: str) -> str:
    """The text as one line, character by character, with control sequences shown.

    Controls of ASCII become their pictures; those of ISO 6429 above them, separators of lines
    and paragraphs, halves of characters, and what turns a line around become U+FFFD.
    """
    return text.translate(_TABLE)


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in which what a terminal would obey, and what programs take for the end of a
    line, is written as an escape; it reads back to the same value."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """A text of JSON or Turtle with these characters as ``\\u`` escapes."""
    return _OUTSIDE_ASCII.sub(
        lambda found: found[0] if visible(found[0]) == found[0] else f"\\u{ord(found[0]):04x}", text
    )


def visible_lines(text: str) -> str:
    """The same for a text of several lines; its line breaks stay."""
    return "\n".join(map(visible, text.splitlines())) + "\n"
