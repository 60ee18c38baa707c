"""The themes at hand: the shipped ones, and a user's own, which add to or replace them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from progsearch.errors import Problem, ProgsearchError
from progsearch.facts.names import did_you_mean
from progsearch.opening import setting_text
from progsearch.themes.prepared import as_read
from progsearch.themes.theme import Theme, ThemeFile, bare

__all__ = ["SHIPPED", "Catalogue", "lint", "load", "shipped_files"]

SHIPPED = "progsearch"
"""What stands for the folder of the shipped themes."""

_FOLDER = Path(__file__).parents[1] / "data" / "themes"
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Catalogue:
    """Themes by id, and the files that they were read from."""

    files: Mapping[str, ThemeFile]
    own: Mapping[str, ThemeFile] = field(default_factory=dict)
    """Those of ``files`` that are the user's."""
    folders: Sequence[str] = ()
    """The folders that were read, the one that wins first."""

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """The themes that can be used, by id, in order."""
        found = {id_: read.theme for id_, read in sorted(self.files.items())}
        return {id_: theme for id_, theme in found.items() if theme}

    def get(self, wanted: str) -> Theme:
        """The theme with that id.

        Raises ProgsearchError when there is none, or when its file has errors, with all of
        them.
        """
        read = self.files.get(wanted)
        if read is None:
            raise ProgsearchError(
                f"no theme {wanted!r}",
                where="--theme",
                remedy=did_you_mean(
                    wanted,
                    self.files,
                    f"{' and '.join(self.folders)} were read; progsearch themes list names them",
                ),
            )
        if read.theme is None:
            errors = "".join(f"\n  {one}" for one in read.problems if one.fatal)
            raise ProgsearchError(f"the theme {wanted!r} cannot be used:{errors}", where="--theme")
        return read.theme

    @cached_property
    def _narrower(self) -> Mapping[str, Sequence[Theme]]:
        found: dict[str, list[Theme]] = {}
        for theme in self.themes.values():
            if theme.broader:
                found.setdefault(theme.broader, []).append(theme)
        return found

    def narrower(self, wanted: str) -> Sequence[Theme]:
        """The themes that name this one as their broader one, by id."""
        return self._narrower.get(wanted, ())

    def within(self, wanted: str) -> list[Theme]:
        """A theme and all below it, each once; what a search for it looks for.

        SKOS leaves open whether a broader concept stands for its narrower ones; here it
        does. Raises ProgsearchError as :meth:`get` does.
        """
        found = {wanted: self.get(wanted)}
        waiting = [wanted]
        while waiting:
            for theme in self.narrower(waiting.pop(0)):
                if theme.id not in found:
                    found[theme.id] = theme
                    waiting.append(theme.id)
        return list(found.values())

    @property
    def broken(self) -> Sequence[ThemeFile]:
        """The files that cannot be used."""
        return [read for read in self.files.values() if read.theme is None]


def load(folders: Iterable[Path] = ()) -> Catalogue:
    """The shipped themes and those in a user's folders; a later file replaces an id.

    Files that are as they were are not read again. Raises ProgsearchError for a folder that is
    not there.
    """
    wanted = tuple(folders)
    for folder in wanted:
        if not folder.is_dir():
            raise ProgsearchError(
                "there is no such folder",
                where=str(folder),
                remedy="--themes takes a folder with theme files (progsearch themes new ID)",
            )
    stamps = tuple(_stamp(file) for folder in wanted for file in _theme_files(folder))
    return _loaded(wanted, tuple(map(_stamp, shipped_files())), stamps)


_Stamp = tuple[str, int, int, int]


def _stamp(file: Path) -> _Stamp:
    """What tells whether a file is as it was."""
    try:
        found = file.stat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), found.st_ino, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=1)
def _shipped(_stamps: tuple[_Stamp, ...]) -> Sequence[ThemeFile]:
    return as_read(shipped_files(), lambda: list(_read_folder(_FOLDER, SHIPPED)))


@lru_cache(maxsize=4)
def _loaded(
    folders: tuple[Path, ...], shipped: tuple[_Stamp, ...], _stamps: tuple[_Stamp, ...]
) -> Catalogue:
    found = {read.id: read for read in _shipped(shipped)}
    own: dict[str, ThemeFile] = {}
    names = ["the shipped themes"]
    for folder in folders:
        own |= {read.id: _checked(read) for read in _read_folder(folder, folder.as_posix())}
        names.insert(0, folder.as_posix())
    return Catalogue(found | own, own, names)


