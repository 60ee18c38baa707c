"""The passages of a text in Markdown, as they are told in a document."""

from __future__ import annotations

from functools import partial

from progsearch import readers
from progsearch.commitment import leads_in, told
from progsearch.model import Fact, Origin, source_text
from progsearch.segmentation import segment


def passages(text, lang, name="a.md", **options):
    raw = readers.read(name, text.encode("utf-8"))
    lead = partial(leads_in, lang=lang)
    cut = segment(raw, "d", lang=Fact(lang, Origin.DEFAULT), leads_in=lead)
    assert source_text(cut.between, cut.passages) == raw.text
    return list(told(cut.passages, lang, **options))


def seen(text, lang, **options):
    return [(p.text, p.role.value, p.commitment) for p in passages(text, lang, **options)]
