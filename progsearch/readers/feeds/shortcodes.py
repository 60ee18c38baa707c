"""Codes of WordPress's plugins and builders of pages, as the elements that they are printed as.

``[et_pb_toggle title="Roads"]…[/et_pb_toggle]`` is a part with a title. Where a code stands in
running text it is a mark; elsewhere it ends what stands before it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["without_codes"]

_CODE = re.compile(r"\[(/?)([a-z][\w-]{1,40})((?:\s[^\[\]]{0,3000})?)\](?!\()", re.IGNORECASE)
_NAME = re.compile(r"(?<!\S)([a-z_][\w-]{0,40})=", re.IGNORECASE)
_QUOTE = r"(?:&(?:#8220|#8221|#8222|#8243|#x201[cd]|quot|ldquo|rdquo|bdquo|Prime);|[\"'“”„″])"
_OPENING, _CLOSING = re.compile(_QUOTE), re.compile(rf"{_QUOTE}$")
_WRITTEN = {"%22": '"', "%91": "[", "%93": "]", "``": '"', "`{`": "[", "`}`": "]"}
"""How builders write in attributes what codes are made of."""
_TITLES = (
    *("title", "heading", "header", "headline", "question", "tab_title", "toggle_title"),
    *("section_title", "title_text", "heading_text", "accordion_title", "h2"),
)
_BELOW = ("subhead", "subtitle", "subheading", "sub_title", "sub_heading", "h4")
_BUILDERS = ("et_pb_", "vc_", "fusion_", "av_", "nectar_", "wpb_", "kc_", "tatsu_", "ultimate_")
_NO_PART = re.compile(
    r"image|img|gallery|video|audio|map|form|button|btn|social|menu|sidebar|widget|search|counter|count"
    r"|chart|embed|playlist|share|login|signup|newsletter|optin|link|tooltip|anchor|caption|icon$",
    re.IGNORECASE,
)
"""Codes whose title is one of a picture, a field or a mark in running text."""
_IS_TITLE = re.compile(r"heading|title|headline|header", re.IGNORECASE)
_IS_PERSON = re.compile(r"team|member|person", re.IGNORECASE)
_IS_QUOTE = re.compile(r"testimonial|quote", re.IGNORECASE)
_CODED = re.compile(r"raw_(?:html|js)|^fusion_code$", re.IGNORECASE)
"""What is between these is no text as it stands."""
_LEVEL = re.compile(r"(?:tag:|^)h([1-6])\b", re.IGNORECASE)
_INNER_HEADING = re.compile(r"<h([1-6])\b", re.IGNORECASE)
_BESIDE = frozenset("\n>]")
_BESIDE_END = frozenset("\n<[")
BLOCK = "<hr>"
LEVEL = 2
"""The level of a heading whose code states none."""


@dataclass(slots=True)
class _Code:
    found: re.Match[str]
    told: Mapping[str, str]
    end: int = -1  # of the codes, the one that ends this one
    opened_by: int = -1

    @property
    def name(self) -> str:
        return self.found[2].lower()

    @property
    def closing(self) -> bool:
        return bool(self.found[1])


def without_codes(text: str) -> str:
    """A text with elements in place of codes, its lines as they were; brackets that people write
    stay."""
    codes = _codes(text)
    pieces: list[str] = []
    at = 0
    for number, code in enumerate(codes):
        if code.found.start() < at:
            continue
        pieces.append(text[at : code.found.start()])
        lines = code.found[0].count("\n")
        at = code.found.end()
        if _CODED.search(code.name) and code.end >= 0:
            at = codes[code.end].found.end()
            lines = text.count("\n", code.found.start(), at)
        pieces.append(_written(text, codes, number) + "\n" * lines)
    return "".join([*pieces, text[at:]])


def _codes(text: str) -> list[_Code]:
    found = list(_CODE.finditer(text))
    closed = {one[2].lower() for one in found if one[1]}
    codes = [
        _Code(one, _attributes(one[3]))
        for one in found
        if one[1] or one[2].lower() in closed or _NAME.match(one[3].strip())
    ]
    opened: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        if not code.closing:
            opened.setdefault(code.name, []).append(number)
        elif before := opened.get(code.name):
            code.opened_by = before.pop()
            codes[code.opened_by].end = number
    return codes


def _attributes(inside: str) -> dict[str, str]:
    names = list(_NAME.finditer(inside))
    told = {}
    ends = [*(one.start() for one in names[1:]), len(inside)]
    for one, end in zip(names, ends, strict=False):
        value = inside[one.end() : end].strip(" \t\n/")
        opening = _OPENING.match(value)
        value = _CLOSING.sub("", value[opening.end() :]) if opening else value
        for written, meant in _WRITTEN.items():
            value = value.replace(written, meant)
        told[one[1].lower()] = " ".join(html.unescape(value).split())
    return told


def _written(text: str, codes: Sequence[_Code], number: int) -> str:
    """What stands for a code in the page."""
    code = codes[number]
    if _is_inline(text, code):
        return " " if not code.closing and code.end < 0 else ""
    if code.closing:
        return "".join(_ending(codes[code.opened_by])) if code.opened_by >= 0 else BLOCK
    title = _title(code)
    if code.end >= 0 and _author(code):
        return f"{BLOCK}<blockquote>"
    if not title:
        return BLOCK
    below = "".join(f"<p>{_safe(code.told[key])}</p>" for key in _BELOW if code.told.get(key))
    if code.end < 0:
        level = _level(code)
        return f"{BLOCK}<h{level}>{_safe(title)}</h{level}>{below}"
    inner = text[code.found.end() : codes[code.end].found.start()]
    levels = [int(one) for one in _INNER_HEADING.findall(inner)]
    said = _safe(title)
    if levels:  # stands above the headings in it
        level = max(1, min(levels) - 1)
        said = f"<h{level}>{said}</h{level}>"
    return f"<details><summary>{said}</summary>{below}"


def _ending(code: _Code) -> Iterator[str]:
    if author := _author(code):
        yield f"<footer>{_safe(author)}</footer></blockquote>"
    elif _title(code):
        yield "</details>"
    yield BLOCK


def _is_inline(text: str, code: _Code) -> bool:
    """Whether a code stands in running text: words are beside it in its line."""
    if code.name.startswith(_BUILDERS):
        return False
    start, end = code.found.span()
    before = text[max(0, start - 200) : start].rstrip(" \t")[-1:] or "\n"
    after = text[end : end + 200].lstrip(" \t")[:1] or "\n"
    if code.closing:
        return after not in _BESIDE_END
    return before not in _BESIDE


def _title(code: _Code) -> str:
    if _NO_PART.search(code.name):
        return ""
    keys: tuple[str, ...] = _TITLES
    if _IS_TITLE.search(code.name):
        keys = (*keys, "text", "content")
    if _IS_PERSON.search(code.name):
        keys = (*keys, "name")
    return next((code.told[key] for key in keys if code.told.get(key)), "")


def _author(code: _Code) -> str:
    """Who is quoted between a code and its end, with an office."""
    if not _IS_QUOTE.search(code.name) or not code.told.get("author"):
        return ""
    office = (code.told.get(key) for key in ("job_title", "position", "company", "company_name"))
    return ", ".join(filter(None, (code.told["author"], *office)))


def _level(code: _Code) -> int:
    told = " ".join(code.told.get(key, "") for key in ("font_container", "tag", "level", "size"))
    found = _LEVEL.search(told)
    return int(found[1]) if found else LEVEL


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
