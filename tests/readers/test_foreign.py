"""Files of formats that are known and not read: said so, with what to do."""

from __future__ import annotations

import pytest
from files_making import OLE, documents

from progsearch.errors import ProgsearchError


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (OLE + b"Word", "old Microsoft Office"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"PAR1", "Parquet"),
    ],
)
def test_known_formats_are_named(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("x.txt", data)
    assert caught.value.remedy


def test_an_unknown_format_names_those_that_there_are():
    with pytest.raises(ProgsearchError, match="no format 'doc'") as caught:
        documents("x.txt", b"text", format="doc")
    assert "pdf" in caught.value.remedy
