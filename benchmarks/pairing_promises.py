"""How well promises are found in reports and in the programmes of other parties."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.pairing_gold import (
    AGAIN,
    JUDGED,
    PAIRS,
    Key,
    key_of,
    party_of,
    rows,
    share,
    side_of,
)
from progsearch.errors import ProgsearchError
from progsearch.meaning import Encoder, encoder_of
from progsearch.meaning.passages import nearest_of_files
from progsearch.meaning.store import Made
from progsearch.promises import Followed, Said, Side, follow, match

FIRST = 20


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
    programme = side_of(shared, sorted(files))
    reports = side_of(shared, _reports(judged))
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
        told_of = {key_of(shared, one.promise): one for one in found.promises}
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
    return {key_of(shared, report.said) for report in one.reports[:first]}


def _told(made: Made) -> None:
    print(f"vectors: {made.done:,} of {made.of:,}", end="\r", file=sys.stderr, flush=True)


def _reports(judged: Sequence[Mapping[str, str]]) -> list[str]:
    """The files of the reports; ``pool`` names folders where more was looked through."""
    pools = {row.get("pool", "") for row in judged} - {""}
    return sorted(pools) or sorted({row["report_file"] for row in judged} - {""})


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
    latest = {party_of(name): side for name, side in sorted(sides.items())}
    found = match(latest, FIRST).pairs
    ends = [frozenset([key_of(shared, one.first), key_of(shared, one.other)]) for one in found]
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
    file, hashed = key_of(shared, said)
    return f"{file}\t{said.passage.line}\t{hashed}"
