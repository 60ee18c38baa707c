"""Printed pages to lines in the order in which they are read.

Places are in points from the lower left corner, as in PDF: what stands higher has the
greater ``y``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

__all__ = ["BULLET", "PageLine", "Run", "furniture", "lines_of"]

BULLET = re.compile(r"(?:[•●▪◦‣·○■□►▶✓✔➢➤❖§*\uf000-\uf0ff]|[-–—](?=\s)|o(?=\s{2,}))\s*")
MIN_COLUMN_LINES = 3
MIN_LETTERS = 18
"""Letters in a line of a column, on average; the cells of a table have fewer."""
MIN_FILLED = 0.5
"""How much of a column's width its lines take, in the middle; cells take less."""
MAX_ACROSS = 0.6
"""How many of the lines of a page with columns may run across them."""
EDGE_LINES = 3
"""So many lines at the top and at the bottom of a page may belong to the page."""

STEP = 6
"""Points; how exactly running heads stand at the same height."""
APART = 1.5
"""How far from the text a running head is, in heights of a line."""

_PAGE_NUMBER = re.compile(
    r"(?:sida|page|strana|str\.|s\.)?\s*[-–—·|]?\s*\d{1,4}\s*(?:[-–—·|./]\s*\d{0,4})?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters next to each other on one line, all of one size."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    bold: bool = False

    @property
    def height(self) -> float:
        """How high a line of these letters is, in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Half of its height."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class PageLine:
    """A line of a page; ``region`` is the column that it stands in, ``number`` counts the
    lines of the page from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    bold: bool
    region: tuple[int, ...] = ()
    number: int = 0
    text_x0: float = 0.0  # behind the bullet
    runs: Sequence[Run] = field(default=(), repr=False)

    @property
    def middle(self) -> float:
        """Half of its height."""
        return (self.y0 + self.y1) / 2


def lines_of(runs: Sequence[Run], page: int) -> list[PageLine]:
    """The lines of a page, column by column, numbered."""
    lines = list(_ordered([run for run in runs if run.text.strip()], page, ()))
    for number, line in enumerate(lines, 1):
        line.number = number
    return lines


def _ordered(runs: Sequence[Run], page: int, region: tuple[int, ...]) -> Iterator[PageLine]:
    gutter = _gutter(runs) if len(region) < 3 else None
    if gutter is None:
        yield from _lines(runs, page, region)
        return
    left: list[Run] = []
    right: list[Run] = []
    across: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if run.x0 < gutter < run.x1:
            yield from _columns(left, right, page, region)
            left, right = [], []
            across.append(run)
            continue
        if across:
            on_line = abs(across[-1].middle - run.middle) < across[-1].height / 2
            if on_line:
                across.append(run)
                continue
            yield from _lines(across, page, region)
            across = []
        (left if run.x1 <= gutter else right).append(run)
    yield from _lines(across, page, region)
    yield from _columns(left, right, page, region)


def _columns(
    left: Sequence[Run], right: Sequence[Run], page: int, region: tuple[int, ...]
) -> Iterator[PageLine]:
    yield from _ordered(left, page, (*region, 0))
    yield from _ordered(right, page, (*region, 1))


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where the white between two columns of running text is."""
    texts = [run for run in runs if run.x1 - run.x0 > 2 * run.height]
    if len(texts) < 2 * MIN_COLUMN_LINES:
        return None
    low, high = min(run.x0 for run in texts), max(run.x1 for run in texts)
    height = median(run.height for run in texts)
    first, last = int(low + 0.2 * (high - low)), int(low + 0.8 * (high - low))
    covered: Counter[int] = Counter()
    for run in runs:
        covered.update(range(max(first, int(run.x0)), min(last, int(run.x1)) + 1))
    if last <= first:
        return None
    least = min(covered[x] for x in range(first, last + 1))
    if least > MAX_ACROSS * len(texts):
        return None
    best = (0, 0)
    at = first
    while at <= last:
        end = at
        while end <= last and covered[end] == least:
            end += 1
        best = max(best, (end - at, at))
        at = end + 1
    if best[0] < 0.7 * height:
        return None
    gutter = best[1] + best[0] / 2
    sides = (
        ([run for run in texts if run.x1 <= gutter], gutter - low),
        ([run for run in texts if run.x0 >= gutter], high - gutter),
    )
    for side, width in sides:
        if len(side) < MIN_COLUMN_LINES:
            return None
        if sum(len(run.text) for run in side) < MIN_LETTERS * len(side):
            return None
        if median(run.x1 - run.x0 for run in side) < MIN_FILLED * width:
            return None
    return gutter


def _lines(runs: Iterable[Run], page: int, region: tuple[int, ...]) -> Iterator[PageLine]:
    open_runs: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.middle, run.x0)):
        if open_runs:
            highest = max(open_runs, key=lambda run: run.height)
            if abs(highest.middle - run.middle) > 0.5 * max(highest.height, run.height):
                yield _line(open_runs, page, region)
                open_runs = []
        open_runs.append(run)
    if open_runs:
        yield _line(open_runs, page, region)


def _line(runs: list[Run], page: int, region: tuple[int, ...]) -> PageLine:
    runs.sort(key=lambda run: run.x0)
    text = " ".join(" ".join(run.text.split()) for run in runs)
    main = max(runs, key=lambda run: len(run.text) * (run.text.strip() != "•"))
    letters = sum(sum(map(str.isalpha, run.text)) for run in runs)
    bold = sum(sum(map(str.isalpha, run.text)) for run in runs if run.bold)
    bullet = BULLET.match(text)
    text_x0 = runs[0].x0
    if bullet and len(runs) > 1 and len(runs[0].text.strip()) <= 2:
        text_x0 = runs[1].x0
    elif bullet:
        text_x0 += (runs[0].x1 - runs[0].x0) * bullet.end() / max(1, len(runs[0].text))
    return PageLine(
        page=page,
        x0=runs[0].x0,
        y0=min(run.y0 for run in runs),
        x1=max(run.x1 for run in runs),
        y1=max(run.y1 for run in runs),
        text=text,
        size=round(main.height, 1),
        bold=letters > 0 and bold >= 0.8 * letters,
        region=region,
        text_x0=text_x0,
    )


# -- what belongs to the pages


def furniture(pages: Sequence[Sequence[PageLine]]) -> set[tuple[int, int]]:
    """The places (page, number) of running heads, feet and page numbers.

    They stand at the same height of several pages and say the same there, but for digits,
    and apart from the text.
    """
    edges = [
        lines
        for page in pages
        if (by_height := sorted(page, key=lambda line: -line.middle))
        for lines in (by_height[: EDGE_LINES + 1], by_height[: -EDGE_LINES - 2 : -1])
    ]
    seen: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for lines in edges:
        for line in lines[:EDGE_LINES]:
            # A line as high as the next step counts as at the same height.
            step = int(line.middle / STEP)
            for near in (step - 1, step, step + 1):
                seen[_alike(line), round(line.size), near].add(line.page)
    needed = 3 if len(pages) > 3 else 2

    def comes_again(line: PageLine) -> bool:
        return len(seen[_alike(line), round(line.size), int(line.middle / STEP)]) >= needed

    found: set[tuple[int, int]] = set()
    for lines in edges:
        for count in range(min(EDGE_LINES, len(lines)), 0, -1):
            outer = lines[:count]
            if all(map(comes_again, outer)) and _stands_apart(lines, count):
                found.update((line.page, line.number) for line in outer)
                break
    return found


def _alike(line: PageLine) -> str:
    """What is the same of a line on all pages."""
    if _PAGE_NUMBER.match(line.text):
        return "#"
    return _DIGITS.sub("#", line.text.casefold())


def _stands_apart(lines: Sequence[PageLine], count: int) -> bool:
    """Whether white or nothing but a number is between the outer lines and the text."""
    last = lines[count - 1]
    if _alike(last) == "#":
        return True
    if count == len(lines):
        return False
    return abs(last.middle - lines[count].middle) > APART * max(last.size, lines[count].size)
