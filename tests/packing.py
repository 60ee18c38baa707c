"""Packages of XML for tests of readers, and what is read of them."""

from __future__ import annotations

import io
import zipfile

from files_making import documents
from reading import assert_law

__all__ = ["PROMISE", "RSS", "blocks", "one", "opendocument", "packed", "tei"]

PROMISE = "Postavíme novou nemocnici."


def packed(members, stored=()):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name in stored:
            package.writestr(name, members[name], zipfile.ZIP_STORED)
        for name, text in members.items():
            if name not in stored:
                package.writestr(name, text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def one(name, data, **options):
    (raw,) = documents(name, data, **options)
    assert_law(raw)
    return raw


def blocks(raw):
    return [(b.shape.value, raw.text[b.start : b.end]) for b in raw.blocks]


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Strana</title><language>cs</language>
<item><title>Nemocnice</title><link>https://a.cz/nemocnice/</link>
<pubDate>Tue, 04 May 2021 10:00:00 +0200</pubDate><description>Krátce.</description>
<content:encoded><![CDATA[<h2>Proč</h2>
<p>{PROMISE}</p><ul><li>P&amp;R</li></ul>]]></content:encoded></item>
<item><title>Vlaky</title><description>Koupíme &lt;b&gt;vlaky&lt;/b&gt;.</description></item>
</channel></rss>"""


URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "text", "table", "presentation")
)


def opendocument(kind, body):
    content = (
        f'<office:document-content {NAMESPACES} xmlns:draw="{URN}:drawing:1.0">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": content}, ["mimetype"])


def tei(body, header=""):
    return (
        '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
        f"<titleStmt><title>Motion 1</title><author>Eva Ek</author></titleStmt>{header}</fileDesc>"
        f"</teiHeader>\n<text><body>{body}</body></text></TEI>"
    ).encode()
