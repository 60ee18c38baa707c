"""What stands around the text of a page: heads, feet, menus, forms, what asks for consent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from progsearch.blocks.marks import BLOCK_TAG
from progsearch.readers.markdown.markup import folds

__all__ = ["about_consent", "around"]

_AROUND = frozenset(("nav", "footer", "aside", "form", "head", "noscript", "select", "button"))
"""Elements that are never a part of an article; a header is, inside of one."""
_BANNERS = frozenset(("div", "section", "dialog", "aside"))
_CONSENT = re.compile(
    r"\b(?:id|class)\s*+=\s*+[\"']?+[^\"'<>]{0,200}?"
    r"(?:cookie|consent|gdpr|onetrust|usercentrics|cookiebot)",
    re.IGNORECASE,
)
MOST_BANNERS = 50
MAX_BANNER = 20_000
"""Characters of what asks for consent; what is longer is named so for another reason."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
"""Buttons in these open the text below them, and name it."""
MAX_HEADER = 5_000
MAX_FORM = 20_000
"""Characters of a form that tell whether it is around the page."""
_FORM_END = re.compile(r"</form", re.IGNORECASE)
_PAGE = re.compile(r"<(?:h1|main|article)\b|__VIEWSTATE|__EVENTTARGET", re.IGNORECASE)
_OF_PAGE = re.compile(
    r"(?:class|id)\s*=\s*[\"'][^\"']{0,200}?\b(?:site|global|main|top)[-_]?(?:header|head)\b"
    r"|masthead|role\s*=\s*[\"']?banner",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h[1-6]\b[^<>]{0,500}>", re.IGNORECASE)
_LEADS = re.compile(r"\s*(?:<(?!a\b)[^<>]{1,300}>\s*){0,4}<a\s[^<>]{0,2000}href", re.IGNORECASE)
_MENU = re.compile(r"<(?:nav|form|input|ul|ol|select)\b|navigation", re.IGNORECASE)


def around(page: str) -> list[tuple[int, int]]:
    """Where elements stand that are no part of an article, the outermost of them."""
    found: list[tuple[int, int]] = []
    open_at: list[tuple[str, int]] = []
    names: Counter[str] = Counter()  # of those that are open
    articles = headings = 0
    for tag in BLOCK_TAG.finditer(page):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in _HEADINGS:
            headings = max(0, headings + (-1 if closing else 1))
        if name in ("article", "main"):
            articles = max(0, articles + (-1 if closing else 1))
        opens = name == "button" and (headings or folds(tag[0]))
        wanted = name in _AROUND and not opens and not (name == "form" and _holds_page(page, tag))
        wanted = wanted or (name == "header" and not articles and not _heads_text(page, tag))
        if not closing and wanted:
            open_at.append((name, tag.start()))
            names[name] += 1
        elif closing and names[name]:
            while open_at:
                other, start = open_at.pop()
                names[other] -= 1
                if other == name:
                    break
            if not open_at:
                found.append((start, tag.end()))
    return found


def _holds_page(page: str, tag: re.Match[str]) -> bool:
    """Whether a form is around the whole page, as systems make it that post each click back."""
    if tag[1]:
        return False
    ends = _FORM_END.search(page, tag.end(), tag.end() + MAX_FORM)
    end = ends.start() if ends else tag.end() + MAX_FORM
    return _PAGE.search(page, tag.end(), end) is not None


def _heads_text(page: str, tag: re.Match[str]) -> bool:
    """Whether a header is that of a text: a heading that leads nowhere, without a menu; that of
    the whole page is named so."""
    if tag[1] or _OF_PAGE.search(tag[0]):
        return False
    end = page.find("</header", tag.end(), tag.end() + MAX_HEADER)
    heading = _HEADING.search(page, tag.end(), end) if end >= 0 else None
    if heading is None or _LEADS.match(page, heading.end()):
        return False
    return _MENU.search(page, tag.end(), end) is None


def about_consent(page: str) -> Iterator[tuple[int, int]]:
    """Where elements stand that are named after cookies and consent to them, and are no larger
    than what asks for it."""
    end = asked = 0
    for tag in BLOCK_TAG.finditer(page):
        name = tag[2].lower()
        if tag.start() < end or tag[1] or name not in _BANNERS or not _CONSENT.search(tag[0]):
            continue
        asked += 1
        if asked > MOST_BANNERS:
            return
        depth = 0
        for other in BLOCK_TAG.finditer(page, tag.start(), tag.end() + MAX_BANNER):
            if other.end() - tag.start() > MAX_BANNER:
                break
            if other[2].lower() == name:
                depth += -1 if other[1] else 1
            if not depth:
                end = other.end()
                yield tag.start(), end
                break
