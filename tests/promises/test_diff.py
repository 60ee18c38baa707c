"""What two versions of a programme say otherwise: ``progsearch diff``."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from promises_making import HEAD, NEW, OLD, rows, run

DIFF = "change,group,old_file,old_line,old_text,new_file,new_line,new_text,firmness,amounts"


def test_diff_has_the_columns_that_scripts_rely_on(files):
    head = run("diff", "old.md", "new.md", "-f", "csv")[0].partition("\n")[0]
    assert head.startswith(DIFF)


def test_diff_tells_what_changed_and_slips_last(files):
    found = rows("diff", "old.md", "new.md")
    told = {row["change"]: row for row in found if row["slip"] != "true"}
    assert told["dropped"]["old_text"].startswith("Postavíme")
    assert told["dropped"]["new_file"] == told["dropped"]["new_line"] == ""
    assert told["new"]["new_text"].startswith("Zavedeme")
    assert {row["amounts"] for row in found} == {"", "10 % → 20 %"}
    assert "weak → strong" in {row["firmness"] for row in found}
    changed = [row for row in found if row["change"] != "kept"]
    assert [row["slip"] for row in changed][-1] == "true"


JOINED = "Do každé vesnice zavedeme 12 nových linek a seniorům zlevníme jízdné o 30 procent z ceny."


APART = (
    "Do každé vesnice zavedeme {} nových linek.",
    "Seniorům zlevníme jízdné o {} procent z ceny.",
)


@pytest.mark.parametrize(
    ("numbers", "right"),
    [((12, 30), ""), ((15, 30), "12 → 15"), ((12, 25), "30 procent → 25 procent")],
)
@pytest.mark.parametrize("change", ["split", "merged"])
def test_amounts_of_passages_that_were_split_or_merged_are_held_together(
    files, numbers, right, change
):
    apart = "\n\n".join(text.format(number) for text, number in zip(APART, numbers, strict=True))
    for name, text in (("whole", JOINED), ("parts", apart)):
        (files / f"{name}.md").write_text(HEAD.format(title="t", party="A") + text, "utf-8")
    old, new = ("whole", "parts") if change == "split" else ("parts", "whole")
    found = rows("diff", f"{old}.md", f"{new}.md")
    assert {row["change"] for row in found} == {change}
    if change == "merged" and right:
        right = " → ".join(reversed(right.split(" → ")))
    assert {row["amounts"] for row in found} == {right}


def test_diff_says_its_caveats_and_counts_first(files):
    out, said = run("diff", "old.md", "new.md")
    assert out.startswith("kept 4 · reworded 3 · dropped 1 · new 1\n")
    assert "old.md:10\n" in out
    assert "[10]" in out
    assert "[20]" in out
    assert "no change" in said


def test_a_workbook(files):
    run("diff", "old.md", "new.md", "-o", "d.xlsx")
    assert (files / "d.xlsx").stat().st_size > 1000


def test_folders_whose_files_were_renamed(files):
    for folder, name, text in (("one", "a.md", OLD), ("two", "z.md", OLD)):
        (files / folder).mkdir()
        (files / folder / name).write_text(text, encoding="utf-8")
    assert {row["change"] for row in rows("diff", "one", "two")} == {"kept"}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_commits(files):
    def git(*words):
        given = ["-c", "user.name=T", "-c", "user.email=t@example.org", *words]
        subprocess.run(["git", *given], cwd=files, check=True, capture_output=True)

    git("init", "-q")
    for text in (OLD, NEW):
        (files / "p.md").write_text(HEAD.format(title="p", party="A") + text, encoding="utf-8")
        git("add", "p.md")
        git("commit", "-q", "-m", "x")
    (files / "p.md").write_text("Something else.", encoding="utf-8")
    for path in ("p.md", "."):
        out, _ = run("diff", "--rev", "HEAD~1..HEAD", path)
        assert out.startswith("kept 4 · reworded 3 · dropped 1 · new 1\n")


def test_parts_of_an_index_and_their_recipe(index):
    asked = ("diff", "--of", "party=A", "--with", "party=b", "--save", "r.toml")
    out, _ = run(*asked)
    assert out.startswith("kept 4")
    assert "the answer is the same" in run("run", "r.toml")[1]


def test_filters_on_what_is_said_hold_on_both_sides(files):
    every = rows("diff", "old.md", "new.md")
    promised = rows("diff", "old.md", "new.md", "--promises")
    told = run("diff", "old.md", "new.md", "--promises", "-f", "json")[0]
    firm = rows("diff", "old.md", "new.md", "--commitment", "strong")
    assert 0 < len(firm) < len(promised) < len(every)
    assert '"weak"' not in json.dumps(firm)
    assert json.loads(told)
