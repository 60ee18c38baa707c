"""The fields of a Whoosh index: terms and keys, which are posted, and columns."""

from __future__ import annotations

from collections.abc import Iterable

from whoosh import fields, formats
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn

from progsearch.engine import FACETS
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.copies import PASSAGE_FACETS

__all__ = ["DOCUMENT_FACETS", "Posted", "schema"]

DOCUMENT_FACETS = tuple(name for name in FACETS if name not in PASSAGE_FACETS)
"""The facets that are posted under the row of a document."""

Posted = tuple[bytes, int, float, bytes]
"""A posting as it is stored: term, frequency, weight, value."""


class Ready(fields.FieldType):  # type: ignore[misc]
    """A field that is given its postings as they are to be stored."""

    def __init__(self, format_: formats.Format) -> None:
        self.format = format_
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.multitoken_query = "default"
        self.column_type = None
        self.vector = None

    def index(self, value: Iterable[Posted], **_: object) -> Iterable[Posted]:
        """The postings: term, frequency, weight, value."""
        return value


def schema() -> fields.Schema:
    """The fields of an index, postings and columns."""
    # Frequency stands for values of four bytes, Positions for values of any size.
    keys = {
        name: Ready(format_)
        for field in FIELDS
        for name, format_ in (
            (field, formats.Frequency()),
            (f"{field}_more", formats.Positions()),
        )
    }
    terms = {
        name: Ready(formats.Existence()) for name in ("rec", "days", "vocabulary", *DOCUMENT_FACETS)
    }
    columns = {
        "id": VarBytesColumn(),
        "path": VarBytesColumn(),
        "data": VarBytesColumn(),
        "words": NumericColumn("I"),
        **{f"{field}_weight": NumericColumn("f") for field in FIELDS},
        **{facet: RefBytesColumn() for facet in PASSAGE_FACETS},
    }
    return fields.Schema(
        **keys, **terms, **{name: fields.COLUMN(column) for name, column in columns.items()}
    )
