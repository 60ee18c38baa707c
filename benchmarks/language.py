"""How well languages are told in running text: the figures of ``docs/languages.md``.

    python -m benchmarks.language --ud ../shared/gold/ud --texts FOLDER [--half 0]

``--texts`` is a folder of ``TAG.txt``, one paragraph a line, of any languages. Texts are cut into
pieces of 30, 15 and 8 words. Blocks of fifty paragraphs belong to the two halves by turns: numbers
are set on half 0, and half 1 is the one to report.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from progsearch.languages import LANGUAGES
from progsearch.languages.detect import Detector

LENGTHS = (30, 15, 8)
BLOCK = 50  # paragraphs
MOST = 1_500  # pieces of a language
FEWEST = 20


def read(ud: Path | None, texts: Path | None, half: int) -> Mapping[str, Sequence[str]]:
    """The paragraphs of a half by language; treebanks are one running text a block."""
    found: dict[str, list[str]] = {}
    for path in sorted(ud.glob("*.conllu")) if ud else ():
        tag = {"no": "nb"}.get(path.name[:2], path.name[:2])
        said = re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        blocks = [said[at : at + BLOCK] for at in range(0, len(said), BLOCK)]
        found.setdefault(tag, []).extend(" ".join(block) for block in blocks[half::2])
    for path in sorted(texts.glob("*.txt")) if texts else ():
        if path.stem in found:
            continue  # a treebank's sentences are many people's, a manual's are one's
        lines = path.read_text(encoding="utf-8").splitlines()
        mine = [line for at, line in enumerate(lines) if at // BLOCK % 2 == half]
        if mine:
            found[path.stem] = mine
    return found


def pieces(paragraphs: Iterable[str], length: int) -> Iterator[str]:
    """Pieces of so many words, none over the end of a paragraph."""
    for paragraph in paragraphs:
        words = paragraph.split()
        for at in range(0, len(words) - length + 1, length):
            yield " ".join(words[at : at + length])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ud", type=Path, help="folder of CoNLL-U files")
    parser.add_argument("--texts", type=Path, help="folder of TAG.txt")
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    given = parser.parse_args()
    texts = read(given.ud, given.texts, given.half)
    detector = Detector()
    told: dict[tuple[str, int], Counter[str]] = {}
    asked, spent = 0, 0.0
    for tag, paragraphs in texts.items():
        for length in LENGTHS:
            every = list(pieces(paragraphs, length))
            some = every[:: max(1, len(every) // MOST)]
            start = time.process_time()
            told[tag, length] = Counter((detector.detect(one) or ("und", 0))[0] for one in some)
            spent += time.process_time() - start
            asked += len(some)
    print("| | " + " | ".join(f"{length} words" for length in LENGTHS) + " | most often else |")
    print("| --- " * (len(LENGTHS) + 2) + "|")
    for tag in texts:
        row = [told[tag, length] for length in LENGTHS]
        if row[-1].total() < FEWEST:
            continue
        shares = " | ".join(f"{one[tag] / max(1, one.total()):.4f}" for one in row)
        others = [f"{other} {count}" for other, count in row[-1].most_common(4) if other != tag]
        print(f"| {tag} | {shares} | {', '.join(others[:3])} of {row[-1].total():,} |")
    for length in LENGTHS:
        own = {tag: told[tag, length] for tag in texts if tag in LANGUAGES}
        foreign = [told[tag, length] for tag in texts if tag not in LANGUAGES]
        right = sum(tally[tag] for tag, tally in own.items())
        count = sum(tally.total() for tally in own.values())
        taken = sum(tally[tag] for tally in foreign for tag in LANGUAGES)
        others_count = sum(tally.total() for tally in foreign)
        print(
            f"\n{length} words: {right / max(1, count):.4f} right of {count:,} in languages of the"
            f" table; {taken / max(1, others_count):.4f} of {others_count:,} in others"
            " taken for one of them"
        )
    print(f"\n{1e6 * spent / max(1, asked):.0f} µs a piece")


if __name__ == "__main__":
    main()
