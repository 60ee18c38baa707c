"""What is fuzzed: functions from any text to a result, or to an error of the project's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from progsearch import readers
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.model import Fact, Origin, RawDocument, source_text
from progsearch.normalise import normalise
from progsearch.query import parse
from progsearch.readers.leftovers import stray_words
from progsearch.search import Index
from progsearch.segmentation import segment

__all__ = ["TARGETS", "Target"]

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SMALL = CORPUS / "se" / "region-norrbotten"
LONGEST = 400
"""Characters of a seed; longer inputs find no more and take longer."""


@dataclass(frozen=True, slots=True)
class Target:
    """A function that takes any text, and what texts for it are made of.

    ``check`` raises for a fault and returns whether the text was taken; ``False`` tells of an
    error of the project's own.
    """

    check: Callable[[str], bool]
    seeds: Callable[[], Sequence[str]]
    tokens: tuple[str, ...]


# -- queries

ASKED = 16
"""Of so many queries that can be read, one is asked."""

QUERIES = (
    "",
    "lékař OR läkare",
    '"nära vård" -kö',
    "vård* NEAR/5 (personal)",
    '="Vården" NOT (a OR b)',
    'region:SE-BD party:"Strana A" lang:sv year:2021',
    "„nära vård“ NEAR/3 ”sjuk*”",
    "NOT (NOT (NOT a))",
    "barnmorska ambulans budget? e-hälsa 10:30",
)
QUERY_TOKENS = (
    *(' "', '" ', "(", ")", " AND ", " OR ", " NOT ", " -", " NEAR/5 ", " NEAR/99999 ", '="'),
    *("=", "*", "?", "„", "“", "”", "region:", "party:", "lang:", "year:", "date:", "label:"),
    *("'", "\\", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\xad", "é", "ß", "İ", "ﬁ", "²", "٣"),
    *("\ud800",),
)


@cache
def _index() -> Index:
    engine = MemoryEngine()
    for _ in ingest(engine, [SMALL]):
        pass
    return Index.of(engine)


def check_query(text: str) -> bool:
    """A query is refused, or is printed so that it reads the same, and can be asked."""
    try:
        query = parse(text)
    except ProgsearchError:
        return False
    assert parse(str(query)) == query, f"printed as {query}"
    if crc32(text.encode("utf-8", "surrogatepass")) % ASKED:
        return True  # to parse is quick, to ask takes fifty times as long
    index = _index()
    try:
        found = index.search(query, limit=2)
        hits = list(found.hits)
    except ProgsearchError:
        return False
    assert len(hits) <= found.total
    return True


# -- documents

HEADS = (
    "---\ntitle: A\nperex: >\n  Věta.\n\norder: 8\n---\n",
    "---\ntitle: 'x: y'\ndate: 2022-02-29\ntags: [a, {b: c}]\n---\n# N\n",
    "---\nregion: SE-G\nparty: C\nkind: news\nlang: sv\nauthor: {name: Eva}\n---\n",
    '---\n"a": |\n  1. Jedna<br>\n  2. Dvě\na: &x [1]\n? [k]\n: v\n',
    "\ufeff---\r\ntitle:\tA\r\n\tintro: b\r\n---\r\nText\r\r\n- bod",
    "---\ngarant: jana.nova\ncampaign: kraj2020\ncountry: CZ\nintro: !!python/object:a.b {}\n---\n",
)
HEAD_TOKENS = (
    *("---\n", "\n---", ": ", "- ", "? ", "&a ", "*a", "!!binary ", "!!set ", "|\n", ">-\n", "["),
    *("]", "{", "}", "'", '"', "#", "%YAML 9.9\n", "\t", "\r", "\r\n", "\x85", "\u2028"),
    *("\ufeff", "<<: ", "title:", "date: 2022-02-29\n", "date: 0000-13-99\n", "perex:"),
    *("lang: xx\n", "region: CZ-99\n", "\\x41", "\\ud800", "\x00", "...\n", "null", "~", "1e999"),
    *("0x1F", "2020-01-01T25:61:61Z", "=", "@", "`", "!<tag:x>", "😀", "\ud800"),
)
BODIES = (
    "# Nadpis\n\nOdstavec **tučně**.\n- bod\n  - bod\n1. jedna\n\n> citát\n",
    "Nyheter\n\n3 mars 2021\n\nRubrik här\n\n– En mening, säger Eva Ek (C), chef.\n",
    "<!-- Program | antaget 2020-01-01 -->\nInnehåll\n1.1 Rubrik ..... 5\n\nText\n",
    "| a | b |\n|---|---|\n| c | d |\n\n<ul><li>x</li></ul><p>y<br/>z</p>\n```\nkód\n```\n",
    "Rubrik\n\nEn mening som slutar med punkt.\n",
)
BODY_TOKENS = (
    *("# ", "\n\n", "- ", "* ", "1. ", "a) ", "> ", "**", "__", "_", "`", "~~~\n", "```\n"),
    *("===\n", "---\n", "| ", "|-|\n", "<br>", "<li>", "</li>", "<ul>", "<p>", "</p>", "<h2>"),
    *("<div a='b'>", "<!--", "-->", "<script>", "</script>", "<![CDATA[", "<?", "&nbsp;", "&#0;"),
    *("&#xD800;", "[", "](u)", "![", "{%", "%}", "{{", "}}", "{:", "\u200b", "\xa0", "\u2028"),
    *("\x85", "\x0b", "\r", "„", "“", "– ", "•", "säger Eva Ek (C), chef.", "22 december 2021\n"),
    *("Inneh\xe5ll\n", "1.1 R\n", "Relaterade nyheter\n", "Rubrik ..... 5\n", "é", "\x00"),
    *("\x1b]0;x\x07", "\u202e", "�"),
)
PATHS = ("corpus/a.md", "corpus/2021-02-29-a.txt")


def _files() -> list[str]:
    files = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".md", ".txt"))
    return [file.read_text(encoding="utf-8")[:LONGEST] for file in files]


def _heads() -> list[str]:
    return [*HEADS, *(text for text in _files() if text.startswith("---"))]


def _bodies() -> list[str]:
    return [*BODIES, *_files()]


def _undetermined(_text: str) -> str:
    return "und"


def _raw_or_refusal(path: str, data: bytes) -> RawDocument | ProgsearchError:
    try:
        return readers.read(path, data)
    except ProgsearchError as error:
        return error


def _read(text: str, path: str) -> bool:
    """The laws of reading: what stands in a file is kept, once, no word of it stands between
    blocks, and its facts are sound."""
    raw = _raw_or_refusal(path, text.encode("utf-8", "surrogatepass"))
    if isinstance(raw, ProgsearchError):
        assert raw.where.startswith(path)
        assert raw.remedy
        return False
    end = 0
    for block in raw.blocks:
        assert end <= block.start < block.end <= len(raw.text)
        end = block.end
    assert not list(stray_words(raw))
    made = normalise(
        raw,
        path=path,
        content_hash="",
        defaults={},
        given={},
        people={"jana.nova": "Jana Nová"},
        detect=_undetermined,
    )
    assert made.title.strip()
    done = segment(raw, made.id, title=made.title, lang=Fact("und", Origin.INFERRED))
    assert source_text(done.between, done.passages) == raw.text
    return True


def check_front_matter(text: str) -> bool:
    """Any text after an opening line of a front matter is read or refused."""
    return _read(text if re.match(r"\s*---", text) else f"---\n{text}", PATHS[0])


def check_segmentation(text: str) -> bool:
    """Any text is cut into passages that give it back, or refused."""
    return _read(text, PATHS[len(text) % 2])


TARGETS = {
    "query": Target(check_query, lambda: QUERIES, QUERY_TOKENS),
    "frontmatter": Target(check_front_matter, _heads, HEAD_TOKENS),
    "segmentation": Target(check_segmentation, _bodies, BODY_TOKENS),
}
