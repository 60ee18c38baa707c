"""Pages that are pictures, read by Tesseract when it is asked to."""

from __future__ import annotations

import io
import shutil

import pytest
from files_making import Page, documents, pdf
from reading import assert_law
from typesetting import PROSE, flat, typeset

from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.readers.pdf.ocr import MODELS
from progsearch.segmentation import segment

pdfium = pytest.importorskip("pypdfium2")
pytest.importorskip("PIL")
tesseract = pytest.importorskip("pytesseract")

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or "swe" not in tesseract.get_languages(),
    reason="Tesseract and its Swedish are not installed: .ci/tesseract",
)
SOURCE = (
    "#set page(width: 160mm, height: 120mm, margin: 20mm)\n#set text(size: 11pt)\n"
    f"= Vård\n{PROSE[0]}\n\n{PROSE[1]}"
)


def scan(*sources):
    """A PDF of pictures of pages."""
    images = []
    for source in sources:
        file = pdfium.PdfDocument(typeset(source))
        images += [page.render(scale=200 / 72).to_pil().convert("L") for page in file]
        file.close()
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=200, save_all=True, append_images=images[1:])
    return out.getvalue()


def passages(raw):
    return segment(raw, "d", lang=Fact("sv", Origin.STATED)).passages


@needs_tesseract
def test_a_scan_is_read_with_its_confidence():
    (raw,) = documents("program.pdf", scan(SOURCE), ocr=("sv",))
    assert_law(raw)
    found = passages(raw)
    assert [flat(one.text) for one in found if one.role not in ASIDE_ROLES] == list(PROSE[:2])
    assert all(60 < one.ocr <= 100 for one in found)
    assert "1 of 1 pages are read by OCR, with " in raw.notes[0]


@needs_tesseract
def test_only_pages_without_text_are_read_so():
    both = pdfium.PdfDocument.new()
    for data in (typeset(SOURCE), scan(SOURCE)):
        both.import_pages(pdfium.PdfDocument(data))
    out = io.BytesIO()
    both.save(out)
    (raw,) = documents("program.pdf", out.getvalue(), ocr=("sv",))
    sure = {one.page: one.ocr > 0 for one in passages(raw)}
    assert sure == {1: False, 2: True}


def test_a_scan_is_refused_with_the_remedy_where_nobody_asked():
    with pytest.raises(ProgsearchError, match="scan") as caught:
        documents("program.pdf", pdf(Page().picture(), Page().picture()))
    assert "--ocr" in caught.value.remedy


def test_a_page_that_is_not_read_is_noted_with_the_remedy():
    page = Page().lines(72, 700, "Vi vill att alla ska kunna lita på att vården finns nära.")
    (raw,) = documents("program.pdf", pdf(page, Page().picture()))
    assert "1 of 2 pages are pictures" in raw.notes[0]
    assert "--ocr" in raw.notes[0]


def test_what_is_missing_is_named(monkeypatch):
    def missing(**_options):
        raise tesseract.TesseractNotFoundError

    monkeypatch.setattr(tesseract, "get_languages", missing)
    with pytest.raises(ProgsearchError, match="Tesseract, which is not installed"):
        documents("program.pdf", pdf(Page().picture()), ocr=("sv",))
    monkeypatch.setattr(tesseract, "get_languages", lambda **_options: ["osd"])
    with pytest.raises(ProgsearchError, match="no model for swe, ces") as caught:
        documents("program.pdf", pdf(Page().picture()), ocr=("sv", "cs"))
    assert caught.value.remedy == "apt-get install tesseract-ocr-swe tesseract-ocr-ces"


def test_a_page_that_cannot_be_read_is_an_error_of_the_file(monkeypatch):
    def failing(*_arguments, **_options):
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(tesseract, "get_languages", lambda **_options: list(MODELS.values()))
    monkeypatch.setattr(tesseract, "image_to_data", failing)
    with pytest.raises(ProgsearchError, match="cannot read a page: Tesseract process timeout"):
        documents("program.pdf", pdf(Page().picture()), ocr=("sv",))
