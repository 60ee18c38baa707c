"""How far passages of a programme stay the same when it comes as PDF, DOCX, ODT or HTML.

    apt-get install --no-install-recommends libreoffice-writer
    python -m benchmarks.formats [--shared ../shared] [--documents 80] [--keep FOLDER]

Programmes of the shared corpus are read, written as plain pages with headings, lists and
paragraphs, and turned into each format by LibreOffice. A passage agrees when a passage of
the converted file has the same words. The table is the one in docs/formats.md.

    python -m benchmarks.formats --gold ../shared/pdf/dev

measures instead how well hand-set PDFs are read, by a folder of them and of their blocks as
read by eye (see benchmarks/goldpages.py).
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.goldpages import table
from progsearch import readers
from progsearch.blocks.marks import plain, words_of
from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Fact, Origin, RawDocument, Role, Shape
from progsearch.segmentation import segment

FORMATS = ("html", "docx", "odt", "pdf")
MIN_PASSAGES = 5
_CZECH = "cz-pirati/**/*program*/**/*.md"
_SWEDISH = "se-partier/**/*.txt"
UNKNOWN = Fact("und", Origin.INFERRED)


@dataclass(slots=True)
class Measured:
    """Passages of the sources, how many of them a format has, and how long it took."""

    documents: int = 0
    passages: int = 0
    same: int = 0
    headings: int = 0
    same_headings: int = 0
    found: int = 0
    seconds: float = 0.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shared", type=Path, default=Path("../shared"))
    asked.add_argument("--documents", type=int, default=80)
    asked.add_argument("--keep", type=Path, help="leave the converted files here")
    asked.add_argument("--misses", type=int, default=0, help="show so many of each format")
    asked.add_argument("--gold", type=Path, help="a folder of PDFs and the blocks of their pages")
    options = asked.parse_args()
    if options.gold:
        for line in table(options.gold):
            print(line, flush=True)
        return
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is not installed: apt-get install libreoffice-writer")
    with tempfile.TemporaryDirectory() as folder:
        work = options.keep or Path(folder)
        sources = dict(chosen(options.shared / "corpus", options.documents))
        convert(office, sources, work)
        print("| format | documents | passages | the same | headings | the same | s |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name in FORMATS:
            print(row(name, measured(name, sources, work, options.misses)))


def chosen(corpus: Path, count: int) -> Iterator[tuple[str, RawDocument]]:
    """Programmes with some passages, evenly over the folders, by a name for their files.

    A quarter of them are Swedish; these are much longer.
    """
    number = 0
    for pattern, share in ((_CZECH, count - count // 4), (_SWEDISH, count // 4)):
        readable = []
        for file in sorted(corpus.glob(pattern)):
            try:
                raw = readers.read(file.relative_to(corpus).as_posix(), file.read_bytes())
            except ProgsearchError:
                continue
            if sum(block.shape is not Shape.HEADING for block in raw.blocks) >= MIN_PASSAGES:
                readable.append((file, raw))
        step = max(1, len(readable) // max(1, share))
        for file, raw in readable[::step][:share]:
            yield f"{number:03}-{file.stem[:40]}", raw
            number += 1


def page_of(raw: RawDocument) -> str:
    """A document as a plain page: what its blocks are, and nothing of its own marks."""
    title = str(raw.meta.get("title") or "")
    parts: list[str] = []
    depth = 0
    for block in raw.blocks:
        if block.shape in (Shape.NAVIGATION, Shape.TEASER, Shape.CONTENTS, Shape.BYLINE):
            continue
        text = html.escape(plain(raw.text[block.start : block.end]))
        wanted = min(block.level, depth + 1) if block.shape is Shape.ITEM else 0
        parts += ["<ul>"] * (wanted - depth) + ["</ul>"] * (depth - wanted)
        depth = wanted
        if block.shape is Shape.HEADING:
            parts.append(f"<h{min(6, block.level)}>{text}</h{min(6, block.level)}>")
        else:
            parts.append(f"<li>{text}</li>" if depth else f"<p>{text}</p>")
    parts += ["</ul>"] * depth
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{chr(10).join(parts)}</body></html>"


def convert(office: str, sources: dict[str, RawDocument], work: Path) -> None:
    """Write the pages and let LibreOffice turn them into all formats."""
    pages = work / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    for name, raw in sources.items():
        (pages / f"{name}.html").write_text(page_of(raw), encoding="utf-8")
    run(office, work / "odt", "odt:writer8", pages.glob("*.html"), "HTML (StarWriter)")
    for kind in ("docx", "html", "pdf"):
        run(office, work / kind, kind, (work / "odt").glob("*.odt"))


def run(office: str, out: Path, kind: str, files: Iterator[Path], filter_: str = "") -> None:
    words = [office, "--headless", "--convert-to", kind, "--outdir", str(out)]
    words += [f"--infilter={filter_}"] if filter_ else []
    subprocess.run([*words, *map(str, sorted(files))], check=True, capture_output=True)


Passages = tuple[list[tuple[str, ...]], list[tuple[str, ...]]]


def passages(raw: RawDocument) -> Passages:
    """The words of the passages of running text, and those of the headings."""
    texts: list[tuple[str, ...]] = []
    headings: list[tuple[str, ...]] = []
    for one in segment(raw, "d", lang=UNKNOWN).passages:
        words = tuple(words_of(one.text))
        if one.role is Role.HEADING:
            headings.append(words)
        elif one.role not in ASIDE_ROLES:
            texts.append(words)
    return texts, headings


def measured(kind: str, sources: dict[str, RawDocument], work: Path, misses: int) -> Measured:
    found = Measured()
    for name, raw in sources.items():
        file = work / kind / f"{name}.{kind}"
        begun = perf_counter()
        converted = readers.read(file.name, file.read_bytes())
        found.seconds += perf_counter() - begun
        texts, headings = passages(raw)
        # Roles come from the words of headings; what is compared is where passages are cut.
        new_texts, new_headings = passages(converted)
        new = Counter(new_texts) + Counter(new_headings)
        found.documents += 1
        found.passages += len(texts)
        found.same += shared(texts, new)
        found.headings += len(headings)
        found.same_headings += shared(headings, Counter(new_headings))
        found.found += len(new_texts)
        for words in list((Counter(texts) - new).elements())[:misses]:
            print("  ", kind, name, "|", " ".join(words)[:150])
    return found


def shared(words: Sequence[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> int:
    return sum((Counter(words) & other).values())


def row(kind: str, one: Measured) -> str:
    same = f"{100 * one.same / max(1, one.passages):.1f} %"
    headings = f"{100 * one.same_headings / max(1, one.headings):.1f} %"
    cells = (kind, one.documents, f"{one.passages:,}", same, f"{one.headings:,}", headings)
    return "| " + " | ".join(map(str, cells)) + f" | {one.seconds:.1f} |"


if __name__ == "__main__":
    main()
