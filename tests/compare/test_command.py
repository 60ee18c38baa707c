"""Comparisons on the command line: tables for every width, files, mistakes, references."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from compare_cli_making import THEME, run

from progsearch.errors import ProgsearchError


def test_the_table_and_the_file_say_the_same():
    shown = run("compare", *THEME, "--by", "party").stdout.splitlines()
    assert shown[0] == "healthcare-staffing · Healthcare staffing"
    rows = run("compare", *THEME, "--by", "party", "-f", "csv").rows
    # What is unknown is set apart.
    assert [not line.strip() for line in shown[3:]].index(True) == len(rows) - 1
    assert [row["unknown"] for row in rows] == ["" for _ in rows[1:]] + ["party"]
    lines = [line for line in shown[3:] if line.strip()]
    for line, row in zip(lines, rows, strict=True):
        assert line.startswith(row["party"])
        figures = line.removeprefix(row["party"]).split()
        assert figures[:3] == [row["passages"], row["documents"], row["of_passages"]]
        assert figures[3] == f"{float(row['rate_per_1000']):.1f}"
        assert figures[4] == f"{float(row['low']):.1f}–{float(row['high']):.1f}"
        assert line.endswith("small") == (row["small"] == "true")


def test_rates_agree_with_search():
    rows = run("compare", *THEME, "--by", "region", "-f", "csv").rows
    assert len(rows) > 5
    for row in rows:
        once = ("--duplicates", "once", "-f", "csv", "--region", row["region"])
        assert int(row["passages"]) == len(run("search", *THEME, *once).rows)
        assert int(row["of_passages"]) == len(run("search", *once).rows)


def test_promises_are_counted_of_all_that_is_said(tmp_path):
    asked = ("compare", *THEME, "--by", "region")
    whole = {row["region"]: row for row in run(*asked, "-f", "csv").rows}
    rows = run(*asked, "--promises", "-f", "csv").rows
    assert {row["region"]: row["of_passages"] for row in rows} == {
        region: row["of_passages"] for region, row in whole.items()
    }
    assert sum(int(row["passages"]) for row in rows) < sum(
        int(row["passages"]) for row in whole.values()
    )
    for row in rows:
        once = ("--duplicates", "once", "--promises", "--region", row["region"])
        found = run("search", *THEME, *once, "-f", "csv").rows
        assert int(row["passages"]) == len(found)
        assert {one["commitment"] for one in found} <= {"strong", "weak"}
    said = "promises (strong or weak), of all"
    assert run(*asked, "--promises").stdout.splitlines()[1].startswith(said)
    for form in ("json", "md"):
        assert f"{said} passages of the group" in run(*asked, "--promises", "-f", form).stdout
    run(*asked, "--promises", "-o", tmp_path / "x.csv")
    about = json.loads((tmp_path / "x.about.json").read_text(encoding="utf-8"))
    assert about["denominator"] == f"{said} passages of the group"
    assert about["filters"]["promises"] is True
    run(*asked, "-o", tmp_path / "y.csv")
    about = json.loads((tmp_path / "y.about.json").read_text(encoding="utf-8"))
    assert about["denominator"] == "all passages of the group"


def test_what_is_counted_together_is_said():
    told = run("compare", *THEME, "--by", "region").stderr
    assert "counted together: programme 2020–2024 (" in told
    assert "; --kind programme keeps to that" in told
    one = ("--kind", "budget", "--since", "2025", "--until", "2025")
    assert "counted together" not in run("compare", *THEME, "--by", "region", *one).stderr
    assert (
        "not the same parties speak in all years" in run("compare", *THEME, "--by", "year").stderr
    )
    assert "not the same parties" not in run("compare", *THEME, "--by", "year,party").stderr


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ((), "intervals: Wilson, 95 %"),
        ((), "small: fewer than 30 passages"),
        ((), "each language (cs, sv) is searched by words of its own"),
        (
            (),
            (
                "headings, lead-ins, teasers, bylines, navigation, contents and repetitions"
                " do not count (--asides)"
            ),
        ),
        ((), "1 document repeats another; a text counts once in a group (--duplicates keep)"),
        (
            ("--test",),
            "difference: a group against all other groups together that are known",
        ),
    ],
)
def test_the_rules_of_the_numbers_are_said(words, rule):
    assert rule in run("compare", *THEME, *words).stderr
    notes = json.loads(run("compare", *THEME, *words, "-f", "json").stdout)["about"]["notes"]
    assert any(note.startswith(rule) for note in notes)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("--lang", "cs"), "each language"),
        (("--asides",), "headings, lead-ins"),
        (("--duplicates", "keep"), "repeats another"),
        (("--by", "lang"), "small:"),
        ((), "difference:"),
    ],
)
def test_rules_that_do_not_hold_are_not_said(words, rule):
    assert rule not in run("compare", *THEME, *words).stderr


def test_tests_are_shown_with_their_figures():
    text = run("compare", "regionen", "--by", "lang", "--test").stdout
    assert "fewer (p < .001)" in text
    assert "more (p < .001)" in text
    assert "the 2 groups differ: G² = " in text
    assert "1 degree of freedom, p < .001 (Holm)" in text
    text = run("compare", *THEME, "--by", "party", "--test").stdout
    assert "the 3 groups cannot be told apart" in text
    assert "none (p = 1.000)" in text
    # more often than chance would have it, but the intervals are too wide to say so
    text = run("compare", "--theme", "public-transport", "--by", "party", "--test").stdout
    assert "intervals meet (p = .035)" in text
    text = run("compare", *THEME, "--lang", "sv", "--by", "party", "--test").stdout
    assert "not tested: fewer than two groups can be compared" in text


def test_passages_side_by_side_have_the_words_and_the_place():
    text = run("compare", *THEME, "--by", "party", "--show", "passages").stdout
    row = run("compare", *THEME, "--by", "party", "-f", "csv").rows[0]
    assert f"{row['passages']} of {row['of_passages']} passages" in text
    assert re.search(r"\[\w+", text)
    assert "statement, strong" in text
    plain = text.replace("\n", " ")
    assert "corpus/cz/" in plain
    rows = run("compare", *THEME, "--by", "party", "--show", "passages", "-f", "csv").rows
    assert {row["rank"] for row in rows} == {"1", "2", "3"}
    for row in rows:
        lines = Path(row["file"]).read_text(encoding="utf-8").splitlines()
        assert row["matched"].split("; ")[0].split()[0] in lines[int(row["line"]) - 1]


def test_silence_is_told_from_no_text():
    text = run("compare", "--theme", "rail", "--by", "region", "--silent").stdout
    lines = text.splitlines()
    assert lines[0].split()[:2] == ["region", "passages"]
    silent = {line.split()[0] for line in lines[2:] if line[:3] in ("CZ-", "SE-")}
    spoken = {
        row["region"]
        for row in run("compare", "--theme", "rail", "-f", "csv").rows
        if row["passages"] != "0"
    }
    assert silent
    assert not silent & spoken
    assert "no text in the corpus: CZ-10 Hlavní město Praha" in text
    rows = run("compare", "--theme", "rail", "--silent", "-f", "csv").rows
    assert {row["region"] for row in rows if row["why"] == "nothing found"} == silent
    all_said = run("compare", *THEME, "--by", "lang", "--silent").stdout
    assert all_said.startswith("every group that has text says something")


def test_nothing_in_scope_is_said():
    assert run("compare", *THEME, "--since", "2099").stdout == "no text is left to compare\n"


def test_words_stand_in_place_of_themes_and_narrow_them():
    one = run("compare", "sestra", "OR", "sjuksköterska", "--by", "lang", "-f", "csv").rows
    assert {row["theme"] for row in one} == {"sestra OR sjuksköterska"}
    two = run("compare", "--words", "sestra", "--words", "lékař", "--words", "sestra", "-f", "csv")
    assert list(dict.fromkeys(row["theme"] for row in two.rows)) == ["sestra", "lékař"]
    narrow = run("compare", "sestra", *THEME, "--by", "lang", "-f", "csv").rows
    hits = run("search", "sestra", *THEME, "-n", "1000", "-f", "csv", "--duplicates", "once").rows
    found = [row["lang"] for row in hits]
    assert {row["lang"]: int(row["passages"]) for row in narrow} == {
        lang: found.count(lang) for lang in ("cs", "sv")
    }
    alone = run("compare", "sestra", "--by", "lang", "-f", "csv").rows
    assert 0 < int(narrow[0]["passages"]) < int(alone[0]["passages"])
    assert {row["theme"] for row in narrow} == {"healthcare-staffing"}


def test_by_may_be_repeated_or_a_list():
    once = run("compare", *THEME, "--by", "party,lang", "-f", "csv").stdout
    assert run("compare", *THEME, "--by", "party", "--by", "lang", "-f", "csv").stdout == once


def test_years_are_a_timeline():
    years = [row["year"] for row in run("compare", *THEME, "--by", "year", "-f", "csv").rows]
    assert years == sorted(years)
    assert len(years) > 3


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("compare", "--by", "lang"), "--theme: nothing to compare"),
        (("compare", "--theme", "nonsense"), "--theme: no theme 'nonsense'"),
        (("compare", *THEME, "--by", "bogus"), "--by: cannot group by 'bogus'"),
        (("compare", *THEME, "--by", "region,party,lang,kind"), "--by: at most 3 dimensions"),
        (("compare", *THEME, "-f", "xlsx"), "--format xlsx: this is no text for a terminal"),
        (("compare", *THEME, "-f", "pdf"), "--format: no format 'pdf'"),
        (("compare", *THEME, "--schema"), "--schema: a schema stands beside a CSV file"),
        (("compare", *THEME, "--show", "x"), "--show: cannot show 'x'"),
        (("compare", *THEME, "--region", "Nowhere"), "unknown region 'Nowhere'"),
        (("compare", "--words", '"'), "query: a quotation mark is not closed"),
        (("compare", *THEME, "-o", "/no/such/x.csv"), "/no/such/x.csv: cannot be written"),
        (("compare", *THEME, "-o", "/no/such/x.xlsx"), "/no/such/x.xlsx: cannot be written"),
        (("compare", *THEME, "--save", "/no/such/x.toml"), "/no/such/x.toml: cannot be written"),
        (("keywords", "--by", "lang"), "--by: a language has no others"),
        (("run", "none.toml"), "none.toml: cannot be read"),
        (("cite", "nothing"), "the index has no document or passage 'nothing'"),
        (("cite", "nothing", "-f", "mla"), "--format: no format 'mla'"),
    ],
)
def test_mistakes_are_one_line_with_a_remedy(words, where):
    with pytest.raises(ProgsearchError) as error:
        run(*words)
    assert str(error.value).startswith(where)
    assert error.value.remedy
    assert "\n" not in str(error.value) or "^" in str(error.value)


def test_a_csv_file_has_its_account_and_schema_beside_it(tmp_path):
    file = tmp_path / "regions.csv"
    run("compare", *THEME, "-o", file, "--schema", "--bom")
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbftheme,region,passages,")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "regions.about.json",
        "regions.csv",
        "regions.schema.json",
    ]
    about = json.loads((tmp_path / "regions.about.json").read_text(encoding="utf-8"))
    assert about["query"] == {"themes": ["healthcare-staffing"], "by": ["region"]}
    assert len(about["corpus"]["hash"]) == 16
    schema = json.loads((tmp_path / "regions.schema.json").read_text(encoding="utf-8"))
    head = data.decode("utf-8-sig").splitlines()[0].split(",")
    assert [field["name"] for field in schema["fields"]] == head
    assert schema["about"] == about


def test_a_workbook_holds_all_tables(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev is not installed")
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    file = tmp_path / "x.xlsx"
    run("compare", *THEME, "--test", "--evidence", "1", "--silent", "-o", file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["silent", "cells", "themes", "passages", "about"]
    assert [one.name for one in tmp_path.iterdir()] == ["x.xlsx"]


@pytest.mark.parametrize("format_", ["table", "csv", "json", "md"])
def test_keywords_have_the_same_words_in_every_format(format_):
    rows = run("keywords", "--by", "party", "-f", "csv").rows
    assert {"centra", "tid"} < {row["words"] for row in rows}
    text = run("keywords", "--by", "party", "-f", format_).stdout
    assert all(row["words"] in text for row in rows)
    assert all(Path(row["file"]).is_file() for row in rows)


def test_cite_takes_ids_and_places():
    row = run("search", "sjuksköterska", "-n", "1", "-f", "csv").rows[0]
    by_id = run("cite", row["id"]).stdout
    assert by_id == run("cite", f"{row['file']}:{row['line']}").stdout
    assert f"note = {{{row['file']}:{row['line']}}}" in by_id
    assert "url" not in by_id
    (item,) = json.loads(run("cite", row["id"], "-f", "csl").stdout)
    assert item["title"] == row["title"]


def test_a_reference_has_a_link_where_the_folder_names_a_repository(tmp_path, monkeypatch):
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    text = "# Nemocnice\n\nZajistíme dvacet nových lékařů a třicet sester do nemocnice.\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    commit = "6fc39153d4b9485dd1a1a8e90025fb8043423ad8"
    web = f'[web]\nrepository = "https://github.com/a/b"\ncommit = "{commit}"\nfolder = "t"\n'
    (folder / "progsearch.toml").write_text(web, encoding="utf-8")
    index = tmp_path / "index"
    run("ingest", folder, "--index", index, "-q")
    monkeypatch.chdir(tmp_path)
    address = f"https://github.com/a/b/blob/{commit}/t/a.md?plain=1#L3"
    (item,) = json.loads(run("cite", "texts/a.md:3", "-f", "csl", "--index", index).stdout)
    assert item["URL"] == address
    row = run("compare", "lékař", "--show", "passages", "-f", "csv", "--index", index).rows[0]
    assert row["link"] == address
    (folder / "a.md").write_text("# New\n\nOther text.\n", encoding="utf-8")
    told = run("cite", "texts/a.md:3", "--index", index).stderr
    assert "has changed since it was ingested; the line may have moved" in told
