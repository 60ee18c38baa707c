"""The passages of a document with what each commits to, and which of its headings count.

A heading may say what the text under it does: a lead-in ("We will:") promises its items, and
a heading of an account says whether they were done. The words for both are in the data files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from progsearch.analysis import has_marks, reading
from progsearch.blocks.marks import has_words, plain
from progsearch.blocks.unseen import unstruck
from progsearch.blocks.wording import load_wording
from progsearch.commitment.cues import matches
from progsearch.commitment.rivals import Rivals, rivals_of
from progsearch.commitment.rows import Kept, cells_of, kept_of
from progsearch.commitment.rules import HEADING_LABELS, Rules, load_rules
from progsearch.commitment.stances import Stance, stance_in_row, stance_of
from progsearch.commitment.verdict import commitment, verdict
from progsearch.commitment.words import cut
from progsearch.model import Commitment, Passage, Role

__all__ = ["Account", "account_of", "lead_in", "leads_in", "told"]

PROMISES = frozenset({Commitment.STRONG, Commitment.WEAK})
MAX_PROMISE_WORDS = 40
"""A longer heading is a paragraph that its format took for one."""
MIN_PROMISE_WORDS = 2
_NO_DEED = frozenset({Commitment.PLAIN, Commitment.CRITICISM})
_ACCOUNTED = frozenset({Role.STATEMENT, Role.MEASURE, Role.GOAL, Role.INTRO})
_CACHED = 4096
_STANCE = 80
"""A line of more characters says more than a stance."""
_REASONS, _OPEN = "reasons", "open"
_SAYING = frozenset({"strong", "weak", "done"})
"""The lists of ends of lines that say themselves what the items commit to."""
_ENDED = (".", "!", "?", "…", ":", ";", ")", '"', "”", "“")
_BARE = "@bare"
"""The group of verbs by which an item goes on, in a data file that has one."""


class Account(StrEnum):
    """What a heading says of the promises under it."""

    FAILED = "failed"
    PARTLY = "partly"
    PROMISED = "promised"
    DONE = "done"
    PLEDGES = "pledges"


@dataclass(frozen=True, slots=True)
class _Context:
    """What the headings above a passage say of it, the innermost first."""

    account: Account | None
    lead: str  # the lead-in without its colon
    lead_says: Commitment
    direct: bool  # the lead-in is a line with a colon right above
    above: bool = False  # it is right above, with or without one
    theirs: bool = False  # they tell of another party than the one that speaks


def told(
    passages: Iterable[Passage],
    lang: str,
    *,
    title: str = "",
    report: bool = False,
    news: bool = False,
    party: str = "",
) -> Iterator[Passage]:
    """The passages of one document with their commitment, in order.

    A heading that is a promise gets the role that a text in its place has, and so counts.
    ``lang`` is the language of the headings, ``title`` stands above them all; ``report`` if
    the document reports what was kept of a programme, ``news`` if it tells of others.
    ``party`` is the label of the party that speaks: what others will do is no promise of its.
    """
    teller = _Teller(lang, title, report, news, rivals_of(party))
    ahead = iter(passages)
    passage = next(ahead, None)
    while passage is not None:
        below = next(ahead, None)
        commits = teller.commitment(passage, below)
        yield replace(passage, commitment=commits.value, role=teller.role(passage, commits))
        passage = below


@dataclass(slots=True)
class _Teller:
    """Tells the passages of one document; its headings are in the document's language."""

    lang: str
    title: str
    report: bool  # of what was kept
    news: bool
    rivals: Rivals | None
    _contexts: dict[tuple[str, ...], _Context] = field(default_factory=dict)
    _leads: set[str] = field(default_factory=set)  # sentences without an end, above lists

    def commitment(self, passage: Passage, below: Passage | None = None) -> Commitment:
        """What a passage commits to; a thesis in it only if the party agrees, which the line
        ``below`` it or a cell may say."""
        commits = self._promised(passage, below)
        if commits not in PROMISES:
            return commits
        lang = passage.lang.value
        stance = stance_of(below.text, lang) if below and len(below.text) <= _STANCE else None
        if stance is None and "|" in passage.text:
            head = passage.headings[-1] if passage.headings else ""
            stance = stance_in_row(plain(passage.text), head, lang)
        if stance is None:
            return commits
        return Commitment.WEAK if stance is Stance.AGREE else Commitment.PLAIN

    def _promised(self, passage: Passage, below: Passage | None) -> Commitment:
        """What a passage commits to by its words and by what stands above it."""
        lead = below.headings[-1:] if below else ()
        text = unstruck(passage.text)
        if text != passage.text and not has_words(text):
            return Commitment.PLAIN
        if "_" in text or has_marks(text):
            # To make it readable takes longer than to tell; what stands between words tells
            # nothing.
            text = reading(text).text
        lang = passage.lang.value
        context = self._context(passage.headings)
        text = self._as_own(self._without_lead(passage, text, lead))
        if passage.role is Role.LEAD_IN:
            if self._is_of_rivals(text):
                return Commitment.PLAIN
            return lead_in(text, lang, above=True) or Commitment.PLAIN
        own = self._own(text, lang, context)
        in_row = "|" in text and own in PROMISES and self._in_row(text, lang)
        if in_row:
            return in_row
        if passage.role is Role.HEADING:
            hidden = self.report or context.account or self._account_of(text, lang)
            return Commitment.PLAIN if hidden else own
        if context.account is not None or self.report:
            return self._accounted(passage, text, own, context.account)
        if own is Commitment.DONE and _unkept(text, lang):
            return Commitment.PLAIN
        if context.lead and lang == self.lang:
            open_end = context.above and passage.role in _ACCOUNTED and _is_open(text, lang)
            return _continued(text, own, context, lang, context.direct or open_end)
        return own

    def _without_lead(self, passage: Passage, text: str, lead: tuple[str, ...]) -> str:
        """A text without its last sentence where that has no end and the list below it is one:
        the items promise what it begins."""
        if passage.role is Role.HEADING or not lead or lead == passage.headings[-1:]:
            return text
        whole, last = plain(text), lead[0]
        if not whole.endswith(last) or not leads_in(last, self.lang):
            return text
        self._leads.add(last)
        return text if passage.role is Role.LEAD_IN else whole.removesuffix(last)

    def _in_row(self, text: str, lang: str) -> Commitment | None:
        """What the promise in a row of a table is where a cell says what became of it, or where
        the table is one of a report; None where it is one of today."""
        said = [kept_of(cell, lang) for cell in cells_of(text)]
        if Kept.NOT in said:
            return Commitment.PLAIN
        if Kept.KEPT in said:
            return Commitment.DONE
        return Commitment.PLAIN if self.report else None

    def _own(self, text: str, lang: str, context: _Context) -> Commitment:
        """What a text says by itself; in a party's text nothing that others will do."""
        rules = load_rules(lang)
        if rules is None:
            return Commitment.PLAIN
        words = rules.words.words_of(text)
        found = matches(words, rules, news=self.news)
        own = verdict(found)
        if self.rivals is None or own in _NO_DEED:
            return own
        return verdict(self.rivals.without(found, words, rules, theirs=context.theirs))

    def _accounted(
        self, passage: Passage, text: str, own: Commitment, account: Account | None
    ) -> Commitment:
        """In an account the heading decides; without one nothing is said to be done."""
        if account is None:
            return Commitment.PLAIN if own is Commitment.DONE else own
        if account is not Account.DONE or _unkept(text, passage.lang.value):
            return Commitment.PLAIN
        if own in PROMISES and not self.report:
            return own
        return Commitment.DONE if passage.role in _ACCOUNTED else Commitment.PLAIN

    def role(self, passage: Passage, commits: Commitment) -> Role:
        if passage.role is not Role.HEADING or commits not in PROMISES:
            return passage.role
        if not _is_promise(self._as_own(passage.text), passage.lang.value):
            return passage.role
        wording = load_wording()
        roles = (wording.role_under(heading) for heading in reversed(passage.headings))
        return next((role for role in roles if role), Role.STATEMENT)

    def _context(self, headings: tuple[str, ...]) -> _Context:
        found = self._contexts.get(headings)
        if found is None:
            found = self._contexts[headings] = self._read(headings)
        return found

    def _read(self, headings: tuple[str, ...]) -> _Context:
        above = [*reversed(headings), self.title]
        accounts = (self._account_of(heading, self.lang) for heading in above)
        account = next((one for one in accounts if one), None)
        of_rivals = [self._is_of_rivals(heading) for heading in above[:-1]]
        theirs = any(of_rivals)
        for number, heading in enumerate(above[:-1]):
            leads = heading in self._leads
            named = self._as_own(heading)
            says = lead_in(named, self.lang, above=leads)
            if says and not of_rivals[number]:
                bare = named.rstrip(": ")
                nearest = number == 0
                direct = nearest and (leads or bare != named)
                return _Context(account, bare, says, direct, nearest, theirs)
        return _Context(account, "", Commitment.PLAIN, False, theirs=theirs)

    def _account_of(self, heading: str, lang: str) -> Account | None:
        """What a heading says of what is under it; *Our promises* are made now, but in a report
        of what was kept."""
        account = account_of(heading, lang)
        return account if self.report or account is not Account.PLEDGES else None

    def _as_own(self, text: str) -> str:
        return self.rivals.as_own(text) if self.rivals else text

    def _is_of_rivals(self, heading: str) -> bool:
        rules = load_rules(self.lang)
        return bool(self.rivals and rules and self.rivals.told_of(heading, rules))


