"""What compares parties: tables where they stand above the columns or before the rows, paragraphs
that begin with them (*S: Vi höjer …*), and headings that are nothing but their names.

Names tell it by themselves. Letters do where all of a head are those of parties of one country, and
one letter each (*S | M | C*, which are sizes, marks and teams as well) only where it is said that
parties are meant, or one of them has a longer name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from progsearch.blocks.marks import plain
from progsearch.blocks.tableheads import IN_TABLE, INNER, cells_of
from progsearch.facts.named import named_in
from progsearch.facts.partynames import speaks_of_parties
from progsearch.facts.registry import Party, candidates
from progsearch.model import Block, RawDocument, Shape

__all__ = ["compared_parties", "parties_before", "parties_in_headings"]

MIN_COMPARED = 2
MIN_LETTERS = 2
"""Letters that tell a party where nothing says that one is meant."""
MIN_CAPITALS = 5
"""Letters of a name that may be set in capitals: less are letters of a party."""
MIN_SAID = 4
"""Words of a cell that says something in a table of which some columns are parties."""
MIN_SAID_OF_PARTY = 2
"""The same below or beside a party, where nothing but parties is compared."""
MAX_CELL = 160
_SAYING = frozenset((Shape.PARAGRAPH, Shape.ITEM))
_HEAD_ROWS = 2
"""Rows at the top of a table that are looked at: the first may cover them all."""

_NEAR = 200
"""Blocks above a table in which headings say what it is about."""

_Rows = Sequence[tuple[Block, Sequence[str]]]


def compared_parties(raw: RawDocument) -> list[str]:
    """The parties that a table of the document compares, as it writes them; none where no table
    does, or where all that it does is to count votes or seats."""
    above: deque[Block] = deque(maxlen=_NEAR)
    for table, found in groupby(raw.blocks, key=_is_in_table):
        if not table:
            above += found
            continue
        blocks = list(found)
        rows = [(block, cells_of(raw.text[block.start : block.end])) for block in blocks]
        if named := _named(rows) or _lettered(raw, above, rows):
            return named
    return []


def parties_before(raw: RawDocument) -> list[str]:
    """The parties that paragraphs begin with, before a colon, as they are written there."""
    labels = []
    for block in raw.blocks:
        head = raw.text[block.start : min(block.end, block.start + MAX_CELL)]
        if block.shape not in _SAYING or block.label in IN_TABLE or block.code or ":" not in head:
            continue
        label, _, rest = plain(head).partition(":")
        if len(rest.split()) >= MIN_SAID_OF_PARTY:
            labels.append(label.strip())
    return _several(raw, labels)


def parties_in_headings(raw: RawDocument) -> list[str]:
    """The parties that headings are, and nothing else; the title is none of them."""
    heads = (block for block in raw.blocks if block.shape is Shape.HEADING and block.level > 1)
    texts = (raw.text[block.start : block.end] for block in heads if block.label != "cell")
    return _several(raw, [plain(text).rstrip(" :") for text in texts if len(text) <= MAX_CELL])


def _several(raw: RawDocument, labels: Sequence[str]) -> list[str]:
    """Those of the labels that are parties, if they are several of one country. Letters alone are
    where others have longer names, or the title says that parties are meant."""
    parties = [label for label in dict.fromkeys(labels) if _spelled(label)]
    if not _of_one_country(parties):
        return []
    named = [label for label in parties if len(label.strip(" ()")) >= MIN_LETTERS and _meant(label)]
    titles = [block for block in raw.blocks if block.shape is Shape.HEADING][:1]
    return parties if named or _is_said(raw, titles) else []


def _is_in_table(block: Block) -> bool:
    return block.label in IN_TABLE or block.shape is Shape.TABLE_HEAD


def _first_cells(rows: _Rows) -> list[str]:
    return [next(filter(None, row), "") for block, row in rows if block.label != INNER]


def _named(rows: _Rows) -> list[str]:
    """Parties by names that tell them anywhere, beside whatever else the table has."""
    if not any(len(cell.split()) >= MIN_SAID for _, row in rows for cell in row):
        return []
    for cells in (rows[0][1], _first_cells(rows)):
        found: dict[str, str] = {}
        for cell in cells:
            if MIN_LETTERS <= len(cell) <= MAX_CELL:
                for party in _meant(cell)[:1]:
                    found.setdefault(party.id, cell)
        if len(found) >= MIN_COMPARED:
            return list(found.values())
    return []


def _meant(cell: str) -> list[Party]:
    """The parties that a cell may mean where no field says that it is one: no words of the
    language, and letters as they are written."""
    return [
        party
        for party in candidates(cell)
        if cell in party.letters or (cell not in party.ordinary and not cell.islower())
    ]


def _lettered(raw: RawDocument, above: Collection[Block], rows: _Rows) -> list[str]:
    """Parties by their letters, where all names of the columns, or of the rows, are parties of one
    country but that of what names the others."""
    for cells, said in _heads(rows):
        name, *others = cells
        names = [cell for cell in others if cell]
        whole = [cell for cell in cells if cell]
        if _of_one_country(whole):
            names = whole
        elif not _of_one_country(names):
            continue
        if not _says_something(said):
            continue
        spelled = max(len(one.strip(" ()")) for one in names)
        if spelled >= MIN_LETTERS or speaks_of_parties(name) or _is_said(raw, above):
            return list(dict.fromkeys(names))
    return []


def _heads(rows: _Rows) -> Iterator[tuple[list[str], list[list[str]]]]:
    """What may name the columns and the rows, its own name first, and what stands below each of
    them, or beside."""
    whole = [(block, list(row)) for block, row in rows if block.label == "row" and any(row)]
    for at, (_, row) in enumerate(whole[:_HEAD_ROWS]):
        yield row, [cells[1:] for _, cells in whole[at + 1 :]]
    first = [row[0] for _, row in whole]
    beside = [row[1:] for _, row in whole]
    yield from ((first[at:], beside[at:]) for at in range(min(_HEAD_ROWS, len(first))))


def _of_one_country(names: Sequence[str]) -> bool:
    """Whether all of them are parties of one country, and several."""
    parties = [_spelled(name) for name in names]
    if not parties:
        return False
    shared = set.intersection(*({one.country for one in found} for found in parties))
    return any(
        len({next(p.id for p in found if p.country == country) for found in parties})
        >= MIN_COMPARED
        for country in shared
    )


def _spelled(name: str) -> list[Party]:
    """The parties that a name may mean beside others: letters as they are written."""
    bare = name.strip(" ()")
    if not bare or len(bare) > MAX_CELL:
        return []
    found = candidates(bare)
    letters = [party for party in found if bare in party.letters]
    if bare.isupper() and len(bare) >= MIN_CAPITALS:
        return letters or list(found)
    return letters or [party for party in found if bare in party.all_names]


def _says_something(rows: Sequence[Sequence[str]]) -> bool:
    """Whether half of the rows or more say something of a party, and do not name people."""
    said = sum(any(map(_is_saying, row)) for row in rows)
    return 0 < len(rows) <= 2 * said


def _is_saying(cell: str) -> bool:
    words = [word for word in cell.split() if word[0].isalpha()]
    return len(words) >= MIN_SAID_OF_PARTY and any(word.islower() for word in words)


def _is_said(raw: RawDocument, above: Collection[Block]) -> bool:
    """Whether the title, a heading above the table or what stands right above it speaks of
    parties, or names one."""
    texts = [str(raw.meta.get("title", ""))]
    texts += (raw.text[one.start : one.end] for one in above if one.shape is Shape.HEADING)
    texts += (raw.text[one.start : one.end] for one in list(above)[-1:])
    return any(speaks_of_parties(text) or named_in(text) for text in texts)
