"""Reports of a small comparison made by hand, and a reader of what was written."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from making import document, passage, stated

from progsearch.clause import All, How
from progsearch.compare import Comparison, Group, Question, Silence, Why
from progsearch.compare.table import cell_of
from progsearch.engine import Counts
from progsearch.matching import Match
from progsearch.model import Fact, Origin, PartialDate, Person, Region, Role
from progsearch.report import Names, Report, html, ui_language
from progsearch.scope import Filters
from progsearch.search import Hit

VOID = {"meta", "link", "img", "input"}

ATTACKS = (
    "<script>document.title='pwned'</script>",
    "</style></title><script>document.title='pwned'</script>",
    "--><img src=x onerror=\"document.title='pwned'\">",
    "\"><svg onload=document.title='pwned'>",
    "' onmouseover='document.title=1' x='",
    "javascript:document.title='pwned'",
    "[read](javascript:document.title='pwned')",
    "&lt;script&gt;document.title='pwned'&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=http://attack.example/'>",
    "<base href='http://attack.example/'><form action='http://attack.example/'><input>",
    "<link rel=stylesheet href='http://attack.example/x.css'>",
    "<style>@import 'http://attack.example/x.css';*{background:url(http://attack.example/x)}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template><noscript><p title='</noscript><img src=x>'>",
    "<a href='http://attack.example/' ping='http://attack.example/p'>click</a>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} {% include x %}",
    "\u202egnp.exe\u202c \u2066\u2067isolated \x00 \x1b]0;title\x07 \x1b[2J \x9b31m",
    "\ud800 \udfff \ufffe \U0010ffff",
    "a\u0300" * 50 + "ﷺ" * 20,
    "=cmd|' /C calc'!A0",
    "{group} {n} {0} {rate.__class__} %s %(x)s",
)


def report(text="text", lang="en", **more):
    """A report with that text wherever a document, a theme, a name or a user may have one."""
    made = document(
        "d1",
        [],
        path=f"corpus/{text}.md",
        title=text,
        party=stated(text),
        region=stated(Region("XX-1", text)),
        kind=Fact(text, Origin.INFERRED),
        date=stated(PartialDate(2024, 5, 9)),
        lang=text,
    )
    spoken = passage(
        "d1",
        1,
        f"{text} lékařů {text}",
        lang=text,
        role=Role.QUOTATION,
        headings=(text, f"{text} lékař"),
        speaker=Person(text, "speaker", party=text),
        also=((9, 9),),
    )
    at = len(text) + 1
    hits = [
        Hit(
            spoken,
            made,
            1.0,
            [Match(at, at + 6, text, How.LEMMA), Match(0, 1, text, How.EXACT, "heading")],
            f"corpus/{text}.md",
            copy_of=text,
        )
        for _ in range(5)
    ]
    groups = (
        Group((text, "a"), (text, "A"), 100, 5, 2000),
        Group((text, "b"), (text, "B"), 400, 9, 9000),
        Group(("", "c"), ("unknown", "C"), 12, 1, 300),
        Group(("", ""), ("unknown", "unknown"), 1234, 20, 30000),
    )
    questions = (Question("t1", text, All(), "theme"), Question(text or "t2", text, All()))
    found = (Counts(7, 2, 150), Counts(), Counts(3, 1, 80), Counts(200, 19, 5000))
    cells = [
        cell_of(question.id, group, counts, tuple(hits[: counts.passages]))
        for question in questions
        for group, counts in zip(groups, found, strict=True)
    ]
    by = ("party", "document")
    comparison = Comparison(
        questions, by, groups, tuple(cells), Filters(party=[text], copies=False), 2, "0123abcd"
    )
    silences = [
        Silence("t1", by, groups[1], 28.0, 9.5, Why.NOTHING),
        *(
            Silence("t1", ("party",), Group((text,), (text,), 0, 0, 0), 0.0, 1000.0, why)
            for why in (Why.FILTERED, Why.ABSENT)
        ),
    ]
    return Report(
        Names(comparison, ui_language(lang)),
        date(2025, 3, 1),
        "1.2.3",
        documents=35,
        silences=silences,
        **{
            "title": text,
            "query": text,
            "command": text,
            "definitions": {"t1": text},
            "links": {spoken.id: "https://example.org/a?b=1#L1"},
        }
        | more,
    )


class Page(HTMLParser):
    """What a page is made of: ``elements`` in order, with attributes, path and text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.texts = []
        self.feed(text)
        self.close()
        assert not self.open, f"left open: {[tag for tag, _ in self.open]}"

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "path": [one for one, _ in self.open]}
        element["text"] = slice(len(self.texts), None)
        assert len(attrs) == len(element["attrs"]), f"twice the same attribute in {tag}"
        self.elements.append(element)
        if tag in VOID:
            element["text"] = ""
        else:
            self.open.append((tag, element))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1][0] == tag, f"</{tag}> inside <{self.open[-1][0]}>"
        _, element = self.open.pop()
        element["text"] = "".join(self.texts[element["text"]])

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def all(self, tag):
        return [element for element in self.elements if element["tag"] == tag]


def page(made):
    """A report as it is written, read again."""
    return Page("".join(html(made)))
