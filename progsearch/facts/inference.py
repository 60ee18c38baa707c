"""What a document is and when it is from, when it does not say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import islice
from pathlib import PurePosixPath

from progsearch.facts.campaigns import Campaign, read_campaign
from progsearch.facts.dates import DATE_LINES, budget_year, date_line, path_date
from progsearch.facts.keys import Kind
from progsearch.facts.partyheads import party_head
from progsearch.facts.press import holds_news, reads_as_news, stands_among_news, tells_change
from progsearch.facts.titles import is_programme, named_year, names_goal, programme_line
from progsearch.model import PartialDate

__all__ = ["HEAD", "LATEST", "campaign_of", "infer_date", "infer_kind"]

HEAD = 1500
"""Characters at the beginning of a body where a text says what it is."""

_DATED = 20_000
"""Characters among which the day at the head of a text is looked for."""
LATEST = 2027
"""The last year that a document is taken to be from: the one after that of this version, for which
programmes and budgets are written. It is no matter of the day, or a file would be from another year
tomorrow."""

# Folders that hold one folder for each campaign, in Jekyll's and in plain spelling.
_PROGRAMME_FOLDERS = frozenset({"_program", "program", "programy"})


def campaign_of(meta: Mapping[str, object], path: str) -> Campaign | None:
    """The campaign by the keys of the front matter, else by the folder among programmes."""
    category, group = (_text(meta.get(f"campaign{part}Uid")) for part in ("Category", "Group"))
    if category or group:
        return read_campaign(category, group) or Campaign(category or group)
    folders = PurePosixPath(path).parts[:-1]
    for above, folder in zip(("", *folders), folders, strict=False):
        # program-kraj-2020/index.md says it in one name
        if above.lower() in _PROGRAMME_FOLDERS or folder.lower().startswith("program-"):
            return read_campaign(folder)
    return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


_KEPT = re.compile(r"\b(?:plnění|plníme)\b.*\bprogram|uppföljning av .*program", re.IGNORECASE)
_BUDGET = re.compile(r"\b\w*budget(?:en|motion|motionen|förslag)?\b|\brozpoč", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"\b(?:parti|princip|idé|handlings|val)?program(?:met|u|y)?\b|\bprogramme\b|\bvalmanifest",
    re.IGNORECASE,
)
_BUDGET_FOLDERS = frozenset({"budget", "budgets", "rozpocet", "rozpočet", "rozpocty"})
_ARTICLE_FOLDERS = frozenset({"artiklar", "articles", "clanky", "články"})
_ELECTION_FOLDERS = re.compile(r"volby|val|election\w*|program[\w-]*", re.IGNORECASE)


def infer_kind(
    meta: Mapping[str, object], path: str, title: str, body: str, campaign: Campaign | None
) -> Kind | None:
    """What a document is by its front matter, then its folders, title and first lines."""
    place = PurePosixPath(path)
    folders = {part.lower() for part in place.parts[:-1]}
    layout = _text(meta.get("layout")).lower()
    if (campaign and campaign.fulfilment) or _KEPT.search(title):
        return Kind.FULFILMENT_REPORT
    if layout == "page" or (place.stem.lower() == "index" and meta):
        # A page that only leads to a programme; one with a programme of its own says so.
        named = _PROGRAMME.search(title) and len(title.split()) > 1
        if any(_ELECTION_FOLDERS.fullmatch(folder) for folder in folders):
            return Kind.PROGRAMME if named else Kind.ELECTION_PAGE
    if campaign or layout.startswith("program"):
        return Kind.PROGRAMME
    if layout == "post" or "_posts" in folders or (meta.get("category") and meta.get("date")):
        return Kind.POST
    return _by_place(folders) or _by_words(title, place.stem, body) or _by_page(meta)


def _by_place(folders: set[str]) -> Kind | None:
    if folders & _BUDGET_FOLDERS:
        return Kind.BUDGET
    if any(map(holds_news, folders)):
        return Kind.NEWS
    if folders & _ARTICLE_FOLDERS:
        return Kind.ARTICLE
    return Kind.PROGRAMME if folders & _PROGRAMME_FOLDERS else None


def _by_words(title: str, stem: str, body: str) -> Kind | None:
    # Before the title: news of a budget is news.
    if reads_as_news(body):
        return Kind.NEWS
    name = stem.replace("_", "-")
    head = body[:HEAD]
    if _BUDGET.search(title) or name.lower().startswith(("budget", "rozpocet")):
        return Kind.BUDGET
    return Kind.PROGRAMME if is_programme(title, stem, head) else None


_PAGES = {"news": Kind.NEWS, "post": Kind.POST}


def _by_page(meta: Mapping[str, object]) -> Kind | None:
    """What a page of the web says of its kind, or its address."""
    if kind := _PAGES.get(_text(meta.get("page_kind"))):
        return kind
    return Kind.NEWS if stands_among_news(_text(meta.get("url"))) else None


_PRESS = frozenset({Kind.NEWS, Kind.ARTICLE, Kind.POST})
"""Kinds whose titles name the years that they tell of, not that in which they were written."""


def infer_date(
    path: str,
    title: str,
    body: str,
    campaign: Campaign | None,
    kind: str = "",
    countries: Collection[str] = (),
) -> PartialDate | None:
    """When a document is from: the day in its file's name, the day at its head, the month or
    year of its folder, the year of its campaign, of its budget, of its title, of its file's name
    or of a line at its head that names it a programme, or a party and a place; the first that is.
    News of a coming budget are not from its year. No text is from a year that is a goal, or still
    to come."""
    file = PurePosixPath(path)
    by_path = path_date(path)
    if by_path and by_path.day:
        return by_path
    own = by_path is not None and by_path == path_date(file.name)
    if by_path and ((own and names_goal(file.stem)) or _is_to_come(by_path.year)):
        by_path = None
    if at_head := date_line(_unchanged(body)):
        return at_head
    if by_path and by_path.month:
        return by_path
    if campaign and campaign.year:
        return PartialDate(campaign.year)
    if kind in _PRESS:
        return by_path
    head = body[:HEAD]
    budget = budget_year(title) or (budget_year(head) if _BUDGET.search(title) else None)
    if budget or by_path:
        return budget or by_path
    told = party_head(title, head, countries)
    years = [named_year(one) for one in (title, file.stem, programme_line(head))]
    years.append(told.year if told else None)
    named = next((year for year in years if year and not _is_to_come(year)), None)
    return PartialDate(named) if named else None


def _unchanged(body: str) -> str:
    """The lines at the head of a text that may be its day, without those that say when it was
    changed."""
    said = filter(str.strip, body[:_DATED].splitlines())
    return "\n".join(islice((line for line in said if not tells_change(line[:200])), DATE_LINES))


def _is_to_come(year: int) -> bool:
    """Whether a year is what a text is about, and not when it is from."""
    return year > LATEST
