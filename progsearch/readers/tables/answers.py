"""Answers to questions that a table puts to all parties alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["label_of"]


def label_of(answer: str) -> str:
    """The label of a passage beside which an answer stands: ``answer: yes``, ``answer: no``.

    Other answers (*partly*, *4 of 5*) are labels in the words of the table; none is no label.
    """
    said = " ".join(answer.casefold().split())
    return f"answer: {_meanings().get(said, said)}" if said else ""


@cache
def _meanings() -> Mapping[str, str]:
    source = files("progsearch") / "data" / "answers.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {word: meaning for meaning, words in data.items() for word in words}
