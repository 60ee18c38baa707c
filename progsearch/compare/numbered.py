"""Texts as rows of numbers, one a word: a corpus of 300,000 passages has ten million of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import chain, repeat
from operator import itemgetter
from sys import byteorder
from typing import TypeAlias

from progsearch.analysis import (
    Entry,
    at_blanks,
    goes_over,
    is_broken,
    may_go_over,
    normal_form,
    over_lines,
    split_piece,
    tokens,
)
from progsearch.engine import StoredForms
from progsearch.languages import LANGUAGES

__all__ = ["BREAK", "Numbered", "Row", "array_of", "both_of", "pair_of", "pairs_in"]

Row: TypeAlias = "array[int]"
"""Numbers of words as they stand, with :data:`BREAK` where two words do not touch."""

BREAK = 0
_BREAK = bytes(4)
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")

_SHORTEST = 3  # letters of a lemma; shorter ones are particles and abbreviations
_REMEMBERED = 60_000  # pieces between blanks; rarer ones are taken apart each time
_AT_A_TIME = 1 << 16  # words of which the pairs are made


class Numbered:
    """The words of a language by number, and the lemmas of those that mean something.

    What is put together from two broken halves was looked up at ingest, and is stored if it
    was a word; so no dictionary is needed to tell.
    """

    def __init__(self, vocabulary: StoredForms | None, lang: str) -> None:
        """Without a vocabulary there are no words yet, and :meth:`restore` gives them."""
        self._lang = lang
        language = LANGUAGES.get(lang)
        self._stops: Collection[str] = language.stop_list if language else ()
        self._number: dict[str, int] = {}
        self._lemma_number: dict[str, int] = {}
        self._by_step = _ByStep()
        self._entries = [self._by_step["form"]]
        self.forms = [""]
        self.lemmas = [""]
        self.lemma_of = array("I", (0,))
        """By the number of a form, that of its lemma; 0 of one that means nothing by itself."""
        self._last = array("I", (0,))  # by the number of a lemma, that of its latest form
        self._before = array("I", (0,))  # by that of a form, the one before of the same lemma
        for form, lemma, step in vocabulary.lemmas(lang) if vocabulary else ():
            self._add(form, lemma, step)
        self._over_lines: dict[tuple[str, str], bool] = {}

    @cached_property
    def _pieces(self) -> _Pieces:
        made = _Pieces(self)
        # Most pieces are a word as the vocabulary has it, which all get their bytes at once.
        plain = [(form, number) for form, number in self._number.items() if form.isalpha()]
        numbers = map(int.to_bytes, map(itemgetter(1), plain), repeat(4), repeat(byteorder))
        made.update(zip(map(itemgetter(0), plain), numbers, strict=True))
        return made

    def forget_pieces(self) -> None:
        """Let go of what is only of use while texts are added."""
        self.__dict__.pop("_pieces", None)
        self._over_lines.clear()

    def told(self) -> tuple[bytes, ...]:
        """All that is known of the words, for :meth:`restore`."""
        steps = list(dict.fromkeys(entry.step for entry in self._entries))
        at = {step: number for number, step in enumerate(steps)}
        return (
            "\n".join(self.forms).encode(),
            "\n".join(self.lemmas).encode(),
            "\n".join(steps).encode(),
            array("H", [at[entry.step] for entry in self._entries]).tobytes(),
            *(part.tobytes() for part in (self.lemma_of, self._last, self._before)),
        )

    def restore(self, told: Sequence[memoryview]) -> None:
        """Take over the words of another. Raises ValueError, IndexError or TypeError for what
        is none."""
        forms, lemmas, steps, stepped, *numbers = told
        self.forms = str(forms, "utf-8").split("\n")
        self.lemmas = str(lemmas, "utf-8").split("\n")
        # The first of each stands for what is no word.
        self._number = dict(zip(self.forms[1:], range(1, len(self.forms)), strict=True))
        self._lemma_number = dict(zip(self.lemmas[1:], range(1, len(self.lemmas)), strict=True))
        entries = [self._by_step[step] for step in str(steps, "utf-8").split("\n")]
        self._entries = list(map(entries.__getitem__, array_of("H", stepped)))
        self.lemma_of, self._last, self._before = (array_of("I", part) for part in numbers)
        sizes = (len(self._entries), len(self.lemma_of), len(self._before), len(self._last))
        if sizes != (*[len(self.forms)] * 3, len(self.lemmas)):
            raise ValueError("no words")

    def _add(self, form: str, lemma: str, step: str) -> int:
        number = self._number[form] = len(self.forms)
        of_lemma = before = 0
        if self._means(form, lemma):
            of_lemma = self._lemma_number.get(lemma, 0)
            if not of_lemma:
                of_lemma = self._lemma_number[lemma] = len(self.lemmas)
                self.lemmas.append(lemma)
                self._last.append(0)
            before = self._last[of_lemma]
            self._last[of_lemma] = number
        self.forms.append(form)
        self.lemma_of.append(of_lemma)
        self._before.append(before)
        self._entries.append(self._by_step[step])
        return number

    def _means(self, form: str, lemma: str) -> bool:
        return (
            len(lemma) >= _SHORTEST
            and form[0].isalpha()
            and not form.endswith("-")  # half of a compound: hälso- och sjukvård
            and form not in self._stops
            and lemma not in self._stops
        )

    def number(self, form: str) -> int:
        """The number of a form."""
        found = self._number.get(form)
        return self._add(form, form, "form") if found is None else found

    def lemma_number(self, lemma: str) -> int:
        """The number of a lemma."""
        return self._lemma_number[lemma]

    def forms_of(self, lemma: int) -> Iterator[int]:
        """The numbers of the forms of a lemma, by its own."""
        number = self._last[lemma]
        while number:
            yield number
            number = self._before[number]

    def entry(self, form: str, lang: str) -> Entry:
        """How a form was found, which is all that :func:`tokens` is to know here."""
        del lang
        return self._entries[self._number.get(form, 0)]

    def add(self, text: str, row: Row) -> None:
        """Add the words of a text to a row."""
        row.append(BREAK)
        pieces = at_blanks(text)
        if pieces is not None:
            # A look a piece: nearly all texts need no more.
            made = b"".join(map(self._pieces.__getitem__, pieces))
            over = not self._pieces.seconds.isdisjoint(pieces) and goes_over(text)
            if not over and not ("\n" in text and self._has_broken(text)):
                row.frombytes(made)
                return
            self._add_parts(split_piece(text), row)
            return
        before = 0
        for token in tokens(text, self._lang, self):
            if not text[before : token.start].isspace():
                row.append(BREAK)
            row.append(self.number(token.form))
            before = token.end

    def _add_parts(self, parts: Sequence[str], row: Row) -> None:
        """Add words with what stands between them, as :func:`split_piece` has both."""
        before = ""
        for gap, word in zip(parts[::2], parts[1::2], strict=False):
            form = normal_form(word)
            if _LINE_END.fullmatch(gap) and word[0].islower() and self._broken(before, form):
                before += form
                row[-1] = self.number(before)
                continue
            if not gap.isspace():
                row.append(BREAK)
            row.append(self.number(form))
            before = form

    def _has_broken(self, text: str) -> bool:
        """Whether a line's end has broken a word of a text."""
        known = self._over_lines
        for halves in over_lines(text):
            if halves not in known:
                if len(known) >= _REMEMBERED:
                    known.clear()
                known[halves] = self._is_broken(*halves)
            if known[halves]:
                return True
        return False

    def _is_broken(self, before: str, behind: str) -> bool:
        one, other = split_piece(before)[-2:-1], split_piece(behind)[1:2]
        return bool(one and other) and self._broken(normal_form(one[0]), normal_form(other[0]))

    def _broken(self, one: str, other: str) -> bool:
        return is_broken(one, other, self._lang, self)

    def bytes_of(self, word: str) -> bytes:
        """The number of a word as it is written, as an array has it."""
        number = self._number.get(word.lower())
        if number is None:
            number = self.number(normal_form(word))
        return number.to_bytes(4, byteorder)


