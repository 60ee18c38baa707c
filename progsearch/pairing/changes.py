"""What became of the units of a text in its next version."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from progsearch.pairing.links import Link, links
from progsearch.pairing.numbering import renumbered
from progsearch.pairing.unit import Unit

__all__ = ["CHANGES", "Change", "changes"]

CHANGES = ("dropped", "reworded", "merged", "split", "moved", "new", "kept")
"""The kinds of change, in the order in which they are shown: what is lost comes first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One link between two versions, or a unit without one.

    ``change`` is one of :data:`CHANGES`. ``old`` is ``None`` for what is new, ``new`` for
    what was dropped. Links of one ``group``, numbered from 1, belong together: several old
    units that became one, or one that became several.
    """

    change: str
    group: int
    old: int | None
    new: int | None
    likeness: float = 0.0


def changes(old: Sequence[Unit], new: Sequence[Unit]) -> list[Change]:
    """All changes between two versions, in the order of the old one; what is new comes last.

    *kept*: equal but for marks, typography and case, in the same source or in the one that
    took its place; *moved*: equal, in another source; *merged* and *split*: several became
    one, one became several; *reworded*: one became another; *dropped* and *new*: without a
    partner.
    """
    old, new = renumbered(old, new)
    found = links(old, new)
    became = _successors(found, old, new)
    groups = _groups(found)
    partners_of_old = Counter(link.old for link in found)
    partners_of_new = Counter(link.new for link in found)
    all_of: list[Change] = []
    number = max(groups.values(), default=0)
    by_old: dict[int, list[Link]] = defaultdict(list)
    for link in found:
        by_old[link.old].append(link)
    for one in range(len(old)):
        for link in by_old[one]:
            if link.equal:
                there = became.get(old[one].source) == new[link.new].source
                change = "kept" if there else "moved"
            elif partners_of_old[one] > 1:
                change = "split"
            elif partners_of_new[link.new] > 1:
                change = "merged"
            else:
                change = "reworded"
            all_of.append(Change(change, groups[link], one, link.new, link.likeness))
        if not by_old[one]:
            number += 1
            all_of.append(Change("dropped", number, one, None))
    linked = {link.new for link in found}
    for other in range(len(new)):
        if other not in linked:
            number += 1
            all_of.append(Change("new", number, None, other))
    return all_of


def _successors(
    found: Iterable[Link], old: Sequence[Unit], new: Sequence[Unit]
) -> Mapping[str, str]:
    """Which source of the new side takes the place of each old one.

    That of the same name where there is one, else the one that most of its text went to:
    a file that was renamed has not moved its passages.
    """
    names = {unit.source for unit in new}
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for link in found:
        shared[old[link.old].source][new[link.new].source] += 1
    return {
        source: source if source in names else targets.most_common(1)[0][0]
        for source, targets in shared.items()
    }


def _groups(found: Sequence[Link]) -> dict[Link, int]:
    """The number of the group of each link: links that share a unit are of one group."""
    parent = list(range(len(found)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first: dict[tuple[str, int], int] = {}
    for place, link in enumerate(found):
        for end in _ends(link):
            if end in first:
                parent[root(place)] = root(first[end])
            else:
                first[end] = place
    numbers: dict[int, int] = {}
    return {
        link: numbers.setdefault(root(place), len(numbers) + 1) for place, link in enumerate(found)
    }


def _ends(link: Link) -> Iterator[tuple[str, int]]:
    yield "old", link.old
    yield "new", link.new
