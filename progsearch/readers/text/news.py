"""A page of news as copied from a web site: navigation, date, title, article, related news."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath

from progsearch.blocks.dates import date_of_line
from progsearch.blocks.labelwords import names_author
from progsearch.blocks.lines import lines_of, unified
from progsearch.blocks.marks import has_words, masked
from progsearch.blocks.sentences import ends_sentence
from progsearch.blocks.wording import load_wording, simplified
from progsearch.facts.press import is_no_title, tells_change
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.text.prose import Kind, WrappedParagraph, is_heading, paragraphs

__all__ = ["read", "sniff"]

HEAD_LINES = 8
"""The date of an article stands among its first lines."""
MIN_LEAD_WORDS = 12
MAX_FIELD = 4
"""Words of the name and of the value of a field below a date."""


def sniff(head: str, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether a line near the top is a date and a title stands beside it."""
    source = unified(head[:20_000])
    lines = [line.text for line in lines_of(source) if line.text][:HEAD_LINES]
    return any(date_of_line(line) for line in lines) and len(lines) > 2


def read(text: str, path: PurePath) -> RawDocument:  # noqa: ARG001
    """The parts of the page; the facts are ``title`` and ``date``."""
    source = masked(unified(text))
    lines = list(lines_of(source))
    kinds = [Kind.DATE if date_of_line(line.text) else Kind.TEXT for line in lines]
    found = [
        paragraph
        for paragraph in paragraphs(lines, kinds)
        if has_words(source[paragraph.start : paragraph.end])
    ]
    kinds_told = [one for one in found[:HEAD_LINES] if is_no_title(one.text)]
    found = [one for one in found if one not in kinds_told]
    related = _related(found)
    article = found[:related]
    dated = next((n for n, item in enumerate(article) if date_of_line(item.text)), 0)
    titled = _title(article, dated)
    meta: dict[str, object] = {}
    if titled is not None:
        meta["title"] = article[titled].text
    days = (one.text for one in article[dated : dated + HEAD_LINES] if not tells_change(one.text))
    if date := next(filter(None, map(date_of_line, days)), ""):
        meta["date"] = date
    blocks = list(_article(article, dated, titled))
    blocks += _teasers(found[related:])
    blocks += [Block(Shape.BYLINE, one.start, one.end) for one in kinds_told]
    return RawDocument("news", text, meta, sorted(blocks, key=lambda block: block.start))


def _related(found: Sequence[WrappedParagraph]) -> int:
    """Where the news that are not this article begin."""
    words = load_wording().related
    for number, paragraph in enumerate(found):
        if number > 1 and simplified(paragraph.text) in words:
            return number
    return len(found)


def _title(article: Sequence[WrappedParagraph], dated: int) -> int | None:
    """The title stands after the date, or before it where the article follows the date."""
    after, before = dated + 1, dated - 1
    while before >= 0 and names_author(article[before].text):
        before -= 1
    if after + 1 < len(article) and is_heading(article[after], article[after + 1]):
        longer = article[after + 1].text.split()
        if not before >= 0 or len(longer) >= MIN_LEAD_WORDS or _is_link(article[before]):
            return after
    return before if before >= 0 else None


def _is_link(paragraph: WrappedParagraph) -> bool:
    return load_wording().is_link_line(paragraph.text)


def _article(
    article: Sequence[WrappedParagraph], dated: int, titled: int | None
) -> Sequence[Block]:
    blocks = []
    begun = max(dated, titled if titled is not None else 0)
    lead = beside = False
    for number, paragraph in enumerate(article):
        follower = article[number + 1] if number + 1 < len(article) else None
        shape, level, label = Shape.PARAGRAPH, 0, ""
        if number == titled:
            shape, level = Shape.HEADING, 1
        elif (
            (date_of_line(paragraph.text) and (number == dated or paragraph.kind is Kind.DATE))
            or (number <= dated + 1 and names_author(paragraph.text))
            or (beside and not paragraph.after_blank and _is_field(paragraph))
        ):
            shape = Shape.BYLINE
        elif number < begun or _leads_away(paragraph, follower):
            shape = Shape.NAVIGATION
        elif paragraph.bullet and not is_heading(paragraph, follower):
            dash = _dash(paragraph, article, number)
            shape, level = (Shape.QUOTE, 0) if dash else (Shape.ITEM, 1)
            label = "–" if dash else ""
        elif is_heading(paragraph, follower):
            paragraph = paragraph.whole()
            shape, level = Shape.HEADING, 2
        elif not lead:
            lead, label = True, "lead"
        beside = shape is Shape.BYLINE
        mark = paragraph.number if shape is Shape.ITEM else ""
        blocks.append(Block(shape, paragraph.start, paragraph.end, level, label, mark=mark))
    return blocks


def _is_field(paragraph: WrappedParagraph) -> bool:
    """Whether a line is a name and a value, as the place of a meeting below its day."""
    name, colon, value = paragraph.text.partition(": ")
    words = len(name.split()), len(value.split())
    return (
        bool(colon) and words[0] <= MAX_FIELD and words[1] <= MAX_FIELD and not ends_sentence(value)
    )


def _dash(paragraph: WrappedParagraph, article: Sequence[WrappedParagraph], number: int) -> bool:
    """Whether a paragraph with a bullet is speech: it stands alone, not in a list."""
    if paragraph.mark is None or not paragraph.mark.style.startswith("dash"):
        return False
    alone = paragraph.after_blank and paragraph.before_blank
    below = article[number + 1] if number + 1 < len(article) else None
    return alone and not (below is not None and below.bullet and not below.after_blank)


def _leads_away(paragraph: WrappedParagraph, follower: WrappedParagraph | None) -> bool:
    """Whether a line is a link: its words say so, or it stands like a heading over nothing."""
    if len(paragraph.text.split()) > 12 or paragraph.text.endswith((".", "!", "?", ":")):
        return False
    return _is_link(paragraph) or (follower is None and is_heading(paragraph, paragraph))


def _teasers(found: Sequence[WrappedParagraph]) -> list[Block]:
    """The heading of the related news, and each of them with its title, date and text."""
    if not found:
        return []
    blocks = [Block(Shape.NAVIGATION, found[0].start, found[0].end)]
    rest = found[1:]
    dated = [n for n, item in enumerate(rest) if date_of_line(item.text)]
    firsts = [max(0, n - 1) for n in dated] or list(range(len(rest)))
    if firsts and firsts[0] > 0:
        firsts.insert(0, 0)
    for first, after in pairwise([*firsts, len(rest)]):
        if first < after:
            blocks.append(Block(Shape.TEASER, rest[first].start, rest[after - 1].end))
    return blocks
