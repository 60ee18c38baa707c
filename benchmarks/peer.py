"""A search over the same files in 35 lines of SQLite's FTS5 and simplemma: a measure for cost.py.

python benchmarks/peer.py FOLDER
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simplemma import lemmatize

WORD = re.compile(r"\w+")


@cache
def lemma(word: str, lang: str) -> str:
    return lemmatize(word, lang).lower()


def paragraphs(folder: Path) -> Iterator[tuple[str, str, str]]:
    for file in sorted([*folder.rglob("*.md"), *folder.rglob("*.txt")]):
        lang = "cs" if "cz-" in str(file) else "sv"
        text = file.read_text(encoding="utf-8", errors="replace")
        for piece in re.split(r"\n\s*\n", text):
            words = WORD.findall(piece.lower())
            if words:
                yield file.name, piece, " ".join(lemma(word, lang) for word in words)


def main() -> None:
    database = sqlite3.connect("")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(file, text, lemmas)")
    rows = paragraphs(Path(sys.argv[1]))
    database.executemany("INSERT INTO passages VALUES (?, ?, ?)", rows)
    for word, lang in (("sjuksköterska", "sv"), ("zdravotník", "cs")):
        asked = f'lemmas : "{lemma(word, lang)}"'
        found = "SELECT count(*) FROM passages WHERE passages MATCH ?"
        print(word, database.execute(found, (asked,)).fetchone()[0])


main()
