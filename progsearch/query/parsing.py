"""Queries as a user types them, read to their parts."""

from __future__ import annotations

from typing import TypeGuard, TypeVar

from progsearch.query.algebra import (
    CODES,
    FACETS,
    And,
    Everything,
    Exact,
    Facet,
    Lemma,
    Near,
    Not,
    Or,
    Phrase,
    Plain,
    Prefix,
    Query,
    Regex,
    Term,
    Wild,
    Word,
    joined,
)
from progsearch.query.lexing import LEMMA, Lexeme, QuerySyntaxError, lex, words_of
from progsearch.query.patterns import PatternError, regular, wild

__all__ = ["MAX_LENGTH", "WITH_PARTS", "QuerySyntaxError", "is_free", "parse", "parse_term"]

MIN_PREFIX = 2
"""Letters that a prefix or a word with wild cards needs; with fewer it would name most of the
vocabulary."""

MAX_LENGTH = 4000
"""Characters of a query; longer lists of words belong into a theme file."""

MAX_DEPTH = 50
"""Brackets and NOTs inside each other."""


SIGNS = "%‰§€"
"""What is a word though it holds neither a letter nor a digit."""


Checked = TypeVar("Checked", bound=Word | Exact | Prefix | Wild | Lemma)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = lex(text)
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def fail(self, what: str, remedy: str = "") -> QuerySyntaxError:
        at_end = self.at >= len(self.lexemes)
        place = len(self.text) if at_end else self.lexemes[self.at].position
        return QuerySyntaxError(what, self.text, place, remedy)

    def whole(self) -> Query:
        if not self.lexemes:
            return Everything()
        query = self.disjunction()
        if self.peek() == "close":
            raise self.fail("a closing bracket without an opening one", "remove it")
        return query

    def disjunction(self) -> Query:
        parts = [self.conjunction()]
        while self.peek() == "OR":
            self.take()
            parts.append(self.conjunction())
        return joined(Or, parts)

    def conjunction(self) -> Query:
        parts = [self.negation()]
        while self.peek() not in ("", "OR", "close"):
            if self.peek() == "AND":
                self.take()
            parts.append(self.negation())
        return joined(And, parts)

    def negation(self) -> Query:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail("too many brackets or NOTs inside each other", "write it flatter")
        try:
            if self.peek() in ("NOT", "minus"):
                self.take()
                return Not(self.negation())
            return self.near()
        finally:
            self.depth -= 1

    def near(self) -> Query:
        left = self.primary()
        if self.peek() != "near":
            return left
        if not _is_plain_or_alternatives(left):
            raise self.fail(_NEAR_JOINS, "write: a NEAR/5 b")
        distance = int(self.take().text)
        if not 1 <= distance <= 100:
            self.at -= 1
            raise self.fail("NEAR takes a distance from 1 to 100", "write: a NEAR/5 b")
        right = self.primary()
        if not _is_plain_or_alternatives(right):
            self.at -= 1
            raise self.fail(_NEAR_JOINS, "write: a NEAR/5 b")
        return Near(left, right, distance)

    def primary(self) -> Query:
        kind = self.peek()
        if kind == "open":
            self.take()
            if self.peek() == "close":
                raise self.fail("empty brackets", "put a word in them")
            inner = self.disjunction()
            if self.peek() != "close":
                raise self.fail("a bracket is not closed", "add the closing )")
            self.take()
            return inner
        if kind == "word":
            lexeme = self.take()
            return self.checked(_word(lexeme.text), lexeme.text)
        if kind == "exact":
            lexeme = self.take()
            return self.checked(Exact(lexeme.text.strip()), lexeme.text)
        if kind == "regex":
            return self.regex()
        if kind == "phrase":
            # The last word of a question is none with a wild card.
            words = words_of(self.take().text.rstrip("?… "))
            parts = tuple(self.checked(_word(word), word) for word in words if _has_letter(word))
            if not parts:
                self.at -= 1
                raise self.fail("no word between the quotation marks", "put a word there")
            return parts[0] if len(parts) == 1 and _bare(str(parts[0])) else Phrase(parts)
        if kind == "field":
            return self.facet()
        if kind == "":
            raise self.fail("a word is missing at the end", "add one")
        if kind in _INCOMPLETE:
            raise self.fail(*_INCOMPLETE[kind])
        shown = self.lexemes[self.at].text
        raise self.fail(f"a word is missing before {shown!r}", 'to look for it, put it in "quotes"')

    def facet(self) -> Query:
        lexeme = self.lexemes[self.at]
        field = CODES.get(lexeme.field, lexeme.field)
        if field == LEMMA:
            if any(map(lexeme.text.__contains__, "*?")):
                raise self.fail("a lemma has no wild cards", "look for forms: vård*")
            self.take()
            return self.checked(Lemma(" ".join(lexeme.text.split())), lexeme.text)
        if field not in FACETS:
            raise self.fail(
                f"no field named {lexeme.field!r}",
                f"fields are {', '.join(FACETS)}, lemma; to look for the words, put them in quotes",
            )
        self.take()
        return Facet(field, lexeme.text)

    def regex(self) -> Regex:
        lexeme = self.take()
        try:
            regular(lexeme.text)
        except PatternError as error:
            place = lexeme.position + 1 + error.at
            remedy = "it may have letters, ., [a-z], \\d, \\w, ( | ), * + ? and {2,5}"
            raise QuerySyntaxError(f"not a pattern: {error}", self.text, place, remedy) from None
        return Regex(lexeme.text)

    def checked(self, term: Checked, shown: str) -> Checked:
        """The term, or an error that points at the lexeme just taken."""
        sign = isinstance(term, Exact | Lemma) and any(one in SIGNS for one in term.text)
        if not _has_letter(term.text) and not sign:
            self.at -= 1
            raise self.fail(f"{shown!r} holds no letter or digit", "remove it")
        if isinstance(term, Prefix) and len(term.text) < MIN_PREFIX:
            self.at -= 1
            raise self.fail(
                f"the prefix {shown!r} is too short", f"give at least {MIN_PREFIX} letters"
            )
        if isinstance(term, Wild):
            self.wild(term)
        return term

    def wild(self, term: Wild) -> None:
        """Raise an error for a word with wild cards that names too much, or nothing."""
        letters = sum(map(str.isalnum, term.text))
        wrong = next((one for one in term.text if one in _NO_LETTERS), "")
        self.at -= 1
        if wrong:
            remedy = "a regular expression stands between slashes: /vård(cent|plats).*/"
            raise self.fail(f"{wrong!r} cannot stand in a word with wild cards", remedy)
        if letters < MIN_PREFIX:
            raise self.fail(
                f"{term.text!r} stands for too much", f"give at least {MIN_PREFIX} letters"
            )
        try:
            wild(term.text)
        except PatternError:
            raise self.fail(f"{term.text[:40]!r} … is too long", "give fewer letters") from None
        self.at += 1


