"""The sentence below each entry of a weblog is no promise."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import RawDocument, Shape

TEXT = "We will build 500 new homes for the young families of our town."


def feed(*paragraphs: str) -> RawDocument:
    inside = "".join(f"<p>{one}</p>" for one in paragraphs)
    text = f"<description><![CDATA[{inside}]]></description>"
    item = f"<item><title>Homes</title><link>https://x.org/1</link>{text}</item>"
    page = f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'
    return readers.read("a.xml", page.encode())


def told(raw: RawDocument) -> list[str]:
    return [raw.text[b.start : b.end] for b in raw.blocks if b.shape is not Shape.NAVIGATION]


@pytest.mark.parametrize(
    "footer",
    [
        "The post <a href='https://x.org/1'>Homes</a> appeared first on <a href='/'>A Party</a>.",
        "The post Homes first appeared on a-party.org.",
        "Příspěvek <a href='https://x.org/1'>Homes</a> pochází z <a href='/'>Strana</a>",
        "Článek Homes se nejdříve objevil na Strana.",
        "Der Beitrag Homes erschien zuerst auf Partei Ort.",
        "Inlägget Homes dök först upp på Partiet.",
        "Indlægget Homes blev først udgivet på Partiet.",
        "Innlegget Homes dukket først opp på Partiet.",
        "Artykuł Homes pochodzi z serwisu Partia.",
        "Príspevok Homes zobrazený najskôr Strana.",
        "Artikkeli Homes julkaistiin ensimmäisen kerran Puolue.",
    ],
)
def test_the_footer_of_an_entry_is_left_out(footer: str) -> None:
    assert told(feed(TEXT, footer)) == [TEXT]
    assert told(feed(f"{TEXT} {footer}")) == [TEXT]
    page = f"<!doctype html><html><body><main><h1>Homes</h1><p>{TEXT}</p><p>{footer}</p></main>"
    assert told(readers.read("a.html", page.encode())) == ["Homes", TEXT]


@pytest.mark.parametrize(
    "last",
    [
        "Příspěvek na bydlení pochází z rozpočtu města.",
        "The post office will be open on Sundays.",
        "The post offices appeared first on our list, and we will keep every one. We mean it.",
        "Der Beitrag der Bürger wird gesenkt.",
    ],
)
def test_what_only_begins_so_is_read(last: str) -> None:
    assert told(feed(TEXT, last)) == [TEXT, last]


def test_only_the_last_text_is_a_footer() -> None:
    footer = "The post Homes appeared first on A Party."
    assert told(feed(footer, TEXT)) == [footer, TEXT]
