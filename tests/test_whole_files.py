"""Twice the file, about twice the work: a law for every format of text, from bytes to postings."""

from __future__ import annotations

import random
import sys
from typing import NamedTuple

import pytest
from laws import examples

from progsearch.errors import ProgsearchError
from progsearch.prepare import Job, Preparer

PLAIN = """word ␤
- item one␤
a.␤
1. one␤
Head␤␤Text of it.␤␤
a-␤
| a | b |␤
A.␠
(a)␠
a:␠
12␤
Page 1␤␤text of page.␤␌
• a;␠
    a␤
"""
MARKDOWN = """# h␤␤
>␠
* a␤
[x](y)␠
`a`␠
<b>
| a |␤
[^1]␠
[^1]: x␤␤
- a␤  - b␤
a␤---␤
![
**a
```␤
<details>␤
a\\␤
"""
MARKUP = """<p>a word</p>
<div>a</div>
<ul><li>a</ul>
<table><tr><td>a</td><td>b</td></tr></table>
<tr><td rowspan=3>a<td>b
<b>a</b>␠
<details><summary>a</summary>b</details>
&amp;
a<br>
<h3>a</h3><p>b</p>
<dl><dt>a<dd>b</dl>
<!--
"""
"""What is open is closed again: how deep elements may lie in each other is bounded."""
RICH = """\\par a␠
{\\b a}
\\u8211?
\\line a
\\trowd a\\cell b\\cell\\row␠
"""
TEI = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/><text><body>"


class Format(NamedTuple):
    """A file of a format, and what it may be filled with: one unit a line of ``units``."""

    path: str
    units: str
    head: str = ""
    end: str = ""

    def drawn(self, number):
        """Pairs of units, one of which may be missing: the same in each run. Hypothesis would try
        the first unit alone before all others, and each file takes seconds."""
        units = [_drawn(one) for one in self.units.rstrip("\n").split("\n")]
        pairs = [one + two for one in units for two in ("", *units)]
        return random.Random(self.path).sample(pairs, min(number, len(pairs)))


def _drawn(unit):
    return unit.replace("␤", "\n").replace("␌", "\f").replace("␠", " ")


FORMATS = [
    Format("a.txt", PLAIN),
    Format("a.md", MARKDOWN),
    Format("a.html", MARKUP, "<html><body>"),
    Format("a.csv", 'a,b␤\n"a",\n"\na␤\na;b;c␤', "text,b\n"),
    Format("a.json", '{"text":"a word"},\n{"text":"b","date":"2020"},', "[", "{}]"),
    Format("a.jsonl", '{"text":"a word"}␤\n{"text":"b","b":[]}␤'),
    Format("a.rtf", RICH, "{\\rtf1\\ansi ", "}"),
    Format("a.eml", "a word␤\n> a␤\n=␤\nX: y␤", "From: a@b.c\nSubject: x\n\n"),
    Format(
        "a.rss",
        "<item><title>a</title><description>b c</description></item>\n<item/>",
        "<rss version='2.0'><channel>",
        "</channel></rss>",
    ),
    Format("a.xml", "<p>a word</p>\n<note>x</note>\n<head>b</head>", TEI, "</body></text></TEI>"),
]

EXAMPLES = 3
"""Files of a format; Python runs twenty times as slowly while its lines are counted."""
UNITS = 300
"""Units of the smaller file: more than the words (250) above which a passage is looked at again."""


def prepared(preparer, path, text):
    job = Job(path, text.encode(), "0", lambda _part: {}, {}, {})
    try:
        return len(list(preparer.prepare(job)))
    except ProgsearchError:
        return 0


def lines_run(preparer, path, text):
    """Lines of Python that run while a file is prepared."""
    count = 0

    def line(_frame, event, _value):
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(lambda _frame, _event, _value: line)
    try:
        prepared(preparer, path, text)
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def preparer():
    return Preparer.loaded(("en",))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.path)
def test_twice_the_file_is_about_twice_the_work(preparer, form, monkeypatch):
    # Up to that number of blocks a page takes the square of it, which is bounded.
    monkeypatch.setattr("progsearch.readers.web.html.MAX_COMPARED", 100)
    for unit in form.drawn(examples(EXAMPLES)):
        one, two = (form.head + unit * n * UNITS + form.end for n in (1, 2))
        prepared(preparer, form.path, two)  # what is learnt of words once is not counted
        less, more = (lines_run(preparer, form.path, text) for text in (one, two))
        assert more <= 2.4 * max(less, 5_000), unit
