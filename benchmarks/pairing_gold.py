"""What was judged of passages that are paired, and how sides and passages are named in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path

from progsearch.promises import Said, Side, side_of_files
from progsearch.scope import Filters
from progsearch.statistics import wilson

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "match.tsv"

REWORDED = Path(__file__).parent.parent / "tests" / "data" / "reworded.tsv"

AGAIN = PAIRS.with_name("match_again.tsv")

JUDGED = Path(__file__).parent.parent / "tests" / "data" / "follow.tsv"

Key = tuple[str, str]


def key(text: str) -> str:
    """The hash of a passage, as the gold of the shared material has it."""
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    plain = re.sub(r"[\W_]+", " ", text.lower()).strip()
    return sha1(plain.encode(), usedforsecurity=False).hexdigest()[:12]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def share(right: int, of: int) -> str:
    if not of:
        return "– (of 0)"
    low, high = wilson(right, of)
    return f"{right / of:.3f} ({low:.2f}–{high:.2f}; {right} of {of})"


def f1(found: set[Key], right: set[Key]) -> str:
    both = len(found & right)
    value = 2 * both / (len(found) + len(right)) if found or right else 1.0
    return f"F1 {value:.3f} ({both} right of {len(found)} told and {len(right)} judged)"


def party_of(name: str) -> str:
    return name.rpartition("/")[2].split("-")[1]


def side_of(shared: Path, names: Sequence[str]) -> Side:
    paths = [path for name in names for path in shared.glob(name)]
    return side_of_files(paths, Filters())


def key_of(shared: Path, said: Said) -> Key:
    file = Path(said.file).resolve().relative_to(shared.resolve()).as_posix()
    return file, key(said.passage.text)
