"""A party, country, language or kind is found by every name that it has."""

from __future__ import annotations

import csv
import io
import json

import pytest
from every_command import run

from progsearch.errors import ProgsearchError

CZECH = "Opravíme nemocnici číslo {} a postavíme školu v obci."
SWEDISH = "Vi vill bygga fler sjukhus, {}, och anställa fler lärare i skolan."


def written(folder, name, text, **facts):
    head = "".join(f"{key}: {value}\n" for key, value in facts.items())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"---\n{head}---\n\n{text}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    corpus = folder / "corpus"
    parties = ["Piráti", "Česká pirátská strana", "Hnutí X", "HNUTÍ X", "Cé", "unknown"]
    for number, party in enumerate(parties):
        written(corpus, f"cs{number}.md", CZECH.format(number), party=party, kind="program")
    for number, party in enumerate(["C", "Centern", "(C)", "Centerpartiet"]):
        written(corpus, f"sv{number}.md", SWEDISH.format("abcd"[number]), party=party)
    written(corpus, "none.md", CZECH.format(99))
    run("ingest", corpus, "--index", folder / "index", "-q")
    return folder / "index"


def files(index, *words):
    ran = run("search", *words, "--index", index, "-f", "jsonl", "--limit", "50")
    return {json.loads(line)["file"].rpartition("/")[2] for line in ran.stdout.splitlines()}


SV = {"sv0.md", "sv1.md", "sv2.md", "sv3.md"}
CS = {f"cs{number}.md" for number in range(6)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--party", "C"), SV),
        (("--party", "centern"), SV),
        (("--party", "SE:C"), SV),
        (("--party", "CENTERPARTIET"), SV),
        (("--party", "pirati"), {"cs0.md", "cs1.md"}),
        (("--party", "Czech Pirate Party"), {"cs0.md", "cs1.md"}),
        # the exact spelling wins; without it all that differ in nothing else
        (("--party", "Hnutí X"), {"cs2.md"}),
        (("--party", "HNUTÍ X"), {"cs3.md"}),
        (("--party", "hnuti x"), {"cs2.md", "cs3.md"}),
        (("--party", "=unknown"), {"cs5.md"}),
        (("--party", ""), {"none.md"}),
        (("--country", "Czechia"), {*CS, "none.md"}),
        (("--country", "Sweden"), SV),
        (("--lang", "Czech"), {*CS, "none.md"}),
        (("--lang", "svenska"), SV),
        (("--kind", "program"), CS),
        (("--kind", "programme"), CS),
        (("party:Centern",), SV),
        (("lang:Swedish",), SV),
    ],
)
def test_names(index, words, found):
    assert files(index, *words) == found


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("--party", "Centerpartit"), "did you mean Centerpartiet?"),
        (("--party", "Moderaterna"), "it has"),
        (("--party", "unknown"), "=unknown"),
        (("--kind", "programm"), "did you mean programme?"),
    ],
)
def test_near_misses(index, words, remedy):
    with pytest.raises(ProgsearchError) as caught:
        files(index, *words)
    assert remedy in caught.value.remedy


def test_one_party_is_one_row(index):
    table = csv.DictReader(
        io.StringIO(run("count", "--by", "party", "--index", index, "-f", "csv").stdout)
    )
    parties = {row["party"]: int(row["documents"]) for row in table}
    assert parties["Centerpartiet"] == 4
    assert parties["Piráti"] == 2


def test_values_that_look_alike_are_told(tmp_path):
    written(tmp_path / "c", "a.md", CZECH.format(1), party="Hnutí X")
    written(tmp_path / "c", "b.md", CZECH.format(2), party="hnuti x")
    for words in (("check", tmp_path / "c"), ("ingest", tmp_path / "c", "--index", tmp_path / "i")):
        told = run(*words).stderr
        assert "'Hnutí X' and 'hnuti x' differ only in case" in told
        assert "[parties.alias]" in told


def test_an_alias_makes_them_one(tmp_path):
    test_values_that_look_alike_are_told(tmp_path)
    (tmp_path / "c" / "progsearch.toml").write_text(
        '[parties.alias]\n"hnuti x" = "Hnutí X"\n', encoding="utf-8"
    )
    told = run("ingest", tmp_path / "c", "--index", tmp_path / "i").stderr
    assert "differ only in case" not in told
    assert "2 changed" in told


def test_the_owner_of_a_folder_overrules(tmp_path):
    written(tmp_path / "c", "a.md", CZECH.format(1), party="Ano", date="2020")
    settings = '[[defaults]]\npath = "*.md"\noverride = {}\nparty = "Hnutí Y"\n'
    for override, party, extra in (
        ("false", "party     ANO 2011  (stated)", "Ano  (as written)"),
        ("true", "party     Hnutí Y  (override)", "Ano  (stated, and overruled)"),
    ):
        (tmp_path / "c" / "progsearch.toml").write_text(settings.format(override), encoding="utf-8")
        run("ingest", tmp_path / "c", "--index", tmp_path / "i", "-q")
        shown = run("show", "c/a.md", "--index", tmp_path / "i").stdout
        assert party in shown
        assert extra in shown