@lru_cache(_CACHED)
def account_of(heading: str, lang: str) -> Account | None:
    """What a heading says of the promises under it; None if it is no heading of an account."""
    rules = load_rules(lang)
    if rules is None:
        return None
    words = rules.words.words_of(heading)
    labels = (label for label in HEADING_LABELS if matches(words, rules.headings[label]))
    return next(map(Account, labels), None)


def _unkept(text: str, lang: str) -> bool:
    """Whether a text says itself that something was not done, or not wholly."""
    return account_of(text, lang) in (Account.FAILED, Account.PARTLY)


@lru_cache(_CACHED)
def lead_in(line: str, lang: str, *, above: bool = False) -> Commitment | None:
    """What a line says of the items that it leads in; None if it leads in nothing.

    It ends with the words that an item goes on with (*We will*), or with a colon after a
    promise or a wish; right ``above`` a list also with words that end no sentence (*so that*).
    """
    rules = load_rules(lang)
    if rules is None:
        return None
    words = rules.words.words_of(line.rstrip(":… "))
    end = _end_of(words, rules)
    if end in _SAYING:
        return Commitment(end)
    says = verdict(matches(words, rules)) if end != _REASONS else Commitment.PLAIN
    goes_on = line.endswith(":") or (above and end == _OPEN)
    return says if goes_on and says in PROMISES else None


