"""A document-feature matrix as Matrix Market or Parquet, and the names of its rows and columns.

Matrix Market (https://math.nist.gov/MatrixMarket/formats.html, coordinate format) is read by
``scipy.io.mmread`` and, in R, by ``Matrix::readMM``, for quanteda's ``as.dfm``. Parquet has a row
for each count that is not 0, for ``pandas.DataFrame.pivot``.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from progsearch import __version__
from progsearch.concordance.matrix import Matrix
from progsearch.errors import ProgsearchError
from progsearch.export.tables import Column, Table, Value

__all__ = ["documents_table", "features_table", "write_matrix_market", "write_parquet"]

BATCH = 100_000
"""Counts that are held at a time."""


def write_matrix_market(matrix: Matrix, path: Path) -> None:
    """Write the counts; rows are documents, columns features, both numbered from 1."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("%%MatrixMarket matrix coordinate integer general\n")
        out.write(f"% progsearch {__version__}: documents by features, named in the CSV files\n")
        out.write(f"{len(matrix.documents)} {len(matrix.features)} {matrix.size}\n")
        out.writelines(
            f"{row + 1} {column + 1} {count}\n" for row, column, count in matrix.entries()
        )


def write_parquet(matrix: Matrix, path: Path) -> None:
    """Write a row a count: the document's id, the feature, its language and word.

    Raises ProgsearchError when pyarrow is not installed.
    """
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise ProgsearchError(
            "writing Parquet needs pyarrow, which is not installed",
            where="--format parquet",
            remedy='run: pip install "progsearch[parquet]"',
        ) from error
    text = arrow.dictionary(arrow.int32(), arrow.string())
    names = ("document", "feature", "lang", "word")
    schema = arrow.schema([*((name, text) for name in names), ("count", arrow.int32())])
    documents = [one.id for one in matrix.documents]
    features = matrix.features
    entries = matrix.entries()
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(entries, BATCH)):
            columns = [
                [documents[row] for row, _, _ in batch],
                *(
                    [getattr(features[column], name) for _, column, _ in batch]
                    for name in ("name", "lang", "word")
                ),
                [count for _, _, count in batch],
            ]
            arrays = [
                arrow.array(values, kind)
                for values, kind in zip(columns, schema.types, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def features_table(matrix: Matrix) -> Table:
    """One row a column of the matrix, in their order."""
    columns = (
        Column("feature", "string", "Name of the feature, that of no other"),
        Column("lang", "string", "Language (BCP 47)"),
        Column("word", "string", "The lemma, or the form"),
        Column("count", "integer", "How often it stands in all documents"),
        Column("documents", "integer", "Documents that have it"),
    )
    rows: list[list[Value]] = [
        [one.name, one.lang, one.word, one.count, one.documents] for one in matrix.features
    ]
    return Table("features", "Features", columns, rows, key=("feature",))


def documents_table(matrix: Matrix) -> Table:
    """One row a row of the matrix, in their order, with the facts by which they are grouped."""
    columns = (
        Column("document", "string", "Id of the document"),
        Column("file", "string", "Its file"),
        Column("title", "string", "Its title"),
        Column("lang", "string", "Its language (BCP 47)"),
        Column("country", "string", "Country (ISO 3166-1)"),
        Column("region", "string", "Region by its ISO 3166-2 code"),
        Column("region_name", "string", "Name of the region"),
        Column("party", "string", "Party or organisation"),
        Column("kind", "string", "Kind of document"),
        Column("date", "string", "Date of the document"),
        Column("year", "integer", "Its year"),
        Column("words", "integer", "Words of its passages that were counted"),
    )
    rows: list[list[Value]] = []
    for one, file, words in zip(matrix.documents, matrix.files, matrix.words, strict=True):
        region = one.region.value if one.region else None
        rows.append(
            [
                one.id,
                file,
                one.title,
                one.lang.value,
                str(one.country or ""),
                region.code if region else "",
                region.name if region else "",
                str(one.party or ""),
                str(one.kind or ""),
                str(one.date or ""),
                one.date.value.year if one.date else None,
                words,
            ]
        )
    return Table("docs", "Documents", columns, rows, key=("document",))
