"""How far passages of a programme stay the same when it comes in another format.

    apt-get install --no-install-recommends libreoffice-writer libreoffice-calc libreoffice-impress
    python -m benchmarks.formats [--shared ../shared] [--documents 80] [--keep FOLDER] [--only NAME]

Programmes of the shared corpus are read and written anew: by LibreOffice as web page, Word,
OpenDocument, Rich Text, EPUB, slides and sheets, by typst as pages set in several ways, and by
benchmarks/conversions.py as mail, feeds, JSON and the like. A passage agrees when a passage of the
converted file has the same words. The table is the one in docs/formats.md.

    python -m benchmarks.formats --gold ../shared/pdf/dev

measures instead how well hand-set PDFs are read, by a folder of them and of their blocks as
read by eye (see benchmarks/goldpages.py).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.conversions import SET, WRITTEN, page_of, set_pages, slides_of, table_of
from benchmarks.goldpages import table
from progsearch import readers
from progsearch.blocks.marks import words_of
from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Fact, Origin, RawDocument, Role, Shape
from progsearch.segmentation import segment

OF_OFFICE = ("html", "docx", "odt", "pdf", "rtf", "doc", "odp", "pptx", "ods", "xlsx")
WITHOUT_HEADINGS = frozenset(("ods", "xlsx", "JSON", "Nexis"))
"""Where a heading is a column beside the text, or no more than a paragraph."""
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
    asked.add_argument("--only", action="append", default=[], help="of this format; several")
    asked.add_argument("--gold", type=Path, help="a folder of PDFs and the blocks of their pages")
    options = asked.parse_args()
    if options.gold:
        for line in table(options.gold):
            print(line, flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        work = options.keep or Path(folder)
        sources = dict(chosen(options.shared / "corpus", options.documents))
        print("| format | documents | passages | the same | headings | the same | s |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name, files in converted(sources, work, options.only):
            print(row(name, measured(name, sources, files, options.misses)), flush=True)


Files = dict[str, Path]


def converted(
    sources: dict[str, RawDocument], work: Path, only: Sequence[str]
) -> Iterator[tuple[str, Files]]:
    """Each format with its files, by the names of their sources."""
    office = shutil.which("soffice")
    if office is None:
        print("soffice is not installed: apt-get install libreoffice-writer", file=sys.stderr)
    else:
        wanted = [kind for kind in OF_OFFICE if not only or kind in only]
        if wanted:
            convert(office, sources, work, wanted)
        for kind in wanted:
            yield kind, {name: work / kind / f"{name}.{kind}" for name in sources}
    for kind, (suffix, write) in WRITTEN.items():
        if not only or kind in only:
            yield (
                kind,
                {n: _kept(work / kind / f"{n}.{suffix}", write(r)) for n, r in sources.items()},
            )
    for way in SET:
        if not only or way in only:
            yield (
                way,
                {
                    name: _kept(work / way / f"{name}.pdf", set_pages(raw, name[4:6], way))
                    for name, raw in sources.items()
                },
            )


def _kept(file: Path, data: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def chosen(corpus: Path, count: int) -> Iterator[tuple[str, RawDocument]]:
    """Programmes with some passages, evenly over the folders, by a name for their files, which
    begins with a number and the language.

    A quarter of them are Swedish; these are much longer.
    """
    number = 0
    shares = (("cs", _CZECH, count - count // 4), ("sv", _SWEDISH, count // 4))
    for lang, pattern, share in shares:
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
            yield f"{number:03}-{lang}-{file.stem[:40]}", raw
            number += 1


def convert(office: str, sources: dict[str, RawDocument], work: Path, kinds: Sequence[str]) -> None:
    """Write pages, slides and tables, and let LibreOffice turn them into other formats."""
    texts = {"html": ("pages", page_of), "fodp": ("slides", slides_of), "csv": ("tables", table_of)}
    for suffix, (folder, write) in texts.items():
        (work / folder).mkdir(parents=True, exist_ok=True)
        for name, raw in sources.items():
            (work / folder / f"{name}.{suffix}").write_text(write(raw), encoding="utf-8")
    run(office, work / "odt", "odt:writer8", (work / "pages").iterdir(), "HTML (StarWriter)")
    for kind in kinds:
        if kind in ("odp", "pptx"):
            run(office, work / kind, kind, (work / "slides").iterdir())
        elif kind in ("ods", "xlsx"):
            utf8 = "CSV:44,34,76"  # comma, quotation mark, UTF-8
            run(office, work / kind, kind, (work / "tables").iterdir(), utf8)
        elif kind != "odt":
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


def measured(kind: str, sources: dict[str, RawDocument], files: Files, misses: int) -> Measured:
    found = Measured()
    for name, raw in sources.items():
        file = files[name]
        begun = perf_counter()
        read = list(readers.read_all(file.name, file.read_bytes()))
        found.seconds += perf_counter() - begun
        texts, headings = passages(raw)
        # Roles come from the words of headings; what is compared is where passages are cut.
        new_texts, new_headings = [], []
        for one in read:
            if isinstance(one, RawDocument):
                more_texts, more_headings = passages(one)
                new_texts += more_texts
                new_headings += more_headings
        new = Counter(new_texts) + Counter(new_headings)
        found.documents += 1
        found.passages += len(texts)
        found.same += shared(texts, new)
        if kind not in WITHOUT_HEADINGS:
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
    headings = f"{100 * one.same_headings / one.headings:.1f} %" if one.headings else "–"
    count = f"{one.headings:,}" if one.headings else "–"
    cells = (kind, one.documents, f"{one.passages:,}", same, count, headings)
    return "| " + " | ".join(map(str, cells)) + f" | {one.seconds:.1f} |"


if __name__ == "__main__":
    main()
