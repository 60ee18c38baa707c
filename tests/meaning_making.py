"""An index of a few texts, with vectors of their letters."""

from __future__ import annotations

import pytest
from making import OneLexicon, document, passage, prepared

from progsearch.engine import create, open_engine
from progsearch.search import Index
from progsearch.state import Summary, summary_of

np = pytest.importorskip("numpy")

TEXTS = (
    "Lékařů a sester chybí",
    "Nová nemocnice pro pacienty",
    "Opravíme silnice",
    "Vlaky pojedou včas",
    "Opravíme silnice",
)


def filled(place, texts=TEXTS):
    """An index of these passages in a folder, open."""
    name, folder = place
    engine = open_engine(folder) if folder.exists() else create(name, folder)
    engine.vocabulary._fallback = OneLexicon()
    passages = [passage("d", number, text) for number, text in enumerate(texts, 1)]
    with engine.writer() as writer:
        writer.add(prepared(document("d", passages, body_hash=str(texts)), passages))
        writer.commit({"summary": _summary(texts)})
    return Index(engine, summary_of(engine), folder)


def _summary(texts):
    from progsearch.analysis.lexicon import data_version

    told = Summary(data_version(), languages=("cs",), corpus_hash=str(hash(texts)))
    return told.as_record()