def array_of(kind: str, data: memoryview) -> array[int]:
    """The numbers of an array's kind that some bytes are. Raises ValueError for other bytes."""
    found: array[int] = array(kind)
    found.frombytes(data)
    return found


class _ByStep(dict[str, Entry]):
    """One entry for each step, whose key is of no word."""

    def __missing__(self, step: str) -> Entry:
        found = self[step] = Entry(("",), (), step)
        return found


class _Pieces(dict[str, bytes]):
    """The numbers of what stands between two blanks, as an array has them."""

    def __init__(self, words: Numbered) -> None:
        super().__init__()
        self._words = words
        self.seconds: set[str] = set()
        """Those that may belong to the word before."""
        self._room = _REMEMBERED

    def __missing__(self, piece: str) -> bytes:
        bytes_of = self._words.bytes_of
        if piece.isalpha():
            made = bytes_of(piece)
        else:
            if may_go_over(piece):
                self.seconds.add(piece)
            head, *parts = split_piece(piece)
            made = _BREAK if head else b""
            # Two words of a piece do not touch, whatever stands between them.
            made += _BREAK.join(map(bytes_of, parts[::2]))
            if parts[-1:] != [""]:
                made += _BREAK
        if self._room:
            self._room -= 1
            self[piece] = made
        return made


def pairs_in(row: Row) -> Iterator[int]:
    """Each two numbers next to each other in a row, as one: see :func:`pair_of`."""
    return chain.from_iterable(_pairs(row))


def _pairs(row: Row) -> Iterator[array[int]]:
    # Two numbers of four bytes are one of eight, so nothing is made of each pair.
    for at in range(0, len(row) - 1, _AT_A_TIME):
        block = row[at : at + _AT_A_TIME + 1]
        for first in (0, 1):
            pairs = array("Q")
            pairs.frombytes(block[first : first + (len(block) - first) // 2 * 2].tobytes())
            yield pairs


def pair_of(one: int, other: int) -> int:
    """Two numbers as one, by which they are counted."""
    return array("Q", array("I", (one, other)).tobytes())[0]


def both_of(pair: int) -> tuple[int, int]:
    """The two numbers of one."""
    one, other = array("I", array("Q", (pair,)).tobytes())
    return one, other
