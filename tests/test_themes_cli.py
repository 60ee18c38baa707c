"""Themes on the command line, on the demonstration corpus."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml
from cli_making import run
from themes_making import theme, write

from progsearch.cli.themes.at_hand import EXIT_PROBLEMS
from progsearch.errors import ProgsearchError


@pytest.fixture(scope="module")
def index(demo):
    return str(demo)


@pytest.fixture(autouse=True)
def _here(project, monkeypatch):
    monkeypatch.chdir(project)


def records(ran):
    return json.loads(ran.stdout)


def lines(ran):
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_theme_is_searched_and_its_terms_are_shown(index):
    ran = run("search", "--theme", "healthcare-staffing", "-n", "2", "--index", index)
    assert "2 of" in ran.stderr
    assert ran.stdout.count("  terms: ") == 2
    assert "$professions NEAR/10 $recruiting" in " ".join(ran.stdout.split())


def test_words_and_filters_narrow_a_theme(index):
    def total(*words):
        return len(
            lines(run("search", *words, "--theme", "health", "-f", "jsonl", "--index", index))
        )

    whole = total()
    assert total("--lang", "cs") + total("--lang", "sv") == whole
    assert 0 < total("nemocnice") < total("--lang", "cs")


def test_matches_name_the_terms_as_written(index):
    ran = run("search", "--theme", "waiting-times", "-f", "jsonl", "--index", index)
    terms = {match["term"] for hit in lines(ran) for match in hit["matches"]}
    assert {"čekací doba", "väntetid*"} <= terms


def test_several_themes_are_alternatives(index):
    def ids(*themes):
        words = [word for one in themes for word in ("--theme", one)]
        return {hit["id"] for hit in lines(run("search", *words, "-f", "jsonl", "--index", index))}

    both = ids("waiting-times", "dental-care")
    assert both == ids("waiting-times") | ids("dental-care")
    assert both != ids("waiting-times")


def test_count_has_a_row_for_each_theme_and_group(index):
    ran = run(
        *("count", "--theme", "health", "--theme", "housing", "--by", "lang", "-f", "json"),
        *("--index", index),
    )
    rows = [(row["theme"], row["lang"]) for row in records(ran)["counts"]]
    assert rows == [(one, lang) for one in ("health", "housing") for lang in ("cs", "sv")]
    alone = run("count", "--theme", "housing", "--by", "lang", "-f", "json", "--index", index)
    assert records(alone)["counts"] == records(ran)["counts"][2:]


def test_english_words_are_offered_the_theme_and_expand_takes_it(index):
    ran = run("search", "healthcare", "staffing", "--index", index)
    assert "no passage matches" in ran.stderr
    assert "did you mean --theme healthcare-staffing" in ran.stderr
    expanded = run("search", "healthcare", "staffing", "--expand", "-f", "jsonl", "--index", index)
    by_theme = run("search", "--theme", "healthcare-staffing", "-f", "jsonl", "--index", index)
    assert {hit["id"] for hit in lines(expanded)} == {hit["id"] for hit in lines(by_theme)} != set()
    assert "--theme healthcare-staffing" in expanded.stderr
    plural = run("search", "nurses", "--index", index)
    assert "did you mean --theme healthcare-staffing" in plural.stderr


def test_expand_keeps_the_words_and_the_fields(index):
    words = run("search", "kommun", "--expand", "--index", index, "-f", "jsonl")
    assert words.stdout == run("search", "kommun", "--index", index, "-f", "jsonl").stdout
    assert "no theme has these words" in words.stderr
    czech = run("search", "housing", "lang:cs", "--expand", "-f", "jsonl", "--index", index)
    assert {hit["lang"] for hit in lines(czech)} == {"cs"}


def test_words_of_the_texts_are_offered_nothing(index):
    assert "did you mean" not in run("search", "lékař", "--index", index).stderr
    assert "did you mean" not in run("search", "--lang", "cs", "--index", index).stderr


def test_an_own_theme_is_used_and_replaces(index, tmp_path):
    folder = write(
        tmp_path, theme("my-own", {"cs": ["nemocnice"]}), theme("tourism", {"cs": ["nemocnice"]})
    )
    found = {
        one: run("count", "--theme", one, "--themes", str(folder), "--index", index, "-f", "json")
        for one in ("my-own", "tourism")
    }
    counts = [[row["passages"] for row in records(ran)["counts"]] for ran in found.values()]
    assert counts[0] == counts[1] != []
    assert "no terms in Swedish (sv)" in found["my-own"].stderr
    asked = ("--theme", "my-own", "--themes", str(folder), "--index", index, "--lang", "cs")
    for command in ("search", "count", "compare"):
        assert "no terms" not in run(command, *asked).stderr


def test_a_folder_beside_the_corpus_is_found(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text("Zvláštnost je slovo.\n", encoding="utf-8")
    write(tmp_path / "themes", theme("odd", {"cs": ["zvláštnost"]}))
    index = str(tmp_path / "index")
    run("ingest", str(tmp_path / "corpus"), "--index", index, "-q", "--set", "lang=cs")
    assert len(lines(run("search", "--theme", "odd", "--index", index, "-f", "jsonl"))) == 1


def test_an_unknown_or_broken_theme_is_an_error(index, tmp_path):
    with pytest.raises(ProgsearchError, match="did you mean"):
        run("search", "--theme", "healthh", "--index", index)
    write(tmp_path, theme("bad", {"cs": ["a OR b"]}))
    with pytest.raises(ProgsearchError, match=r"bad\.yaml:6: not a term"):
        run("search", "--theme", "bad", "--themes", str(tmp_path), "--index", index)
    other = run("search", "--theme", "health", "--themes", str(tmp_path), "--index", index)
    assert "bad.yaml cannot be used" in other.stderr


def test_list_and_show():
    rows = {row["id"]: row for row in records(run("themes", "list", "-f", "json"))}
    assert rows["digital-care"]["broader"] == "health"
    assert rows["digital-care"]["sv"] >= 12
    swedish = run("themes", "list", "--label-lang", "sv", "-f", "json")
    assert {row["id"]: row for row in records(swedish)}["energy"]["label"] == "Energi"
    shown = run("themes", "show", "health").stdout
    assert "Hälso- och sjukvård" in shown
    assert "narrower  access-distance" in shown
    assert "cap 3" in shown


def test_check_names_problems_and_fails(tmp_path):
    assert run("themes", "check").code == 0
    write(tmp_path, theme("good", {"cs": ["zcela-vlastní"]}))
    assert run("themes", "check", str(tmp_path)).stdout == ""
    write(tmp_path, theme("bad", {"cs": ["1177", "lékař"]}).replace("'1177'", "1177"))
    ran = run("themes", "check", str(tmp_path))
    assert ran.code == EXIT_PROBLEMS
    assert f"{tmp_path.as_posix()}/bad.yaml:6: 1177 is read by YAML as a number" in ran.stdout
    assert "2 theme files" in ran.stderr


def test_a_new_theme_is_written_once_and_can_be_a_copy(tmp_path):
    folder = str(tmp_path / "themes")
    ran = run("themes", "new", "my-theme", "--themes", folder, "--lang", "cs")
    assert "my-theme.yaml is written" in ran.stderr
    with pytest.raises(ProgsearchError, match="there already"):
        run("themes", "new", "my-theme", "--themes", folder)
    with pytest.raises(ProgsearchError, match="cannot be an id"):
        run("themes", "new", "My theme", "--themes", folder)
    run("themes", "new", "energy", "--themes", folder, "--copy", "energy")
    copied = yaml.safe_load((tmp_path / "themes" / "energy.yaml").read_text(encoding="utf-8"))
    assert copied["id"] == "energy"
    assert len(copied["terms"]["sv"]) >= 12


def test_export(tmp_path):
    assert "skos:Concept" in run("themes", "export", "energy").stdout
    tree = yaml.safe_load(run("themes", "export", "energy", "-f", "quanteda").stdout)
    assert set(tree["energy"]) >= {"cs", "sv", "en", "renewable-energy"}
    parts = list(yaml.safe_load_all(run("themes", "export", "energy", "-f", "yaml").stdout))
    assert parts[0]["id"] == "energy"
    file = tmp_path / "all.ttl"
    run("themes", "export", "--base", "https://example.org/", "-o", str(file))
    assert "<https://example.org/health> a skos:Concept" in file.read_text(encoding="utf-8")
    with pytest.raises(ProgsearchError, match="no format"):
        run("themes", "export", "-f", "xml")


def test_coverage_and_suggest(index):
    ran = run("themes", "coverage", "waiting-times", "-f", "json", "--index", index)
    rows = {row["term"]: row for row in records(ran)}
    assert rows["čekací doba"]["passages"] > 0
    assert rows["čekací doba"]["example_at"].startswith("corpus/cz/")
    assert "terms find nothing" in ran.stderr
    assert "most hits come from" in ran.stderr
    swedish = run(
        *("themes", "coverage", "waiting-times", "--lang", "sv", "-f", "json", "--index", index)
    )
    assert {row["lang"] for row in records(swedish)} == {"sv"}
    suggested = records(run("themes", "suggest", "housing", "-f", "json", "--index", index))
    assert all(row["log_likelihood"] > 6 and row["hits"] >= 3 for row in suggested)


def test_an_audit_can_be_coded_and_evaluated(index, tmp_path):
    coded = tmp_path / "coded.csv"
    run("themes", "audit", "waiting-times", "--sample", "5", "-o", str(coded), "--index", index)
    rows = list(csv.DictReader(io.StringIO(coded.read_text(encoding="utf-8"))))
    assert len(rows) == 10
    found = run("search", "--theme", "waiting-times", "-f", "jsonl", "--index", index)
    hits = {hit["id"] for hit in lines(found)}
    for row in rows:
        row["relevance"] = "2" if row["id"] in hits else "0"
        row["relevance_2"] = row["relevance"]
    rows[0]["relevance_2"] = "1"
    with coded.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    qrels, ranking = tmp_path / "qrels", tmp_path / "run"
    ran = run(
        *("evaluate", str(coded), "--index", index, "-f", "json"),
        *("--qrels", str(qrels), "--run", str(ranking)),
    )
    first, together = records(ran)
    assert [first[name] for name in ("theme", "found", "precision", "recall")] == [
        *("waiting-times", 5, 1.0, 1.0)
    ]
    assert together["nDCG@10"] == 1.0
    assert len(qrels.read_text(encoding="utf-8").splitlines()) == 10
    assert len(ranking.read_text(encoding="utf-8").splitlines()) == 5
    table = run("evaluate", str(coded), "--index", index).stdout
    assert "kappa" in table
    assert rows[0]["id"] in table
    agreed = run("evaluate", str(coded), "--index", index, "-f", "json", "--part", "agreement")
    assert records(agreed)[0]["same"] == 9


def test_rows_that_the_index_does_not_have_are_said(index, tmp_path):
    coded = tmp_path / "coded.csv"
    coded.write_text(
        "theme,relevance,file,line\nhealth,1,nowhere.md,3\n"
        "health,1,corpus/cz/strana-venkova-a-mest/zlinsky/zdravotnictvi.md,18\n",
        encoding="utf-8",
    )
    ran = run("evaluate", str(coded), "--index", index)
    assert f"{coded}:2: the index has no such passage: nowhere.md:3" in ran.stderr
    assert "1 of 2 rows were left out" in ran.stderr
    with pytest.raises(ProgsearchError, match="no part"):
        run("evaluate", str(coded), "--index", index, "--part", "x")
