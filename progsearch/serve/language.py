"""The languages of the pages: the texts of reports, and those that only pages have."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from progsearch.report.language import UI_LANGUAGES, UiLanguage, ui_language

__all__ = ["NAMES", "best", "page_language"]

NAMES = {"en": "English", "cs": "Čeština", "sv": "Svenska"}
"""What each language calls itself."""


@cache
def page_language(tag: str) -> UiLanguage:
    """The language with that BCP 47 tag. Raises ProgsearchError for one that is not there."""
    data = dict(ui_language(tag).data)
    source = files("progsearch").joinpath("data", "serve", f"{tag}.toml")
    own = tomllib.loads(source.read_text(encoding="utf-8"))
    for part in ("texts", "counted"):
        data[part] = {**data[part], **own[part]}
    return UiLanguage(tag, data)


def best(asked: str, accepted: str) -> str:
    """The language that is asked for, or else the first that a browser accepts.

    Rule: RFC 9110, 12.5.4 "Accept-Language"; qualities are taken in the order of the list,
    which is that of their weight in all browsers.
    """
    if asked in UI_LANGUAGES:
        return asked
    for part in accepted[:200].split(","):
        tag = part.partition(";")[0].strip().casefold().partition("-")[0]
        if tag in UI_LANGUAGES:
            return tag
    return UI_LANGUAGES[0]
