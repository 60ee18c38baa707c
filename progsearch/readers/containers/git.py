"""Files of a commit, read from a git repository without a checkout.

The installed ``git`` is asked; only commands that read objects are used, so that nothing
that a repository's own settings name is ever run.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from progsearch.errors import ProgsearchError

__all__ = ["Entry", "Repository", "web_address"]

MAX_SECONDS = 600
_LFS = b"version https://git-lfs.github.com/spec/"
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "-c", "protocol.allow=never")
_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)")


class Entry(NamedTuple):
    """A file of a commit: its path in the repository, the name of its bytes, its size."""

    path: str
    blob: str
    size: int


@dataclass(frozen=True, slots=True)
class Repository:
    """One commit of a repository; ``url`` is where the repository lies, empty when it is not
    said."""

    folder: Path
    commit: str
    url: str = ""

    @classmethod
    def at(cls, folder: Path, rev: str = "HEAD") -> Repository:
        """The commit that a name, tag or hash means.

        Raises ProgsearchError when the folder is no repository or has no such commit, and
        when git is not installed.
        """
        try:
            commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")
        except ProgsearchError as error:
            if error.remedy:
                raise
            raise ProgsearchError(
                f"no commit {rev!r} in the repository",
                where=str(folder),
                remedy="git log and git tag show what there is",
            ) from error
        return cls(folder, commit.decode("ascii").strip(), _url(folder))

    def files(self) -> Iterator[Entry]:
        """The files of the commit by path; links and other repositories inside are left out."""
        listed = _git(self.folder, "ls-tree", "-r", "-z", "-l", "--full-tree", self.commit)
        for line in listed.split(b"\0"):
            facts, _, name = line.partition(b"\t")
            words = facts.split()
            if len(words) == 4 and words[1] == b"blob" and words[0] != b"120000":
                path = name.decode("utf-8", "surrogateescape")
                if path.isprintable():
                    yield Entry(path, words[2].decode("ascii"), int(words[3]))

    def read(self, blob: str) -> bytes:
        """The bytes of a file. Raises ProgsearchError for what Git LFS keeps elsewhere."""
        data = _git(self.folder, "cat-file", "blob", blob)
        if data.startswith(_LFS):
            raise ProgsearchError(
                "Git LFS keeps the file elsewhere", remedy="run git lfs pull, ingest the work tree"
            )
        return data


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and a fixed command
            ["git", "-C", str(folder), *_SAFE, *words],  # noqa: S607 - wherever it is installed
            capture_output=True,
            check=False,
            timeout=MAX_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise ProgsearchError(
            "reading a repository needs git, which is not installed", remedy="install git"
        ) from None
    except subprocess.TimeoutExpired:
        raise ProgsearchError("git took too long", where=str(folder), remedy="try again") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if said and ("not a git repository" in said[0] or "dubious ownership" in said[0]):
            raise ProgsearchError(
                said[0].removeprefix("fatal: "),
                where=str(folder),
                remedy="give the folder of a repository of your own",
            )
        raise ProgsearchError(said[0] if said else "git failed", where=str(folder))
    return done.stdout


def _url(folder: Path) -> str:
    try:
        return web_address(_git(folder, "config", "--get", "remote.origin.url").decode().strip())
    except (ProgsearchError, UnicodeDecodeError):
        return ""


def web_address(remote: str) -> str:
    """Where people look at a repository: without names and passwords, without ``.git``."""
    ssh = _SSH.fullmatch(remote)
    if ssh:
        remote = f"https://{ssh[1]}/{ssh[2]}"
    web = re.fullmatch(r"(https?)://(?:[^/@]*@)?(.+?)(?:\.git)?/?", remote)
    return f"{web[1]}://{web[2]}" if web else ""
