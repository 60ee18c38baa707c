"""``progsearch explain``: by which keys a word is found, and why a passage matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import Format, chosen_format, write_listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from progsearch.analysis import Entry
    from progsearch.clause import Clause
    from progsearch.export.tables import Table, Value
    from progsearch.lexicon.translation import Translation
    from progsearch.model import Passage
    from progsearch.query import Prefix, Regex, Wild
    from progsearch.search import Index

__all__ = ["register"]

WORD_COLUMNS = {
    "word": "The word",
    "lang": "The language that it is taken for",
    "keys": "By which it is found, its lemma first",
    "parts": "Parts of a compound",
    "step": "What gave the keys",
    "in_index": "Whether a document has it",
}
TRANSLATED_COLUMNS = {
    "word": "A word or phrase of the question",
    "concept": "The concept of the lexicon that it may name",
    "lang": "The language that it is looked for in",
    "translation": "By which word of that language",
    "keys": "By which that is found",
    "passages": "How many passages have it",
    "note": "What the lexicon says of ambiguous words",
}
MATCH_COLUMNS = {
    "where": "In the text or in the headings",
    "words": "The words that matched",
    "term": "The word of the query",
    "how": "By lemma, form or part",
}

STEPS = {
    "irregular": "correction of the dictionary",
    "dictionary": "dictionary",
    "prefix": "rule: prefix taken off",
    "compound": "rule: inflected as the last word of a compound",
    "inflection": "rule: inflection",
    "simplemma": "rule: ending",
    "analogy": "fallback: by analogy with words of the same ending",
    "form": "fallback: the form itself",
    "lemma": "a lemma or part of forms in the index",
}
"""What each step of the analysis is called for people."""


def explain(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="WORD|PATTERN|PASSAGE-ID",
            help="A word, prefix*, *part* or /pattern/, or the id of a passage.",
        ),
    ],
    query: Annotated[
        str | None,
        typer.Option("--query", "-q", help="With a passage: the query that it is held to."),
    ] = None,
    from_: o.From = None,
    format_: Format = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show word, language, keys and the step that gave them; for a passage, why it matches.

    Of a pattern, all forms that it stands for.

    Examples:
      progsearch explain sjuksköterskornas
      progsearch explain '*vård*'
      progsearch explain 667a0d3567.1 --query lékař
      progsearch explain "nurse shortage" --from en
    """
    from progsearch.api.hints import expanded
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say
    from progsearch.errors import ProgsearchError

    chosen = chosen_format(format_, output)
    lines: list[str] = []
    with opened(index) as asked:
        passage = asked.engine.passage(wanted) if "." in wanted else None
        if query is not None:
            if passage is None:
                raise ProgsearchError(
                    f"the index has no passage {wanted!r}",
                    where="--query",
                    remedy="give the id of a passage, as in the id column of --format csv",
                )
            clause = _meant(asked, query, from_)
            table = _table("matches", MATCH_COLUMNS, _matches(asked, passage, clause))
            lines.append(_verdict(asked, passage, clause, len(table.rows)))
        elif passage is not None:
            table = _table("words", WORD_COLUMNS, _passage_words(asked, passage))
        elif from_ is not None:
            from progsearch.lexicon.asking import asked as translated

            _, translation = translated(asked, wanted, from_, ranked=True)
            table = _table("translations", TRANSLATED_COLUMNS, _terms(asked, translation))
            lines += translation.lines
        else:
            pattern = _pattern(wanted)
            rows = _forms(asked, pattern) if pattern else _word(asked, wanted)
            table = _table("words", WORD_COLUMNS, rows)
            lines += expanded(asked, pattern) if pattern else []
    write_listing([table], chosen, output)
    for line in lines:
        say(line)


def _meant(asked: Index, query: str, from_: str | None) -> Clause:
    """What a query means here, as a search takes it."""
    from progsearch.api import answers

    parsed, translation = answers.asked(asked, query, from_, ranked=True)
    return translation.clause if translation else asked.clause(parsed)


