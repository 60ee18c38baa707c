"""What there is to do: which files are looked at, and which are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from progsearch.engine.mark import LOCK, MARK
from progsearch.errors import ProgsearchError
from progsearch.files import Root, SourceFile, roots_of, stamp_of, walk
from progsearch.state import Files

__all__ = ["Plan", "all_aliases", "all_roots", "plan", "refuse_loss"]

MANY, SHARE = 20, 0.3
"""Documents, and their share of an index, that no run takes out unless it is allowed to: so
many are hardly deleted by hand, and a disk that is not mounted takes all of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do: files to look at, and paths in the index whose file is gone."""

    roots: Sequence[Root]
    files: Sequence[SourceFile]
    gone: Sequence[str]
    closed: Sequence[str] = ()  # folders that cannot be listed; what was below them stays


def plan(paths: Sequence[Path], files: Files, roots: Mapping[str, str], rev: str = "") -> Plan:
    """Find the files below the paths, and those that the index had there and that are gone.

    ``roots`` are the folders that the index knows by label, ``rev`` is the commit of a
    repository whose files are wanted. Raises ProgsearchError when a
    path does not exist.
    """
    settled = [_settled(root, roots) for root in roots_of(paths, rev)]
    found = _without_indexes(list(walk(settled)))
    here = {source.path for source in found}
    closed = [source.path for source in found if source.closed]
    known = sorted((files.indexed.keys() | files.failures.keys()) - here)
    gone = [
        path
        for path in known
        if any(_covers(root, path, roots) for root in settled)
        and not any(path.startswith(f"{folder}/") for folder in closed)
    ]
    return Plan(settled, found, gone, closed)


def refuse_loss(before: Files, todo: Plan) -> None:
    """Raise ProgsearchError when too many documents of an index would be gone after a run.

    A file that has another name now, told by its size, is not gone.
    """
    gone = [path for path in todo.gone if path in before.indexed]
    total = sum(len(file.documents) for file in before.indexed.values())
    lost = sum(len(before.indexed[path].documents) for path in gone)
    if not _too_many(lost, total):
        return
    new = Counter(_size(one) for one in todo.files if one.path not in before.indexed)
    for path in gone:
        file = before.indexed[path]
        if new[file.size] > 0:
            new[file.size] -= 1
            lost -= len(file.documents)
    if _too_many(lost, total):
        raise ProgsearchError(
            f"{lost:,} of {total:,} documents would leave the index, for their files are not"
            " there any more",
            where=", ".join(str(root.folder) for root in todo.roots),
            remedy="see whether the disk is there; allow it with --allow-removal",
        )


def _too_many(lost: int, total: int) -> bool:
    return lost >= MANY and lost >= SHARE * total


def _size(source: SourceFile) -> int:
    try:
        return stamp_of(source).st_size
    except OSError:
        return -1


def _without_indexes(sources: Sequence[SourceFile]) -> list[SourceFile]:
    """The files that are no part of an index, which may lie inside the corpus."""
    # An index that has just been begun has no mark yet.
    indexes = {source.file.parent for source in sources if source.file.name in (MARK, LOCK)}
    if not indexes:
        return list(sources)
    return [source for source in sources if indexes.isdisjoint(source.file.parents)]


def _settled(root: Root, known: Mapping[str, str]) -> Root:
    """The root under the name that the index already knows it by.

    A folder inside a known one is a part of it, so its documents keep their paths. A commit
    stands for itself.
    """
    if root.commit:
        return root
    for label, folder in known.items():
        if root.folder != Path(folder) and root.folder.is_relative_to(folder):
            below = root.folder.relative_to(folder).parts
            return Root("/".join((label, *below)), root.folder, root.only)
    folder = known.get(root.label, str(root.folder))
    if Path(folder) != root.folder and not Path(folder).is_relative_to(root.folder):
        raise ProgsearchError(
            f"the index already has another folder named {root.label!r}: {folder}",
            where=str(root.folder),
            remedy="use another --index, or begin anew with --rebuild",
        )
    return root


def _covers(root: Root, path: str, known: Mapping[str, str]) -> bool:
    if root.only:
        return path == f"{root.label}/{root.only}"
    if path.startswith(f"{root.label}/"):
        return True
    # A folder above a known one takes its documents over, under new paths.
    folder = known.get(path.partition("/")[0])
    return folder is not None and _above(root, folder)


def _above(root: Root, folder: str) -> bool:
    return Path(folder) != root.folder and Path(folder).is_relative_to(root.folder)


def all_aliases(
    known: Mapping[str, Mapping[str, Sequence[str]]],
    roots: Sequence[Root],
    seen: Mapping[str, Mapping[str, Sequence[str]]],
) -> dict[str, Mapping[str, Sequence[str]]]:
    """Further names of parties by corpus folder, after those ``seen`` at these roots.

    A folder that was gone through has those that were seen there; of which only a part was,
    those that were known as well.
    """
    found = dict(known)
    for root in roots:
        label = root.label.partition("/")[0]
        before = found.pop(label, {}) if root.only or "/" in root.label else {}
        found.pop(label, None)
        here = seen.get(label, {})
        merged = {
            name: sorted({*before.get(name, ()), *here.get(name, ())})
            for name in sorted({*before, *here})
        }
        if merged:
            found[label] = merged
    return found


def all_roots(known: Mapping[str, str], roots: Sequence[Root]) -> dict[str, str]:
    """The folders of an index by label, after these roots."""
    found = dict(known)
    for root in roots:
        if "/" not in root.label:
            found = {label: f for label, f in found.items() if root.only or not _above(root, f)}
            found[root.label] = str(root.folder) + (f"@{root.commit.commit}" if root.commit else "")
    return found
