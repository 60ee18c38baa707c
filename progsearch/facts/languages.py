"""Which language a document is in, where what is stated of it and its texts differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from progsearch.model import Fact, Origin, RawDocument, Shape

__all__ = ["as_it_reads"]

_RUNNING = frozenset((Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))


def as_it_reads(
    lang: Fact[str], raw: RawDocument, contradicted: Callable[[Sequence[str], str], str]
) -> tuple[Fact[str], list[str]]:
    """The language of a document whose texts may contradict what is stated of it, and a note
    that names both. Texts win over what the file states, and never over the user."""
    if lang.origin is Origin.INFERRED:
        return lang, []
    texts = [raw.text[one.start : one.end] for one in raw.blocks if one.shape in _RUNNING]
    read = contradicted(texts, lang.value)
    if not read:
        return lang, []
    both = f"the language is stated to be {lang.value}, the text reads as {read}"
    if lang.origin is Origin.STATED:
        return Fact(read, Origin.INFERRED), [f"{both}, and is taken for that"]
    return lang, [f"{both}: {lang.value} is kept, for you have set it"]
