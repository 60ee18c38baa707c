"""Draw a page of a PDF with what the reader makes of it: pieces of lines, lines and blocks.

    python -m benchmarks.pages FILE.pdf --page 3 -o page.png [--step blocks|lines|pieces]

Each block has its number in reading order and the colour of what it is: headings red,
paragraphs blue, items green, contents grey; furniture and numbers of lines are crossed out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from progsearch.model import Shape
from progsearch.readers.pdf.layout import Line, Piece, Sheet
from progsearch.readers.pdf.printed import blocks_of
from progsearch.readers.pdf.sheets import opened, sheets_of
from progsearch.readers.source import library

COLOURS = {
    Shape.HEADING: "#d02020",
    Shape.PARAGRAPH: "#2040d0",
    Shape.ITEM: "#108030",
    Shape.CONTENTS: "#808080",
}
SCALE = 1.5


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("file", type=Path)
    asked.add_argument("--page", type=int, default=1)
    asked.add_argument("-o", "--output", type=Path, default=Path("page.png"))
    asked.add_argument("--step", choices=("blocks", "lines", "pieces"), default="blocks")
    asked.add_argument("--scale", type=float, default=SCALE)
    options = asked.parse_args()
    draw(options.file, options.page, options.output, options.step, options.scale)


def draw(file: Path, number: int, output: Path, step: str, scale: float) -> None:
    """Write the picture of a page with the boxes of a step."""
    from PIL import ImageDraw

    data = file.read_bytes()
    with opened(data) as file:
        sheets = sheets_of(file).sheets
    before = {sheet.number: list(sheet.pieces) for sheet in sheets}
    shaped = blocks_of(sheets)
    sheet = sheets[number - 1]
    page = library("pypdfium2", "pdf", "drawing PDF").PdfDocument(data)[number - 1]
    image = page.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(image)

    def box(parts: Iterable[Piece | Line], colour: str, label: str = "") -> None:
        found = list(parts)
        left, right = min(one.x0 for one in found), max(one.x1 for one in found)
        high, low = max(one.top for one in found), min(one.bottom for one in found)
        corners = _seen(sheet, scale, left, high) + _seen(sheet, scale, right, low)
        pen.rectangle(corners, outline=colour, width=2)
        if label:
            pen.text((corners[0] - 14, corners[1]), label, fill=colour)

    kept = {id(piece) for piece in sheet.pieces}
    for piece in before[number]:
        if id(piece) not in kept:
            box([piece], "#c0a000", "×")
        elif step == "pieces":
            box([piece], "#8040c0")
    for count, one in enumerate(shaped, 1):
        lines = [line for line in one.made.lines if line.page == number]
        if not lines or step == "pieces":
            continue
        colour = COLOURS.get(one.shape, "#000000")
        if step == "lines":
            for line in lines:
                box([line], colour, str(line.number))
            continue
        for region in dict.fromkeys(line.region for line in lines):
            box([line for line in lines if line.region == region], colour, str(count))
    image.save(output)


def _seen(sheet: Sheet, scale: float, x: float, y: float) -> tuple[float, float]:
    return x * scale, (sheet.height - y) * scale


if __name__ == "__main__":
    main()