def test_a_letter_without_a_country_stays_as_it_is_and_is_told(tmp_path):
    written(tmp_path / "c", "a.md", "We will build a new hospital in the region.", party="V")
    told = run("check", tmp_path / "c").stderr
    assert "party 'V' may be" in told


def test_a_path_that_matches_nothing_is_told(tmp_path):
    written(tmp_path / "c", "a.md", CZECH.format(1))
    (tmp_path / "c" / "progsearch.toml").write_text(
        '[[defaults]]\npath = "*.md"\nparty = "X"\n\n[[defaults]]\npath = "b/**"\nkind = "news"\n',
        encoding="utf-8",
    )
    for _ in range(2):  # also when nothing has changed
        told = run("ingest", tmp_path / "c", "--index", tmp_path / "i").stderr
        assert "c/progsearch.toml:6: [[defaults]] path 'b/**' matches no file" in told
        assert "'*.md'" not in told
    # What covers other folders says nothing of this one.
    written(tmp_path / "c" / "d", "a.md", CZECH.format(2))
    assert "matches no file" not in run("check", tmp_path / "c" / "d").stderr


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (("c/*.md", "other/*.md"), []),
        (("c/*.md", "c/b/*.md"), ["c/b/*.md"]),
        (("other/*.md",), ["other/*.md"]),
    ],
)
def test_a_file_of_defaults_may_hold_those_of_other_corpora(tmp_path, entries, told):
    written(tmp_path / "c", "a.md", CZECH.format(1))
    file = tmp_path / "defaults.toml"
    rows = [f'[[defaults]]\npath = "{path}"\nkind = "news"\n' for path in entries]
    file.write_text("\n".join(rows), encoding="utf-8")
    said = run("check", tmp_path / "c", "--defaults", file).stderr
    assert [path for path in entries if f"{path!r} matches no file" in said] == told


def test_cases_of_parties(shared, tmp_path):
    corpus = tmp_path / "c"
    corpus.mkdir()
    for name in ("party-letters.txt", "manifest-facts/valmanifest-2022-sd.txt"):
        text = (shared / "cases" / name).read_text(encoding="utf-8")
        (corpus / name.rpartition("/")[2]).write_text(text, encoding="utf-8")
    (corpus / "progsearch.toml").write_text(
        '[[defaults]]\npath = "party-letters.txt"\nparty = "Centerpartiet"\n', encoding="utf-8"
    )
    run("ingest", corpus, "--index", tmp_path / "i", "-q")
    listed = run("list", "documents", "--index", tmp_path / "i", "-f", "csv").stdout
    rows = csv.DictReader(io.StringIO(listed))
    told = {
        row["file"].rpartition("/")[2]: (row["party"], row["kind"], row["date"]) for row in rows
    }
    assert told["party-letters.txt"][0] == "Centerpartiet"
    assert told["valmanifest-2022-sd.txt"] == ("Sverigedemokraterna", "programme", "2022")


def test_further_names_of_a_party_are_names_in_filters_too(tmp_path):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    written(corpus / "a", "a.md", CZECH.format(1), party="Naši starostové")
    written(corpus / "b", "b.md", CZECH.format(2), party="Piráti")
    alias = '[parties.alias]\n"Naši starostové" = "Starostové a nezávislí"\n'
    (corpus / "progsearch.toml").write_text(alias, encoding="utf-8")
    run("ingest", corpus, "--index", index, "-q")
    asked = ("škola", "--party", "nasi starostove")
    assert files(index, *asked) == {"a.md"}
    assert files(index, 'škola party:"Naši starostové"') == {"a.md"}

    # Known as long as the folder says so, also where only a part of it was looked at.
    run("ingest", corpus / "b", "--index", index, "-q")
    assert files(index, *asked) == {"a.md"}
    (corpus / "progsearch.toml").unlink()
    written(corpus / "c", "c.md", CZECH.format(3), party="STAN")
    run("ingest", corpus, "--index", index, "-q")
    assert files(index, *asked) == {"a.md"}
    assert files(index, "škola", "--party", "Mayors and Independents") == {"c.md"}


def test_a_party_of_the_name_unknown_is_no_unknown_party_in_tables(index):
    asked = ("count", "škola", "--by", "party", "--index", index)
    shown = [line.split()[0] for line in run(*asked).stdout.splitlines() if "unknown" in line]
    assert shown == ["=unknown", "unknown"]
    rows = csv.DictReader(io.StringIO(run(*asked, "-f", "csv").stdout))
    assert [row["unknown"] for row in rows if row["party"] == "unknown"] == ["", "party"]


@pytest.mark.parametrize("command", ["count", "compare"])
def test_a_field_in_a_query_is_said_to_bound_no_size(command, index):
    said = "party: in the query chooses among what is found"
    assert said in run(command, "škola AND party:C", "--index", index).stderr
    assert said not in run(command, "škola", "--party", "C", "--index", index).stderr
    assert said not in run(command, "škola AND role:statement", "--index", index).stderr
