"""Small corpora to be compared: documents by a few words each, in memory."""

from __future__ import annotations

from making import OneLexicon, document, passage, prepared, stated

from progsearch.analysis.lexicon import data_version
from progsearch.compare import Question
from progsearch.engine.memory import MemoryEngine
from progsearch.model import PartialDate, Region, Role
from progsearch.query import parse
from progsearch.search import Index
from progsearch.state import Summary

LIBEREC = Region("CZ-51", "Liberecký kraj")
PRAGUE = Region("CZ-10", "Hlavní město Praha")
KRONOBERG = Region("SE-G", "Kronobergs län")


def text_of(ident, texts, lang="cs", roles=None, **facts):
    """A document of these texts, ready for an index."""
    roles = roles or {}
    passages = [
        passage(ident, number, text, lang=lang, role=roles.get(number, Role.STATEMENT))
        for number, text in enumerate(texts, 1)
    ]
    year = facts.pop("year", None)
    date = PartialDate(year) if year else None
    known = {name: stated(value) for name, value in facts.items()}
    return prepared(document(ident, passages, lang=lang, date=stated(date), **known), passages)


def index_of(*documents, copies=None):
    """An index in memory; ``copies`` names the document that another repeats."""
    engine = MemoryEngine(OneLexicon())
    langs = sorted({one.lang.value for made in documents for one in made.passages})
    summary = Summary(
        language_data=data_version(),
        languages=tuple(langs),
        copies=copies or {},
        documents=len(documents),
        passages=sum(len(made.passages) for made in documents),
        corpus_hash="0123456789abcdef",
    )
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit({"summary": summary.as_record()})
    return Index.of(engine)


def asks(index, *queries):
    """Questions of these words."""
    return [Question(query, query, index.clause(parse(query))) for query in queries]
