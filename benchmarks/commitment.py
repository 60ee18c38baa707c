"""How often the commitment of a passage is told right: the figures of ``docs/commitment.md``.

    python -m benchmarks.commitment --shared ../shared [--errors]

``tests/data/commitment.tsv`` has the hand labels by file and lines, without the text; the texts
come through the project's own readers. Precision and recall have 95 % Wilson intervals, the
macro F1 a percentile bootstrap over passages, drawn within the classes.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from progsearch import readers
from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.marks import plain, words_in
from progsearch.commitment import Commitment, commitment, leads_in, told
from progsearch.facts.inference import infer_kind
from progsearch.facts.keys import Kind
from progsearch.model import Fact, Origin, Passage, Role
from progsearch.segmentation import segment
from progsearch.statistics import wilson

LABELS = Path(__file__).parent.parent / "tests" / "data" / "commitment.tsv"
SPLITS = {"dev": "development half", "held-out": "held-out half"}
LANGUAGES = {
    "cs": "Czech",
    "sv": "Swedish",
    "en": "English",
    "de": "German",
    "nb": "Norwegian",
    "da": "Danish",
}
KINDS = tuple(Commitment)
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled passage with its text and what the text was told to be."""

    place: str
    lang: str
    split: str
    label: Commitment
    text: str
    got: Commitment


def cases(shared: Path) -> Iterator[Case]:
    """Every labelled passage that the readers still find, told under its headings.

    It is the one whose first words have the label's digest, or else the one on just its lines
    or that begins there; labels with a digest whose words are found no more are left out, as
    are lead-ins, which do not count.
    """
    read: dict[str, _Told] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            name, line = row["file"], int(row["line"])
            if name not in read:
                read[name] = _read(shared, name, row["lang"])
            passage = read[name].find(line, int(row["end_line"]), row["words"])
            if passage is not None and passage.role is not Role.LEAD_IN:
                yield Case(
                    f"{name}:{line}",
                    row["lang"],
                    row["split"],
                    Commitment(row["label"]),
                    passage.text,
                    Commitment(passage.commitment),
                )


def labelled() -> int:
    """How many passages have a label."""
    with LABELS.open(encoding="utf-8") as file:
        return sum(1 for _ in file) - 1


@dataclass(frozen=True, slots=True)
class _Told:
    """The passages of one file by the digest of their first words, and by their lines."""

    by_words: Mapping[str, Passage]
    by_lines: Mapping[tuple[int, int], Passage]

    def find(self, line: int, end_line: int, words: str) -> Passage | None:
        if words:
            return self.by_words.get(words)
        begins = (one for (first, _), one in self.by_lines.items() if first == line)
        return self.by_lines.get((line, end_line)) or next(begins, None)


def digest(text: str) -> str:
    """Of the first ten words of a passage: names it without its text."""
    words = " ".join(words_in(plain(text))[:10])
    return blake2b(words.encode(), digest_size=4).hexdigest()


def _read(shared: Path, name: str, lang: str) -> _Told:
    raw = readers.read(name, (shared / name).read_bytes())
    starts = line_starts(raw.text)
    cut = segment(
        raw,
        "d",
        lang=Fact(lang, Origin.GIVEN),
        leads_in=lambda sentence: leads_in(sentence, lang),
    ).passages
    by_words: dict[str, Passage] = {}
    by_lines: dict[tuple[int, int], Passage] = {}
    news = infer_kind(raw.meta, name, "", raw.text, None) in (Kind.NEWS, Kind.ARTICLE)
    for passage in told(cut, lang, news=news):
        by_words.setdefault(digest(passage.text), passage)
        lines = line_of(starts, passage.start), line_of(starts, passage.end - 1)
        by_lines.setdefault(lines, passage)
    return _Told(by_words, by_lines)


def f1(found: Iterable[Case], kind: Commitment) -> float:
    """Twice the right ones by those told and those labelled; 0 when there are neither."""
    right = asked = 0
    for case in found:
        asked += (case.label is kind) + (case.got is kind)
        right += case.label is kind and case.got is kind
    return 2 * right / asked if asked else 0.0


