"""Pictures of a comparison for an article: heat map, chart and timeline, as SVG, PNG or PDF.

They need matplotlib, which ``pip install progsearch[plot]`` brings along, and which is loaded
only when a picture is drawn. The same comparison gives the same picture, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from progsearch.compare import Comparison
from progsearch.errors import ProgsearchError
from progsearch.plots.canvas import FORMATS, Style, check_picture
from progsearch.plots.dots import dots
from progsearch.plots.squares import squares
from progsearch.plots.timeline import timeline
from progsearch.report import Sort

__all__ = ["FORMATS", "MOST", "Style", "check_picture", "dots", "draw", "squares", "timeline"]

MOST = 100
"""Groups of a picture: with more it is longer than any page, and nobody reads it."""


def draw(
    comparison: Comparison,
    path: Path,
    lang: str = "en",
    *,
    sort: Sort = "value",
    style: Style | None = None,
) -> None:
    """Draw what suits a comparison: of years a timeline, of several questions a heat map, else
    a chart.

    ``lang`` is the language of the picture, ``path`` ends in one of :data:`FORMATS`, ``sort``
    is the order of the groups, and ``style`` what the picture says of itself. Raises
    ProgsearchError when matplotlib is not there, the file cannot be written, or there are more
    than :data:`MOST` groups.
    """
    if len(comparison.groups) > MOST:
        raise ProgsearchError(
            f"{len(comparison.groups):,} groups are too many for a picture",
            where="--plot",
            remedy="choose filters, or another --by",
        )
    if comparison.by == ("year",):
        timeline(comparison, path, lang, style=style)
    elif len(comparison.themes) > 1:
        squares(comparison, path, lang, sort=sort, style=style)
    else:
        dots(comparison, path, lang, sort=sort, style=style)
