"""Passages that came coded, as judgements of the themes that name the same codes.

The labels are those of the Manifesto Project or of the Comparative Agendas Project; which
of them a theme means, its ``closeMatch`` and ``broadMatch`` say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from progsearch.judgements.coded import Coded
from progsearch.model import Passage
from progsearch.themes.theme import Theme

__all__ = ["SCHEMES", "coded_by_labels"]

SCHEMES = ("cap", "marpor")
"""Schemes of codes that themes name."""


def coded_by_labels(
    passages: Iterable[Passage], themes: Iterable[Theme], scheme: str
) -> Iterator[Coded]:
    """A row for each labelled passage and each theme that has a code of the scheme.

    A code that means the same makes a passage fully relevant, one that contains the theme
    partly, any other not at all. A part of a code counts as the code (``103.1`` as ``103``).
    """
    meant = [
        (theme.id, theme.close.get(scheme, ()), theme.broad.get(scheme, ()))
        for theme in themes
        if theme.close.get(scheme) or theme.broad.get(scheme)
    ]
    number = 0
    for passage in passages:
        if not passage.label:
            continue
        for theme, close, broad in meant:
            number += 1
            relevance = 2 if _among(passage.label, close) else int(_among(passage.label, broad))
            yield Coded(number, theme, relevance, None, passage.id, "", passage.line, passage.text)


def _among(label: str, codes: Sequence[str]) -> bool:
    return any(label == code or label.startswith(f"{code}.") for code in codes)
