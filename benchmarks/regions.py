"""How often the region inferred from a text is right, and how often one is given.

``python -m benchmarks.regions --corpus ../shared/corpus``

In ``cz-pirati`` the folder names the region. A file that is an exact copy of one in another
region's folder (same words after the front matter) says nothing about either and is left
out of the first figure; the second counts it too, right when the region is that of any of
its copies. In the folders of national texts every region given is listed.
"""

from __future__ import annotations

import argparse
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frontmatter
import yaml

from progsearch.facts.regions import infer_region, region
from progsearch.model import Region

NATIONAL = ("se-regeringen", "se-partier")
NO_DOCUMENTS = frozenset({"garants.tsv", "SOURCE.txt"})


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what it should be (empty: no region) and what was inferred."""

    path: str
    wanted: frozenset[str]
    copy: bool
    got: Region | None


def _texts(folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    """Path, text in NFC, title and hash of the words of the body."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name in NO_DOCUMENTS:
            continue
        text = unicodedata.normalize("NFC", path.read_text("utf-8-sig", errors="replace"))
        try:
            post = frontmatter.loads(text)
            title, body = str(post.metadata.get("title", "")), post.content
        except yaml.YAMLError:
            title, body = "", text
        words = " ".join(body.casefold().split()) or str(path)
        digest = hashlib.sha256(words.encode()).hexdigest()
        yield path, text, title or text.partition("\n")[0], digest


def cases(corpus: Path) -> Iterator[Case]:
    """Every file whose region is known, with what is inferred from it."""
    root = corpus / "cz-pirati"
    rows = list(_texts(root))
    homes: dict[str, set[str]] = defaultdict(set)
    for path, _, _, digest in rows:
        homes[digest].add(region(path.relative_to(root).parts[0]).code)
    for path, text, title, digest in rows:
        place = path.relative_to(corpus).as_posix()
        wanted = frozenset(homes[digest])
        yield Case(place, wanted, len(wanted) > 1, infer_region(text, title, ("CZ",)))
    for folder in NATIONAL:
        for path, text, title, _ in _texts(corpus / folder):
            place = path.relative_to(corpus).as_posix()
            yield Case(place, frozenset(), False, infer_region(text, title, ("SE",)))


def precision(found: list[Case]) -> tuple[int, int]:
    """How many of the regions given are right, and how many are given."""
    given = [case for case in found if case.got]
    return sum(case.got is not None and case.got.code in case.wanted for case in given), len(given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    found = list(cases(parser.parse_args().corpus))
    known = [case for case in found if case.wanted]
    for title, chosen in (
        ("regional, without copies", [case for case in known if not case.copy]),
        ("regional, with copies", known),
    ):
        right, given = precision(chosen)
        print(
            f"{title}: precision {right / given if given else 0:.4f} ({right} of {given}), "
            f"speaks for {given / len(chosen):.3f} of {len(chosen)} files"
        )
    national = [case for case in found if not case.wanted]
    given = sum(case.got is not None for case in national)
    print(f"national: gives a region to {given} of {len(national)} files")
    for case in found:
        if case.got and case.got.code not in case.wanted:
            wanted = "/".join(sorted(case.wanted)) or "none"
            print(f"  {case.path}: {case.got.code}, should be {wanted}")


if __name__ == "__main__":
    main()
