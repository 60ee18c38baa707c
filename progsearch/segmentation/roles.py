"""What a passage does in its document: its role, and who speaks in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from progsearch.blocks.citing import CITED
from progsearch.blocks.dates import date_of_line
from progsearch.blocks.turns import Turn
from progsearch.blocks.wording import load_wording
from progsearch.facts.press import names_kind
from progsearch.model import Person, Role, Shape
from progsearch.segmentation.debates import debated
from progsearch.segmentation.entries import entries_of
from progsearch.segmentation.letters import leads_away, signing_parts
from progsearch.segmentation.parts import Part
from progsearch.segmentation.speakers import (
    OPENING_QUOTES,
    Known,
    attribution,
    introduction,
    last_named,
    quoted_share,
    resolved,
    signed,
)

__all__ = ["give_roles", "labelled"]

MAX_BYLINE_WORDS = 14
MIN_QUOTED_WORDS = 8
"""A shorter text between quotation marks is a name or a motto."""

_LINES = frozenset((Shape.PARAGRAPH, Shape.HEADING))
_FIXED = {
    Shape.TABLE_HEAD: Role.HEADING,
    Shape.TEASER: Role.TEASER,
    Shape.NAVIGATION: Role.NAVIGATION,
    Shape.CONTENTS: Role.CONTENTS,
    Shape.BYLINE: Role.BYLINE,
}


def labelled(part: Part) -> Role | None:
    """The role of a line that says itself what it is: a motto, a garant, a date, the word
    for a kind of text, the greeting of a letter, what it ends in, what leads away from it."""
    wording = load_wording()
    if wording.labelled("motto", part.plain):
        return Role.MOTTO
    if len(part.words) <= MAX_BYLINE_WORDS and wording.labelled("byline", part.plain):
        return Role.BYLINE
    if date_of_line(part.plain) or names_kind(part.plain):
        return Role.BYLINE
    if part.block.shape not in _LINES or part.block.label == "row":
        return None
    if leads_away(part.plain):
        return Role.NAVIGATION
    letter = wording.greets(part.plain) or wording.closes_letter(part.plain)
    return Role.BYLINE if letter else None


def give_roles(parts: Sequence[Part], small: Collection[str] = ()) -> None:
    """Set the role and the speaker of each part; headings must be known, and the ``small`` words
    of the language, which begin no names."""
    last: Person | None = None  # whom a pronoun means: the last one named, if only one was
    known = Known()
    introduced: Person | None = None
    quoting = False  # the paragraph before ends in a colon, or is such a quotation
    cited, entries = _cited(parts), entries_of(parts)
    turns, signing = debated(parts), signing_parts(parts)
    for at, part in enumerate(parts):
        colon, quoting = quoting, False
        if at in entries:
            part.role = Role.CONTENTS
            continue
        if at in signing and at not in cited and at not in turns:
            part.role = Role.BYLINE
            continue
        meant = last_named(part.plain, last, known, small)
        role = Role.LEAD_IN if part.leads_in else _plain_role(part)
        if at in cited:
            role, part.speaker = Role.QUOTATION, cited[at]
        elif role is None:
            spoken = part.block.shape is Shape.QUOTE
            by = last if spoken else meant
            role, part.speaker = _spoken_role(part, colon, introduced, known, by)
            quoting = role is Role.QUOTATION and colon and part.block.shape is Shape.QUOTE
        if turn := turns.get(at):
            role = _role_of_turn(turn, role)
            part.speaker = turn.speaker
        part.role = role
        if part.speaker is not None:
            known.add(part.speaker)
            last = part.speaker
        elif role is not Role.QUOTATION:
            last = meant
        elif attribution(part.plain):  # to somebody who is not known
            last = None
        if part.plain.endswith(":"):
            quoting = True
            introduced = introduction(part.plain)
            if introduced is not None:
                known.add(introduced)
                last = introduced
    _give_intro(parts)


def _role_of_turn(turn: Turn, role: Role) -> Role:
    """The role of what somebody says in a debate: who asks, or is only named, says nothing."""
    if turn.asks or turn.alone:
        return Role.LEAD_IN
    return Role.QUOTATION if role in (Role.STATEMENT, Role.INTRO) else role


def _cited(parts: Sequence[Part]) -> Mapping[int, Person | None]:
    """The places of what is quoted with the name below it, and who that is."""
    found: dict[int, Person | None] = {}
    speaker: Person | None = None
    below = False
    for number in range(len(parts) - 1, -1, -1):
        block, said = parts[number].block, parts[number].plain
        if block.shape is Shape.BYLINE and block.label == CITED:
            speaker, below = signed(said), True
        elif below and block.shape is Shape.QUOTE and block.label:
            found[number] = speaker
        else:
            below = False
    return found


def _plain_role(part: Part) -> Role | None:
    """The role, if it does not depend on who speaks."""
    shape = part.block.shape
    if shape in _FIXED:
        return _FIXED[shape]
    if shape is Shape.FIELD:
        return Role.MOTTO if part.block.label == "motto" else Role.INTRO
    if role := labelled(part):
        return role
    if shape is Shape.HEADING:
        return Role.HEADING
    wording = load_wording()
    roles = (wording.role_under(heading) for heading in reversed(part.headings))
    return next((role for role in roles if role), None)


def _spoken_role(
    part: Part,
    colon: bool,
    introduced: Person | None,
    known: Known,
    last: Person | None,
) -> tuple[Role, Person | None]:
    """The role of a text: a quotation with its speaker, the lead, or a statement."""
    block = part.block
    said = attribution(part.plain) if block.label != "row" else None
    share = quoted_share(part.plain)
    quote = block.shape is Shape.QUOTE
    quoted = quote and block.label in ("–", "—", "quoted")
    if said is not None:
        opened = part.plain[:1] in OPENING_QUOTES and said.marked
        if quote or share > 0.5 or opened or said.closing:
            return Role.QUOTATION, resolved(said, known, last)
    if quoted:
        return Role.QUOTATION, None
    long_quote = share > 0.9 and len(part.words) >= MIN_QUOTED_WORDS
    if (quote and (colon or share > 0.5)) or long_quote:
        return Role.QUOTATION, introduced if colon else None
    return (Role.INTRO if block.label == "lead" else Role.STATEMENT), None


def _give_intro(parts: Sequence[Part]) -> None:
    """What stands before the first heading or list of a programme with goals introduces it."""
    if not any(part.role in (Role.GOAL, Role.MEASURE) for part in parts):
        return
    for part in parts:
        if part.role is Role.HEADING:
            if part.headings or part.block.level > 1:
                return
        elif part.role in (Role.LEAD_IN, Role.GOAL, Role.MEASURE):
            return
        elif part.role is Role.STATEMENT and part.block.shape is Shape.PARAGRAPH:
            part.role = Role.INTRO
