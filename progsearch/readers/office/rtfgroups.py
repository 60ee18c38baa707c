"""What striprtf does not tell of Rich Text: what is hidden or deleted, and the texts of boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["with_what_is_shown"]

_TOKEN = re.compile(
    r"\\[{}\\]|[{}]|\\(?P<off>v|deleted)(?P<on>0?)(?![a-z\d])\s?|\\(?P<box>shptxt|shp)(?![a-z])"
    r"|\\(?P<end>par)(?![a-z])"
)


@dataclass(slots=True)
class _Group:
    """A group of the file: whether it is hidden, or of a shape, and where the text of that is."""

    hidden: bool = False
    shape: bool = False
    box: int = -1


@dataclass(slots=True)
class _Shown:
    """The text so far, and the texts of boxes that wait for the end of the paragraph."""

    done: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def add(self, text: str, group: _Group) -> None:
        if not group.hidden:
            self.done.append(text)

    def let_go(self) -> None:
        self.done += [f"{{{text}}}\\par " for text in self.waiting]
        self.waiting.clear()


def with_what_is_shown(text: str) -> str:
    """The file without what is hidden or deleted in it, and with the text of each box behind the
    paragraph that the box is tied to."""
    if not any(word in text for word in ("\\shptxt", "\\v", "\\deleted")):
        return text
    shown = _Shown()
    groups = [_Group()]
    at = 0
    for token in _TOKEN.finditer(text):
        group = groups[-1]
        shown.add(text[at : token.start()], group)
        at = token.end()
        said = token[0]
        if said == "{":
            groups.append(_Group(group.hidden, group.shape))
            shown.done.append(said)
        elif said == "}":
            if len(groups) > 1:
                groups.pop()
            if group.box >= 0:
                shown.waiting.append("".join(shown.done[group.box :]))
            if len(groups) == 1 and shown.waiting:
                shown.done.append("\\par ")  # the last paragraph may have no end
                shown.let_go()
            shown.done.append(said)
        elif token["off"]:
            group.hidden = token["on"] != "0"
        else:
            shown.add(said, group)
            if token["box"]:
                group.shape = True
                group.box = len(shown.done) if token["box"] == "shptxt" else -1
            elif token["end"] and not group.shape:
                shown.done.append(" ")
                shown.let_go()
    shown.add(text[at:], groups[-1])
    return "".join(shown.done)
