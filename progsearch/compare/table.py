"""What a comparison holds: counts of passages by question and group, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from progsearch.classes import dataclass
from progsearch.clause import Clause
from progsearch.compare.background import Background
from progsearch.compare.mixture import Mixture
from progsearch.engine import Counts, Total
from progsearch.scope import Filters
from progsearch.search import Hit
from progsearch.statistics import wilson

__all__ = ["SMALL", "Cell", "Comparison", "Group", "Question", "Shared", "cell_of"]

SMALL = 30
"""Passages that a group must have to be compared with others.

In a smaller one not even silence says much: no match among 29 passages still allows for a
rate of up to 117 per 1,000 (the upper end of the Wilson interval).
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every group: a theme or words, and the clause it means in the index.

    ``id`` is the theme's id, or the words as typed; ``label`` is how people read it.
    """

    id: str
    label: str
    clause: Clause
    kind: Literal["theme", "words"] = "words"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the corpus, and how much text it has to say something in.

    ``values`` are those of the facets, an empty string for unknown; ``labels`` what people
    call them: a region's name, a document's file.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    passages: int
    documents: int
    words: int

    @property
    def small(self) -> bool:
        """Whether there is too little text to compare (:data:`SMALL`)."""
        return self.passages < SMALL

    @property
    def known(self) -> bool:
        """Whether it is a group, and not what is left when nothing is known."""
        return not self.values or any(self.values)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one group says on one question.

    ``passages``, ``documents`` and ``words`` match, of so many in the group. ``low`` and
    ``high`` bound the rate per 1,000 passages: the Wilson interval at 95 %.
    """

    theme: str
    group: tuple[str, ...]
    passages: int
    documents: int
    words: int
    of_passages: int
    of_documents: int
    of_words: int
    low: float
    high: float
    small: bool
    evidence: tuple[Hit, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether it takes part in tests: its group is known, and not small."""
        return (not self.group or any(self.group)) and not self.small

    @property
    def rate_per_1000(self) -> float:
        """Matching passages per 1,000 passages of the group."""
        return 1000 * self.passages / self.of_passages if self.of_passages else 0.0

    @property
    def per_million_words(self) -> float:
        """Matching passages per million words of the group."""
        return 1_000_000 * self.passages / self.of_words if self.of_words else 0.0

    @property
    def share_of_words(self) -> float:
        """The part of the group's words that stand in matching passages, from 0 to 1."""
        return self.words / self.of_words if self.of_words else 0.0


@dataclass(frozen=True, slots=True)
class Shared:
    """So many texts that two groups have, and that count in both of them.

    ``first`` and ``other`` are the values of the groups, of those facets that hold for whole
    documents; the first has the document that is first by path.
    """

    first: tuple[str, ...]
    other: tuple[str, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every question asked of every group.

    ``cells`` has one for each question and group, also where nothing matches, the cells of
    a question together and in the order of ``groups``. ``size`` is what all groups have
    together and ``totals`` what matches in it, by question: a text that several groups have is
    in each of them, and once in these. ``left_out`` counts the documents that repeat another,
    ``shared`` the texts of several groups. ``mixture`` tells what the groups lump together,
    ``background`` where and when they speak, ``corpus_hash`` is that of the index, ``languages``
    are those in scope.
    """

    themes: tuple[Question, ...]
    by: tuple[str, ...]
    groups: tuple[Group, ...]
    cells: tuple[Cell, ...]
    filters: Filters = field(default_factory=lambda: Filters().counting())
    left_out: int = 0
    corpus_hash: str = ""
    languages: tuple[str, ...] = ()
    shared: tuple[Shared, ...] = ()
    size: Total = field(default_factory=Total)
    totals: Mapping[str, Total] = field(default_factory=dict)
    mixture: Mixture = field(default_factory=Mixture)
    background: Background = field(default_factory=Background)

    def overall(self, theme: str) -> float:
        """Matching passages per 1,000 of all groups together, each text counted once."""
        found = self.totals.get(theme, Total()).passages
        return 1000 * found / self.size.passages if self.size.passages else 0.0

    def cells_of(self, theme: str) -> Sequence[Cell]:
        """The cells of a question, in the order of the groups."""
        return [cell for cell in self.cells if cell.theme == theme]

    def cell(self, theme: str, group: tuple[str, ...]) -> Cell:
        """The cell of a question and a group. Raises KeyError when there is none."""
        for cell in self.cells:
            if cell.theme == theme and cell.group == group:
                return cell
        raise KeyError((theme, group))

    def by_group(self) -> Mapping[tuple[str, ...], Sequence[Cell]]:
        """The cells of each group, in the order of the questions."""
        found: dict[tuple[str, ...], list[Cell]] = {group.values: [] for group in self.groups}
        for cell in self.cells:
            found[cell.group].append(cell)
        return found


def cell_of(theme: str, group: Group, found: Counts, evidence: tuple[Hit, ...] = ()) -> Cell:
    """The cell of a group in which so much matches."""
    low, high = wilson(found.passages, group.passages)
    return Cell(
        theme=theme,
        group=group.values,
        passages=found.passages,
        documents=found.documents,
        words=found.words,
        of_passages=group.passages,
        of_documents=group.documents,
        of_words=group.words,
        low=1000 * low,
        high=1000 * high,
        small=group.small,
        evidence=evidence,
    )
