"""How well promises are followed between texts: the figures of ``docs/promises.md``.

    python -m benchmarks.pairing --shared ../shared [--only diff,follow,match,speed] [--errors]

Links between versions, promises in reports and pairs of parties are held against what was
judged by reading: ``gold/pairing`` of the shared material, and ``tests/data/follow.tsv``, which
has files, lines and hashes without the text. Shares have 95 % Wilson intervals.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha1
from itertools import combinations, count, groupby
from pathlib import Path

from benchmarks.measuring import memory
from progsearch.errors import ProgsearchError
from progsearch.meaning import Encoder, encoder_of
from progsearch.meaning.passages import nearest_of_files
from progsearch.meaning.store import Made
from progsearch.pairing import Unit, changes, links
from progsearch.pairing.neighbours import mutual
from progsearch.promises import Followed, Said, Side, follow, match, side_of_files
from progsearch.scope import Filters
from progsearch.statistics import wilson

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "match.tsv"
REWORDED = Path(__file__).parent.parent / "tests" / "data" / "reworded.tsv"
AGAIN = PAIRS.with_name("match_again.tsv")
JUDGED = Path(__file__).parent.parent / "tests" / "data" / "follow.tsv"
FIRST = 20
SIZES = (1_250, 2_500, 5_000, 10_000)
WORDS_OF_A_PASSAGE = 24
VOCABULARY = 20_000
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


# -- versions


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
        if _party(one) != _party(other)
    }
    most = max(found.values(), default=0)
    yield (
        f"links between {len(found)} pairs of unrelated programmes: "
        f"at most {most} in a pair, {sum(found.values())} in all"
    )


def _party(name: str) -> str:
    return name.rpartition("/")[2].split("-")[1]


# -- reports


def followed(shared: Path, *, errors: bool) -> Iterator[str]:
    """Whether one of the three nearest passages is the one that was judged to be about it: by
    words alone and, where the extra is there, with vectors."""
    gold = rows(shared / "gold" / "pairing" / "follow.tsv")
    judged = rows(JUDGED)
    encoder = _encoder()
    sums: dict[str, list[bool]] = defaultdict(list)
    sets = [("dev", "lib"), ("", "stc")]
    sets += dict.fromkeys((row["split"], row["set"]) for row in judged)
    for half, name in sets:
        some = [row for row in judged if (row["split"], row["set"]) == (half, name)]
        some = some or [row for row in gold if row["set"] == name]
        titles = {"lib": "Liberec 2020 in its report of 2022", "stc": "restated"}
        yield from _followed(shared, titles.get(name, name), half, some, encoder, sums, errors)
    for what, hits in sums.items():
        yield f"all of {what}: {share(sum(hits), len(hits))}"


def _encoder() -> Encoder | None:
    try:
        return encoder_of()
    except ProgsearchError as error:
        print(error, file=sys.stderr)
        return None


def _followed(
    shared: Path,
    title: str,
    half: str,
    judged: Sequence[Mapping[str, str]],
    encoder: Encoder | None,
    sums: dict[str, list[bool]],
    errors: bool,
) -> Iterator[str]:
    answers: dict[Key, set[Key]] = defaultdict(set)
    restated: set[Key] = set()
    for row in judged:
        promise = (row["promise_file"], row["promise_hash"])
        answers[promise] |= {(row["report_file"], row["report_hash"])} - {("", "")}
        if row["status"] == "restated":
            restated.add(promise)
    files = {row["promise_file"] for row in judged}
    programme = _side(shared, sorted(files))
    reports = _side(shared, _reports(judged))
    answered = {promise for promise, there in answers.items() if there}
    nearest = None
    if encoder and not restated:
        passages = [one.passage for one in (*programme.said, *reports.said)]
        nearest = nearest_of_files(encoder, passages, _told)
    yield f"{title}, {half} half: {len(answers)} promises, {len(answered)} with an answer"
    for way, vectors in {"words": None, "with vectors": nearest}.items():
        if vectors is None and way != "words":
            continue
        found = follow(programme, reports, everything=True, nearest=vectors)
        told_of = {_key(shared, one.promise): one for one in found.promises}
        near = {promise: one for promise, one in told_of.items() if promise in answers}
        yield f"  {way}: found in the files {len(near)}"
        if restated:
            told_so = sum(near[one].restated for one in restated if one in near)
            yield f"    told as restated: {share(told_so, len(restated))}"
            continue
        false = sum(one.restated for one in near.values())
        yield f"    told as restated, though it is not: {false}"
        told = sum(any(report.stated for report in one.reports) for one in near.values())
        yield f"    with a status that a report states: {told}"
        for first in (1, 3):
            hits = {
                promise: promise in near
                and bool(answers[promise] & _keys(shared, near[promise], first))
                for promise in sorted(answered)
            }
            sums[f"{half}, {way}, hit@{first}"] += hits.values()
            yield f"    hit@{first}: {share(sum(hits.values()), len(hits))}"
        silent = [promise for promise, one in near.items() if not one.reports]
        missed = sum(promise in answered for promise in silent)
        yield f"    no near passage told: {len(silent)}, of which have an answer: {missed}"
        if errors:
            for promise in (promise for promise, hit in hits.items() if not hit):
                text = near[promise].promise.unit.text[:90] if promise in near else "lost"
                yield f"    missed {promise}: {text}"


def _keys(shared: Path, one: Followed, first: int) -> set[Key]:
    return {_key(shared, report.said) for report in one.reports[:first]}


def _told(made: Made) -> None:
    print(f"vectors: {made.done:,} of {made.of:,}", end="\r", file=sys.stderr, flush=True)


def _reports(judged: Sequence[Mapping[str, str]]) -> list[str]:
    """The files of the reports; ``pool`` names folders where more was looked through."""
    pools = {row.get("pool", "") for row in judged} - {""}
    return sorted(pools) or sorted({row["report_file"] for row in judged} - {""})


def _side(shared: Path, names: Sequence[str]) -> Side:
    paths = [path for name in names for path in shared.glob(name)]
    return side_of_files(paths, Filters())


def _key(shared: Path, said: Said) -> Key:
    file = Path(said.file).resolve().relative_to(shared.resolve()).as_posix()
    return file, key(said.passage.text)


# -- parties


def matched(shared: Path, sides: Mapping[str, Side], *, errors: bool) -> Iterator[str]:
    """How many of the first twenty proposed pairs are the same promise."""
    gold = {
        frozenset(
            [("corpus/" + row["file_a"], row["hash_a"]), ("corpus/" + row["file_b"], row["hash_b"])]
        ): row["relation"]
        for row in rows(shared / "gold" / "pairing" / "pairs_sv.tsv")
    }
    gold |= _relations(rows(PAIRS))
    again = _relations(rows(AGAIN))
    latest = {_party(name): side for name, side in sorted(sides.items())}
    found = match(latest, FIRST).pairs
    ends = [frozenset([_key(shared, one.first), _key(shared, one.other)]) for one in found]
    told = [gold.get(one, "not judged") for one in ends]
    for relation in sorted(set(told)):
        yield f"of the first {len(told)} pairs {relation}: {told.count(relation)}"
    judged = [relation for relation in told if relation != "not judged"]
    yield f"same promise, of those that were judged: {share(judged.count('same'), len(judged))}"
    second = [again[one] for one in ends if one in again]
    yield f"… by a second reading: {share(second.count('same'), len(second))}"
    both = [(gold[one], again[one]) for one in again if one in gold]
    yield f"… told alike by both readings: {share(sum(a == b for a, b in both), len(both))}"
    if errors:
        for relation, one in zip(told, found, strict=True):
            yield f"  {relation}\t{_named(shared, one.first)}\t{_named(shared, one.other)}"
            yield from (
                f"    {' '.join(a.unit.text.split())[:200]}" for a in (one.first, one.other)
            )


def _relations(judged: Sequence[Mapping[str, str]]) -> dict[frozenset[Key], str]:
    return {
        frozenset([(row["file_a"], row["hash_a"]), (row["file_b"], row["hash_b"])]): row["relation"]
        for row in judged
    }


def _named(shared: Path, said: Said) -> str:
    file, hashed = _key(shared, said)
    return f"{file}\t{said.passage.line}\t{hashed}"


# -- size


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