def shipped_files() -> list[Path]:
    """The files of the shipped themes, by name."""
    return _theme_files(_FOLDER)


def _theme_files(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix in _SUFFIXES and not file.name.startswith(".")
    )


def _read_folder(folder: Path, name: str) -> Iterator[ThemeFile]:
    # YAML is loaded when files are read: searches with kept words read none.
    from progsearch.themes.reading import read_theme

    for file in _theme_files(folder):
        path = f"{name}/{file.name}"
        try:
            # Shipped files may be links, as some installers make them.
            text = setting_text(file, None if name == SHIPPED else folder)
            yield read_theme(text, path, file.stem)
        except UnicodeDecodeError:
            problem = Problem(path, 0, "this is not UTF-8", "save it as UTF-8")
            yield ThemeFile(path, file.stem, None, (problem,))
        except ProgsearchError as error:
            yield ThemeFile(path, file.stem, None, (Problem(path, 0, error.what, error.remedy),))
        except OSError as error:
            problem = Problem(path, 0, f"cannot be read: {error.strerror}")
            yield ThemeFile(path, file.stem, None, (problem,))


def _checked(read: ThemeFile) -> ThemeFile:
    # To list the shipped themes takes no look at what their terms mean.
    from progsearch.themes.checking import term_problems

    problems = [*read.problems, *term_problems(read)]
    if len(problems) == len(read.problems):
        return read
    problems.sort(key=lambda problem: problem.line)
    return replace(read, theme=None, problems=tuple(problems))


def lint(catalogue: Catalogue, only: Iterable[ThemeFile] | None = None) -> list[Problem]:
    """Every problem of the files (all of them, unless ``only`` some), by file and line.

    Beside those of each file by itself: a broader theme that does not exist, themes that
    are each broader than the other, and terms that stand in more than one theme.
    """
    from progsearch.themes.checking import term_problems

    wanted = list(only if only is not None else catalogue.files.values())
    found: list[Problem] = []
    owners = _owners(catalogue.files.values())
    for read in wanted:
        own = list(dict.fromkeys((*read.problems, *term_problems(read))))
        own += _broader_problems(read, catalogue)
        own += _shared(read, owners)
        found += sorted(own, key=lambda problem: problem.line)
    return found


_Owners = Mapping[tuple[str, str], Sequence[ThemeFile]]


def _owners(reads: Iterable[ThemeFile]) -> _Owners:
    owners: dict[tuple[str, str], list[ThemeFile]] = {}
    for read in reads:
        if read.theme:
            for lang, terms in read.theme.terms.items():
                for term in terms:
                    owners.setdefault((lang, _compared(read.theme, lang, term)), []).append(read)
    return owners


def _compared(theme: Theme, lang: str, term: str) -> str:
    """What a term is compared by: sets of the same name may differ from theme to theme."""
    from progsearch.query import WITH_PARTS, QuerySyntaxError
    from progsearch.themes.sets import written_out

    try:
        return bare(written_out(theme, lang, term).removeprefix(WITH_PARTS))
    except QuerySyntaxError:
        return bare(term)


def _shared(read: ThemeFile, owners: _Owners) -> Iterator[Problem]:
    if read.theme is None:
        return
    for lang, terms in read.theme.terms.items():
        for term in terms:
            for other in owners.get((lang, _compared(read.theme, lang, term)), ()):
                if other.id != read.id:
                    yield Problem(
                        read.path,
                        read.lines.get((lang, term), 0),
                        f"the term {term!r} belongs to the theme {other.id!r} as well",
                        "leave it in the theme that is narrower, or make it a phrase",
                        fatal=False,
                    )


def _broader_problems(read: ThemeFile, catalogue: Catalogue) -> Iterator[Problem]:
    theme = read.theme
    if theme is None or not theme.broader:
        return
    if theme.broader not in catalogue.files:
        yield Problem(
            read.path,
            read.broader_line,
            f"the broader theme {theme.broader!r} does not exist",
            did_you_mean(
                theme.broader, catalogue.files, "progsearch themes list names the themes", most=1
            ),
        )
        return
    chain = [theme.id]
    while chain[-1] in catalogue.themes and catalogue.themes[chain[-1]].broader:
        chain.append(catalogue.themes[chain[-1]].broader)
        if chain[-1] in chain[:-1]:
            yield Problem(
                read.path,
                read.broader_line,
                f"these themes are each broader than the other: {' > '.join(chain)}",
                "take one broader away",
            )
            return
