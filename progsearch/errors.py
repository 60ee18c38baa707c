"""The one base exception: what is wrong, where, and the remedy."""

from __future__ import annotations

from progsearch.classes import dataclass
from progsearch.visible import visible

__all__ = ["Problem", "ProgsearchError"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong in one file.

    ``fatal`` tells a file that could not be read from one that was read with a
    note of what was done. ``line`` counts from 1; 0 when no line can be named.
    """

    path: str
    line: int
    what: str
    remedy: str = ""
    fatal: bool = True

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return visible(f"{place}: {self.what}" + (f"; {self.remedy}" if self.remedy else ""))


class ProgsearchError(Exception):
    """Raised by the library for everything that a user or a file can cause.

    ``what`` is one plain sentence without a full stop, ``where`` a ``path:line``,
    an option or a query, ``remedy`` what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        # Of its parts only ``what`` may have several lines, where it lists problems.
        what = "\n".join(map(visible, self.what.split("\n")))
        head = f"{visible(self.where)}: {what}" if self.where else what
        return f"{head}; {visible(self.remedy)}" if self.remedy else head

    def as_problem(self, path: str) -> Problem:
        """The same error as an entry of a list of problems of files."""
        place, _, line = self.where.rpartition(":")
        if line.isdecimal() and place:
            where, at = place, int(line)
        else:
            where, at = self.where, 0
        # An error in another file, as in a folder's settings, has to name that one.
        elsewhere = where and where != path and "/" in where
        what = f"{self.where}: {self.what}" if elsewhere else self.what
        return Problem(path, 0 if elsewhere else at, what, self.remedy)
