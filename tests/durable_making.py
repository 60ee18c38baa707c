"""A small index, and all that can be read of it."""

from __future__ import annotations

from making import document, passage, prepared

from progsearch.clause import All
from progsearch.engine import open_engine


def one(ident, text="Chceme lékaře"):
    parts = [passage(ident, number, f"{text} {number}") for number in (1, 2)]
    return prepared(document(ident, parts), parts)


def fill(engine, *documents):
    with engine.writer() as writer:
        for made in documents:
            writer.add(made)
        writer.commit({"summary": {"n": len(documents)}})
    return engine


def ids(folder):
    engine = open_engine(folder)
    found = [made.id for made in engine.documents()]
    engine.close()
    return found


def everything(engine):
    """What a reader can ask for, columns and records among it."""
    return (
        [
            (made.id, [part.text for part in engine.passages(made.id)])
            for made in engine.documents()
        ],
        engine.tally([All()], scope=All(), by=("role", "document")),
        engine.values("lang"),
        [part.id for part, _ in engine.search(All(), scope=All(), limit=None, ranked=False).hits],
        engine.state("summary"),
    )