def macro_f1(found: Sequence[Case]) -> float:
    """The mean F1 of the classes that are among the labels."""
    kinds = {case.label for case in found}
    return sum(f1(found, kind) for kind in kinds) / max(1, len(kinds))


def bootstrap(found: Sequence[Case]) -> tuple[float, float]:
    """The 95 % interval of the macro F1; the same draws at every run."""
    rng = random.Random(1)
    by_kind = [[case for case in found if case.label is kind] for kind in KINDS]
    drawn = sorted(
        macro_f1([case for group in by_kind for case in rng.choices(group, k=len(group))])
        if all(by_kind)
        else macro_f1(rng.choices(found, k=len(found)))
        for _ in range(DRAWS)
    )
    return drawn[DRAWS // 40], drawn[-DRAWS // 40 - 1]


def _share(right: int, of: int) -> str:
    low, high = wilson(right, of)
    return f"{right / of:.2f} ({low:.2f}–{high:.2f})" if of else "–"


def table(found: Sequence[Case]) -> Iterator[str]:
    """Precision and recall of each class in each half, as Markdown."""
    yield "| half | class | passages | precision | recall | F1 |"
    yield "| --- | --- | ---: | --- | --- | ---: |"
    for split, title in SPLITS.items():
        half = [case for case in found if case.split == split]
        for kind in KINDS:
            right = sum(case.label is kind is case.got for case in half)
            told = sum(case.got is kind for case in half)
            labelled = sum(case.label is kind for case in half)
            yield (
                f"| {title} | {kind} | {labelled} | {_share(right, told)} | "
                f"{_share(right, labelled)} | {f1(half, kind):.2f} |"
            )


def summary(found: Sequence[Case]) -> Iterator[str]:
    """Macro F1 and the share told right, by half and language, as Markdown."""
    yield ("| half | language | passages | told right | macro F1 | " + " | ".join(KINDS) + " |")
    yield "| --- | --- | ---: | --- | --- |" + " ---: |" * len(KINDS)
    for split, title in SPLITS.items():
        for lang, name in {"": "all", **LANGUAGES}.items():
            part = [case for case in found if case.split == split and lang in ("", case.lang)]
            right = sum(case.label is case.got for case in part)
            low, high = bootstrap(part)
            yield (
                f"| {title} | {name} | {len(part)} | {_share(right, len(part))} | "
                f"{macro_f1(part):.2f} ({low:.2f}–{high:.2f}) | "
                + " | ".join(
                    f"{f1(part, kind):.2f}" if any(case.label is kind for case in part) else "–"
                    for kind in KINDS
                )
                + " |"
            )


def confusion(found: Sequence[Case]) -> Iterator[str]:
    """What was told (columns) of what was labelled (rows), as Markdown."""
    pairs = Counter((case.label, case.got) for case in found)
    yield "| labelled \\ told | " + " | ".join(KINDS) + " |"
    yield "| --- |" + " ---: |" * len(KINDS)
    for label in KINDS:
        yield (f"| {label} | " + " | ".join(str(pairs[label, got]) for got in KINDS) + " |")


def speed(found: Sequence[Case]) -> str:
    """Processor time a passage, once the forms are known."""
    rounds = 20
    start = time.process_time()
    for _ in range(rounds):
        for case in found:
            commitment(case.text, case.lang)
    each = (time.process_time() - start) / rounds / len(found)
    length = sum(len(case.text) for case in found) / len(found)
    return f"Speed: {each * 1e6:.0f} µs a passage of {length:.0f} characters on average"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", action="store_true", help="list those of the development half")
    given = parser.parse_args()
    found = list(cases(given.shared))
    print(f"{len(found)} of {labelled()} labelled passages are found.\n")
    for lines in (summary(found), table(found)):
        print("\n".join(lines), end="\n\n")
    for split, title in SPLITS.items():
        print(f"{title.capitalize()}:\n")
        print(
            "\n".join(confusion([case for case in found if case.split == split])),
            end="\n\n",
        )
    print(speed(found))
    if given.errors:
        for case in found:
            if case.split == "dev" and case.label is not case.got:
                print(f"{case.place}: {case.label}, told {case.got}")


if __name__ == "__main__":
    main()