_INCOMPLETE = {
    "distant": (
        "NEAR says within how many words",
        'write: a NEAR/5 b; to look for the word, put it in "quotes"',
    ),
    "several": (
        "a pattern between slashes is one word",
        'write /one/ NEAR/1 /two/; to look for what is written, put it in "quotes"',
    ),
    "no value": (
        "no value stands behind the colon",
        'write party:C without a blank; to look for the word, put it in "quotes"',
    ),
}
"""What begins something that does not come: words of it are not what is looked for."""

_NEAR_JOINS = "NEAR joins words, phrases and alternatives of them only"


_NO_LETTERS = frozenset("/\\[]{}|+^$<>;")


def _is_plain(query: Query) -> TypeGuard[Plain]:
    return isinstance(query, Plain)


def _is_plain_or_alternatives(query: Query) -> TypeGuard[Plain | Or]:
    return _is_plain(query) or (isinstance(query, Or) and all(map(_is_plain, query.parts)))


def _has_letter(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _bare(text: str) -> bool:
    """Whether the text can stand without quotation marks and still be one word."""
    try:
        lexemes = lex(text)
    except QuerySyntaxError:
        return False
    return len(lexemes) == 1 and lexemes[0].kind == "word"


def _word(text: str) -> Word | Prefix | Wild:
    if not any(map(text.__contains__, "*?")):
        return Word(text)
    prefix = text.endswith("*") and not any(map(text[:-1].__contains__, "*?"))
    return Prefix(text[:-1]) if prefix else Wild(text)


def parse(text: str) -> Query:
    """Read a query as a user types it.

    Words without an operator must all match. Raises QuerySyntaxError with the place.
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            f"the query is longer than {MAX_LENGTH} characters",
            text,
            MAX_LENGTH,
            "put long lists of words into a theme file",
        )
    return _Parser(text).whole()


def is_free(text: str) -> bool:
    """Whether a query is words side by side, without an operator between them."""
    return not any(one.kind in ("AND", "OR", "NOT", "near", "minus") for one in lex(text))


WITH_PARTS = "+"
"""Stands before a term of a theme whose words are found as parts of compounds as well."""


def parse_term(text: str) -> Term:
    """Read one term of a theme: a lemma, several words as a phrase, ``prefix*``, wild cards and
    ``/patterns/``, ``lemma:word``, ``="exact form"``, ``a NEAR/5 b``, or ``a AND b``, which a
    passage must both have.

    What NEAR and AND join may be alternatives in brackets. A :data:`WITH_PARTS` before all that
    says where the words are looked for, and is passed over. Raises QuerySyntaxError.
    """
    text = text.removeprefix(WITH_PARTS)
    query = parse(text)
    if isinstance(query, And):
        # Words side by side are a phrase here, but who writes AND means something else.
        ands = _outer_ands(text)
        if not ands:
            words = tuple(part for part in query.parts if isinstance(part, Word | Prefix | Wild))
            if len(words) == len(query.parts):
                return Phrase(words)
        elif ands != len(query.parts) - 1:
            remedy = 'put words that belong together in "quotes"'
            raise QuerySyntaxError("not a term", text, 0, remedy)
        elif all(map(_may_be_joined, query.parts)):
            return query
    if isinstance(query, Plain | Near):
        return query
    raise QuerySyntaxError(
        "not a term",
        text,
        0,
        "write a word, a phrase, prefix*, *part*, /pattern/, "
        '="exact form", a NEAR/5 b or a AND (b OR c)',
    )


def _outer_ands(text: str) -> int:
    depth = found = 0
    for lexeme in lex(text):
        depth += (lexeme.kind == "open") - (lexeme.kind == "close")
        found += lexeme.kind == "AND" and not depth
    return found


def _may_be_joined(query: Query) -> bool:
    if isinstance(query, Or):
        return all(_is_plain(part) or isinstance(part, Near) for part in query.parts)
    return _is_plain(query) or isinstance(query, Near)
