"""The cues of a language: word lists, verb forms by their shape, and patterns of both.

A pattern is written as words with spaces between them: ``a|b`` one of several, ``word*`` a
beginning, ``@group`` a group of words named in the same file; ``..`` lets up to 3 other words
stand between, ``...`` up to 8; ``a|b$`` has to end a clause, as the second half of a separable verb
does (*wir führen ein Ticket ein*). Case and soft hyphens do not matter; punctuation ends a pattern.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from progsearch.commitment.groups import CACHED, Groups, group_of
from progsearch.commitment.words import Contractions, with_one_apostrophe
from progsearch.errors import ProgsearchError

__all__ = [
    "HEADING_LABELS",
    "LABELS",
    "RULERS",
    "Element",
    "Entry",
    "Rule",
    "Rules",
    "covered",
    "load_rules",
    "parse",
    "rules_version",
]

LABELS = (
    "none",
    "reported",
    "weak",
    "demand",
    "criticism",
    "done",
    "announcement",
    "norm",
    "strong",
    "fault",
)
"""What a rule may say, in the order in which it wins over a rule that is as long.

``none`` takes words out of the running; what is ``reported`` or denied is no promise. A
``fault`` is criticism where its sentence names those who govern. A ``demand`` is weak, but not
where it is put to those who are blamed. An ``announcement`` is strong, but not after a weak cue in
its sentence. A ``norm`` is strong, but in news neither it nor a demand counts where its sentence
does not name those who speak.
"""
HEADING_LABELS = ("failed", "partly", "promised", "done", "pledges")
"""What a heading may say of what stands under it, in the order in which it wins: that it was not
done, that it was not done wholly, that it was promised, that it was done; or that it is promises,
which are those of an earlier time where a report says so."""
_WAY = 7
"""To be raised with a change of the code by which the same files tell something else."""
RULERS = "@rulers"
"""The group of those who govern, in every data file that has one."""
GAPS = {"..": 3, "...": 8}
_TABLES = frozenset(
    {
        *("language", "groups", "context", "none", "strong", "weak", "done", "criticism"),
        *("headings", "lead_ins", "contractions", "stances"),
    }
)

_LISTS = {
    "cues": "",
    "start": "",
    "announcements": "announcement",
    "norms": "norm",
    "demands": "demand",
    "faults": "fault",
    "reports": "reported",
}


_LEAD_INS = ("reasons", "strong", "weak", "done", "open")
_RANKS = {
    label: rank for rank, label in enumerate(dict.fromkeys((*LABELS, *HEADING_LABELS, *_LEAD_INS)))
}


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a pattern: any of ``keys``, after at most ``gap`` others; ``last`` if only where
    a clause ends behind it."""

    gap: int
    keys: frozenset[str]
    last: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A pattern that speaks for a label; ``opening`` if only where a sentence begins."""

    label: str
    source: str
    opening: bool
    elements: tuple[Element, ...]
    second: frozenset[str] = field(init=False)  # keys of the word right behind the first; or none

    def __post_init__(self) -> None:
        near = self.elements[1:2] if len(self.elements) > 1 else ()
        keys = near[0].keys if near and not near[0].gap else frozenset[str]()
        object.__setattr__(self, "second", keys)

    @property
    def rank(self) -> tuple[int, int]:
        """Orders rules that match at one word: the longer pattern first, then by label."""
        return -len(self.elements), _RANKS[self.label]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What the rules know of one form: the keys it answers to, the rules that it may begin, over
    how many words after it a cue is conditional or subordinate, or so in a relative clause that
    it begins (of words that are articles elsewhere), whether it denies a claim, and whether
    what is reported may begin with it, and whether it tells what has come about ``so_far``."""

    keys: frozenset[str] = frozenset()
    begins: tuple[Rule, ...] = ()
    conditional: int = 0
    subordinate: int = 0
    relative: int = 0
    denies: bool = False
    quotes: bool = False
    so_far: bool = False
    clause_end: bool = False
    sentence_end: bool = False
    question: bool = False


