"""How well a question in English finds and ranks passages in Czech and Swedish.

``python -m benchmarks.free_words --shared ../shared --index FOLDER``

The label and the definition of each theme of ``gold/themes/dev.jsonl`` are asked as free words,
``--from en``; of what is found, the judged passages are ranked, as ``progsearch evaluate``
does. Beside the words, the columns say how many of them the lexicon has. The index is made if
it is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.themes import opened
from progsearch.export.tables import Column, Table, Value
from progsearch.export.tables.markdown import write
from progsearch.judgements import locate, measures, ranked, read_coded
from progsearch.lexicon.asking import asked
from progsearch.search import Index
from progsearch.themes import load

COLUMNS = ("theme", "words", "translated", "relevant", "nDCG@10", "P@10", "R@20")


def rows(index: Index, coded: Path) -> Iterator[list[Value]]:
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


def main() -> None:
    """Print the table, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--index", type=Path, required=True)
    given = parser.parse_args()
    index = opened(given.index, given.shared)
    columns = tuple(Column(name, "string", name) for name in COLUMNS)
    table = Table(
        "free", "Free words", columns, list(rows(index, given.shared / "gold/themes/dev.jsonl"))
    )
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write([table], None, sys.stdout)


if __name__ == "__main__":
    main()
