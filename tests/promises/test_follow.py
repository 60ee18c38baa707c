"""What reports say of promises: ``progsearch follow`` and its sheets."""

from __future__ import annotations

import csv

import pytest
from promises_making import rows, run

from progsearch.errors import ProgsearchError
from progsearch.judgements.agreement import nominal
from progsearch.promises.tracker import read_sheet

FOLLOW = (
    "promise_file,promise_line,promise,rank,report_file,report_line,report,shared,status,"
    "status_from"
)


def test_follow_has_the_columns_that_scripts_rely_on(files):
    assert run("follow", "old.md", "report.md", "-f", "csv")[0].startswith(FOLLOW)


def test_follow_tells_only_what_is_stated(files):
    found = {
        (row["promise"][:8], row["rank"]): row for row in rows("follow", "old.md", "report.md")
    }
    assert found["Zvýšíme ", "1"]["status"] == "kept"
    assert found["Zvýšíme ", "1"]["status_from"] == "the report says: Splněno"
    assert found["Opravíme", "1"]["status"] == "partly"
    assert found["Zveřejní", "1"]["restated"] == "true"
    assert found["Zveřejní", "1"]["status"] == ""
    # Near, but what it states is said of the roads.
    assert {row["status"] for key, row in found.items() if key[0] == "Chceme o"} == {""}
    assert found["Postavím", ""]["report"] == ""


def test_a_sheet_is_written_coded_and_read_back(files):
    asked = ("follow", "old.md", "report.md", "--sheet", "s.csv")
    _, said = run(*asked)
    assert "rows to code" in said
    with (files / "s.csv").open(encoding="utf-8", newline="") as sheet:
        coded = list(csv.DictReader(sheet))
    assert {row["status"] for row in coded} == {""}
    for row in coded:
        if row["promise"].startswith("Postavíme"):
            row |= {"status": "broken", "judged_by": "Jana", "judged_on": "2024-05-01"}
            row["status_2"] = "no word"
    with (files / "s.csv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(coded[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(coded)
    out, said = run(*asked)
    assert "broken (Jana, 2024-05-01)" in out
    assert "0 of 1 rows the same" in said
    (row,) = (r for r in rows(*asked) if r["promise"].startswith("Postavíme"))
    assert (row["status"], row["status_from"]) == ("broken", "Jana, 2024-05-01")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("p.md,1,x,fulfilled,J,2024", "status is 'fulfilled'"),
        ("p.md,1,x,kept,,", "without who judged it"),
        ("p.md,1,x,kept,J,yesterday", "judged_on as YYYY-MM-DD"),
        ("p.md,1,x,kept,J,2024-02-31", "judged_on as YYYY-MM-DD"),
        ("p.md,first,x,kept,J,2024", "promise_line is 'first'"),
    ],
)
def test_rows_of_a_sheet_that_cannot_be_used(tmp_path, row, told):
    file = tmp_path / "s.csv"
    head = "promise_file,promise_line,promise,status,judged_by,judged_on"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(ProgsearchError) as error:
        read_sheet(file)
    assert told in str(error.value)
    assert "s.csv:2" in str(error.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("p.md,1,x,kept,J,2024,\np.md,1,X.,broken,J,2024,", "s.csv:3: status is broken, and kept"),
        (f'p.md,1,"{"x" * 140_000},kept,J,2024', "no CSV: field larger than field limit"),
        ("p.md,1,x, and y,kept,J,2024,kept", "s.csv:2: 8 cells in 7 columns"),
        ("", []),
        ("p.md,1,x,Kept ,J,2024\np.md,1,x,kept,B,2025", ["1 kept "]),
        ("p.md,1,x,kept,J,2024\np.md,9,x,partly,J,2024", ["1 kept ", "9 partly "]),
        ("p.md,1,x,,,,kept\np.md,1,x,kept,J,2024,", ["1 kept kept"]),
        ("p.md,1,x,kept,J,2024,\np.md,1,x,,,,broken,,", ["1 kept broken"]),
        ("p.md,1,x,kept,J,2024,\nq.md,1,x,broken,J,2024,", ["1 kept ", "1 broken "]),
    ],
)
def test_rows_of_a_promise_say_the_same_of_it(tmp_path, rows, told):
    csv.field_size_limit(131_072)  # a large table that was read before may have raised it
    file = tmp_path / "s.csv"
    head = "promise_file,promise_line,promise,status,judged_by,judged_on,status_2"
    file.write_text(f"{head}\n{rows}\n", encoding="utf-8")
    if isinstance(told, list):
        found = [f"{row.promise_line} {row.status} {row.second}" for row in read_sheet(file)]
        assert found == told
        return
    with pytest.raises(ProgsearchError) as error:
        read_sheet(file)
    assert told in str(error.value)


def test_a_promise_of_two_files_is_judged_for_each(files):
    promise = "Postavíme novou školu v obci."
    for name, more in (("a", ""), ("b", "Opravíme silnice.\n\n")):
        (files / "old" / name).mkdir(parents=True)
        text = f"# Program\n\n{more}{promise}\n"
        (files / "old" / name / "p.md").write_text(text, encoding="utf-8")
    head = "promise_file,promise_line,promise,status,judged_by,judged_on"
    coded = f"b/p.md,3,{promise},broken,J,2024\na/p.md,3,{promise},kept,J,2024"
    (files / "s.csv").write_text(f"{head}\n{coded}\n", encoding="utf-8")
    found = rows("follow", "old", "report.md", "--sheet", "s.csv", "--set", "lang=cs")
    told = {(r["promise_file"], r["status"]) for r in found if r["promise"] == promise}
    assert told == {("old/a/p.md", "kept"), ("old/b/p.md", "broken")}


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([("kept", "kept"), ("broken", "kept")], "1 of 2 rows the same, kappa 0.00"),
        ([("kept", "kept"), ("broken", "broken")], "2 of 2 rows the same, kappa 1.00"),
        ([("kept", "kept")], "1 of 1 rows the same; with one code only there is no kappa"),
    ],
)
def test_agreement_of_two_coders(codes, told):
    assert nominal(codes) == told


def test_promises_are_followed_in_whatever_reports_say(files):
    every = {row["report"] for row in rows("follow", "old.md", "report.md")}
    assert {row["report"] for row in rows("follow", "old.md", "report.md", "--promises")} == every
    firm = rows("follow", "old.md", "report.md", "--commitment", "strong")
    assert {row["promise"] for row in firm} < {
        row["promise"] for row in rows("follow", "old.md", "report.md")
    }
    assert {row["report"] for row in firm} <= every
