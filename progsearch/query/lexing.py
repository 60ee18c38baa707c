"""A query cut into its signs: words, quotations, fields, operators and brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from progsearch.errors import ProgsearchError
from progsearch.query.algebra import CODES, FACETS
from progsearch.visible import visible

__all__ = ["LEMMA", "Lexeme", "QuerySyntaxError", "is_field", "lex", "words_of"]

LEMMA = "lemma"
"""Stands before a word by its lemma alone as a field's name does."""


class QuerySyntaxError(ProgsearchError):
    """A query that cannot be parsed; ``position`` is the place in it, from 0."""

    def __init__(self, what: str, query: str, position: int, remedy: str = "") -> None:
        super().__init__(what, where="query", remedy=remedy)
        self.query = query
        self.position = position

    def __str__(self) -> str:
        line = visible(self.query.replace("\n", " "))
        start = max(0, self.position - 60)
        shown = ("…" if start else "") + line[start : self.position + 20]
        caret = " " * (self.position - start + bool(start)) + "^"
        message = ProgsearchError.__str__(self)
        return f"{message}\n  {shown}\n  {caret}"


_THOUSANDS = r"""\d{1,3}(?:\s+\d{3})+(?![^\s()"„“”=]*\w)[^\s()"„“”=]*"""
"""A number with blanks in it: one word here, as it is one in a text."""

_QUOTED = re.compile(
    rf"(?<![\w.,]){_THOUSANDS}"
    r"|(?<![^\W_])[^\W\d_]\.\s+(?:[^\W\d_]\.\s+)?[soú]\.\S*"
    r"|\S+"
)
"""The words of a quotation, and what is one word of a text though there are blanks in it: 10 000,
a. s.; a test holds this to what the analysis takes for one."""

_LEX = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>\()
  | (?P<close>\))
  | (?P<regex>/(?P<pattern>(?:[^/\\\s"„“”]|\\[^\s"„“”])+)/(?![^\s()]))
  | (?P<exact>=(?:"(?P<equoted>[^"]*)"|(?P<ebare>[^\s()"]+)))
  | (?P<phrase>["„“”](?P<quoted>[^"„“”]*)["“”])
  | (?P<field>[^\W\d_]+(?:_[^\W\d_]+)*):(?=\S)(?:"(?P<fquoted>(?:[^"]|"")*+)"|(?P<fbare>[^\s()"]+))
  | (?P<near>NEAR/(?P<distance>\d+)(?![^\s()"„“”=]))
  | (?P<distant>NEAR(?![^\s()"„“”=]))
  | (?P<several>/(?=[^\s/"„“”]*\s[^/"„“”]*/(?![^\s()])))
  | (?P<operator>(?:AND|OR|NOT)(?![^\s()"„“”=]))
  | (?P<minus>-(?=[^\s)-]))
  | (?P<word>"""
    + _THOUSANDS
    + r"""|[^\s()"„“”=]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A sign of a query, its kind and its place; ``field`` names that of a facet or lemma."""

    kind: str
    text: str
    position: int
    field: str = ""


def lex(text: str) -> list[Lexeme]:
    """The signs of a query, in their order. Raises QuerySyntaxError for what is none."""
    found: list[Lexeme] = []
    position = 0
    while position < len(text):
        match = _LEX.match(text, position)
        if not match:
            if text[position] in '"„“”':
                raise QuerySyntaxError(
                    "a quotation mark is not closed", text, position, 'add the closing "'
                )
            raise QuerySyntaxError(
                f"{text[position]!r} cannot stand here", text, position, 'put it in "quotes"'
            )
        group = match.lastgroup or ""
        if match["exact"] is not None:
            value = match["equoted"] if match["ebare"] is None else match["ebare"]
            found.append(Lexeme("exact", value, position))
        elif match["regex"] is not None:
            found.append(Lexeme("regex", match["pattern"], position))
        elif match["phrase"] is not None:
            found.append(Lexeme("phrase", match["quoted"], position))
        elif match["field"] is not None:
            value = match["fbare"] or match["fquoted"].replace('""', '"')
            found.append(Lexeme("field", value, position, match["field"]))
        elif match["near"] is not None:
            found.append(Lexeme("near", match["distance"], position))
        elif group == "operator":
            found.append(Lexeme(match["operator"], match["operator"], position))
        elif group == "word" and is_field(match[0].removesuffix(":")) and match[0].endswith(":"):
            found.append(Lexeme("no value", match[0], position))
        elif group == "word":
            found.append(Lexeme(group, "".join(match[0].split()), position))
        elif group != "space":
            found.append(Lexeme(group, match[0], position))
        position = match.end()
    return found


def words_of(quotation: str) -> list[str]:
    """What stands between the blanks of a quotation; a number with blanks in it is one word."""
    return ["".join(word.split()) for word in _QUOTED.findall(quotation)]


def is_field(name: str) -> bool:
    """Whether a word before a colon names what a query can ask of a passage."""
    return CODES.get(name, name) in (*FACETS, LEMMA)
