"""Which themes there are, as a table; no index is needed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progsearch.export.tables import Column, Table, Value

if TYPE_CHECKING:
    from progsearch.themes import Catalogue

__all__ = ["themes_table"]


def themes_table(catalogue: Catalogue, label_lang: str = "en") -> Table:
    """One row a theme, with the number of its terms in each language."""
    themes = catalogue.themes.values()
    languages = list(dict.fromkeys(lang for theme in themes for lang in theme.terms))
    columns = (
        Column("id", "string", "Id of the theme"),
        Column("label", "string", "What people call it"),
        Column("broader", "string", "Id of the theme that it is a part of"),
        *(Column(lang, "integer", f"Its terms in {lang}") for lang in languages),
        Column("file", "string", "File of the document"),
    )
    rows: list[list[Value]] = [
        [
            theme.id,
            theme.label(label_lang),
            theme.broader,
            *(len(theme.terms.get(lang, ())) for lang in languages),
            theme.file,
        ]
        for theme in themes
    ]
    return Table("themes", "Themes", columns, rows, key=("id",))