def _terms(asked: Index, translation: Translation) -> Iterator[list[Value]]:
    """What each word of a question is looked for by, in the languages of the index."""
    from progsearch.clause import All, every_leaf

    apart = [(f"{part.text}: {one.text}", one) for part in translation.parts for one in part.apart]
    for word, part in [*((part.text, part) for part in translation.parts), *apart]:
        notes = {one.id: one.note for one in part.concepts}
        for term in part.terms:
            keys = " + ".join(" ".join(leaf.keys) for leaf in every_leaf(term.clause))
            found = asked.engine.search(term.clause, scope=All(), limit=0, ranked=False).total
            note = "; ".join(filter(None, (notes[one] for one in term.concepts)))
            concepts = " ".join(term.concepts)
            yield [word, concepts, term.lang, term.word, keys, str(found), note]


def _table(name: str, columns: Mapping[str, str], rows: Iterable[list[Value]]) -> Table:
    from progsearch.export.tables import Column, Table

    described = tuple(Column(one, "string", about) for one, about in columns.items())
    return Table(name, name, described, list(rows))


def _pattern(text: str) -> Prefix | Wild | Regex | None:
    """The prefix or pattern that a text is, if it is one."""
    from progsearch.query import expanding, parse

    if not {"*", "?", "/"} & set(text):
        return None
    query = parse(text)
    found = list(expanding(query))
    return found[0] if found == [query] else None


def _forms(asked: Index, pattern: Prefix | Wild | Regex) -> Iterator[list[Value]]:
    """The forms that a pattern stands for, in each language."""
    from progsearch.analysis import fold
    from progsearch.clause import Lookup, every_leaf

    vocabulary = asked.engine.vocabulary
    keys = [key.partition("=") for leaf in every_leaf(asked.clause(pattern)) for key in leaf.keys]
    vocabulary.prefetch(Lookup(lang, fold(form)) for lang, _, form in keys)
    for lang, _, form in keys:
        yield _row(form, lang, vocabulary.entry(form, lang), True)


def _word(asked: Index, text: str) -> Iterator[list[Value]]:
    """A word in every language of the index, and what it may be without its accents."""
    from progsearch.analysis import DictionaryLexicon
    from progsearch.clause import UNATTESTED, words_of
    from progsearch.errors import ProgsearchError

    forms = words_of(text)
    if not forms:
        raise ProgsearchError(f"{text!r} holds no word", remedy="give a word")
    vocabulary = asked.engine.vocabulary
    dictionaries = DictionaryLexicon()
    for form in forms:
        for lang in asked.summary.languages:
            known = vocabulary.known(form, lang)
            stands = known is not None and known.step != UNATTESTED
            yield _row(form, lang, known or dictionaries.entry(form, lang), stands)
            if not stands:
                for accented, entry in vocabulary.folded(form, lang):
                    if accented != form:
                        yield _row(accented, lang, entry, entry.step != UNATTESTED)


def _passage_words(asked: Index, passage: Passage) -> Iterator[list[Value]]:
    from progsearch.analysis import tokens

    lang = passage.lang.value
    vocabulary = asked.engine.vocabulary
    asked.ahead([passage])
    for token in tokens(passage.text, lang, vocabulary):
        entry = vocabulary.entry(token.form, lang)
        yield _row(token.form, lang, entry, True, parts=token.parts)


def _row(
    form: str, lang: str, entry: Entry, stands: bool, parts: Iterable[str] = ()
) -> list[Value]:
    return [
        form,
        lang,
        " ".join(entry.keys),
        " ".join(parts or entry.parts),
        STEPS.get(entry.step, entry.step),
        "yes" if stands else "no",
    ]


def _matches(asked: Index, passage: Passage, clause: Clause) -> Iterator[list[Value]]:
    (hit,) = asked.hits([(passage, 0.0)], clause)
    headings = "\n".join(passage.headings)
    for match in hit.matches:
        text = passage.text if match.where == "text" else headings
        words = " ".join(text[match.start : match.end].split())
        yield [match.where, words, match.term, match.how.value]


def _verdict(asked: Index, passage: Passage, clause: Clause, places: int) -> str:
    from progsearch.query import Facet
    from progsearch.scope import Filters

    here = Facet("document", passage.document)
    found = asked.search(here, Filters(asides=True), limit=None, clauses=[clause])
    if any(hit.passage.id == passage.id for hit in found.hits):
        return f"the passage matches, by {places} place{'s' if places != 1 else ''}"
    return "the passage does not match" + (", though words of the query stand in it" * (places > 0))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("explain")(explain)
