"""Reading small pages in tests, and the law that every reader keeps."""

from __future__ import annotations

from progsearch import readers
from progsearch.readers.leftovers import stray_words


def read(text, path="corpus/page.md"):
    return readers.read(path, text.encode("utf-8"))


def cut(text, path="corpus/page.md"):
    """Shape, level and text of the blocks."""
    raw = read(text, path)
    assert_law(raw)
    return [(block.shape.value, raw.text[block.start : block.end]) for block in raw.blocks]


def assert_law(raw):
    """Blocks are ordered, apart, inside the text and without blank edges; between them
    there are no words."""
    end = 0
    for block in raw.blocks:
        assert end <= block.start < block.end <= len(raw.text)
        text = raw.text[block.start : block.end]
        assert text == text.strip()
        assert any(char.isalnum() for char in text)
        end = block.end
    assert not list(stray_words(raw))
