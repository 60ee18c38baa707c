"""How well a question in English finds and ranks passages in Czech and Swedish.

``python -m benchmarks.free_words --shared ../shared --index FOLDER``

The label and the definition of each theme of ``gold/themes/dev.jsonl`` are asked as free words,
``--from en``; of what is found, the judged passages are ranked, as ``progsearch evaluate``
does. Beside the words, the columns say how many of them the lexicon has. The index is made if
it is not there. ``--meaning`` ranks by words and meaning together; the index needs vectors
(``progsearch meaning``), for which one of the judged files alone will do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.themes import opened
from progsearch.export.tables import Column, Table, Value
from progsearch.export.tables.markdown import write
from progsearch.judgements import locate, measures, ranked, read_coded
from progsearch.lexicon.asking import asked
from progsearch.lexicon.translation import Translation
from progsearch.meaning.near import fused
from progsearch.query import Everything
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.themes import load

COLUMNS = ("theme", "words", "translated", "relevant", "nDCG@10", "P@10", "R@20")


def rows(index: Index, coded: Path, *, meaning: bool = False) -> Iterator[list[Value]]:
    """A row for each theme, and one for all."""
    units, lost = locate(read_coded(coded), index)
    if lost:
        print(f"{len(lost)} judged passages are not in the index", file=sys.stderr)
    themes = load().themes
    questions = {}
    found = {}
    for name in dict.fromkeys(unit.row.theme for unit in units):
        theme = themes[name]
        text = f"{theme.labels['en']}. {theme.definitions['en']}"
        _, questions[name] = asked(index, text, "en", ranked=True)
        own = [unit for unit in units if unit.row.theme == name]
        found[name] = ranked(own, questions[name].clause, index)
        if meaning:
            order = places(index, questions[name])
            found[name] = [replace(one, score=order.get(one.passage.id)) for one in own]
    each, together = measures(found)
    for one in (*each, together):
        question = questions.get(one.theme)
        parts = question.parts if question else ()
        yield [
            one.theme,
            len(parts) or None,
            sum(bool(part.concepts) for part in parts) or None,
            one.relevant,
            *(f"{(one.ranking or {})[name]:.3f}" for name in COLUMNS[4:]),
        ]


def places(index: Index, asked: Translation) -> dict[str, float]:
    """What is found by words and meaning: the inverse of each passage's rank."""
    every = Filters(asides=True, copies=True)
    found = index.search(Everything(), every, limit=None, clauses=[asked.clause])
    question = asked.clause, asked.text
    hits = fused(index, found, *question, every, None, translated=asked.texts).hits
    return {hit.passage.id: 1 / hit.score for hit in hits}


def main() -> None:
    """Print the table, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--meaning", action="store_true")
    given = parser.parse_args()
    index = opened(given.index, given.shared)
    columns = tuple(Column(name, "string", name) for name in COLUMNS)
    coded = given.shared / "gold" / "themes" / "dev.jsonl"
    found = list(rows(index, coded, meaning=given.meaning))
    table = Table("free", "Free words", columns, found)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write([table], None, sys.stdout)


if __name__ == "__main__":
    main()