_OTHER = Entry()
_COMMA = Entry(clause_end=True)
_STOP = Entry(clause_end=True, sentence_end=True)
_COLON = Entry(clause_end=True, quotes=True)
_QUESTION = Entry(clause_end=True, sentence_end=True, question=True)
_MARK = {".": _STOP, "!": _STOP, "…": _STOP, ":": _COLON}
_MARKS = re.compile("[\u00ad*_~`]")


class _Entries(dict[str, Entry]):
    """The entries of the words and marks that were asked for: each is made once, while they are
    not too many. Looked up for every word of a corpus, faster than a cache that knows which were
    asked for last."""

    def __init__(self, made: Callable[[str], Entry]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, token: str) -> Entry:
        if len(self) >= CACHED:
            self.clear()
        entry = self[token] = self._made(token)
        return entry


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All that is known of a language's cues.

    ``headings`` are those of the headings of an account, by :data:`HEADING_LABELS`;
    ``lead_ins`` those that an item goes on with where they end a heading or a line. Each label
    has rules of its own, since none of them takes words from another.
    """

    lang: str
    rules: tuple[Rule, ...]
    groups: Groups
    conditional: Mapping[str, int]
    subordinate: Mapping[str, int]
    relative: Mapping[str, int] = field(default_factory=dict)
    denying: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    enough: int = 0  # faults that are criticism together; 0 where they never are
    speakers: str = (
        ""  # the group, one of whom a norm in news must name; none: news are as all else
    )
    headings: Mapping[str, Rules] = field(default_factory=dict)
    lead_ins: Mapping[str, Rules] = field(default_factory=dict)
    words: Contractions = field(default_factory=Contractions)
    stances: Mapping[str, frozenset[str]] = field(default_factory=dict)
    so_far: frozenset[str] = frozenset()
    closing: frozenset[str] = field(init=False)  # keys of the words that rules may end with
    reach: int = field(init=False)
    entry: Callable[[str], Entry] = field(init=False)

    def __post_init__(self) -> None:
        begins: dict[str, list[Rule]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.rank):
            for key in rule.elements[0].keys:
                begins.setdefault(key, []).append(rule)
        known = frozenset(
            key for rule in self.rules for element in rule.elements for key in element.keys
        )
        beginnings = tuple(key[:-1] for key in known if key.endswith("*"))
        groups = self.groups
        contexts = (self.conditional, self.subordinate, self.relative)
        marked = {form for context in contexts for form in context}
        marked |= self.denying | self.quoting | self.so_far

        def made(token: str) -> Entry:
            """The entry of a word or a mark as it stands in a text."""
            if not token[0].isalnum():
                return _QUESTION if "?" in token else _MARK.get(token[0], _COMMA)
            form = unicodedata.normalize("NFC", token).lower()
            if not form.isalpha():
                form = _MARKS.sub("", with_one_apostrophe(form))
            keys = {*groups.of(form)}
            if form in known:
                keys.add(form)
            if form.startswith(beginnings):
                keys.update(f"{part}*" for part in beginnings if form.startswith(part))
            if not keys and form not in marked:
                return _OTHER
            first = {rule: None for key in sorted(keys) for rule in begins.get(key, ())}
            return Entry(
                frozenset(keys),
                tuple(sorted(first, key=lambda rule: rule.rank)),
                self.conditional.get(form, 0),
                self.subordinate.get(form, 0),
                self.relative.get(form, 0),
                form in self.denying,
                form in self.quoting,
                form in self.so_far,
            )

        last = (rule.elements[-1].keys for rule in self.rules)
        object.__setattr__(self, "closing", frozenset().union(*last))
        object.__setattr__(self, "entry", _Entries(made).__getitem__)
        reaches = [words for context in contexts for words in context.values()]
        object.__setattr__(self, "reach", max(reaches, default=0))


def covered() -> frozenset[str]:
    """The languages (BCP 47) that have a file of cues."""
    return frozenset(_sources())


@cache
def load_rules(lang: str) -> Rules | None:
    """The shipped rules of a language, None where there are none. Raises ProgsearchError if the
    file is damaged."""
    tag = lang.partition("-")[0].lower()
    if tag != lang:
        return load_rules(tag)
    source = _sources().get(tag)
    return None if source is None else parse(source, f"{tag}.toml")


@cache
def rules_version() -> str:
    """Changes whenever a data file does, and so may what is told of a passage."""
    known = blake2b(digest_size=4)
    for tag, source in (*_sources().items(), *_sources("status").items()):
        known.update(f"{tag}\0{source}\0".encode())
    return f"{_WAY}.{known.hexdigest()}"


@cache
def _sources(of: str = "commitment") -> Mapping[str, str]:
    folder = files("progsearch").joinpath("data", of)
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


def parse(source: str, name: str) -> Rules:
    """The rules in the text of a data file. Raises ProgsearchError for what is no such file."""
    try:
        data = tomllib.loads(source)
        unknown = sorted(data.keys() - _TABLES)
        if unknown:
            raise ProgsearchError(f"no such table: {unknown[0]}", where=name, remedy="mend it")
        groups = Groups({key: group_of(table) for key, table in data.get("groups", {}).items()})
        context = data.get("context", {})
        lang = data["language"]
        return Rules(
            lang,
            tuple(_rules(data, groups.keys(), name)),
            groups,
            context.get("conditional", {}),
            context.get("subordinate", {}),
            context.get("relative", {}),
            frozenset(context.get("denying", ())),
            frozenset(context.get("quoting", ())),
            frozenset(context.get("they", ())),
            int(data.get("criticism", {}).get("enough", 0)),
            context.get("news", ""),
            _lists(data, "headings", groups, name),
            _lists(data, "lead_ins", groups, name),
            Contractions(**data.get("contractions", {})),
            {key: frozenset(said) for key, said in data.get("stances", {}).items()},
            frozenset(context.get("so_far", ())),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ProgsearchError(
            f"not a file of cues: {error}",
            where=name,
            remedy="mend the file or install again",
        ) from error


def _rules(data: Mapping[str, Any], groups: Iterable[str], name: str) -> Iterator[Rule]:
    for table in ("none", "weak", "criticism", "done", "strong"):
        lists = {key: value for key, value in data.get(table, {}).items() if key != "enough"}
        _check_lists(table, lists, _LISTS, name)
        for kind, label in _LISTS.items():
            for source in lists.get(kind, ()):
                yield _rule(label or table, source, kind == "start", groups, name)


def _lists(data: Mapping[str, Any], table: str, groups: Groups, name: str) -> Mapping[str, Rules]:
    """The rules of a table that has a list for each label."""
    lists = data.get(table, {})
    labels = HEADING_LABELS if table == "headings" else _LEAD_INS
    _check_lists(table, lists, labels, name)
    return {
        label: Rules(
            data["language"],
            tuple(_rule(label, source, False, groups, name) for source in lists.get(label, ())),
            groups,
            {},
            {},
        )
        for label in labels
    }


def _check_lists(table: str, lists: Mapping[str, Any], known: Iterable[str], name: str) -> None:
    unknown = sorted(lists.keys() - set(known))
    if unknown:
        raise ProgsearchError(f"no such list: {table}.{unknown[0]}", where=name)


def _rule(label: str, source: str, opening: bool, groups: Iterable[str], name: str) -> Rule:
    elements = tuple(_elements(source))
    named = {key for element in elements for key in element.keys if key.startswith("@")}
    if not elements or named - {f"@{group}" for group in groups}:
        raise ProgsearchError(
            f"not a pattern: {source!r}", where=name, remedy="see docs/commitment.md"
        )
    return Rule(label, source, opening, elements)


def _elements(source: str) -> Iterator[Element]:
    gap = 0
    for word in source.split():
        if word in GAPS:
            gap = GAPS[word]
        else:
            yield Element(gap, frozenset(word.removesuffix("$").split("|")), word.endswith("$"))
            gap = 0
