"""How well promises are followed between texts: the figures of ``docs/promises.md``.

    python -m benchmarks.pairing --shared ../shared [--only diff,follow,match,speed] [--errors]

Links between versions, promises in reports and pairs of parties are held against what was
judged by reading: ``gold/pairing`` of the shared material, and ``tests/data/follow.tsv``, which
has files, lines and hashes without the text. Shares have 95 % Wilson intervals.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import memory
from benchmarks.pairing_promises import followed, matched
from benchmarks.pairing_versions import markup, reworded, unrelated, versions
from progsearch.pairing import Unit, links
from progsearch.pairing.neighbours import mutual
from progsearch.promises import side_of_files
from progsearch.scope import Filters

SIZES = (1_250, 2_500, 5_000, 10_000)

WORDS_OF_A_PASSAGE = 24

VOCABULARY = 20_000

WAYS: Mapping[str, Callable[[Sequence[Unit], Sequence[Unit]], int]] = {
    "mutual": lambda ones, others: len(mutual(ones, others)),
    "links": lambda ones, others: len(links(ones, others)),
}


def sized() -> Iterator[str]:
    """Processor time and memory of both ways to pair, by the number of passages on each side."""
    for size in SIZES:
        ones, others = made(size, 1), made(size, 2)
        for name, work in WAYS.items():
            start = time.process_time()
            found = work(ones, others)
            spent = time.process_time() - start
            yield (
                f"{name} of {size:,} × {size:,} passages: {spent:.1f} s of processor, "
                f"{found:,} found, at most {memory('self', 'VmHWM'):.0f} MB so far"
            )


def made(size: int, seed: int) -> list[Unit]:
    """Passages of invented words whose frequencies fall as those of a language do (Zipf).

    Every second passage of another seed has half of its words in common with this one's.
    """
    shared, own = random.Random(0), random.Random(seed)
    words = [f"{'bcdfghklmnpr'[n % 12]}{'aeiouy'[n % 6]}{n:x}slovo"[:9] for n in range(VOCABULARY)]
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    common = shared.choices(words, weights, k=size * WORDS_OF_A_PASSAGE // 2)
    rest = own.choices(words, weights, k=size * WORDS_OF_A_PASSAGE)
    half = WORDS_OF_A_PASSAGE // 2
    units = []
    for n in range(size):
        text = rest[n * WORDS_OF_A_PASSAGE : (n + 1) * WORDS_OF_A_PASSAGE]
        if n % 2:
            text = [*common[n * half : (n + 1) * half], *text[half:]]
        units.append(Unit(" ".join(text), [f"cs:{word}" for word in text], "a"))
    return units


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", default="diff,follow,match,speed")
    parser.add_argument("--errors", action="store_true", help="name what came out wrong")
    given = parser.parse_args()
    asked = given.only.split(",")
    programmes = {}
    if "diff" in asked:
        print("\n".join(versions(given.shared, errors=given.errors)), flush=True)
        print("\n".join(markup(given.shared)), flush=True)
        print("\n".join(reworded()), flush=True)
    if "diff" in asked or "match" in asked:
        folder = given.shared / "corpus" / "se-partier"
        for file in sorted(folder.glob("partiprogram-*-202[3-5].txt")):
            name = file.relative_to(given.shared).as_posix()
            programmes[name] = side_of_files([file], Filters())
    if "diff" in asked:
        print("\n".join(unrelated(programmes)), flush=True)
    if "follow" in asked:
        print("\n".join(followed(given.shared, errors=given.errors)), flush=True)
    if "match" in asked:
        print("\n".join(matched(given.shared, programmes, errors=given.errors)), flush=True)
    if "speed" in asked:
        for line in sized():
            print(line, flush=True)


if __name__ == "__main__":
    main()
