"""The commands as a user runs them, on the demonstration corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_making import explained, rows, run

from progsearch import __version__
from progsearch.cli import COMMANDS


def test_help_names_every_command():
    text = run("--help").stdout
    for name in COMMANDS:
        assert name in text
    assert __version__ in run("--version").stdout


def test_search_finds_every_form_and_says_where(index):
    result = run("search", "sjuksköterska", "--index", index, "-n", "3")
    first = result.stdout.splitlines()[0]
    path, _, line = first.rpartition(":")
    assert path.startswith("corpus/se/")
    text = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "sjuksköt" in text.lower()
    assert "[" in result.stdout
    assert "--limit shows more" in result.stderr


def test_filters_may_be_repeated_and_are_resolved_by_name(index):
    result = run(
        "search", "--region", "Kronoberg", "--region", "cz-51", "-f", "csv", "--index", index
    )
    assert {row["region"] for row in rows(result.stdout)} == {"SE-G", "CZ-51"}


def test_search_without_words_lists_in_the_order_of_the_sources(index):
    result = run("search", "--role", "measure", "--format", "csv", "--index", index)
    found = rows(result.stdout)
    assert {row["role"] for row in found} == {"measure"}
    places = [(row["file"], int(row["line"])) for row in found]
    assert places == sorted(places)
    assert len(found) > 20


def test_formats_hold_the_same_hits(index):
    options = ["lékař", "OR", "läkare", "--index", index]
    ids = [row["id"] for row in rows(run("search", *options, "-f", "csv").stdout)]
    assert ids
    assert [one["id"] for one in json.loads(run("search", *options, "-f", "json").stdout)] == ids
    lines = run("search", *options, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert run("search", *options, "-f", "md", "-n", "1").stdout.startswith(">")
    assert "[" in run("search", *options, "-f", "kwic", "-n", "1").stdout


def test_a_file_of_hits_is_in_the_format_of_its_name_and_says_what_was_asked(index, tmp_path):
    asked = ("search", "lékař", "--lang", "cs", "--index", index, "-o")
    wanted = rows(run(*asked[:-1], "-f", "csv").stdout)
    run(*asked, str(tmp_path / "hits.csv"))
    assert rows((tmp_path / "hits.csv").read_text(encoding="utf-8")) == wanted
    told = json.loads((tmp_path / "hits.about.json").read_text(encoding="utf-8"))
    assert told["query"] == {"words": "lékař"}
    assert told["filters"]["lang"] == ["cs"]
    assert told["corpus"]["hash"]

    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev is not installed")
    run(*asked, str(tmp_path / "hits.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "hits.xlsx")
    names, *found = book["hits"].iter_rows(values_only=True)
    found = [dict(zip(names, one, strict=True)) for one in found]
    assert [one["id"] for one in found] == [one["id"] for one in wanted]
    assert [one["line"] for one in found] == [int(one["line"]) for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        inside = [m for m in json.loads(other["matches"]) if m["where"] == "text"]
        assert bool(one["matched"]) == bool(inside)
    assert ("words", "lékař") in [row[:2] for row in book["about"].iter_rows(values_only=True)]


def test_asides_are_left_out_unless_asked_for(index):
    def roles(*more):
        found = rows(run("search", "-f", "csv", "--index", index, *more).stdout)
        return {row["role"] for row in found}

    asides = {"heading", "teaser", "navigation", "byline"}
    assert not roles() & asides
    assert asides <= roles("--asides")
    assert roles("--role", "teaser") == {"teaser"}


def test_count_agrees_with_search(index):
    counted = run("count", "lékař", "--by", "region,party", "-f", "csv", "--index", index)
    assert len(rows(counted.stdout)) > 2
    for row in rows(counted.stdout):
        inside = ("--region", row["region"], "--party", row["party"], "--duplicates", "once")
        found = run("search", "lékař", *inside, "-f", "csv", "--index", index).stdout
        assert int(row["passages"]) == len(rows(found))
        rate = 1000 * int(row["passages"]) / int(row["of_passages"])
        assert float(row["rate_per_1000"]) == pytest.approx(rate, abs=0.0001)


def test_counts_are_the_cells_of_a_comparison(index, tmp_path):
    words = ("--theme", "hospitals", "--theme", "rail", "--by", "party,lang", "--index", index)
    counted = rows(run("count", *words, "-f", "csv").stdout)
    compared = rows(run("compare", *words, "-f", "csv").stdout)
    found = [row for row in compared if row["passages"] != "0"]
    assert counted == [{name: row[name] for name in counted[0]} for row in found]
    file = tmp_path / "counts.csv"
    run("count", *words, "--schema", "-o", str(file))
    assert rows(file.read_text(encoding="utf-8")) == counted
    kept = json.loads((tmp_path / "counts.about.json").read_text(encoding="utf-8"))
    assert kept["query"] == {"themes": ["hospitals", "rail"], "by": ["party", "lang"]}
    schema = json.loads((tmp_path / "counts.schema.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in schema["fields"]] == list(counted[0])
    assert schema["primaryKey"] == ["theme", "party", "lang"]


def test_commitment_is_a_filter_a_field_a_column_and_a_group(index):
    words = ("--theme", "hospitals", "-f", "csv", "--index", index)
    every = rows(run("search", *words).stdout)
    strong = [row["id"] for row in every if row["commitment"] == "strong"]
    assert 0 < len(strong) < len(every)
    chosen = rows(run("search", *words, "--commitment", "strong").stdout)
    assert [row["id"] for row in chosen] == strong
    asked = rows(run("search", "commitment:strong", *words).stdout)
    assert {row["id"] for row in asked} == set(strong)
    counted = rows(run("count", *words, "--by", "commitment", "--duplicates", "keep").stdout)
    (row,) = (row for row in counted if row["commitment"] == "strong")
    assert int(row["passages"]) == len(strong)


def test_dates_bound_the_results(index):
    found = rows(
        run(
            "search", "--since", "2024", "--until", "2024-12-31", "-f", "csv", "--index", index
        ).stdout
    )
    assert {row["date"][:4] for row in found} == {"2024"}


def test_show_gives_facts_with_their_origin(index):
    path = "corpus/cz/strana-venkova-a-mest/zlinsky/digitalni-kraj.md"
    text = run("show", path, "--index", index).stdout
    assert "(default)" in text
    assert "copy of" in text
    passage = next(
        word
        for word in text.split()
        if "." in word and word[0] in "0123456789abcdef" and word.partition(".")[2].isdigit()
    )
    assert passage in run("show", passage, "--index", index).stdout


def test_show_gives_the_source_back_to_the_letter(index, tmp_path, project):
    for path in (
        "corpus/se/partier/omsorgsdemokraterna-partiprogram-2024.txt",
        "corpus/cz/strana-venkova-a-mest/zlinsky/skolstvi.md",
    ):
        copy = tmp_path / "copy"
        run("show", path, "--source", "-o", str(copy), "--index", index)
        assert copy.read_bytes() == (project / path).read_bytes()


@pytest.mark.parametrize(
    "what", ["documents", "regions", "parties", "languages", "failures", "notes"]
)
@pytest.mark.parametrize("format_", ["table", "csv", "json", "md"])
def test_lists(index, what, format_):
    text = run("list", what, "-f", format_, "--index", index).stdout
    if format_ == "json":
        assert isinstance(json.loads(text), list)
    if what == "regions":
        assert "SE-G" in text


def test_explain_shows_keys_and_steps_of_a_word(index):
    found = {row["lang"]: row for row in explained("sjuksköterskor", "--index", index)}
    assert "sjuksköterska" in found["sv"]["keys"].split()
    assert (found["sv"]["step"], found["sv"]["in_index"]) == ("dictionary", "yes")
    assert found["cs"]["in_index"] == "no"
    unknown = {row["lang"]: row for row in explained("sjukvårdspersonalen", "--index", index)}
    assert {"sjukvård", "personal"} <= set(unknown["sv"]["parts"].split())


def test_explain_shows_what_a_word_may_be_without_its_accents(index):
    words = {row["word"] for row in explained("lekar", "--index", index)}
    assert "lékař" in words
