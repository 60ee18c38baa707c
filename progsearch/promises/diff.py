"""What changed between two versions of a programme, with both texts and their places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from progsearch.pairing import CHANGES, Change, changes
from progsearch.pairing.amounts import amounts
from progsearch.pairing.wordings import Piece, is_slip, pieces
from progsearch.promises.sides import Said, Side

__all__ = ["Difference", "Versions", "diff"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One link between two versions, or a passage that only one of them has.

    ``pieces`` are the two wordings side by side; ``firmness`` says how the commitment
    changed (``strong → weak``), ``amounts`` which numbers did in all of the group; ``slip`` is
    true where nothing but typing seems to have been mended.
    """

    change: str
    group: int
    old: Said | None
    new: Said | None
    pieces: Sequence[Piece] = ()
    firmness: str = ""
    amounts: str = ""
    slip: bool = False


@dataclass(frozen=True)
class Versions:
    """All differences between two sides, in the order in which a reader wants them."""

    differences: Sequence[Difference]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many passages had each kind of change, by the names of ``CHANGES``.

        A link of several counts the passages of the old version, what is new those of the
        new one.
        """
        ends = {
            (one.change, id(one.new) if one.change == "new" else id(one.old))
            for one in self.differences
        }
        told = Counter(change for change, _ in ends)
        return {change: told[change] for change in CHANGES}

    @cached_property
    def became(self) -> Mapping[str, int]:
        """How many passages of the new version those that were merged or split became."""
        ends = {(one.change, id(one.new)) for one in self.differences if one.new}
        told = Counter(change for change, _ in ends)
        return {change: told[change] for change in CHANGES}


def diff(old: Side, new: Side) -> Versions:
    """What became of the passages of the old side in the new one."""
    told = list(changes(old.units, new.units))
    changed = _amounts(told, old, new)
    found = (_difference(one, old, new, changed.get(one.group, "")) for one in told)
    order = {change: place for place, change in enumerate(CHANGES)}
    # Groups stay together, in the order of their first link; slips come last of all but kept.
    ranked = sorted(found, key=lambda one: (_late(one), order[one.change]))
    return Versions(list(_together(ranked)))


def _late(one: Difference) -> int:
    return 2 if one.change == "kept" else int(one.slip)


def _together(ranked: Sequence[Difference]) -> Iterator[Difference]:
    of_group: dict[int, list[Difference]] = {}
    for one in ranked:
        of_group.setdefault(one.group, []).append(one)
    for group in of_group.values():
        yield from group


def _amounts(told: Sequence[Change], old: Side, new: Side) -> Mapping[int, str]:
    """The amounts that changed in each group of links: of passages that were merged or split, all
    together are held against all that became of them."""
    links = defaultdict[int, list[tuple[int, int]]](list)
    for one in told:
        if one.old is not None and one.new is not None and one.change not in ("kept", "moved"):
            links[one.group].append((one.old, one.new))
    return {
        group: amounts(
            "\n".join(old.said[at].unit.unnumbered for at in sorted({at for at, _ in ends})),
            "\n".join(new.said[at].unit.unnumbered for at in sorted({at for _, at in ends})),
            new.said[ends[0][1]].passage.lang.value,
        )
        for group, ends in links.items()
    }


def _difference(one: Change, old: Side, new: Side, changed: str) -> Difference:
    before = old.said[one.old] if one.old is not None else None
    after = new.said[one.new] if one.new is not None else None
    if before is None or after is None or one.change in ("kept", "moved"):
        return Difference(one.change, one.group, before, after)
    found = pieces(before.unit.text, after.unit.text)
    lang = after.passage.lang.value
    # A change of an amount is never the mending of typing, and where no dictionary was asked
    # nobody can tell one from two words of the language (*kein*, *ein*).
    slip = (
        one.change == "reworded"
        and not changed
        and lang in (*old.summary.languages, *new.summary.languages)
        and is_slip(
            pieces(before.unit.unnumbered, after.unit.unnumbered),
            lambda form: old.known(form, lang) or new.known(form, lang),
        )
    )
    firmness = _firmness(before, after)
    return Difference(one.change, one.group, before, after, found, firmness, changed, slip)


def _firmness(before: Said, after: Said) -> str:
    """How the commitment of a passage changed; empty where it did not, or was never told."""
    was, became = before.passage.commitment, after.passage.commitment
    return f"{was} → {became}" if was and became and was != became else ""
