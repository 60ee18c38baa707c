"""Front matter in whatever language it is written: YAML, TOML or JSON."""

from __future__ import annotations

import re

from progsearch.readers.markdown import head as yaml_head
from progsearch.readers.markdown.head import Head
from progsearch.readers.markdown.otherheads import is_other_head, other_head

__all__ = ["opens_with_head", "split_head"]

_NAMED = re.compile(r"(\s*---)([ \t]*ya?ml)(?=[ \t]*\n)", re.IGNORECASE)


def opens_with_head(text: str) -> bool:
    """Whether a unified text opens with front matter."""
    return yaml_head.opens_with_head(_unnamed(text)) or is_other_head(text)


def split_head(text: str) -> Head | None:
    """The front matter of a unified text, or None when it opens with none.

    Raises ProgsearchError as the readers of each language do.
    """
    return other_head(text) or yaml_head.split_head(_unnamed(text))


def _unnamed(text: str) -> str:
    """The text without the name of the language behind its first dashes."""
    named = _NAMED.match(text)
    return text if named is None else named[1] + " " * len(named[2]) + text[named.end() :]
