"""Pages that are pictures, read by Tesseract: words with their places and how sure it is.

Asked for only (``--ocr``): what a machine reads off a picture is a reading, not the text,
and its confidence is kept with every passage.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.readers.pdf.layout import Word
from progsearch.readers.source import library

__all__ = ["Recogniser", "recogniser"]

MODELS = {
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "en": "eng",
    "fi": "fin",
    "nb": "nor",
    "nn": "nor",
    "no": "nor",
    "pl": "pol",
    "sk": "slk",
    "sv": "swe",
}
"""The model of Tesseract for a language, by ISO 639-3."""
DPI = 300
MAX_PIXELS = 40_000_000
SECONDS = 180
MIN_CONFIDENCE = 15
"""Words that Tesseract is less sure of are spots and lines of pictures."""
CAPITAL, SMALL = 0.7, 0.48
"""How high capitals and small letters are, in the size of their font."""
ALIKE = 0.15
"""Lines that are no more than this larger or smaller than the others are of their size."""
_ASCENDING = re.compile(r"[A-ZÀ-Þ0-9bdfhklßčďěňřšťžáéíóúůýåäö]")
_DESCENDING = re.compile(r"[gjpqyçęąýþ,;()/|Q]")

Row = Mapping[str, Any]


class Recogniser:
    """Reads pictures of pages in the languages that are installed."""

    def __init__(self, tesseract: Any, models: str) -> None:  # noqa: ANN401 - of a library
        self._tesseract = tesseract
        self._models = models

    def words(self, page: Any) -> list[Word]:  # noqa: ANN401
        """The words of a page of PDFium that is a picture, in reading order.

        Raises ProgsearchError when Tesseract fails or takes too long.
        """
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        image = page.render(scale=scale, grayscale=True).to_pil()
        try:
            found = self._tesseract.image_to_data(
                image,
                lang=self._models,
                timeout=SECONDS,
                output_type=self._tesseract.Output.DICT,
            )
        except (RuntimeError, OSError) as error:  # its own errors, and that of a timeout
            raise ProgsearchError(
                f"Tesseract cannot read a page: {str(error).splitlines()[0][:200]}",
                remedy="try tesseract on a picture of it, or leave out --ocr",
            ) from error
        names = list(found)
        rows = [
            dict(zip(names, values, strict=True)) for values in zip(*found.values(), strict=True)
        ]
        return _words(rows, height, scale)


def recogniser(languages: Sequence[str]) -> Recogniser:
    """One for these languages, as far as their models are installed.

    Raises ProgsearchError when pytesseract, Tesseract or all models are missing.
    """
    library("PIL", "ocr", "--ocr")
    tesseract = library("pytesseract", "ocr", "--ocr")
    try:
        installed = set(tesseract.get_languages())
    except (RuntimeError, OSError) as error:
        raise ProgsearchError(
            "--ocr needs Tesseract, which is not installed",
            remedy="apt-get install tesseract-ocr, brew install tesseract, or see"
            " https://tesseract-ocr.github.io/tessdoc/Installation.html",
        ) from error
    wanted = dict.fromkeys(MODELS[tag] for tag in languages if tag in MODELS)
    models = [model for model in wanted if model in installed]
    if not models:
        missing = ", ".join(wanted) or ", ".join(languages)
        raise ProgsearchError(
            f"Tesseract has no model for {missing}",
            remedy=" ".join(["apt-get install", *(f"tesseract-ocr-{one}" for one in wanted)]),
        )
    return Recogniser(tesseract, "+".join(models))


def _words(rows: Sequence[Row], height: float, scale: float) -> list[Word]:
    """The words of Tesseract's rows, in points from the lower left corner.

    Its boxes are those of the ink, which differ from line to line: the size of a line is
    that of most lines unless it differs plainly, and its base is where its words stand.
    """
    lines: dict[tuple[int, int, int], list[Row]] = defaultdict(list)
    for row in rows:
        text = str(row["text"]).strip()
        if text and float(row["conf"]) >= MIN_CONFIDENCE:
            lines[row["block_num"], row["par_num"], row["line_num"]].append(row)
    feet = {place: median(map(_foot, line)) for place, line in lines.items()}
    sizes = {place: _size(line, feet[place]) / scale for place, line in lines.items()}
    usual = median(sizes.values()) if sizes else 0.0
    found: list[Word] = []
    for place, line in lines.items():
        size = usual if abs(sizes[place] - usual) < ALIKE * usual else sizes[place]
        base = height - feet[place] / scale
        for number, row in enumerate(line):
            left = row["left"] / scale
            word = Word(
                str(row["text"]).strip(),
                left,
                left + row["width"] / scale,
                base,
                size,
                "",
                bold=False,
                blank=2 if number else 0,
                new_line=number == 0,
                order=len(found),
                confidence=float(row["conf"]),
            )
            found.append(word)
    return found


def _foot(row: Row) -> float:
    """Where a word stands, in pixels from above: not how far its letters reach below."""
    descends = _DESCENDING.search(str(row["text"])) is not None
    return float(row["top"] + row["height"] * (0.78 if descends else 1.0))


def _size(line: Sequence[Row], foot: float) -> float:
    """The size of the letters of a line, in pixels, by how far they reach above their base."""
    above = max(foot - row["top"] for row in line)
    ascends = any(_ASCENDING.search(str(row["text"])) for row in line)
    return float(above / (CAPITAL if ascends else SMALL))
