"""How often the region, party and year inferred are right, and how often one is given.

``python -m benchmarks.regions --corpus ../shared/corpus``

In ``cz-pirati`` the folder names the region. A file that is an exact copy of one in another
region's folder (same words after the front matter) says nothing about either and is left
out of the first figure; the second counts it too, right when the region is that of any of
its copies. In the folders of national texts every region given is listed. These figures are
those of the text alone; the names of files and folders are read in the lines that say so.

The party is that of ``cz-pirati`` and of the file names of ``se-partier``, the year that of the
campaign's folder, of the file's name or, in ``se-regeringen``, of the folder; articles of the
government are of no party. Registry: the parties of ``cz-kalkulacka`` that have a label there.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frontmatter
import yaml

from progsearch.facts.inference import HEAD, campaign_of, infer_date
from progsearch.facts.parties import infer_party
from progsearch.facts.regions import infer_region, region, region_of_path
from progsearch.facts.registry import label_of, load_parties
from progsearch.model import Region
from progsearch.normalise import body_of

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


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of a file: what it should be (empty: none), and what was inferred from the
    text alone, and with the names of the file and its folders."""

    fact: str
    folder: str
    path: str
    wanted: str
    alone: str
    named: str


_CAMPAIGN = re.compile(r"_program/[^/]*?((?:19|20)\d\d)")


def told(corpus: Path) -> Iterator[Told]:
    """The region, party and year of every file of which one is known."""
    for folder, country in (("cz-pirati", "CZ"), ("se-partier", "SE"), ("se-regeringen", "SE")):
        for path, text, title, _ in _texts(corpus / folder):
            place = path.relative_to(corpus).as_posix()
            body, head = body_of(text), body_of(text)[:HEAD]
            alone = f"x{path.suffix}"
            if folder == "cz-pirati":
                code = region(path.relative_to(corpus / folder).parts[0]).code
                guess, seen = region_of_path(place), infer_region(text, title, ("CZ",))
                either = guess or seen
                yield Told("region", folder, place, code, _code(seen), _code(either))
            owners = (infer_party(title, head, at, (country,)) for at in (alone, place))
            parties = tuple(owner.party.id if owner else "" for owner in owners)
            yield Told("party", folder, place, _party_of(folder, path), *parties)
            year = _year_of(folder, place)
            if year:
                dates = (infer_date(at, title, body, campaign_of({}, at)) for at in (alone, place))
                years = tuple(str(date.year) if date else "" for date in dates)
                yield Told("year", folder, place, year, *years)


def _code(found: Region | None) -> str:
    return found.code if found else ""


def _party_of(folder: str, path: Path) -> str:
    if folder == "cz-pirati":
        return "CZ:PIRATI"
    parts = path.stem.split("-")
    wanted = f"SE:{parts[1].upper()}" if folder == "se-partier" else ""
    return wanted if wanted in load_parties() else ""


def _year_of(folder: str, place: str) -> str:
    if folder == "cz-pirati":
        found = _CAMPAIGN.search(place)
        return found[1] if found else ""
    found = re.search(r"(?:/|-)((?:19|20)\d\d)(?:\d\d)?(?:/|\.)", place)
    return found[1] if found else ""


def registry(corpus: Path) -> tuple[int, int, list[str]]:
    """Of the parties of the survey those with a label in the registry, all, and the others."""
    with (corpus / "cz-kalkulacka" / "krajske-2024.tsv").open(encoding="utf-8") as file:
        names = sorted({row["party"] for row in csv.DictReader(file, delimiter="\t")})
    unknown = [name for name in names if label_of(name, ("CZ",)).party is None]
    return len(names) - len(unknown), len(names), unknown


def precision(found: list[Case]) -> tuple[int, int]:
    """How many of the regions given are right, and how many are given."""
    given = [case for case in found if case.got]
    return sum(case.got is not None and case.got.code in case.wanted for case in given), len(given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--wrong", action="store_true", help="list every wrong party and year")
    options = parser.parse_args()
    found = list(cases(options.corpus))
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
    _tell(list(told(options.corpus)), wrong=options.wrong)
    labelled, named, unknown = registry(options.corpus)
    print(f"registry: {labelled} of {named} names of the survey; not: {'; '.join(unknown)}")


def _tell(found: list[Told], *, wrong: bool) -> None:
    for fact, folder in dict.fromkeys((one.fact, one.folder) for one in found):
        rows = [one for one in found if (one.fact, one.folder) == (fact, folder)]
        for how in ("alone", "named"):
            given = [one for one in rows if getattr(one, how)]
            right = sum(getattr(one, how) == one.wanted for one in given)
            source = "text alone" if how == "alone" else "with names of files and folders"
            print(
                f"{fact}, {folder}, {source}: {right} of {len(given)} right, "
                f"given to {len(given)} of {len(rows)} files"
            )
            if wrong:
                for one in given:
                    if getattr(one, how) != one.wanted:
                        print(f"  {one.path}: {getattr(one, how)}, should be {one.wanted}")


if __name__ == "__main__":
    main()
