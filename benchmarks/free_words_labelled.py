"""How well free words in English find labelled texts, in two collections that judge no topic.

``python -m benchmarks.free_words_labelled --shared ../shared --folder FOLDER``

The label and the definition of a theme are asked as free words, ``--from en``, for each group of
labels that has a theme (``benchmarks.themes``): categories of 1,001 paragraphs of the Swedish
government's articles, tags of 465 answers of Czech parties. A text is right if it has one of the
labels; nDCG@10 among the texts of that language, the mean of all groups. What is put together by
weights, as words and meaning are, is chosen here and not on judged passages. The texts and their
index are made in the folder, drawn with a fixed seed; with ``--meaning`` the index needs vectors
(``progsearch meaning --index FOLDER/index``). ``--themes`` asks the themes themselves, and prints
the share of the right texts among the first twenty beside.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Iterator, Mapping
from math import log2
from pathlib import Path

from benchmarks.free_words import places
from benchmarks.themes import CATEGORIES, TAGS
from progsearch.api import answers
from progsearch.clause import All
from progsearch.engine import create
from progsearch.ingest import ingest
from progsearch.lexicon.asking import asked
from progsearch.search import Index
from progsearch.themes import load

SEED, WORDS, ROWS, PARAGRAPHS = 7, 8, 900, 1000
_PARAGRAPH = 15  # words


def texts(shared: Path) -> Iterator[tuple[str, str, set[str]]]:
    """The name of each text, the text and its labels."""
    chance = random.Random(SEED)
    table = shared / "corpus" / "cz-kalkulacka" / "krajske-2024.tsv"
    answers: dict[str, str] = {}
    for row in _rows(table):
        if len((row["comment"] or "").split()) >= WORDS:
            answers.setdefault(row["comment"], row["tags"].strip())
    comments = list(answers)
    chance.shuffle(comments)
    for number, comment in enumerate(comments[:ROWS]):
        yield f"cs/{number:04}.txt", " ".join(comment.split()), {answers[comment]}
    articles = _rows(shared / "gold" / "se-regeringen" / "LABELS.tsv")
    chance.shuffle(articles)
    number = 0
    for row in articles:
        file = shared / "corpus" / "se-regeringen" / row["path"]
        if number >= PARAGRAPHS or not file.is_file():
            continue
        found = [
            one
            for one in re.split(r"\n\s*\n", file.read_text(encoding="utf-8"))
            if len(one.split()) >= _PARAGRAPH and not one.startswith(("#", "-", "*", "!"))
        ]
        for paragraph in found[1:3] or found[:1]:
            labels = {one.strip() for one in row["categories"].split("|")}
            yield f"sv/{number:04}.txt", " ".join(paragraph.split()), labels
            number += 1


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def opened(folder: Path, shared: Path) -> tuple[Index, Mapping[str, set[str]]]:
    """The index of the texts, made if it is not there, and the labels of each passage."""
    labels = {}
    for name, text, own in texts(shared):
        file = folder / "tune" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n", encoding="utf-8")
        labels[f"tune/{name}"] = own
    engine = create("whoosh", folder / "index")
    if not engine.state("summary"):
        for _ in ingest(engine, [folder / "tune"]):
            pass
    index = Index.of(engine)
    paths = {one.id: one.path for one in engine.documents()}
    every = engine.search(All(), scope=All(), limit=None, ranked=False).hits
    return index, {one.id: labels[paths[one.document]] for one, _ in every}


def gain(order: list[str], right: set[str]) -> float:
    """The nDCG of the first ten."""
    best = sum(1 / log2(place + 2) for place in range(min(10, len(right))))
    found = (1 / log2(place + 2) for place, one in enumerate(order[:10]) if one in right)
    return sum(found) / best if best else 0.0


def recall(order: list[str], right: set[str]) -> float:
    """The share of the right ones among the first twenty."""
    return len(right.intersection(order[:20])) / len(right)


def of_theme(index: Index, theme: str, *, meaning: bool) -> dict[str, float]:
    """The inverse of the rank of each passage that a theme finds, or is near in meaning."""
    found = answers.search(
        index, themes=[theme], meaning=meaning, limit=None, asides=True, duplicates="keep"
    ).found
    return {hit.passage.id: 1 / rank for rank, hit in enumerate(found.hits, 1)}


def main() -> None:
    """Print the mean of all groups."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--meaning", action="store_true")
    parser.add_argument("--themes", action="store_true")
    given = parser.parse_args()
    index, labels = opened(given.folder, given.shared)
    engine, themes = index.engine, load().themes
    paths = {one.id: one.path for one in engine.documents()}
    gains, recalls = [], []
    for lang, groups in (("sv", CATEGORIES), ("cs", TAGS)):
        own = {one for one in labels if paths[one.rpartition(".")[0]].startswith(f"tune/{lang}/")}
        for names, theme in groups.items():
            text = f"{themes[theme].labels['en']}. {themes[theme].definitions['en']}"
            _, question = asked(index, text, "en", ranked=True)
            if given.themes:
                scores = of_theme(index, theme, meaning=given.meaning)
            elif given.meaning:
                scores = places(index, question)
            else:
                hits = engine.search(question.clause, scope=All(), limit=None).hits
                scores = {one.id: score for one, score in hits}
            order = sorted(own & scores.keys(), key=lambda one: (-scores[one], one))
            right = {one for one in own if labels[one] & {*names}}
            gains.append(gain(order, right))
            recalls.append(recall(order, right))
    print(
        f"nDCG@10 {sum(gains) / len(gains):.3f}, R@20 {sum(recalls) / len(recalls):.3f},",
        f"mean of {len(gains)} groups of labels",
    )


if __name__ == "__main__":
    main()
