"""RawDocument to Document: what is stated, set by default, given or inferred of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import PurePosixPath

from progsearch.blocks.owntext import own_text
from progsearch.defaults import FILE_NAME
from progsearch.errors import ProgsearchError
from progsearch.facts.campaigns import Campaign, read_campaign
from progsearch.facts.fields import can_be, fields_of, meant_by
from progsearch.facts.gazetteer import countries_of_regions, country_of_language
from progsearch.facts.inference import HEAD, campaign_of, infer_date, infer_kind
from progsearch.facts.keys import Kind, check_fact
from progsearch.facts.languages import as_it_reads
from progsearch.facts.names import fold
from progsearch.facts.parties import infer_party
from progsearch.facts.partynames import Reading, in_one_line, named_together, reading_of
from progsearch.facts.people import names_people, people_of, read_people
from progsearch.facts.press import names_kind
from progsearch.facts.regions import infer_region, region, region_of_path
from progsearch.facts.registry import countries_of_language, label_of
from progsearch.model import (
    Document,
    Fact,
    Origin,
    PartialDate,
    Passage,
    RawDocument,
    Region,
    Shape,
    document_id,
)

__all__ = ["Kind", "body_of", "labelled_speakers", "normalise", "read_people"]

# Keys of front matter by the fact that they state; the first that a document has counts, and
# before those that other languages have for it.
_KEYS = {
    "title": ("title",),
    "lang": ("lang", "language"),
    "kind": ("kind",),
    "country": ("country",),
    "region": ("region",),
    "party": ("party", "organisation", "organization"),
    "date": ("date",),
    "campaign": ("campaign", "campaignCategoryUid"),
}
_TOLD_TWICE = frozenset(("party", "region", "country", "date", "lang"))
"""Facts of which it is told where they are stated and not taken."""
_PEOPLE_KEYS = ("garant", "author", "authorId")
_DETECTED = 20_000  # characters that tell the language of a document as well as all of it


def _never(_texts: Sequence[str], _stated: str) -> str:
    return ""


def normalise(
    raw: RawDocument,
    *,
    path: str,
    content_hash: str,
    defaults: Mapping[str, str],
    given: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
    infer: bool = True,
    people: Mapping[str, str],
    detect: Callable[[str], str],
    contradicted: Callable[[Sequence[str], str], str] = _never,
) -> Document:
    """What is known of a document, each fact with its origin.

    What the document states wins over the defaults of its folder, these over what was given
    for all, and that over what can be inferred; ``infer=False`` leaves the last out. Only
    ``overrides`` win over what it states, which is kept. A party is named by its label in the
    registry, whichever of its names it was given; ``aliases`` are further names, folded.
    ``path`` is posix with the corpus folder first, ``people`` are names by uid, and
    ``detect`` tells the language of a text, and ``contradicted`` that of texts which are clearly
    not in the one stated: then the texts win, unless the user has stated it. A stated value
    that cannot be is noted and kept in ``extra``, as is every key that is no fact. Raises
    ProgsearchError for an unknown key or a bad value in ``defaults`` or ``given``.
    """
    path = unicodedata.normalize("NFC", path)
    stated, used, notes = _stated(raw.meta)
    overruling = {key: check_fact(key, value) for key, value in (overrides or {}).items()}
    told = _Told(
        (
            (Origin.OVERRIDE, overruling),
            (Origin.STATED, stated),
            (Origin.DEFAULT, {key: check_fact(key, value) for key, value in defaults.items()}),
            (Origin.GIVEN, {key: check_fact(key, value) for key, value in given.items()}),
        )
    )
    body = body_of(raw.text)
    title = told.value("title")
    if not title or names_kind(title):
        title = _first_heading(raw) or title or _readable(path)
    named = told.value("campaign")
    campaign = campaign_of(raw.meta, path) if infer else None
    if named and (campaign is None or campaign.key != named):
        campaign = read_campaign(named) or Campaign(named)

    lang = told.fact("lang") or Fact(detect(_sample(raw)) if infer else "und", Origin.INFERRED)
    lang, misstated = as_it_reads(lang, raw, contradicted) if infer else (lang, [])
    place = told.region()
    country = told.fact("country")
    by_path = region_of_path(path) if infer and place is None else None
    if by_path and (country is None or by_path.country == country.value):
        place = Fact(by_path, Origin.INFERRED)
    if infer and place is None:
        local = (country.value,) if country else countries_of_regions().get(lang.value, ())
        found = infer_region(_clean(raw.text), _clean(title), local)
        place = Fact(found, Origin.INFERRED) if found else None
    if country is None and place is not None:
        country = Fact(place.value.country, place.origin)  # it is a part of the region's code
    if infer and country is None and lang.value in country_of_language():
        country = Fact(country_of_language()[lang.value], Origin.INFERRED)

    kind = told.fact("kind")
    where = (country.value,) if country else countries_of_language(lang.value)
    party, written, home, doubt = _party(told.fact("party"), where, aliases, country)
    if infer and country is None and home:
        country = Fact(home, Origin.INFERRED)
    when = told.date()
    if infer:
        own = body_of(own_text(raw))
        kind = kind or _inferred(infer_kind(raw.meta, path, title, own, campaign))
        if party is None and (owner := infer_party(title, own[:HEAD], path, where)):
            party, written = Fact(owner.party.name, Origin.INFERRED), owner.written
            country = country or Fact(owner.party.country, Origin.INFERRED)
        if when is None:
            guess = infer_date(path, title, own, campaign, kind.value if kind else "", where)
            when = Fact(guess, Origin.INFERRED) if guess else None
    return Document(
        id=document_id(path),
        path=path,
        format=raw.format,
        content_hash=content_hash,
        body_hash=_body_hash(body, path),
        title=title,
        lang=lang,
        kind=kind,
        country=country,
        region=place,
        party=party,
        date=when,
        campaign=campaign.key if campaign else "",
        people=tuple(people_of(raw.meta, body, people)),
        notes=(*raw.notes, *notes, *misstated, *doubt),
        extra=dict(_extra(raw.meta, used)) | _kept(party, written, stated, overruling),
    )


def _party(
    fact: Fact[str] | None,
    countries: Collection[str],
    aliases: Mapping[str, str] | None,
    country: Fact[str] | None,
) -> tuple[Fact[str] | None, str, str, list[str]]:
    """A party under its label, the spelling that it was given, its country if the registry
    has it, and what is in doubt."""
    if fact is None:
        return None, "", "", []
    sure = country is not None and country.origin is not Origin.INFERRED
    found = label_of(fact.value, countries, aliases, sure=sure)
    home = found.party.country if found.party else ""
    notes = [found.note] if found.note else []
    if found.party is None and (several := named_together(found.label, countries)):
        names = ", ".join(" or ".join(one.name for one in parties[:3]) for parties in several)
        told = f"party {found.label!r} names several ({names}), and a document has one"
        notes = [f"{told}: it is kept as it is written, and is found under none of them"]
    elif (
        found.party is None
        and fact.origin is Origin.STATED
        and not found.note
        and fold(fact.value) not in (aliases or {})
        and reading_of(found.label) is Reading.DOUBT
    ):
        notes.append(
            f"party {found.label!r} may be a name or what somebody promises: it is kept as it"
            f" is written; [parties.alias] of {FILE_NAME} says which party is meant"
        )
    if found.label.casefold() == "unknown":
        notes.append(f"party {found.label!r} is taken for a name; leave the key out for none")
    return Fact(found.label, fact.origin), fact.value, home, notes


def _kept(
    party: Fact[str] | None, written: str, stated: Mapping[str, str], overruling: Mapping[str, str]
) -> dict[str, object]:
    """What would be lost otherwise: other spellings, and stated facts that were overruled."""
    kept: dict[str, object] = {}
    if party and written and party.value != written:
        kept["as_written"] = {"party": written}
    lost = {
        key: stated[key]
        for key, value in overruling.items()
        if key in stated and stated[key] != value
    }
    return kept | ({"overruled": lost} if lost else {})


def labelled_speakers(
    passages: Sequence[Passage], country: str, aliases: Mapping[str, str] | None = None
) -> Sequence[Passage]:
    """The passages with the parties of their speakers under the labels of the registry."""
    where = (country,) if country else ()
    labels: dict[str, str] = {}
    found = []
    for passage in passages:
        speaker = passage.speaker
        if speaker and speaker.party:
            if speaker.party not in labels:
                labels[speaker.party] = label_of(speaker.party, where, aliases).label
            speaker = replace(speaker, party=labels[speaker.party])
            passage = passage if speaker == passage.speaker else replace(passage, speaker=speaker)
        found.append(passage)
    return found


class _Told:
    """What was said of a document, the strongest origin first."""

    def __init__(self, layers: tuple[tuple[Origin, Mapping[str, str]], ...]) -> None:
        self._layers = layers

    def fact(self, key: str) -> Fact[str] | None:
        for origin, values in self._layers:
            if key in values:
                return Fact(values[key], origin)
        return None

    def value(self, key: str) -> str:
        fact = self.fact(key)
        return fact.value if fact else ""

    def region(self) -> Fact[Region] | None:
        fact = self.fact("region")
        return Fact(region(fact.value), fact.origin) if fact else None

    def date(self) -> Fact[PartialDate] | None:
        fact = self.fact("date")
        return Fact(PartialDate.parse(fact.value), fact.origin) if fact else None


def _inferred(value: str | None) -> Fact[str] | None:
    return Fact(str(value), Origin.INFERRED) if value else None


def _stated(meta: Mapping[str, object]) -> tuple[dict[str, str], set[str], list[str]]:
    """The facts that front matter states, the keys used up by them, and what is wrong."""
    facts: dict[str, str] = {}
    used: set[str] = set()
    notes: list[str] = []
    for fact, keys in _KEYS.items():
        for key in keys:
            text = _one_text(meta.get(key))
            if not text or fact in facts:
                continue
            try:
                written = check_fact(fact, text)
                if fact == "party" and not can_be(fact, written):
                    notes.append(f"{key}: {text!r} is no party, and states nothing")
                    continue
                facts[fact] = written
                used.add(key)
            except ProgsearchError as error:
                notes.append(f"{key}: {error.what}" + (f"; {error.remedy}" if error.remedy else ""))
    for key, value in meta.items():
        if isinstance(value, Mapping):
            notes += _inside(key, value, facts)
            continue
        text, fields = _one_text(value), _otherwise_named(key)
        if not text or not fields:
            continue
        fact = meant_by(key, (text,))
        if fact in _KEYS and fact not in facts:
            facts[fact] = check_fact(fact, text)
            used.add(key)
        elif not fact:
            notes.append(f"{key}: {text!r} is no {' or '.join(fields)}, and states nothing")
        elif fact in _TOLD_TWICE and check_fact(fact, text) != facts[fact]:
            notes.append(f"{key}: {text!r} is a second {fact}, and states nothing")
    return facts, used, notes


def _inside(key: str, value: Mapping[object, object], facts: Mapping[str, str]) -> Iterator[str]:
    """Facts that stand deeper than the keys of a document, where nothing says that they are its."""
    for inner, one in value.items():
        text = _one_text(one)
        fact = meant_by(str(inner), (text,)) if text else ""
        if fact in _TOLD_TWICE and fact not in facts:
            yield f"{key}.{inner}: {text!r} stands too deep to be the document's {fact}"


def _otherwise_named(key: str) -> list[str]:
    """The facts that a key may state by another name than their own."""
    if any(key in keys for keys in _KEYS.values()):
        return []
    return [field for field in fields_of(key) if field in _KEYS]


def _one_text(value: object) -> str:
    """A value that can be one fact: a text, number or date, or a list of texts."""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value).strip()
    if isinstance(value, str) and "\n" in value.strip():
        return in_one_line([line for line in value.splitlines() if line.strip()])
    return str(value).strip() if isinstance(value, str | int | date) else ""


def _extra(meta: Mapping[str, object], used: set[str]) -> Iterator[tuple[str, object]]:
    for key, value in meta.items():
        about_people = key in _PEOPLE_KEYS or "author" in fields_of(str(key))
        if key in used or (about_people and names_people(value)):
            continue
        yield str(key), _plain(value)


def _plain(value: object) -> object:
    """The value as JSON can hold it; blanks at the ends of a text cut off."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return value.strip()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return str(value)


