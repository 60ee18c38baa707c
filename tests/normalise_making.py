"""Facts of a document that is made from its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from progsearch.model import (
    Block,
    Document,
    RawDocument,
    Region,
)
from progsearch.normalise import normalise

LIBEREC = Region("CZ-51", "Liberecký kraj")

KRONOBERG = Region("SE-G", "Kronobergs län")


def made(
    text: str = "Text.\n",
    meta: Mapping[str, object] | None = None,
    path: str = "corpus/x.md",
    blocks: tuple[Block, ...] = (),
    lang: str = "cs",
    **rest: Any,
) -> Document:
    raw = RawDocument("markdown", text, meta or {}, blocks, ("a note",))
    options: dict[str, Any] = {"defaults": {}, "given": {}, "people": {}} | rest
    return normalise(raw, path=path, content_hash="abc", detect=lambda _: lang, **options)
