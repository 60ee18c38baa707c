"""Slides of PowerPoint, made for the tests as programs write them."""

from __future__ import annotations

P, A, R = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)


def shape(kind, *paragraphs):
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp>{place}<p:txBody>{inner}</p:txBody></p:sp>"


def slide(*shapes):
    inner = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld xmlns:p="{P}" xmlns:a="{A}">{inner}</p:sld>'


def rels(**targets):
    inner = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{inner}</Relationships>'