def leads_in(sentence: str, lang: str) -> bool:
    """Whether a sentence that nothing ends has to go on: its last words are *we will*, *we want
    to*, *so that*, and it promises."""
    if not sentence or sentence.endswith(_ENDED):
        return False
    return lead_in(sentence, lang, above=True) is not None


def _end_of(words: Sequence[str], rules: Rules) -> str:
    """What the last words of a line say of the items that go on with it; empty if nothing."""
    if not words:
        return ""
    for label, ends in rules.lead_ins.items():
        if ends.closing.isdisjoint(ends.entry(words[-1]).keys):
            continue
        if any(match.end == len(words) for match in matches(words, ends)):
            return label
    return ""


def _is_open(text: str, lang: str) -> bool:
    """Whether a text right below a lead-in is no sentence of its own: without a full stop, or
    with a verb of a list first, in languages that have no form for an infinitive."""
    if not text.rstrip('*_ )"”').endswith((".", "!", "?", ":", "…")):
        return True
    rules = load_rules(lang)
    if rules is None:
        return False
    words = rules.words.words_of(text)
    return bool(words) and _BARE in rules.groups.of(words[0].lower())


def _continued(
    text: str, own: Commitment, context: _Context, lang: str, direct: bool
) -> Commitment:
    """What an item commits to as the end of the sentence that its lead-in begins; ``direct`` if it
    does, whatever its words are."""
    rules = load_rules(lang)
    words = rules.words.words_of(text) if rules else []
    if rules is None or not words:
        return own
    if not (direct or _goes_on(words, rules)):
        return own
    if context.lead_says is Commitment.DONE:
        return Commitment.PLAIN if _unkept(text, lang) else Commitment.DONE
    if words[0].lower() in rules.subordinate:
        return context.lead_says
    whole = commitment(f"{context.lead} {text}", lang)
    return whole if whole in PROMISES else context.lead_says


def _goes_on(words: Sequence[str], rules: Rules) -> bool:
    """Whether a text reads as the end of a sentence: a small letter, an infinitive, a clause."""
    first = next((word for word in words if word[0].isalpha()), "")
    if first[:1].islower() or first.lower() in rules.subordinate:
        return True
    found = matches(words, rules)
    return bool(found) and found[0].start == 0 and found[0].rule.opening


def _is_promise(heading: str, lang: str) -> bool:
    """Whether a heading says a promise of its own, and does not only name what follows."""
    heading = heading.rstrip()
    if heading.endswith((":", "?", "…")) or load_wording().role_under(heading) is not None:
        return False
    words = sum(word[0].isalpha() for word in cut(heading))
    return MIN_PROMISE_WORDS <= words <= MAX_PROMISE_WORDS and lead_in(heading, lang) is None
