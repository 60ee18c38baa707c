"""Permanent web addresses of passages, from the ``[web]`` table of a ``progsearch.toml``.

    [web]
    repository = "https://github.com/example/programmes"
    commit = "6fc39153d4b9485dd1a1a8e90025fb8043423ad8"
    folder = "texts"      # where in the repository the folder of this file lies; may be left out

or the address itself, in which ``{path}``, ``{line}`` and ``{end_line}`` are filled in; the
path is relative to the folder of the ``progsearch.toml``:

    [web]
    url = "https://git.example.org/programmes/6fc3915/{path}#L{line}"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from progsearch.classes import dataclass
from progsearch.defaults import FILE_NAME, Defaults
from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean
from progsearch.model import Document, Passage
from progsearch.search import Index

__all__ = ["KEYS", "Permalinks"]

KEYS = ("url", "repository", "commit", "folder")
"""What may stand in the table."""

# A page that shows Markdown as a document has no lines to point at: plain=1 shows the source.
# Sources: docs.github.com, "Getting permanent links to files"; docs.gitlab.com, "Permalinks".
_HOSTS = {
    "github": ("{repository}/blob/{commit}/{path}{plain}#L{line}", "-L{end_line}"),
    "gitlab": ("{repository}/-/blob/{commit}/{path}{plain}#L{line}", "-{end_line}"),
}
_RENDERED = (".md", ".markdown")
_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")
_FIELD = re.compile(r"\{(\w*)\}")


@dataclass(slots=True)
class Permalinks:
    """Finds the addresses of passages of an index; each folder's settings are read once."""

    index: Index
    _known: dict[Path, _Web | None] = field(default_factory=dict)

    def of(self, document: Document, passage: Passage) -> str:
        """The address of a passage; empty where no ``progsearch.toml`` above the file names one.

        A document that was read from a commit has its address there. Raises ProgsearchError
        when a ``progsearch.toml`` names one and it cannot be used.
        """
        label, _, rest = document.path.partition("/")
        root = self.index.summary.roots.get(label)
        file = Path(root, rest) if root else None
        # A file that lies there was not read from a commit, whatever it says of itself.
        if document.extra.get("commit") and ("@" in label or not (file and file.is_file())):
            return _in_commit(document.extra, passage)
        if file is None:
            return ""
        if "#" in file.name and not file.exists():
            file = file.with_name(file.name.partition("#")[0])  # a part of a table
        if file.parent not in self._known:
            self._known[file.parent] = _web(file.parent)
        web = self._known[file.parent]
        return web.address(file, passage) if web else ""


@dataclass(frozen=True, slots=True)
class _Web:
    folder: Path
    template: str
    range: str = ""

    def address(self, file: Path, passage: Passage) -> str:
        path = file.relative_to(self.folder).as_posix()
        known = {
            "path": quote(path),
            "line": str(passage.line),
            "end_line": str(passage.end_line),
            "plain": "?plain=1" if path.endswith(_RENDERED) else "",
        }
        template = self.template + (self.range if passage.end_line > passage.line else "")
        return _FIELD.sub(lambda found: known[found[1]], template)


def _in_commit(known: Mapping[str, object], passage: Passage) -> str:
    repository, path = str(known.get("repository", "")), str(known.get("repository_path", ""))
    commit = str(known["commit"])
    if not path or not _COMMIT.fullmatch(commit):
        return ""
    web = _hosted(repository, commit, "{path}")
    return web.address(Path(path), passage) if web else ""


def _hosted(repository: str, commit: str, path: str) -> _Web | None:
    """How a known host names the lines of a file in a commit; relative to no folder."""
    try:
        name = urlsplit(repository).hostname or ""
    except ValueError:  # brackets that are no address
        return None
    host = next((host for host in _HOSTS if host in name), "")
    if not host or not _is_address(repository):
        return None
    line, lines = _HOSTS[host]
    line = line.replace("{repository}", repository.rstrip("/").removesuffix(".git"))
    return _Web(Path(), line.replace("{commit}", commit).replace("{path}", path), lines)


def _web(folder: Path) -> _Web | None:
    defaults = Defaults.load(folder)
    # The nearest file that has the table speaks for itself: its path is where it lies.
    for source in reversed(defaults.sources):
        table = source.tables.get("web")
        if table:
            return _checked(table, Path(source.base))
    return None


def _checked(table: Mapping[str, Any], folder: Path) -> _Web:
    where = f"{folder / FILE_NAME}: [web]"
    for key, value in table.items():
        if key not in KEYS:
            remedy = did_you_mean(key, KEYS, f"known are {', '.join(KEYS)}", most=1)
            raise ProgsearchError(f"unknown key {key!r}", where=where, remedy=remedy)
        if not isinstance(value, str):
            raise ProgsearchError(f"{key} is not a text", where=where, remedy=f'write {key} = "…"')
    if "url" in table:
        return _Web(folder, _template(table["url"], where))
    repository, commit = table.get("repository", ""), table.get("commit", "")
    if not repository or not _COMMIT.fullmatch(commit):
        raise ProgsearchError(
            "no url, and no repository with its commit",
            where=where,
            remedy='write repository = "https://…" and commit = "…", the hash that git log shows',
        )
    inside = quote(table.get("folder", "").strip("/"))
    web = _hosted(repository, commit, f"{inside}/{{path}}" if inside else "{path}")
    if web is None:
        raise ProgsearchError(
            f"how {repository} names the lines of a file is not known",
            where=where,
            remedy='write url = "https://…/{path}#L{line}"',
        )
    return _Web(folder, web.template, web.range)


def _template(url: str, where: str) -> str:
    fields = set(_FIELD.findall(url))
    if not _is_address(url) or "path" not in fields or fields - {"path", "line", "end_line"}:
        raise ProgsearchError(
            f"not an address with {{path}} in it: {url}",
            where=where,
            remedy='write url = "https://…/{path}#L{line}"; {end_line} may stand there, too',
        )
    return url


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[^\s\x00-\x1f\x7f-\x9f]*)?", text))
