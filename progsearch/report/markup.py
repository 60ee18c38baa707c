"""HTML by construction: a tree of elements and texts, and the one place that writes it.

A text is always escaped, and there is no way around that: markup is made of elements, and
an element takes only tags and attributes that cannot run or fetch anything. What a document
says can therefore be read in a report, but never becomes a part of it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import NamedTuple, TypeAlias

from progsearch.classes import dataclass
from progsearch.visible import visible

__all__ = [
    "ATTRIBUTES",
    "TAGS",
    "Element",
    "Node",
    "el",
    "html_page",
    "is_address",
    "is_served",
    "leads_somewhere",
    "policy",
    "readable",
    "written",
]

_TAGS = """
    a article bdi blockquote body caption code dd details div dl dt figcaption figure footer
    h1 h2 h3 h4 header li main mark nav ol p section span summary table tbody td tfoot th thead
    time tr ul
    circle desc line svg text title
"""
TAGS = frozenset(_TAGS.split())
"""What a page can be made of; none of these loads or runs anything by itself."""

_ATTRIBUTES = """
    aria-describedby aria-hidden aria-label aria-labelledby class colspan datetime dir href id lang
    rel role scope tabindex
    cx cy height r text-anchor width x x1 x2 y y1 y2
"""
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
"""What can be said of an element. An address (``href``) leads to a place of the same page,
to a page of the web or, in pages that are served, to another of the same server."""

_PLACE = re.compile(r"#[a-z][a-z0-9-]*")
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[!-~]*)?", re.ASCII)
_SERVED = re.compile(r"/(?![/\\])[!-~]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WHITE = re.compile(r"[\t\n\v\f\r\u0085\u2028\u2029]+")
# No UTF-8 can be made of surrogates, and neither XML nor HTML has the two last code points.
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")

# Elements that have nothing inside, and no end. Rule: HTML, 13.1.2 "Void elements".
_EMPTY = frozenset(("img", "input"))

Node: TypeAlias = "Element | str"


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page. Raises ValueError when it is none that a page may have."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]

    def __post_init__(self) -> None:
        if self.tag not in TAGS:
            raise ValueError(f"no element <{self.tag}>")
        for name, value in self.attributes.items():
            if name not in ATTRIBUTES:
                raise ValueError(f"no attribute {name}")
            if name == "href" and not leads_somewhere(value):
                raise ValueError(f"not an address: {value!r}")


def el(
    tag: str,
    *children: Node | Iterable[Node] | None,
    **attributes: str | float | None,
) -> Element:
    """An element: ``el("td", "12", class_="number", aria_label="…")``.

    Lists of children are taken as if each were written out; nothing stands for no child
    and for no attribute. A ``lang`` that is no BCP 47 tag is left out. Raises ValueError
    for elements and attributes that no page may have.
    """
    named = {
        name.rstrip("_").replace("_", "-"): str(value)
        for name, value in attributes.items()
        if value is not None
    }
    if not _LANGUAGE.fullmatch(named.get("lang", "cs")):
        del named["lang"]
    return Element(tag, named, tuple(_flat(children)))


def _flat(children: Iterable[Node | Iterable[Node] | None]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Element | str):
            yield child
        elif child is not None:
            yield from child


def is_address(text: str) -> bool:
    """Whether that is a web address that a page can lead to."""
    return bool(_ADDRESS.fullmatch(text))


def is_served(text: str) -> bool:
    """Whether that is an address of the server that a page comes from."""
    return bool(_SERVED.fullmatch(text))


def leads_somewhere(text: str) -> bool:
    """Whether a link may lead there."""
    return bool(_PLACE.fullmatch(text)) or is_address(text) or is_served(text)


def readable(text: str) -> str:
    """The text on one line, with control characters shown and not obeyed."""
    if text.isprintable():  # as nearly all are: nothing of what is looked for is
        return text
    return _NO_CHARACTERS.sub("\ufffd", visible(_WHITE.sub(" ", text)))


def written(node: Node) -> Iterator[str]:
    """A tree as HTML, in pieces."""
    waiting: list[Node | _End] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield escape(readable(one), quote=False)
        elif isinstance(one, _End):
            yield f"</{one.tag}>"
        else:
            named = one.attributes.items()
            told = [f' {name}="{escape(readable(value))}"' for name, value in named]
            yield f"<{one.tag}{''.join(told)}>"
            if one.tag not in _EMPTY:
                waiting.append(_End(one.tag))
                waiting.extend(reversed(one.children))


class _End(NamedTuple):
    """The end of an element."""

    tag: str


def policy(style: str) -> str:
    """The Content-Security-Policy of a page that has this style sheet and loads nothing.

    Rule: W3C, "Content Security Policy Level 3"; the style sheet is let in by its hash.
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def html_page(*, lang: str, title: str, style: str, body: Element) -> Iterator[str]:
    """A whole page, in pieces. ``style`` is ours: it is the one thing that is not escaped.

    Raises ValueError for a style sheet that would end its own element.
    """
    if "<" in style:
        raise ValueError("a style sheet has no <")
    rule = escape(policy(style), quote=False)
    yield (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        # The policy comes before all that it is to hold for.
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        # Without an icon, a browser asks the server of the page for one.
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(readable(title), quote=False)}</title>\n"
        f"<style>{style}</style>\n</head>\n"
    )
    yield from written(body)
    yield "\n</html>\n"
