"""What all pages have: their head, the ways to the others, the language and the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from html import escape
from importlib.resources import files

from progsearch.report.language import UiLanguage
from progsearch.report.markup import Element, Node, el, readable, written
from progsearch.report.page import style_sheet
from progsearch.serve.controls import link, make
from progsearch.serve.language import NAMES
from progsearch.serve.state import State

__all__ = ["ASSETS", "Shown", "UnansweredError", "asset", "page"]

ASSETS = {"style.css": "text/css", "page.js": "text/javascript"}
"""Files that pages load, and what they are."""

_WAYS = (
    ("/search", "nav_search"),
    ("/compare", "nav_compare"),
    ("/diff", "nav_pairs"),
    ("/documents", "nav_documents"),
    ("/themes", "nav_themes"),
    ("/basket", "nav_basket"),
    ("/help", "nav_help"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is made for: its language, what is asked, and who asks.

    ``path`` is that of the address, ``token`` goes into forms that change something, ``coder``
    is the name of who codes, empty where nobody has said it; ``vectors`` says whether passages
    can be found by their meaning.
    """

    lang: UiLanguage
    state: State
    path: str
    token: str = ""
    coder: str = ""
    vectors: bool = False

    def text(self, key: str, **values: str) -> str:
        """A text in the language of the page."""
        return self.lang.text(key, **values)

    def address(self, path: str, state: State | None = None) -> str:
        """Another page in the same language."""
        asked = state if state is not None else State()
        return replace(asked, ui=self.state.ui).address(path)

    def here(self) -> str:
        """The address of this page."""
        return self.state.address(self.path)


class UnansweredError(Exception):
    """Raised by a page that says itself, beside its form, why it has no answer."""

    def __init__(self, title: str, content: Sequence[Node | None]) -> None:
        super().__init__(title)
        self.title = title
        self.content = content


@cache
def asset(name: str) -> bytes:
    """A file that pages load. Raises KeyError for all others."""
    if name not in ASSETS:
        raise KeyError(name)
    text = files("progsearch").joinpath("data", "serve", name).read_text(encoding="utf-8")
    if name == "style.css":
        text = f"{style_sheet()}\n{text}"
    return text.replace("\r\n", "\n").encode()


@cache
def _versioned(name: str) -> str:
    """The address of a file, which changes with what it holds."""
    return f"/assets/{blake2b(asset(name), digest_size=6).hexdigest()}/{name}"


def page(
    shown: Shown, title: str, content: Sequence[Node | None], foot: Sequence[str] = ()
) -> Iterator[str]:
    """A whole page, in pieces; ``foot`` are lines at its end."""
    lang = shown.lang
    whole = f"{title} – progsearch" if title != "progsearch" else title
    yield (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(lang.tag)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(readable(whole), quote=False)}</title>\n"
        f'<link rel="stylesheet" href="{_versioned("style.css")}">\n'
        f'<script src="{_versioned("page.js")}" defer></script>\n</head>\n'
    )
    body = el(
        "body",
        link("#main", lang.text("skip_page"), class_="skip"),
        _header(shown),
        el("main", [one for one in content if one is not None], id="main", tabindex=-1),
        el("footer", [el("p", line) for line in foot], _languages(shown), class_="foot"),
        class_="served",
    )
    yield from written(body)
    yield "\n</html>\n"


def _header(shown: Shown) -> Element:
    # What is asked goes along, so that the same question is searched and compared.
    asked = replace(shown.state, page=1, view="passages", sort="place")
    ways = []
    for path, key in _WAYS:
        keep = path in ("/search", "/compare")
        here = shown.path == path
        ways.append(
            el(
                "li",
                link(
                    shown.address(path, asked if keep else None),
                    shown.text(key),
                    aria_current="page" if here else None,
                ),
            )
        )
    return el(
        "header",
        link(shown.address("/"), shown.text("site"), class_="site"),
        make("nav", el("ul", ways), aria_label=shown.text("pages")),
        class_="top",
    )


def _languages(shown: Shown) -> Element:
    ways = [
        el(
            "li",
            link(
                replace(shown.state, ui=tag).address(shown.path),
                name,
                lang=tag,
                aria_current="true" if tag == shown.lang.tag else None,
            ),
        )
        for tag, name in NAMES.items()
    ]
    return make("nav", el("ul", ways), aria_label=shown.text("languages"), class_="tongues")
