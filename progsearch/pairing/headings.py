"""Which heading became which, told by what stands below them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from progsearch.pairing.numbering import number_before
from progsearch.pairing.unit import Unit, normalised

__all__ = ["headings", "names_of"]


def headings(
    old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The headings that belong together, when ``pairs`` are the links of what is below them.

    Equal ones first, then each with the one below which most of its units went, half of
    them at least: the innermost, and then those above them, which stand at the same depth. A
    heading that ``pairs`` has already is left out. At last, where at least half of a source went
    to another one, its title became that one's, and each heading that is left and stands there
    too is kept: in a programme that repeats its headings nobody can say which of them is gone.
    """
    linked_old = {one for one, _ in pairs}
    linked_new = {other for _, other in pairs}
    above_old, above_new = _above(old), _above(new)
    equal: Counter[tuple[int, int]] = Counter()
    inner: Counter[tuple[int, int]] = Counter()
    outer: Counter[tuple[int, int]] = Counter()
    for one, other in pairs:
        for place, heading in enumerate(above_old[one]):
            for there_place, there in enumerate(above_new[other]):
                if heading in linked_old or there in linked_new:
                    continue
                if old[heading].plain == new[there].plain:
                    equal[heading, there] += 1
                elif not place and not there_place:
                    inner[heading, there] += 1
                elif len(above_old[one]) - place == len(above_new[other]) - there_place:
                    outer[heading, there] += 1
    below = Counter(above[0] for above in above_old if above)
    most = [(pair, many) for pair, many in inner.most_common() if 2 * many >= below[pair[0]]]
    below = Counter(heading for above in above_old for heading in above)
    most += [(pair, many) for pair, many in outer.most_common() if 2 * many >= below[pair[0]]]
    for (one, other), _ in (*equal.most_common(), *most):
        if one not in linked_old and other not in linked_new:
            linked_old.add(one)
            linked_new.add(other)
            yield one, other
    # A title stands above all and in the path of nothing.
    titles = _titles(old, above_old), _titles(new, above_new)
    yield from _repeated(old, new, pairs, (linked_old, linked_new), titles)


def _repeated(
    old: Sequence[Unit],
    new: Sequence[Unit],
    pairs: Sequence[tuple[int, int]],
    linked: tuple[set[int], set[int]],
    titles: tuple[dict[str, int], dict[str, int]],
) -> Iterator[tuple[int, int]]:
    linked_old, linked_new = linked
    size = Counter(unit.source for unit in old if not unit.heading)
    went = Counter(
        (old[one].source, new[other].source)
        for one, other in dict(pairs).items()
        if not old[one].heading
    )
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(new):
        if unit.heading:
            places[unit.source, unit.plain].append(number)
    for (source, there), many in went.items():
        if 2 * many < size[source]:
            continue
        title, became = titles[0].get(source, -1), titles[1].get(there, -1)
        if title >= 0 <= became and title not in linked_old and became not in linked_new:
            linked_old.add(title)
            linked_new.add(became)
            yield title, became
        of_old: dict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(old):
            # Numbers alone are never the same because they are all that is left.
            if unit.heading and unit.plain and unit.source == source:
                of_old[unit.plain].append(number)
        for plain, ones in of_old.items():
            others = places.get((there, plain), [])
            if not others:
                continue
            free = [other for other in others if other not in linked_new]
            for one in ones:
                if one not in linked_old:
                    yield one, (free.pop(0) if free else others[-1])
            for other in free:
                yield ones[-1], other


def _titles(units: Sequence[Unit], above: Sequence[Sequence[int]]) -> dict[str, int]:
    """The first unit of each source, where it is a heading that no unit stands below."""
    named = {heading for some in above for heading in some}
    first: dict[str, int] = {}
    for number, unit in enumerate(units):
        first.setdefault(unit.source, number)
    return {
        source: number
        for source, number in first.items()
        if units[number].heading and number not in named
    }


def _above(units: Sequence[Unit]) -> list[list[int]]:
    """The headings that each unit stands below and that are units, too; the innermost first."""
    last: dict[tuple[str, str], int] = {}
    above = []
    for number, unit in enumerate(units):
        named = (
            next((last[unit.source, name] for name in names if (unit.source, name) in last), None)
            for names in map(names_of, reversed(unit.headings))
        )
        above.append([one for one in named if one is not None])
        if unit.heading:
            last |= {(unit.source, name): number for name in names_of(unit.text)}
    return above


def names_of(heading: str) -> tuple[str, ...]:
    """By what a heading is known: first with its number, for chapter and section may have the same
    name, or none at all; then without, for a path of headings may not have it."""
    names = normalised(heading), normalised(heading[number_before(heading) :])
    return tuple(dict.fromkeys(name for name in names if name))
