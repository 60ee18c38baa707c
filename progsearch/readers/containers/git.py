"""Files of a commit, read from a git repository without a checkout.

A repository is data, and its settings can name programs: where to fetch a missing object
from, what to do before and after. So git never sees them. It is asked about the repository's
objects from an empty repository of our own, which has only copies of its references
(``Repository.at``), or nothing at all; what an object's absence would fetch is not known there,
and fetching is forbidden besides, by protocol and by leaving git no program to call.

(dulwich and pygit2 run nothing either. Both unpack an object before its size is known, and
the one brings a client of HTTP along, the other a parser in C into this process.)
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.opening import setting_bytes

__all__ = ["Entry", "Repository", "web_address"]

MAX_SECONDS = 120
MAX_REFERENCES = 100_000
MAX_PACKED = 50_000_000
"""Bytes of the file of packed references."""
_LFS = b"version https://git-lfs.github.com/spec/"
_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)")
_SHA256 = re.compile(rb"^\s*objectformat\s*=\s*\"?sha256\b", re.IGNORECASE | re.MULTILINE)
_NO_FILE = os.devnull


class Entry(NamedTuple):
    """A file of a commit: its path in the repository, the name of its bytes, its size, which
    is -1 when the repository lacks them."""

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

        Raises ProgsearchError when the folder is no repository or has no such commit, when
        it has links or devices where a repository has files, and when git is not installed.
        """
        place = _checked(_place_of(folder))
        try:
            with _stand_in(place, references=True) as stand_in:
                commit = _git(
                    stand_in, place, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}"
                )
        except ProgsearchError as error:
            if error.remedy:
                raise
            raise ProgsearchError(
                f"no commit {rev!r} in the repository",
                where=str(folder),
                remedy="git log and git tag show what there is",
            ) from error
        return cls(folder, commit.decode("ascii").strip(), _url(place))

    def files(self) -> Iterator[Entry]:
        """The files of the commit by path; links and other repositories inside are left out.

        Raises ProgsearchError when the repository lacks the list of a folder's files.
        """
        place = _place_of(self.folder)
        with _stand_in(place) as stand_in:
            listed = _git(stand_in, place, "ls-tree", "-r", "-z", "--full-tree", self.commit)
            named: list[tuple[str, str]] = []
            for line in listed.split(b"\0"):
                facts, _, name = line.partition(b"\t")
                words = facts.split()
                if len(words) == 3 and words[1] == b"blob" and words[0] != b"120000":
                    path = name.decode("utf-8", "surrogateescape")
                    if path.isprintable():
                        named.append((path, words[2].decode("ascii")))
            asked = "".join(f"{blob}\n" for _, blob in named).encode()
            told = _git(stand_in, place, "cat-file", "--batch-check", given=asked)
        for (path, blob), line in zip(named, told.splitlines(), strict=True):
            words = line.split()
            yield Entry(path, blob, int(words[2]) if len(words) == 3 else -1)

    def read(self, blob: str) -> bytes:
        """The bytes of a file.

        Raises ProgsearchError for what Git LFS keeps elsewhere and what the repository lacks.
        """
        place = _place_of(self.folder)
        with _stand_in(place) as stand_in:
            try:
                data = _git(stand_in, place, "cat-file", "blob", blob)
            except ProgsearchError as error:
                if error.remedy:
                    raise
                raise _lacking() from error
        if data.startswith(_LFS):
            raise ProgsearchError(
                "Git LFS keeps the file elsewhere", remedy="run git lfs pull, ingest the work tree"
            )
        return data


def _lacking() -> ProgsearchError:
    return ProgsearchError(
        "the repository lacks the file", remedy="fetch it with git, for nothing is fetched here"
    )


class _Place(NamedTuple):
    """Where a repository keeps its head, and what it shares with its other work trees."""

    head: Path
    common: Path


def _place_of(folder: Path) -> _Place:
    """The repository that a folder is, has or lies in. Raises ProgsearchError."""
    for above in (folder, *folder.parents):
        for one in (above, above / ".git"):
            if (one / "HEAD").is_file() and (one / "objects").is_dir():
                return _Place(one, one)
        pointer = above / ".git"
        if pointer.is_file():
            return _work_tree(pointer)
    raise ProgsearchError(
        "not a git repository", where=str(folder), remedy="give the folder of a repository"
    )


def _work_tree(pointer: Path) -> _Place:
    """The repository that a further work tree belongs to, if that knows of it."""
    with suppress(OSError, UnicodeDecodeError, ProgsearchError):
        told = setting_bytes(pointer, pointer.parent).decode().removeprefix("gitdir:").strip()
        head = Path(os.path.normpath(pointer.parent / told))
        back = Path(setting_bytes(head / "gitdir", head).decode().strip())
        common = Path(setting_bytes(head / "commondir", head).decode().strip())
        if (head / back).samefile(pointer):
            return _Place(head, Path(os.path.normpath(head / common)))
    raise ProgsearchError(
        "a work tree of a repository that does not know of it",
        where=str(pointer),
        remedy="give the folder of the repository itself",
    )


