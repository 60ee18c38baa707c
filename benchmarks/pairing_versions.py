"""How well versions of a text are compared: links, rewrites of marks, and unrelated texts."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, count, groupby
from pathlib import Path

from benchmarks.pairing_gold import REWORDED, Key, f1, key, party_of, rows, share
from progsearch.pairing import Unit, changes, links
from progsearch.promises import Side, side_of_files
from progsearch.scope import Filters


def versions(shared: Path, *, errors: bool) -> Iterator[str]:
    """Links, what was dropped, what is new and what was moved, of the judged versions."""
    gold = defaultdict(list)
    for row in rows(shared / "gold" / "pairing" / "diff.tsv"):
        gold[row["pair"]].append(row)
    told: dict[str, set[Key]] = defaultdict(set)
    right: dict[str, set[Key]] = defaultdict(set)
    for pair, judged in sorted(gold.items()):
        folder = shared / "gold" / "pairing" / "texts" / "diff" / pair
        old, new = (
            side_of_files([folder / end], Filters(), headings=True) for end in ("old", "new")
        )
        names = {
            id(one): f"{pair}/{one.file.rpartition('/')[2]}:{key(one.passage.text)}"
            for one in (*old.said, *new.said)
        }

        def named(row: Mapping[str, str], end: str, pair: str = pair) -> str:
            file = row[f"{end}_file"].rpartition("/")[2]
            # Without the line: of headings that stand there many times, any is the same.
            place = f"{pair}/{file}:{row[f'{end}_hash']}"
            return place if row[f"{end}_hash"] else ""

        known = {
            (end, named(row, end))
            for row in judged
            for end in ("old", "new")
            if row["label"] != "skip" and named(row, end)
        }
        left_out = {
            (end, named(row, end))
            for row in judged
            for end in ("old", "new")
            if row["label"] == "skip" and named(row, end)
        }
        known -= left_out
        there = {("old", names[id(one)]) for one in old.said}
        there |= {("new", names[id(one)]) for one in new.said}
        told["lost"] |= {(*one,) for one in known - there}
        for row in judged:
            ends = (named(row, "old"), named(row, "new"))
            if row["label"] == "skip" or left_out & {("old", ends[0]), ("new", ends[1])}:
                continue
            kind = row["label"] if row["label"] in ("dropped", "new") else "links"
            right[kind].add(ends)
            if row["label"] == "moved":
                right["moved"].add(ends)
        for one in changes(old.units, new.units):
            ends = (
                names[id(old.said[one.old])] if one.old is not None else "",
                names[id(new.said[one.new])] if one.new is not None else "",
            )
            if (ends[0] and ("old", ends[0]) not in known) or (
                ends[1] and ("new", ends[1]) not in known
            ):
                continue
            kind = one.change if one.change in ("dropped", "new") else "links"
            told[kind].add(ends)
            if one.change == "moved":
                told["moved"].add(ends)
    for kind in ("links", "dropped", "new"):
        yield f"{kind}: {f1(told[kind], right[kind])}"
    yield f"moved, found: {share(len(told['moved'] & right['moved']), len(right['moved']))}"
    yield f"judged passages that are cut in another way now: {len(told['lost'])}"
    if errors:
        for kind in ("links", "dropped", "new"):
            yield from (f"  {kind} missed {one}" for one in sorted(right[kind] - told[kind]))
            yield from (f"  {kind} wrong {one}" for one in sorted(told[kind] - right[kind]))


def reworded() -> Iterator[str]:
    """Short sentences in nine languages, put in other words or about something else."""
    told: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for lang, some in groupby(rows(REWORDED), key=lambda row: row["lang"]):
        judged = list(some)
        sides = [_sentences(lang, [row[end] for row in judged]) for end in ("old", "new")]
        for row in judged:
            old, new = sides[0].get(row["old"]), sides[1].get(row["new"])
            found = bool(old and new and links([old], [new]))
            told[row["set"], row["kind"]].append(found)
    for (name, kind), linked in sorted(told.items()):
        yield f"sentences, {name}, {kind}: linked {sum(linked)} of {len(linked)}"


def _sentences(lang: str, texts: Sequence[str]) -> dict[str, Unit]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sentences.md")
        items = "\n".join(f"- {text}" for text in texts)
        file.write_text(f"---\nlang: {lang}\n---\n\n{items}\n", encoding="utf-8")
        return {unit.text.strip(): unit for unit in side_of_files([file], Filters()).units}


def _numbered(numbers: Iterator[int], _: re.Match[str]) -> str:
    return f"{next(numbers) + 1}. "


REWRITES: Mapping[str, Callable[[str], str]] = {
    "bullets": partial(re.sub, r"(?m)^(\s*)[*-] ", r"\1+ "),
    "emphasis": partial(re.sub, r"\*\*([^*\n]+)\*\*", r"__\1__"),
    "no emphasis": partial(re.sub, r"\*\*([^*\n]+)\*\*", r"\1"),
    "quotation marks": lambda text: text.replace("„", '"').replace("“", '"').replace("”", '"'),
    "dashes": lambda text: text.replace(" – ", " - "),
    "blanks at the ends": partial(re.sub, r"(?m)(?<=\w)$", "  "),
    "ends of lines": lambda text: text.replace("\n", "\r\n"),
    "numbers": lambda text: re.sub(r"(?m)^[*-] ", partial(_numbered, count()), text),
    "blanks that do not break": partial(re.sub, r"(?<=\b\w) (?=\w)", "\u00a0"),
    "levels of headings": partial(re.sub, r"(?m)^(#{2,5}) ", r"#\1 "),
    "entities": lambda text: text.replace("–", "&ndash;").replace("„", "&bdquo;"),
    "accents apart": partial(unicodedata.normalize, "NFD"),
}
"""What changes a file and nothing that is said."""


def markup(shared: Path) -> Iterator[str]:
    """Rewrites of marks alone, and how many of them are told as a change."""
    files = sorted((shared / "gold" / "pairing" / "texts" / "diff").glob("*/old/*.md"))
    wrong = made = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            text = file.read_text(encoding="utf-8")
            before = side_of_files([file], Filters(), headings=True)
            for rewrite in REWRITES.values():
                head, body = _parted(text)
                written = head + rewrite(body)
                if written == text:
                    continue
                other = Path(folder, file.name)
                other.write_text(written, encoding="utf-8", newline="")
                after = side_of_files([other], Filters(), headings=True)
                made += 1
                wrong += any(one.change != "kept" for one in changes(before.units, after.units))
    yield f"rewrites of marks alone that are told as a change: {wrong} of {made}"


def _parted(text: str) -> tuple[str, str]:
    """The front matter of a file and the rest: a rewrite of facts is none of marks."""
    found = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    at = found.end() if found else 0
    return text[:at], text[at:]


def unrelated(sides: Mapping[str, Side]) -> Iterator[str]:
    """Links between programmes of different parties, which are versions of nothing."""
    found = {
        (one, other): len(links(sides[one].units, sides[other].units))
        for one, other in combinations(sorted(sides), 2)
        if party_of(one) != party_of(other)
    }
    most = max(found.values(), default=0)
    yield (
        f"links between {len(found)} pairs of unrelated programmes: "
        f"at most {most} in a pair, {sum(found.values())} in all"
    )
