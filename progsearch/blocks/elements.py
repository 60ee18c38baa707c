"""Which elements a page has: where each begins, and where it ends though nothing says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["TAG", "Stretch", "elements"]

TAG = re.compile(r"<(/?)([a-z][a-z0-9-]{0,20})((?:\s[^<>]{0,2000})?)/?>", re.IGNORECASE)
"""A tag; its groups are the slash of an end, the name and the attributes."""

_VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_PARTS = ("tbody", "thead", "tfoot")
_ENDS = {
    "li": ("li",),
    **dict.fromkeys(("dt", "dd"), ("dt", "dd")),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
    **dict.fromkeys(("td", "th"), ("td", "th")),
    "tr": ("tr", "td", "th"),
    **dict.fromkeys(_PARTS, (*_PARTS, "tr", "td", "th")),
}
"""Elements that another one ends by its beginning, as their own end may be left out."""
_SCOPES = ("table", "ul", "ol", "menu", "dl", "select", "button", "object", "template")
"""Elements in which nothing ends what stands around them."""
_ENDS_P = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "details", "dialog"),
        *("dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hgroup", "main", "menu", "nav", "ol"),
        *("p", "pre", "search", "section", "summary", "table", "ul", "li", "dt", "dd"),
    )
)
"""Elements by whose beginning a paragraph ends."""
_BLOCKS = _ENDS_P | frozenset(_ENDS) | frozenset(("body", "button", "caption", "html", "select"))
_NO_MORE = re.compile(r"\n[ \t\r]{0,20}(?:\n|[-*+•#>|]|\d{1,3}[.)][ \t])")
"""Where a paragraph or an item of Markdown ends, and with it what is not ended in it."""


class Stretch(NamedTuple):
    """An element: where its first tag begins and ends, and where its last one does."""

    start: int
    inner: int
    inner_end: int
    end: int


@dataclass(slots=True)
class _Open:
    name: str
    wanted: re.Match[str] | None  # its tag, where it is of the kind
    closed: bool = False


@dataclass(slots=True)
class _Page:
    """The elements that are open, the outermost first, and where those of a name are."""

    stack: list[_Open] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)

    def last(self, name: str) -> int:
        """The place of the innermost element of a name; -1 where none is open."""
        found = self.places.get(name)
        return found[-1] if found else -1

    def begin(self, name: str, wanted: re.Match[str] | None) -> None:
        self.places.setdefault(name, []).append(len(self.stack))
        if name in _BLOCKS:
            self.blocks.append(len(self.stack))
        self.stack.append(_Open(name, wanted))

    def cut(self, place: int) -> re.Match[str] | None:
        """End all elements from this place on; the tag of the one among them that is wanted."""
        wanted = None
        while len(self.stack) > place:
            one = self.stack.pop()
            if one.closed:
                continue
            self.places[one.name].pop()
            if one.name in _BLOCKS:
                self.blocks.pop()
            wanted = one.wanted or wanted
        return wanted

    def take_out(self, name: str) -> re.Match[str] | None:
        """End the innermost element of a name, and none that began in it."""
        one = self.stack[self.places[name].pop()]
        one.closed = True
        return one.wanted

    def ended_by(self, name: str) -> int:
        """From which place on elements end where one of that name begins."""
        if name not in _BLOCKS:
            return len(self.stack)
        scope = max(map(self.last, _SCOPES))
        inside = [place for one in _ENDS.get(name, ()) if (place := self.last(one)) > scope]
        if not inside and name in _ENDS_P and (place := self.last("p")) > scope:
            inside = [place]
        return min(inside, default=len(self.stack))


def elements(text: str, wanted: Callable[[re.Match[str]], bool]) -> Iterator[Stretch]:
    """The outermost elements of a kind, told by their first tags, in the order of their ends.

    What has no end of its own ends as in HTML: where another one begins that it may not hold, or
    with what it stands in; or else with its paragraph.
    """
    page = _Page()
    within = False  # an element of the kind is open
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if name in _VOID or tag[3][-1:] == "/" or tag[0][-2:] == "/>":
            continue
        if not tag[1]:
            found = page.cut(page.ended_by(name))
            end = tag.start()
            within = within and found is None
            told = not within and wanted(tag)
            page.begin(name, tag if told else None)
            within = within or told
        elif (place := page.last(name)) < 0:
            continue
        elif name not in _BLOCKS and page.blocks and page.blocks[-1] > place:
            found, end = page.take_out(name), tag.end()
            within = within and found is None
        else:
            own = page.stack[place].wanted is not None
            found, end = page.cut(place), tag.end() if own else tag.start()
            within = within and found is None
        if found:
            yield Stretch(found.start(), found.end(), tag.start(), end)
    if left := page.cut(0):
        stop = _NO_MORE.search(text, left.end())
        end = stop.start() if stop else len(text)
        yield Stretch(left.start(), left.end(), end, end)
