"""Promises between versions, in reports and between parties: the commands and the front door."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from importlib.resources import files as files_of

import every_command
import pytest
from hypothesis import given
from hypothesis import strategies as st

import progsearch
from progsearch.cli import app
from progsearch.errors import ProgsearchError
from progsearch.judgements.agreement import nominal
from progsearch.promises.asked import Sides, part_of, part_text
from progsearch.promises.tracker import read_sheet
from progsearch.report import UI_LANGUAGES
from progsearch.scope import Filters

HEAD = "---\ntitle: {title}\nparty: {party}\nlang: cs\n---\n"
OLD = """# Zdraví
- Zvýšíme platy zdravotních sester v krajských nemocnicích o 10 %.
- Chceme otevřít nové ordinace praktických lékařů v malých obcích.
- Podpoříme evitalizaci náměstí a parků ve všech městech kraje.
- Postavíme novou porodnici v okresním městě.
# Doprava
- Opravíme silnice druhé a třetí třídy, které vedou přes malé obce kraje.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
"""
NEW = """# Zdraví
- Zvýšíme platy zdravotních sester v krajských nemocnicích o 20 %.
- Otevřeme nové ordinace praktických lékařů v malých obcích.
- Podpoříme revitalizaci náměstí a parků ve všech městech kraje.
# Doprava
- Opravíme silnice druhé a třetí třídy, které vedou přes malé obce kraje.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
- Zavedeme jednotnou jízdenku na vlaky i autobusy.
"""
REPORT = """## Splněno
- Platy sester v krajských nemocnicích jsme zvýšili o 10 %.
## Silnice
- Částečně splněno: opravili jsme 40 km silnic třetí třídy přes malé obce.
- Zveřejníme všechny smlouvy kraje a jeho organizací jako otevřená data.
"""
DIFF = "change,group,old_file,old_line,old_text,new_file,new_line,new_text,firmness,amounts"
FOLLOW = (
    "promise_file,promise_line,promise,rank,report_file,report_line,report,shared,status,"
    "status_from"
)
MATCH = "rank,file_a,line_a,text_a,file_b,line_b,text_b,shared,group"


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text, party in (("old", OLD, "A"), ("new", NEW, "B"), ("report", REPORT, "A")):
        head = HEAD.format(title=name, party=party)
        (tmp_path / f"{name}.md").write_text(head + text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def index(files):
    (files / "corpus").mkdir()
    for name in ("old", "new"):
        shutil.copy(files / f"{name}.md", files / "corpus")
    run("ingest", "corpus", "--quiet")
    return files


def run(*words):
    """What a command writes to stdout, and what it says."""
    out, said = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        app(list(words), standalone_mode=False)
    return out.getvalue(), said.getvalue()


def rows(*words):
    return list(csv.DictReader(io.StringIO(run(*words, "-f", "csv")[0])))


def test_diff_has_the_columns_that_scripts_rely_on(files):
    head = run("diff", "old.md", "new.md", "-f", "csv")[0].partition("\n")[0]
    assert head.startswith(DIFF)
    assert run("follow", "old.md", "report.md", "-f", "csv")[0].startswith(FOLLOW)


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


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("a/b/old", "a/b/new"), "old → new"),
        (("/a/p.md", "/a/r/x.md, /a/r/y.md"), "p.md → r/x.md, r/y.md"),
        (("old.md", "new.md"), "old.md → new.md"),
        (("/a/p.md", "r.md"), "/a/p.md → r.md"),
        (("/a/p.md", "b/r.md"), "/a/p.md → b/r.md"),
        (("party=S,year=2013", "party=S"), "party=S,year=2013 → party=S"),
    ],
)
def test_a_title_has_no_folders_that_all_files_share(names, title):
    assert Sides(None, None, names).title == title


def test_a_stop_word_alone_pairs_nothing(files):
    said = {
        "A": "Vi ska bygga tusen nya hyresbostäder.",
        "B": "Vi ska sänka elskatten nästa vinter.",
    }
    for party, text in said.items():
        file = files / "corpus" / f"stop-{party}.md"
        file.parent.mkdir(exist_ok=True)
        head = f"---\ntitle: t\nparty: {party}\nlang: sv\n---\n\n"
        file.write_text(head + text + "\n", encoding="utf-8")
    run("ingest", str(files / "corpus"), "--index", str(files / "stop"), "--languages", "sv", "-q")
    assert rows("match", "--by", "party", "--index", str(files / "stop")) == []


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


@pytest.mark.parametrize("format_", ["json", "md"])
def test_every_format_has_the_caveats(files, format_):
    for words in (("diff", "old.md", "new.md"), ("follow", "old.md", "report.md")):
        text = run(*words, "-f", format_)[0]
        assert "yours to judge" in text or "no change" in text
    found = json.loads(run("diff", "old.md", "new.md", "-f", "json")[0])
    assert found


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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("diff", "old.md"), "1 paths instead of two"),
        (("diff", "old.md", "new.md", "--save", "r.toml"), "a question to an index"),
        (("follow", "old.md"), "a programme and its reports"),
        (("match", "--with", "B"), "with whom"),
        (("match",), "whose promises"),
    ],
)
def test_what_cannot_be_asked(files, words, told):
    with pytest.raises(ProgsearchError) as error:
        run(*words)
    assert told in str(error.value)


def test_parts_have_all_filters():
    found = part_of("--of", "party=S,year=2013,year=2014,promises=yes,since=2012", Filters())
    assert found.party == ("S",)
    assert found.year == ("2013", "2014")
    assert found.promises
    assert str(found.since) == "2012"
    for wrong, told in (("promises=perhaps", "promises=yes"), ("pary=A", "did you mean party")):
        with pytest.raises(ProgsearchError) as error:
            part_of("--of", wrong, Filters())
        assert told in str(error.value)


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


def test_match_proposes_pairs(index):
    out, said = run("match", "--party", "A", "--with", "B", "-f", "csv")
    assert out.startswith(MATCH)
    pairs = list(csv.DictReader(io.StringIO(out)))
    assert [row["rank"] for row in pairs] == [str(n) for n in range(1, len(pairs) + 1)]
    assert {row["text_a"][:8] for row in pairs} >= {"Opravíme", "Zveřejní", "Zvýšíme "}
    assert "about 11 are the same promise" in said
    assert "%" not in said
    assert "perhaps promised by 2 of 2: A, B" in run("match", "--by", "party")[0]


@pytest.mark.parametrize("words", [("--party", "A"), ("--of", "party=A"), ()])
def test_all_groups_are_not_held_against_one(index, words):
    with pytest.raises(ProgsearchError, match="--by compares all groups, --with one with another"):
        run("match", "--by", "party", "--with", "party=B", *words)


def test_what_has_no_date_is_said_to_be_left_out_of_both_sides(files):
    corpus = files / "corpus"
    corpus.mkdir()
    for name, text, party in (("old", OLD, "A"), ("new", NEW, "B")):
        head = HEAD.format(title=name, party=party)
        cut = f"- {party} sníží daně."
        dated = head.replace("lang:", "date: 2024-05-01\nlang:")
        (corpus / f"{name}.md").write_text(dated + text, encoding="utf-8")
        (corpus / f"{name}-2.md").write_text(head + cut, encoding="utf-8")
    run("ingest", "corpus", "-q")
    line = "1 passage of documents without a date left out by --since 2024"
    sides = ("--of", "party=A", "--with", "party=B", "--since", "2024")
    for command in ("diff", "follow", "match"):
        said = run(command, *sides)[1]
        assert f"party=A: {line}" in said
        assert f"party=B: {line}" in said
    many = "2 passages of documents without a date left out by --since 2024"
    assert many in run("match", "--by", "party", "--since", "2024")[1]
    with pytest.raises(ProgsearchError, match=r"new\.md: there is no passage on this side; 6 pass"):
        run("diff", "new.md", "old.md", "--since", "2024")


def test_synonyms_are_near_and_what_is_contrary_comes_last(files):
    corpus = files / "corpus"
    corpus.mkdir()
    texts = {
        "A": [
            "Vi ska avskaffa karensdagen i sjukförsäkringen.",
            "Vi vill utöka stödet till äldre på landsbygden.",
        ],
        "B": [
            "Vi ska införa karensdagen i sjukförsäkringen.",
            "Vi vill bygga ut stödet till seniorer på landsbygden.",
        ],
    }
    for party, lines in texts.items():
        head = HEAD.format(title=party, party=party).replace("lang: cs", "lang: sv")
        text = head + "".join(f"- {line}\n" for line in lines)
        (corpus / f"{party}.md").write_text(text, encoding="utf-8")
    run("ingest", "corpus", "-q")
    found = rows("match", "--party", "A", "--with", "B")
    assert [row["text_a"][:17] for row in found] == ["Vi vill utöka stö", "Vi ska avskaffa k"]


def test_match_refuses_two_languages(demo):
    at = ("--index", str(demo))
    with pytest.raises(ProgsearchError) as error:
        run("match", "--country", "CZ", "--with", "SE", *at)
    assert "in another language" in str(error.value)


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_pages_of_promises(index, lang):
    for words in (
        ("diff", "old.md", "new.md"),
        ("follow", "old.md", "report.md"),
        ("match", "--by", "party"),
        ("match", "--party", "A", "--with", "B"),
    ):
        run(*words, "--html", "p.html", "--ui-lang", lang)
        page = (index / "p.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in page
        assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
        assert "<script" not in page
        assert "<mark" in page or "--by" in words


def test_the_front_door(index):
    changed = progsearch.diff("old.md", "new.md")
    assert {row.change for row in changed} == {"kept", "reworded", "dropped", "new"}
    assert changed.notes
    followed = progsearch.follow("old.md", "report.md")
    assert [row.status for row in followed if row.status] == ["kept", "partly"]
    with progsearch.open("index") as opened:
        assert [row.change for row in opened.diff("party=A", "party=B")] == [
            row.change for row in changed
        ]
        assert opened.match(by="party")[0].rank == 1
        assert opened.follow("party=A", "party=B")[0].rank == 1


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


# -- filters and copies


def test_filters_on_what_is_said_hold_on_both_sides(files):
    every = rows("diff", "old.md", "new.md")
    promised = rows("diff", "old.md", "new.md", "--promises")
    told = run("diff", "old.md", "new.md", "--promises", "-f", "json")[0]
    firm = rows("diff", "old.md", "new.md", "--commitment", "strong")
    assert 0 < len(firm) < len(promised) < len(every)
    assert '"weak"' not in json.dumps(firm)
    assert json.loads(told)


def test_promises_are_followed_in_whatever_reports_say(files):
    every = {row["report"] for row in rows("follow", "old.md", "report.md")}
    assert {row["report"] for row in rows("follow", "old.md", "report.md", "--promises")} == every
    firm = rows("follow", "old.md", "report.md", "--commitment", "strong")
    assert {row["promise"] for row in firm} < {
        row["promise"] for row in rows("follow", "old.md", "report.md")
    }
    assert {row["report"] for row in firm} <= every


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "--of", "party=A", "--with", "party=B"),
        ("follow", "--of", "party=A", "--with", "party=B"),
        ("match", "--of", "party=A", "--with", "party=B"),
    ],
    ids=lambda words: words[0],
)
def test_what_repeats_another_document_is_left_out_and_told(index, words):
    alone = rows(*words)
    shutil.copy(index / "corpus" / "old.md", index / "corpus" / "once more.md")
    run("ingest", "corpus", "--quiet")
    out, said = run(*words, "-f", "csv")
    assert list(csv.DictReader(io.StringIO(out))) == alone
    assert "1 document that repeats another was left out (--duplicates keep)" in " ".join(
        run(*words, "-f", "json")[0].split()
    )
    assert len(rows(*words, "--duplicates", "keep")) > len(alone) or words[0] == "match"
    assert said == run(*words, "-f", "csv")[1]


# -- answers to questions


QUESTIONS = """party,question,agrees,why
A,Mají být školní obědy zdarma?,True,Obědy ve školách musí být zdarma pro děti z rodin.
A,Má kraj stavět nové byty?,ano,Kraj musí stavět nové nájemní byty pro mladé rodiny.
A,Má jezdit noční autobus?,Ne,Noční autobusy jsou drahé a jezdí v nich málo lidí z okolí.
B,Mají být školní obědy zdarma?,no,Obědy ve školách nemají být zdarma pro děti z rodin.
B,Má kraj stavět nové byty?,1,Kraj má stavět nové nájemní byty pro mladé rodiny.
B,Má jezdit noční autobus?,spíše ano,Noční autobusy jsou drahé a jezdí v nich málo občanů z okolí.
"""


def test_agreement_is_told_by_stated_answers_alone(files, monkeypatch):
    (files / "survey").mkdir()
    (files / "survey" / "a.csv").write_text(QUESTIONS, encoding="utf-8")
    settings = '[tables]\ntext = "why"\ntitle = "question"\n'
    (files / "survey" / "progsearch.toml").write_text(settings, encoding="utf-8")
    run("ingest", "survey", "--index", "without", "--quiet")
    words = ("match", "--party", "A", "--with", "B")
    assert {row["stance"] for row in rows(*words, "--index", "without")} == {""}
    (files / "survey" / "progsearch.toml").write_text(
        settings + 'answer = "agrees"\n', encoding="utf-8"
    )
    run("ingest", "survey", "--index", "with", "--quiet")
    found = {row["text_a"][:6]: row["stance"] for row in rows(*words, "--index", "with")}
    assert found == {"Obědy ": "oppose", "Kraj m": "agree", "Noční ": ""}
    assert "answered this question the contrary" in run(*words, "--index", "with")[0]
    run(*words, "--index", "with", "--html", "page.html", "--ui-lang", "cs")
    assert "odpověděli opačně" in (files / "page.html").read_text(encoding="utf-8")
    (files / "survey" / "progsearch.toml").write_text(
        settings + 'answer = "agrees"\ntopic = "question"\n', encoding="utf-8"
    )
    assert "answer stands beside topic" in every_command.run("check", "survey").stderr


COMMAS = "A, spolek pro město", 'B "Čistá" strana, z.s.'


def test_names_with_commas_and_quotation_marks(files):
    (files / "corpus").mkdir()
    for name, party in zip(("old", "new"), COMMAS, strict=True):
        head = HEAD.format(title=name, party=json.dumps(party))
        text = {"old": OLD, "new": NEW}[name]
        (files / "corpus" / f"{name}.md").write_text(head + text, encoding="utf-8")
    run("ingest", "corpus", "--quiet")
    found = rows("match", "--by", "party")
    assert found
    assert {row["name_a"] for row in found} | {row["name_b"] for row in found} == set(COMMAS)
    first, other = COMMAS
    assert len(rows("match", "--party", first, "--with", other)) == len(found)
    asked = [part_text("party", [party]) for party in COMMAS]
    assert len(rows("match", "--of", asked[0], "--with", asked[1])) == len(found)


@given(st.lists(st.text("ab,\"' =;", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_part_is_read_as_it_is_written(values):
    assert list(part_of("--of", part_text("party", values), Filters()).party) == values


def test_answers_mean_one_thing():
    data = tomllib.loads((files_of("progsearch") / "data" / "answers.toml").read_text("utf-8"))
    assert not set(data["yes"]) & set(data["no"])


def test_formulas_are_no_promises(files):
    formula = "Odpověď jsme doplnili podle postojů strany v ostatních krajích."
    (files / "corpus").mkdir()
    for party in "AB":
        head = HEAD.format(title="t", party=party)
        own = f"Zvýšíme platy zdravotních sester v nemocnicích kraje. {party}\n"
        for number in range(3):
            text = f"{head}{formula}\n\n{own if number == 1 else f'Jen {number} {party}.'}"
            (files / "corpus" / f"{party}{number}.md").write_text(text, encoding="utf-8")
    run("ingest", "corpus", "--quiet")
    out, _ = run("match", "--party", "A", "--with", "B", "-f", "json")
    assert [row["text_a"][:6] for row in rows("match", "--party", "A", "--with", "B")] == ["Zvýším"]
    assert "6 passages that their side says in the same words 3 times or more" in out
