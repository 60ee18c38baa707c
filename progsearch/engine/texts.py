"""What an engine stores of a text whose hits are scored anew: its keys, as one record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from progsearch.clause import Leaf, Nearby, OneOf, Sequential, Side, Textual, every_leaf
from progsearch.engine.runs import near

__all__ = ["Satisfied", "Text", "Wanted", "forms_in", "keys_record", "runs_in"]

SEP = b"\x1f"
"""On both sides of each key."""

_NEXT = "\x1f\n\x1f"


def keys_record(positions: Sequence[Sequence[str]]) -> bytes:
    """The keys of a text, as they are stored with its passage: a separator on each side."""
    return SEP + _NEXT.join(map("\x1f".join, positions)).encode() + SEP


def forms_in(record: bytes) -> list[str]:
    """The key of the form at each position of a text, by its record; it is the first of each."""
    return [keys.partition("\x1f")[0] for keys in record.decode().strip("\x1f").split(_NEXT)]


class Wanted:
    """The keys that are looked for in texts."""

    __slots__ = ("_names", "_wanted")

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._names = {key.encode(): key for leaf in leaves for key in leaf.keys}
        self._wanted = frozenset(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.values())

    def within(self, record: bytes) -> frozenset[str]:
        """Those that stand in a text, by its record."""
        # Bytes are split and compared in half the time that text takes.
        names = self._names
        return frozenset([names[key] for key in self._wanted.intersection(record.split(SEP))])


class Text:
    """A text by its record: which of the wanted keys it has, and where."""

    __slots__ = ("_places", "_record", "keys", "length")

    def __init__(self, record: bytes, wanted: Wanted) -> None:
        self._record = record
        self._places: dict[str, list[int]] = {}
        self.keys = wanted.within(record)
        self.length = record.count(b"\n") + 1
        """Its positions in all."""

    def times(self, keys: Sequence[str]) -> int:
        """At how many positions one of some keys stands."""
        if len(keys) == 1:
            # A key stands once at a position, so it shares no separator with itself.
            return self._record.count(SEP + keys[0].encode() + SEP)
        return len(set().union(*map(self.places, keys)))

    def places(self, key: str) -> Sequence[int]:
        """The positions at which a key stands, ascending."""
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = []
            record, one = self._record, SEP + key.encode() + SEP
            before = place = 0
            at = record.find(one)
            while at >= 0:
                place += record.count(b"\n", before, at)
                found.append(place)
                before, at = at, record.find(one, at + 1)
        return found


def runs_in(term: Textual, text: Text) -> list[tuple[int, int]]:
    """The runs of positions, first and last, that satisfy a term."""
    match term:
        case Leaf(keys=keys):
            met = keys.keys() & text.keys
            return [(at, at) for at in sorted({at for key in met for at in text.places(key)})]
        case Sequential(leaves=leaves):
            if any(text.keys.isdisjoint(leaf.keys) for leaf in leaves):
                return []
            starts = [
                {first - step for first, _ in runs_in(leaf, text)}
                for step, leaf in enumerate(leaves)
            ]
            return [(at, at + len(leaves) - 1) for at in sorted(set.intersection(*starts))]
        case Nearby(left=left, right=right, distance=distance):
            return sorted({*near(runs_in(left, text), runs_in(right, text), distance)})
        case OneOf(parts=parts):
            return sorted({run for part in parts for run in runs_in(part, text)})


_Runs = Sequence[tuple[int, int]]
_Name = tuple[object, ...]


class Satisfied:
    """Which of many terms a text satisfies.

    Each text is read once. Only those terms are looked for of which every part has a word there,
    and what terms share, as the sets of a theme, is looked for once.
    """

    def __init__(self, terms: Sequence[Sequential | Nearby]) -> None:
        self._wanted = Wanted(leaf for term in terms for leaf in every_leaf(term))
        self._sides: list[Leaf | Sequence[int]] = []  # a word, or the numbers of what is one of it
        self._joined: set[int] = set()  # sides that are words next to each other
        self._numbers: dict[_Name, int] = {}
        self._words: dict[str, list[int]] = {}  # the sides that are words, by key
        self._terms = [[self._number(part) for part in _parts(term)] for term in terms]
        self._apart = [term.distance if isinstance(term, Nearby) else None for term in terms]
        self._depth = max(map(len, self._terms), default=0)
        self._having = self._masks([[*map(_keys, _parts(term))] for term in terms])

    def _masks(self, needed: Sequence[Sequence[Collection[str]]]) -> dict[str, int]:
        """For each key the terms as bits, one run of them for each part: those that have the key
        in it. For no key, those that have no such part."""
        many = len(needed)
        found: dict[str, int] = {"": 0}
        for number, parts in enumerate(needed):
            for at in range(self._depth):
                bit = 1 << at * many + number
                for key in parts[at] if at < len(parts) else ("",):
                    found[key] = found.get(key, 0) | bit
        return found

    def _number(self, side: Side) -> int:
        """The number of a part of a term, the same for parts that stand in the same places."""
        made: Leaf | Sequence[int]
        match side:
            case Leaf(keys=keys):
                name, made = tuple[object, ...](keys), side
            case Sequential(leaves=leaves):
                made = [*map(self._number, leaves)]
                name = ("next", *made)
            case OneOf(parts=parts):
                made = [*map(self._number, parts)]
                name = ("one", *made)
        number = self._numbers.setdefault(name, len(self._sides))
        if number == len(self._sides):
            self._sides.append(made)
            if isinstance(side, Sequential):
                self._joined.add(number)
            for key in side.keys if isinstance(side, Leaf) else ():
                self._words.setdefault(key, []).append(number)
        return number

    def by(self, record: bytes) -> list[int]:
        """The numbers of the terms that the text of a record satisfies."""
        text = Text(record, self._wanted)
        having = self._having
        met = having[""]
        for key in text.keys:
            met |= having[key]
        many = len(self._terms)
        possible = met & ((1 << many) - 1)
        for at in range(1, self._depth):
            possible &= met >> at * many
        if not possible:
            return []
        known: dict[int, _Runs] = {}
        words: dict[int, list[str]] = {}
        for key in text.keys:
            for number in self._words[key]:
                words.setdefault(number, []).append(key)
        found = []
        while possible:
            number = possible.bit_length() - 1
            possible ^= 1 << number
            runs = [self._runs(side, text, words, known) for side in self._terms[number]]
            apart = self._apart[number]
            if _following(runs) if apart is None else _beside(runs[0], runs[1], apart):
                found.append(number)
        return found

    def _runs(
        self, number: int, text: Text, words: Mapping[int, list[str]], known: dict[int, _Runs]
    ) -> _Runs:
        """Where a part of a term stands; ``words`` are the keys that words of terms have there."""
        found = known.get(number)
        if found is None:
            side = self._sides[number]
            if isinstance(side, Leaf):
                found = [(at, at) for key in words.get(number, ()) for at in text.places(key)]
            elif number in self._joined:
                runs = [self._runs(one, text, words, known) for one in side]
                found = [(at, at + len(side) - 1) for at in _following(runs)]
            else:
                found = [run for one in side for run in self._runs(one, text, words, known)]
            known[number] = found
        return found


def _parts(term: Sequential | Nearby) -> Sequence[Side]:
    """What a text must have to satisfy a term."""
    return term.leaves if isinstance(term, Sequential) else (term.left, term.right)


def _keys(side: Side) -> set[str]:
    return {key for leaf in every_leaf(side) for key in leaf.keys}


def _beside(lefts: _Runs, rights: _Runs, distance: int) -> bool:
    """Whether a run of each stand near each other, as :func:`progsearch.engine.runs.near` says."""
    return any(
        0 < (first - left_last if first > left_last else left_first - last) <= distance
        for left_first, left_last in lefts
        for first, last in rights
    )


def _following(runs: Sequence[_Runs]) -> set[int]:
    """Where words begin that follow each other."""
    found = {first for first, _ in runs[0]}
    for step, one in enumerate(runs):
        found &= {first - step for first, _ in one}
    return found