_FRONT = re.compile(r"\ufeff?---[ \t]*[\r\n].*?(?<=[\r\n])---[ \t]*(?:[\r\n]|\Z)", re.DOTALL)
_HEADER = re.compile(r"\ufeff?<!--.*?-->", re.DOTALL)


def body_of(text: str) -> str:
    """The text after its front matter, or after the comment that heads it."""
    found = _FRONT.match(text) or _HEADER.match(text)
    return text[found.end() :] if found else text


def _body_hash(body: str, path: str) -> str:
    words = " ".join(re.findall(r"\w+", _clean(body).casefold()))
    # Empty bodies are no copies of each other.
    return blake2b((words or f"/{path}").encode(), digest_size=16).hexdigest()


_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _first_heading(raw: RawDocument) -> str:
    for block in raw.blocks:
        words = " ".join(raw.text[block.start : block.end].split())
        if block.shape is Shape.HEADING and not names_kind(words):
            return words
    return ""


def _readable(path: str) -> str:
    stem = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", PurePosixPath(path).stem)
    words = " ".join(re.sub(r"[-_#]+", " ", stem).split())
    return words[:1].upper() + words[1:] if words else PurePosixPath(path).name


def _sample(raw: RawDocument) -> str:
    """The running text that tells the language: body before front matter, marks left out."""
    for wanted in (False, True):
        texts = [
            raw.text[block.start : block.end]
            for block in raw.blocks
            if (block.shape is Shape.FIELD) is wanted
        ]
        if any(text.strip() for text in texts):
            return "\n".join(texts)[:_DETECTED]
    title = raw.meta.get("title")
    return (body_of(raw.text).strip() or str(title or ""))[:_DETECTED]
