"""Texts that several documents have: each counts once in every group, and once in all.

Who counts is told from whole documents, and from whose text it is: of the documents with one
text, the first by path that has a passage of the group. What is said in it (its roles, how far
it commits) has no say in that, so that a rate's two numbers are of the same documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from progsearch.classes import dataclass
from progsearch.clause import Clause
from progsearch.query import SAID

__all__ = ["PASSAGE_FACETS", "Once", "Repeats", "families_of", "own"]

PASSAGE_FACETS = ("lang", "role", "commitment", "label")
"""Facets in which the passages of one document may differ."""

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """That each text is to be taken once.

    ``families`` are the documents that have the same text, by path; ``among`` is what they
    must have a passage of to be taken.
    """

    families: Sequence[Sequence[str]]
    among: Clause

    def documents(self) -> frozenset[str]:
        """All that repeat another or are repeated."""
        return frozenset(chain.from_iterable(self.families))


def families_of(copies: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The documents that have the same text, each family by path, of a map of each copy to the
    first one; it is in the order of paths."""
    found: dict[str, list[str]] = {}
    for copy, original in copies.items():
        found.setdefault(original, [original]).append(copy)
    return tuple(map(tuple, found.values()))


def own(by: Sequence[str]) -> list[str]:
    """The facets that tell whose text it is."""
    return [name for name in by if name not in SAID]


class Repeats:
    """Which documents repeat another one of all that are looked at, and in which group.

    ``present`` has the groups by :func:`own` of ``by``, and by document, of what is looked at.
    ``left_out`` are the documents that do not count in all; ``shared`` counts the texts that
    two groups have, told apart by what holds for whole documents: the first by path, and
    another.
    """

    def __init__(self, once: Once, by: Sequence[str], present: Iterable[Group]) -> None:
        names = own(by)
        self._at = [at for at, name in enumerate(by) if name not in SAID]
        whole = [at for at, name in enumerate(names) if name not in (*PASSAGE_FACETS, "document")]
        groups: dict[str, set[Group]] = defaultdict(set)
        for *group, document in present:
            groups[document].add(tuple(group))
        self._left_out: set[str] = set()
        self._taken: set[str] = set()
        self._repeated: set[tuple[Group, str]] = set()
        self.shared: Counter[tuple[Group, Group]] = Counter()
        for family in once.families:
            standing = [document for document in family if document in groups]
            self._left_out.update(standing[1:])
            if standing and standing[0] != family[0]:
                self._taken.add(standing[0])
            met: set[Group] = set()
            for document in standing:
                self._repeated |= {(group, document) for group in groups[document] & met}
                met |= groups[document]
            if whole:
                places = dict.fromkeys(
                    tuple(group[at] for at in whole)
                    for document in standing
                    for group in sorted(groups[document])
                )
                first, *others = [*places] or [()]
                self.shared.update((first, other) for other in others)

    @property
    def left_out(self) -> frozenset[str]:
        """The documents that repeat another of all; in no group do any others."""
        return frozenset(self._left_out)

    @property
    def taken(self) -> frozenset[str]:
        """The documents that are not the first with their text, and repeat none that is looked
        at."""
        return frozenset(self._taken)

    def repeated(self, group: Group, document: str) -> bool:
        """Whether a document repeats another of its group, all facets of which are given."""
        return (tuple(group[at] for at in self._at), document) in self._repeated
