"""Codes that passages came with are judgements of themes."""

from __future__ import annotations

import pytest
from making import passage
from typer.testing import CliRunner

from progsearch.cli import app
from progsearch.judgements.labels import coded_by_labels
from progsearch.themes import Theme


@pytest.mark.parametrize(
    ("label", "relevance"),
    [("504", 2), ("504.1", 2), ("5041", 0), ("500", 1), ("108", 0)],
)
def test_a_code_that_means_the_same_is_relevant(label, relevance):
    theme = Theme(
        id="health", labels={}, terms={}, close={"marpor": ("504",)}, broad={"marpor": ("500",)}
    )
    other = Theme(id="other", labels={}, terms={}, close={"cap": ("3",)})
    rows = list(coded_by_labels([passage("d", 1, "x", label=label)], [theme, other], "marpor"))
    assert [(row.theme, row.relevance, row.id) for row in rows] == [("health", relevance, "d.1")]


def test_passages_without_a_label_say_nothing():
    theme = Theme(id="health", labels={}, terms={}, close={"marpor": ("504",)})
    assert list(coded_by_labels([passage("d", 1, "x")], [theme], "marpor")) == []


@pytest.mark.usefixtures("one_process")
def test_themes_are_measured_on_a_coded_programme(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = "text,cmp_code\nChceme lepší nemocnice a lékaře.,504\nPostavíme silnice.,411\n"
    (folder / "82220_201710.csv").write_text(rows, encoding="utf-8")
    index = ["--index", str(tmp_path / "index")]
    assert CliRunner().invoke(app, ["ingest", str(folder), *index, "-q"]).exit_code == 0
    done = CliRunner().invoke(
        app, ["evaluate", "--labels", "marpor", "-f", "csv", "--part", "disagreements", *index]
    )
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(app, ["evaluate", "--labels", "nic", *index])
    assert "marpor" in str(done.exception)
