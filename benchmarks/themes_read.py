"""How many of a theme's first hits are about it, as read by eye in four languages.

``python -m benchmarks.themes_read [--shared ../shared]``

``tests/data/themes_read.tsv`` has what was read: the first ten hits of twenty themes in German,
Norwegian, Danish and English, by file,
line (of a PDF its page) and digest of the first words, without the text; 2 is on the theme, 1
touches it, 0 does neither. The table has the shares with Wilson's intervals. With ``--shared``
the programmes are read and asked again, and it says for how many of today's first hits the
label is known, and the shares among those.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import progsearch
from benchmarks.commitment import digest
from progsearch.engine import create
from progsearch.export.tables import Column, Table, Value
from progsearch.export.tables.markdown import write
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.statistics import wilson

LABELS = Path(__file__).parent.parent / "tests" / "data" / "themes_read.tsv"
COLUMNS = ("language", "what", "hits", "read", "on the theme", "or touching it")
HITS = 10
"""First hits of a theme that are read."""


def labels() -> list[tuple[tuple[str, str, str, str], int]]:
    """What was read, hit by hit; passages that begin alike are told apart by nothing."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [((r["lang"], r["theme"], r["file"], r["words"]), int(r["label"])) for r in rows]


def found(shared: Path, lang: str, themes: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """What the themes find first in the programmes of a language now."""
    folder = shared / "pdf" / "dev"
    files = sorted(folder.glob(f"{lang}-*.pdf"))
    with TemporaryDirectory() as place:
        engine = create("whoosh", Path(place) / "index")
        for _ in ingest(engine, files, Settings(detected=(lang,))):
            pass
        with progsearch.open(Path(place) / "index") as index:
            for theme in themes:
                for hit in index.search("", themes=[theme], lang=lang, limit=HITS):
                    yield lang, theme, f"pdf/dev/{Path(hit.file).name}", digest(hit.text)


def row(lang: str, what: str, hits: int, known: Sequence[int]) -> list[Value]:
    """The shares of what is on the theme, and of what is on it or touches it."""
    shares = []
    for least in (2, 1):
        right = sum(label >= least for label in known)
        low, high = wilson(right, len(known))
        shares.append(f"{right / max(1, len(known)):.2f} ({low:.2f}–{high:.2f})")
    return [lang, what, hits, len(known), *shares]


def rows(shared: Path | None) -> Iterator[list[Value]]:
    """A row for each language of what was read, and of what is found now."""
    read = labels()
    known = dict(read)
    for lang in dict.fromkeys(key[0] for key in known):
        own = [label for key, label in read if key[0] == lang]
        yield row(lang, "as read", len(own), own)
        if shared:
            themes = list(dict.fromkeys(key[1] for key in known if key[0] == lang))
            now = list(found(shared, lang, themes))
            yield row(lang, "found now", len(now), [known[key] for key in now if key in known])


def main() -> None:
    """Print the table, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path)
    given = parser.parse_args()
    columns = tuple(Column(name, "string", name) for name in COLUMNS)
    table = Table("read", "Hits read", columns, list(rows(given.shared)))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write([table], None, sys.stdout)


if __name__ == "__main__":
    main()
