"""A small index and small theme files for the tests of themes."""

from __future__ import annotations

from pathlib import Path

from making import OneLexicon, document, passage, prepared

from progsearch.engine.memory import MemoryEngine
from progsearch.search import Index
from progsearch.state import Summary

TEXTS = {
    "cs": (
        "Lékařů a sester chybí",
        "Sestra je v nemocnici",
        "Nová nemocnice pro lékaře a sestry a pacienty",
        "Opravíme silnice",
        "Vlaky pojedou včas",
    ),
    "sv": (
        "Fler läkare i vården",
        "Sjukvården väntar",
        "Vägar och järnvägar",
    ),
}


def filled(engine, texts=TEXTS, **more):
    """An engine with one document a language, of these passages."""
    with engine.writer() as writer:
        for lang, found in texts.items():
            passages = [
                passage(lang * 2, number, text, lang=lang, **more)
                for number, text in enumerate(found, 1)
            ]
            writer.add(prepared(document(lang * 2, passages, lang=lang), passages))
        writer.commit({})
    return engine


def index(engine=None, texts=TEXTS):
    """An index of them, in memory unless an engine is given."""
    engine = engine or MemoryEngine(OneLexicon())
    return Index(filled(engine, texts), Summary("", languages=tuple(texts)), Path("/nowhere"))


def theme(ident: str, terms: dict[str, list[str]], **more) -> str:
    """The text of a theme file."""
    lines = [f"id: {ident}", "prefLabel:"]
    lines += [f"  {lang}: {ident} {lang}" for lang in terms]
    lines += [f"{key}: {value}" for key, value in more.items()]
    lines.append("terms:")
    for lang, found in terms.items():
        lines += [f"  {lang}:", *(f"    - '{term}'" for term in found)]
    return "\n".join(lines) + "\n"


def write(folder: Path, *texts: str) -> Path:
    """Theme files in a folder, each under its id."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        name = text.partition("\n")[0].removeprefix("id: ")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
