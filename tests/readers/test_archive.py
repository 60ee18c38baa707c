"""ZIP archives: documents inside, and what an archive may not do."""

from __future__ import annotations

import io
import zipfile

import pytest
from files_making import (
    MINUTES,
    NAME,
    ORGANISATIONS,
    PEOPLE,
    documents,
    docx,
    encrypted_zip,
    paragraph,
    zipped,
)

from progsearch.errors import ProgsearchError
from progsearch.readers import Refused
from progsearch.readers.containers import packages

PAGE = "# Nadpis\n\nText stránky.\n"


def test_members_are_documents_of_any_format():
    inner = zipped({"c.md": PAGE})
    data = zipped(
        {
            "b/program.docx": docx(paragraph("Text.")),
            "a.md": PAGE,
            "t.csv": "text,party\nJedna.,A\nDvě.,B\n",
            "inner.zip": inner,
            ".hidden.md": PAGE,
            "__MACOSX/a.md": PAGE,
        }
    )
    assert [raw.part for raw in documents("all.zip", data)] == [
        "/a.md",
        "/b/program.docx",
        "/inner.zip/c.md",
        "/t.csv#A",
        "/t.csv#B",
    ]


def test_a_bad_member_costs_only_itself():
    data = zipped({"a.md": PAGE, "b.docx": docx(paragraph("T"))[:300], "c.md": "", "d.md": PAGE})
    found = documents("all.zip", data)
    assert [type(one).__name__ for one in found] == [
        "RawDocument",
        "Refused",
        "Refused",
        "RawDocument",
    ]
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.part for one in refused] == ["/b.docx", "/c.md"]
    assert refused[0].problem.path == "corpus/all.zip/b.docx"


def test_names_that_lead_out_are_left_out():
    data = zipped({"../../a.md": PAGE, "/b.md": PAGE, "x\\c.md": PAGE, "a/../../d.md": PAGE})
    assert [raw.part for raw in documents("all.zip", data)] == ["/b.md", "/x/c.md"]


def test_settings_are_no_documents():
    data = zipped({"README.md": PAGE, "a.md": PAGE})
    found = documents("all.zip", data, is_document=lambda name: name != "README.md")
    assert [raw.part for raw in found] == ["/a.md"]


def test_files_beside_a_member_are_those_of_the_archive():
    data = zipped(
        {
            f"2023/{NAME}.xml": MINUTES,
            "ParlaMint-CZ-listPerson.xml": PEOPLE,
            "ParlaMint-CZ-listOrg.xml": ORGANISATIONS,
        }
    )
    assert [raw.meta.get("party") for raw in documents("all.zip", data)] == ["B", "A", None]


def _nested(depth):
    data = zipped({"a.md": PAGE})
    for _ in range(depth):
        data = zipped({"in.zip": data})
    return data


def _many():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.md", "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (lambda: zipped({"a.md": " " * 50_000_000}), "would unpack to"),
        (lambda: zipped({f"{n}.md": "a" for n in range(3)})[:60], "damaged"),
        (lambda: encrypted_zip(zipped({"a.md": PAGE})), "encrypted"),
        (lambda: zipped({}), "no document"),
        (lambda: zipped({".a": PAGE}), "no document"),
        (_many, "20,001 members"),
    ],
)
def test_what_cannot_be_read_or_trusted_is_refused(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("all.zip", data())
    assert caught.value.where == "corpus/all.zip"
    assert caught.value.remedy


def test_archives_are_not_nested_without_end():
    assert documents("all.zip", _nested(1))[0].part == "/in.zip/a.md"
    (refused,) = documents("all.zip", _nested(2))
    assert "nested too deeply" in refused.problem.what


def test_a_member_that_is_longer_than_it_says_is_not_unpacked():
    data = zipped({"a.md": "x" * 3_000_000})
    lying = data.replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little"))
    (refused,) = documents("all.zip", lying)
    assert "damaged" in refused.problem.what


def test_archives_inside_of_archives_are_bounded_together(monkeypatch):
    text = PAGE + "slovo " * 400
    inner = zipped({"a.md": text})
    outer = zipped({f"{n}.zip": inner for n in range(4)})
    monkeypatch.setattr(packages, "MAX_TOTAL", 4 * len(inner) + 2 * len(text.encode()))
    found = documents("all.zip", outer)
    assert [raw.part for raw in found] == ["/0.zip/a.md", "/1.zip/a.md", "/2.zip", "/3.zip"]
    assert all("would unpack to" in refused.problem.what for refused in found[2:])
