"""Values that can be kept: halves of characters, which no file can hold, taken out.

Escapes of YAML and JSON can write one half of a surrogate pair, and no UTF-8 has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["is_sound", "sound"]

_HALF = re.compile("[\ud800-\udfff]")


def sound(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """The same value, halves of characters as U+FFFD; texts keep their lengths."""
    match value:
        case str():
            return _HALF.sub("\ufffd", value)
        case Mapping():
            return {sound(key): sound(one) for key, one in value.items()}
        case list() | tuple():
            return [sound(one) for one in value]
        case _:
            return value


def is_sound(value: Any) -> bool:  # noqa: ANN401
    """Whether there is no half of a character in a value."""
    match value:
        case str():
            return _HALF.search(value) is None
        case Mapping():
            return all(is_sound(key) and is_sound(one) for key, one in value.items())
        case list() | tuple():
            return all(map(is_sound, value))
        case _:
            return True