def _checked(place: _Place) -> _Place:
    """The same, if it has plain files and folders only: git waits for pipes."""
    objects = place.common / "objects"
    for one in (place.head / "HEAD", place.common / "refs", objects):
        if one.is_symlink():
            raise _odd(one)
    for parent, folders, files in os.walk(objects):
        for name in (*folders, *files):
            state = os.lstat(os.path.join(parent, name))  # noqa: PTH118 - there may be very many
            if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
                raise _odd(Path(parent, name))
    return place


def _odd(one: Path) -> ProgsearchError:
    return ProgsearchError(
        "a link or device in a repository", where=str(one), remedy="give a clone of it"
    )


@contextmanager
def _stand_in(place: _Place, *, references: bool = False) -> Iterator[Path]:
    """An empty repository without any settings, for as long as git is asked something."""
    with tempfile.TemporaryDirectory(prefix="progsearch-") as made:
        here = Path(made)
        (here / "refs").mkdir()
        (here / "HEAD").write_bytes(b"ref: refs/heads/none\n")
        sha256 = bool(_SHA256.search(_setting(place.common / "config", place.common)))
        version = "1\n[extensions]\n\tobjectformat = sha256" if sha256 else "0"
        (here / "config").write_text(
            f"[core]\n\tbare = true\n\trepositoryformatversion = {version}\n", encoding="ascii"
        )
        if references:
            _copy_references(place, here)
        yield here


def _copy_references(place: _Place, here: Path) -> None:
    """Copy what names commits: small plain files, none of them behind a link."""
    for top, name in (
        (place.head, "HEAD"),
        (place.common, "packed-refs"),
        (place.common, "shallow"),
    ):
        if data := _setting(top / name, top, limit=MAX_PACKED):
            (here / name).write_bytes(data)
    count = 0
    for parent, folders, files in os.walk(place.common / "refs"):
        into = here / Path(parent).relative_to(place.common)
        for name in folders:
            (into / name).mkdir()
        for name in files:
            count += 1
            if count > MAX_REFERENCES:
                raise ProgsearchError(
                    f"more than {MAX_REFERENCES:,} references",
                    where=str(place.common),
                    remedy="run git pack-refs --all in it",
                )
            if data := _setting(Path(parent, name), place.common):
                (into / name).write_bytes(data)


def _setting(file: Path, top: Path, *, limit: int = 1_000_000) -> bytes:
    """What a small file of a repository says; nothing when there is none that can be read."""
    with suppress(OSError, ProgsearchError):
        if not file.is_symlink():
            return setting_bytes(file, top, limit=limit)
    return b""


def _git(stand_in: Path, place: _Place, *words: str, given: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        raise ProgsearchError(
            "reading a repository needs git, which is not installed", remedy="install git"
        )
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and a fixed command
            _line(program, stand_in, words),
            input=given,
            capture_output=True,
            check=False,
            timeout=MAX_SECONDS,
            cwd=stand_in,
            env=_environment(stand_in, place),
        )
    except subprocess.TimeoutExpired:
        raise ProgsearchError(
            f"git took more than {MAX_SECONDS} seconds",
            where=str(place.common),
            remedy="check the repository with git fsck",
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = said[0].removeprefix("fatal: ") if said else "git failed"
        raise ProgsearchError(what, where=str(place.common))
    return done.stdout


def _line(program: str, stand_in: Path, words: Sequence[str]) -> list[str]:
    settings = ("core.fsmonitor=false", f"core.hooksPath={_NO_FILE}", "protocol.allow=never")
    chosen = [word for one in settings for word in ("-c", one)]
    return [program, "--no-pager", "--no-replace-objects", f"--git-dir={stand_in}", *chosen, *words]


def _environment(stand_in: Path, place: _Place) -> dict[str, str]:
    """What git is to know of its surroundings: nothing of the user's, and no way out."""
    nowhere = str(stand_in / "nowhere")
    # Windows programs do not start without these.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
    return kept | {
        "GIT_OBJECT_DIRECTORY": str((place.common / "objects").absolute()),
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",  # known from git 2.44 on
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": _NO_FILE,
        "GIT_CONFIG_GLOBAL": _NO_FILE,
        "GIT_ATTR_NOSYSTEM": "1",
        # Whatever git would call, it looks for there.
        "GIT_EXEC_PATH": nowhere,
        "PATH": nowhere,
        "HOME": nowhere,
        "XDG_CONFIG_HOME": nowhere,
        "LC_ALL": "C",
    }


def _url(place: _Place) -> str:
    """Where a repository says that it comes from; its settings are read as a text by git."""
    told = _setting(place.common / "config", place.common)
    try:
        with _stand_in(place) as stand_in:
            words = ("config", "--file", "-", "--no-includes", "--get", "remote.origin.url")
            found = _git(stand_in, place, *words, given=told)
        return web_address(found.decode().strip())
    except (ProgsearchError, UnicodeDecodeError):
        return ""


def web_address(remote: str) -> str:
    """Where people look at a repository: without names and passwords, without ``.git``."""
    ssh = _SSH.fullmatch(remote)
    if ssh:
        remote = f"https://{ssh[1]}/{ssh[2]}"
    web = re.fullmatch(r"(https?)://(?:[^/@]*@)?(.+?)(?:\.git)?/?", remote)
    return f"{web[1]}://{web[2]}" if web else ""
