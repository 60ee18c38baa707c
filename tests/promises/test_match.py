"""Which promises of parties are the same: ``progsearch match``."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from importlib.resources import files as files_of

import every_command
import pytest
from promises_making import HEAD, NEW, OLD, rows, run

from progsearch.errors import ProgsearchError
from progsearch.promises.asked import part_text

MATCH = "rank,file_a,line_a,text_a,file_b,line_b,text_b,shared,group"


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


QUESTIONS = """party,question,agrees,why
A,Mají být školní obědy zdarma?,True,Obědy ve školách musí být zdarma pro děti z rodin.
A,Má kraj stavět nové byty?,ano,Kraj musí stavět nové nájemní byty pro mladé rodiny.
A,Má jezdit noční autobus?,Ne,Noční autobusy jsou drahé a jezdí v nich málo lidí z okolí.
B,Mají být školní obědy zdarma?,no,Obědy ve školách nemají být zdarma pro děti z rodin.
B,Má kraj stavět nové byty?,1,Kraj má stavět nové nájemní byty pro mladé rodiny.
B,Má jezdit noční autobus?,spíše ano,Noční autobusy jsou drahé a jezdí v nich málo občanů z okolí.
"""


@pytest.mark.usefixtures("one_process")
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
