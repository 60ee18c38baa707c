"""Mail, feeds and press archives: a document a message, entry or article."""

from __future__ import annotations

import pytest
from files_making import documents
from packing import PROMISE, RSS, blocks, one

MAIL = (
    "From: Eva Malá <eva@example.org>\nTo: redakce@example.org\n"
    "Subject: =?utf-8?Q?Tiskov=C3=A1_zpr=C3=A1va?=\nDate: Tue, 04 May 2021 10:00:00 +0200\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
    "Kraj postav=C3=AD novou nemocnici v =C4=8Cesk=C3=A9 L=C3=ADp=C4=9B a p=C5=99ijme =\n"
    "sto sester.\n"
    "\n> Citovan=C3=A1 v=C4=9Bta.\n\n-- \nEva Mal=C3=A1\n"
)


def test_a_message_is_decoded_with_its_facts():
    raw = one("zprava.eml", MAIL.encode())
    assert raw.meta["title"] == "Tisková zpráva"
    assert raw.meta["date"] == "2021-05-04"
    assert raw.meta["sender"] == "eva@example.org"
    assert [shape for shape, _ in blocks(raw)] == ["paragraph", "quote", "navigation"]
    first = " ".join(blocks(raw)[0][1].split())
    assert first == "Kraj postaví novou nemocnici v České Lípě a přijme sto sester."
    assert raw.lines[0] == 9


def test_the_text_of_a_message_in_parts():
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"] = "Nadpis", "a@example.org"
    message["Date"], message["Message-ID"] = "Tue, 04 May 2021 10:00:00 +0200", "<1@example.org>"
    message.set_content(PROMISE)
    message.add_alternative(f"<html><body><p><b>{PROMISE}</b></p></body></html>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    raw = one("zprava.txt", message.as_bytes())
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert "a.pdf" in raw.notes[0]


@pytest.mark.parametrize(
    ("plain", "times", "read"),
    [
        ("View in browser: https://x.org/a/b/c", 12, "html"),
        ("Your program does not show HTML.\n\nhttps://x.org/very-long-address", 12, "html"),
        (f"{PROMISE} " * 9, 12, "plain"),
        ("Krátká zpráva.", 1, "plain"),  # the HTML part is no more than that
    ],
)
def test_a_stub_beside_the_text_is_not_read(plain, times, read):
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"] = "Program", "a@example.org"
    message.set_content(plain)
    inside = "".join(f"<p>{number}. {PROMISE}</p>" for number in range(times))
    message.add_alternative(f"<html><body>{inside}</body></html>", subtype="html")
    raw = one("zprava.eml", message.as_bytes())
    assert (PROMISE in blocks(raw)[-1][1] and len(blocks(raw)) == times) == (read == "html")
    assert any("HTML part" in note for note in raw.notes) == (read == "html")


def test_tags_of_a_page_are_no_words_of_it():
    from email.message import EmailMessage

    link = '<a href="https://example.org/a">Program</a>\n'
    message = EmailMessage()
    message["Subject"], message["From"] = "Program", "a@example.org"
    message.set_content(f"{PROMISE} " * 4)
    message.add_alternative(f"<p>{link * 30}</p><p>{PROMISE}</p>", subtype="html")
    raw = one("zprava.eml", message.as_bytes())
    assert not any("HTML part" in note for note in raw.notes)


def test_messages_of_an_mbox_are_documents():
    box = f"From a@b.cz Tue May  4 10:00:00 2021\n{MAIL}\n" * 2
    found = documents("zpravy.mbox", box.encode())
    assert [raw.part for raw in found] == ["#1", "#2"]
    assert found[1].lines[0] > found[0].lines[0]


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Strana</title>
<entry><title>Nemocnice</title><link href="https://a.cz/1"/><published>2021-05-04T10:00:00Z</published>
<author><name>Eva Malá</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROMISE}</p></div></content></entry>
</feed>"""

WORDPRESS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Strana</title>
<item><title>Post</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date>2021-05-04 10:00:00</wp:post_date>
<content:encoded><![CDATA[<!-- wp:paragraph -->{PROMISE}

Koupíme vlaky.]]></content:encoded></item>
<item><title>Koncept</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>
<content:encoded>Tajné.</content:encoded></item></channel></rss>"""


def test_an_entry_of_a_feed_is_a_document():
    first, second = documents("feed.xml", RSS.encode())
    assert (first.part, first.meta["title"], first.meta["date"]) == (
        "#nemocnice",
        "Nemocnice",
        "2021-05-04",
    )
    assert blocks(first) == [("heading", "Proč"), ("paragraph", PROMISE), ("item", "P&R")]
    assert first.lines[1] == 7
    assert blocks(second) == [("paragraph", "Koupíme vlaky.")]


def test_entries_of_atom():
    (raw,) = documents("feed.atom", ATOM.encode())
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert (raw.meta["author"], raw.meta["date"]) == ("Eva Malá", "2021-05-04")


def test_only_what_is_published_of_a_weblog():
    (raw,) = documents("export.xml", WORDPRESS.encode())
    assert blocks(raw) == [("paragraph", PROMISE), ("paragraph", "Koupíme vlaky.")]
    assert raw.meta["date"] == "2021-05-04"


def article(number, title, text):
    return f"""<!-- Hide XML section from browser
<DOC NUMBER={number}>
<DOCFULL> -->
<DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of 2 DOCUMENTS</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">The Daily (London)</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">May {number}, 2021 Tuesday</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{title}</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">BYLINE: </SPAN>
<SPAN CLASS="c2">Eve Small</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN>
<SPAN CLASS="c2">20 words</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">{text}</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN>
<SPAN CLASS="c2">May 6, 2021</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">Copyright 2021 The Daily<BR>
All Rights Reserved</SPAN></P></DIV>
"""


def test_an_article_of_a_press_archive_is_a_document():
    page = (
        "<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>"
        + article(1, "A new hospital", "The region builds a hospital.")
        + article(2, "New trains", "The region buys trains.")
        + "</BODY></HTML>"
    )
    first, second = documents("press.html", page.encode())
    assert (first.meta["title"], first.meta["date"]) == ("A new hospital", "2021-05-01")
    assert (first.meta["author"], first.meta["source"]) == ("Eve Small", "The Daily (London)")
    assert [text for shape, text in blocks(second) if shape == "paragraph"] == [
        "The region buys trains."
    ]
