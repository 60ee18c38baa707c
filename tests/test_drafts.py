from __future__ import annotations

import tomllib

import pytest
from every_command import run

from progsearch.defaults import Defaults
from progsearch.drafts import draft, written
from progsearch.errors import ProgsearchError

SWEDISH = "Vi vill bygga fler bostäder i hela landet och anställa fler lärare i skolan.\n"
CZECH = "Opravíme silnice a mosty v celém kraji a zlepšíme dostupnost lékařů na venkově.\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    for path, text in {
        "sd/valmanifest-2022.txt": f"Valmanifest 2022\n\n{SWEDISH}",
        "sd/valmanifest-2018.txt": f"Valmanifest 2018\n\n{SWEDISH}",
        "kraje/liberecky/a.md": f"# Silnice\n\n{CZECH}",
        "kraje/liberecky/b.md": f"# Lékaři\n\n{CZECH}",
        "kraje/zlinsky/[a] #1.md": f"---\nparty: ODS\n---\n\n{CZECH}",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_what_the_files_of_a_folder_have_in_common_is_said_once(corpus):
    drafts, documents, failed = draft(corpus)
    assert (documents, failed) == (5, 0)
    found = {
        (one.path, line.key): (line.value, line.doubtful) for one in drafts for line in one.lines
    }
    assert found["sd/**", "party"] == ("Sverigedemokraterna", False)
    assert found["sd/**", "kind"] == ("programme", False)
    assert found["sd/valmanifest-2022.txt", "date"] == ("2022", False)
    assert found["sd/valmanifest-2018.txt", "date"] == ("2018", False)
    assert found["kraje/liberecky/**", "region"] == ("CZ-51", False)
    assert found["kraje/**", "lang"] == ("cs", False)
    # What documents state themselves needs no line.
    assert not any(path.startswith("kraje/zlinsky") and key == "party" for path, key in found)


def test_every_line_has_its_evidence(corpus):
    drafts, _, _ = draft(corpus)
    party = next(line for one in drafts for line in one.lines if line.key == "party")
    assert party.evidence == "folder name 'sd'; 2 of 2 files"
    assert all(line.evidence for one in drafts for line in one.lines)


def test_a_fact_of_few_files_is_a_comment(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{number}. {SWEDISH}", encoding="utf-8")
    (tmp_path / "moderaterna-valmanifest.txt").write_text(SWEDISH, encoding="utf-8")
    drafts, _, _ = draft(tmp_path)
    line = next(line for one in drafts for line in one.lines if line.key == "party")
    assert line.doubtful
    assert '# party = "Moderaterna"' in written(drafts)


def test_what_is_written_is_read_again_and_covers_its_files(corpus):
    drafts, _, _ = draft(corpus)
    text = written(drafts)
    rows = tomllib.loads(text)["defaults"]
    assert [row["path"] for row in rows] == [one.path for one in drafts]
    (corpus / "progsearch.toml").write_text(text, encoding="utf-8")
    defaults = Defaults.load(corpus)
    assert defaults.for_path("kraje/liberecky/a.md")["region"] == "CZ-51"
    assert defaults.for_path("sd/valmanifest-2018.txt") | {} == {
        "party": "Sverigedemokraterna",
        "kind": "programme",
        "date": "2018",
        "lang": "sv",
    }
    assert defaults.for_path("kraje/zlinsky/[a] #1.md")["region"] == "CZ-72"


def test_nothing_is_overwritten_unless_told(corpus, tmp_path):
    assert run("init", corpus).code == 0
    first = (corpus / "progsearch.toml").read_text(encoding="utf-8")
    (corpus / "progsearch.toml").write_text("ignore = []\n", encoding="utf-8")
    with pytest.raises(ProgsearchError, match="there already") as caught:
        run("init", corpus)
    assert "--overwrite" in caught.value.remedy
    assert (corpus / "progsearch.toml").read_text(encoding="utf-8") == "ignore = []\n"
    assert run("init", corpus, "-o", "-").stdout == first
    run("init", corpus, "--overwrite")
    assert (corpus / "progsearch.toml").read_text(encoding="utf-8") == first


def test_no_folder(tmp_path):
    with pytest.raises(ProgsearchError, match="no such folder"):
        run("init", tmp_path / "nowhere")


def test_files_that_say_otherwise_than_their_folder_keep_what_they_say(tmp_path):
    for number in range(30):
        text = f"# Silnice {number}\n\n{CZECH}"
        path = tmp_path / ("a" if number % 2 else "b") / f"{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "a" / "x.md").write_text(f"# Vägar\n\n{SWEDISH}", encoding="utf-8")
    run("init", tmp_path)
    defaults = Defaults.load(tmp_path)
    assert defaults.for_path("a/1.md")["lang"] == "cs"
    assert defaults.for_path("a/x.md")["lang"] == "sv"
    assert "other than its folder" in (tmp_path / "progsearch.toml").read_text(encoding="utf-8")


def test_what_all_files_state_differs_in_no_remark(tmp_path):
    for number in range(45):
        head = f"---\ndate: 20{10 + number % 9}-01-01\n---\n\n"
        (tmp_path / f"{number}.md").write_text(f"{head}{number}. {CZECH}", encoding="utf-8")
    assert "differs" not in written(draft(tmp_path)[0])
