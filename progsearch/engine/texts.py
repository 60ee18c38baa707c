"""What an engine stores of a text whose hits are scored anew: its keys, as one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from progsearch.clause import Leaf, Nearby, OneOf, Sequential, Textual
from progsearch.engine.runs import near

__all__ = ["SEP", "Text", "Wanted", "forms_in", "has_one", "keys_record", "runs_in"]

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


def has_one(leaf: Leaf, text: Text) -> bool:
    """Whether a word stands in a text."""
    # Views look through the shorter of the two; a leaf may have thousands of keys.
    return not leaf.keys.keys().isdisjoint(text.keys)


def runs_in(term: Textual, text: Text) -> list[tuple[int, int]]:
    """The runs of positions, first and last, that satisfy a term."""
    match term:
        case Leaf(keys=keys):
            met = keys.keys() & text.keys
            return [(at, at) for at in sorted({at for key in met for at in text.places(key)})]
        case Sequential(leaves=leaves):
            if not all(has_one(leaf, text) for leaf in leaves):
                return []
            starts = [
                {first - step for first, _ in runs_in(leaf, text)}
                for step, leaf in enumerate(leaves)
            ]
            return [(at, at + len(leaves) - 1) for at in sorted(set.intersection(*starts))]
        case Nearby(left=left, right=right, distance=distance):
            lefts = runs_in(left, text)
            return sorted({*near(lefts, runs_in(right, text), distance)}) if lefts else []
        case OneOf(parts=parts):
            return sorted({run for part in parts for run in runs_in(part, text)})
