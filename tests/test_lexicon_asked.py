"""A question in another language: the command, Python and the page give the same."""

from __future__ import annotations

import csv
import json

import pytest
from every_command import run

import progsearch
from progsearch.lexicon import load
from progsearch.lexicon.descriptions import parted

QUESTIONS = (
    ("en", "shortage OR doctor"),
    ("en", "doctor hospital"),
    ("en", "public transport"),
    ("en", "affordable housing for young families and older people in rural areas"),
    ("de", "Krankenhaus"),
    ("sv", "sjukhus"),
    ("cs", "nemocnice lékař"),
    ("fi", "sairaala"),
    ("en", "hospital lang:sv"),
)


@pytest.fixture(scope="module")
def asked(demo):
    with progsearch.open(demo) as index:
        yield index


def notes_of(stderr):
    return {line for line in stderr.splitlines() if "→" in line or "no translation" in line}


@pytest.mark.parametrize(("lang", "text"), QUESTIONS)
def test_the_command_and_python_find_the_same(demo, asked, lang, text):
    told = run("search", "--from", lang, "-f", "json", "--index", demo, "--", text)
    found = asked.search(text, from_=lang, limit=None)
    assert [one["id"] for one in json.loads(told.stdout)] == [one.id for one in found]
    assert notes_of(told.stderr) <= set(found.notes)
    counted = run(
        "count", "--from", lang, "--by", "lang", "-f", "json", "--index", demo, "--", text
    )
    rows = asked.count(text, from_=lang, by="lang")
    assert json.loads(counted.stdout)["counts"] == rows.to_dicts()
    compared = run(
        "compare", "--from", lang, "--by", "lang", "-f", "json", "--index", demo, "--", text
    )
    cells = asked.compare(text, from_=lang, by="lang")
    assert json.loads(compared.stdout)["cells"] == cells.to_dicts()
    said = {one["lang"]: one["passages"] for one in cells.to_dicts() if one["passages"]}
    assert said == {one["lang"]: one["passages"] for one in rows.to_dicts()}


@pytest.mark.parametrize(("lang", "text"), QUESTIONS)
def test_the_page_finds_the_same(demo, asked, lang, text):
    pytest.importorskip("starlette")
    from progsearch.serve.interface import call
    from progsearch.serve.state import State

    state = State(query=text, from_=lang, by=("lang",))
    found = asked.search(text, from_=lang, limit=1000)
    asking = state.address("", ("by",)).lstrip("?")
    assert call("search", asked, f"{asking}&limit=1000")["rows"] == found.to_dicts()
    counted = call("count", asked, state.address("").lstrip("?"))
    assert counted["rows"] == asked.count(text, from_=lang, by="lang").to_dicts()
    lines = [*state.arguments("search")[1:]]
    told = run("search", *lines[:-2], "-f", "json", "--index", demo, *lines[-2:])
    assert [one["id"] for one in json.loads(told.stdout)] == [one.id for one in found]


def test_the_lines_of_a_concordance_are_those_of_the_hits(demo):
    told = run("search", "hospital", "--from", "en", "-n", 5, "-f", "kwic", "--index", demo)
    assert "[sjukhus" in told.stdout
    assert (
        "[nemocni"
        in run(
            "search", "hospital", "--from", "en", "--lang", "cs", "-f", "kwic", "--index", demo
        ).stdout
    )
    assert "hospital → cs nemocnice" in told.stderr


def test_a_word_finds_what_its_translations_find(demo, asked):
    """Typed one by one in their own language, they find all of it, and each a part."""
    for one in [one for one in load() if one.words.get("en") and one.pos == "noun"][::97]:
        word = one.words["en"][0]
        try:
            found = {hit.id for hit in asked.search(f'"{word}"', from_="en", limit=None)}
        except progsearch.ProgsearchError:
            continue
        for lang in asked.languages:
            for own in one.words.get(lang, ()):
                if " " not in own:
                    typed = asked.search(f'="{own}"', lang=lang, limit=None)
                    assert {hit.id for hit in typed} <= found, (word, own)


@pytest.mark.parametrize(
    ("lang", "text", "more", "told"),
    [
        # A phrase of the lexicon is words side by side, too.
        ("en", "nurse shortage", {}, "nurse shortage, or one of: nurse → cs zdravotní sestra"),
        ("en", "public transport", {}, "public transport, or near each other: public → cs"),
        ("sv", "*sjuk*", {}, "looked for in Swedish only: *sjuk*"),
        ("cs", "/nemoc.*/", {"lang": "cs"}, "looked for in Czech only: /nemoc.*/"),
    ],
)
def test_what_is_found_is_said(asked, lang, text, more, told):
    found = asked.search(text, from_=lang, **more)
    assert found
    assert any(told in line for line in found.notes), found.notes


@pytest.mark.parametrize("text", ["nemoc*", "*nemoc*", "/nemoc.*/"])
def test_patterns_are_those_of_the_language_of_the_question(asked, text):
    found = asked.search(text, from_="en")
    assert not found
    assert f"{text} stands for no forms" in found.notes
    found = asked.search(text, from_="cs")
    assert {hit.lang for hit in found} == {"cs"}


def test_what_lines_are_to_stand_inside_of_is_translated_too(asked):
    found = asked.kwic("doctor", inside="nurse", from_="en")
    both = {hit.id for hit in asked.kwic("doctor AND nurse", from_="en")}
    assert found
    assert {line.id for line in found} <= both
    assert any(line.startswith("nurse → cs") for line in found.notes)


@pytest.mark.parametrize("by", [None, "region"])
@pytest.mark.parametrize("command", ["words", "collocates"])
def test_the_note_says_how_a_row_is_asked(asked, command, by):
    """Typed as it says, the query of a row finds the passages that the row counts."""
    found = getattr(asked, command)("nurse", from_="en", by=by, lang="cs")
    (note,) = [line for line in found.notes if "each row's passages" in line]
    told = "--inside nurse and --from en" + (f" and --by {by}" if by else "")
    assert note.endswith(f"with its query and {told} and the same filters")
    for row in found[:8]:
        lines = asked.kwic(row.query, inside="nurse", from_="en", by=by, lang="cs")
        if command == "words":
            assert len(lines) == row.count, row
        else:
            assert len({line.id for line in lines}) >= row.passages > 0, row


def test_keywords_are_of_the_passages_that_count_finds(asked):
    """Each keyword stands in them as often as the list of words says."""
    asking = {"from_": "en", "by": "document", "minimum": 1}
    text = "school OR hospital OR care"
    found = asked.keywords(text, **asking, limit=50)
    assert {row.lang for row in found} == {"cs", "sv"}
    assert any(line.startswith("hospital → cs") for line in found.notes), found.notes
    listed = {}
    for size in (1, 2):
        for row in asked.words(text, **asking, ngram=size):
            listed[row.group["document"], row.lang, row.words] = row.count
    told = {(one.group["document"], one.lang, one.lemmas): one.count for one in found}
    assert told.items() <= listed.items()


def test_a_matrix_is_of_the_documents_that_count_finds(demo, tmp_path):
    file = tmp_path / "found.mtx"
    at = ["--from", "en", "--index", demo]
    told = run("export", "dfm", "hospital", *at, "-o", file)
    assert "hospital → cs" in told.stderr
    with (tmp_path / "found.docs.csv").open(encoding="utf-8", newline="") as lines:
        kept = {row["document"] for row in csv.DictReader(lines)}
    rows = json.loads(
        run("search", "hospital", *at, "--duplicates", "once", "-n", "1000", "-f", "json").stdout
    )
    assert kept == {row["document"] for row in rows} != set()


def test_a_saved_question_is_repeated(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("count", "hospital", "--from", "en", "--by", "lang", "--save", "q.toml", "--index", demo)
    again = run("run", "q.toml", "--index", demo)
    assert "the answer is the same" in again.stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["search", "nurse", "--from", "xx"], "--from: no language 'xx'; choose en, cs"),
        (["count", "nurse", "--from", "xx"], "--from: no language 'xx'"),
        (["compare", "nurse", "--from", "xx"], "--from: no language 'xx'"),
        (["search", "of the", "--from", "en"], "only function words: of, the"),
        (["search", "(nurse", "--from", "en"], "a bracket is not closed"),
    ],
)
def test_what_cannot_be_asked_is_one_line(demo, words, what):
    with pytest.raises(progsearch.ProgsearchError) as told:
        run(*words, "--index", demo)
    assert what in str(told.value)
    assert told.value.remedy


def test_explain_names_every_word_and_why_a_passage_matches(demo, asked):
    told = run("explain", "hospital", "--from", "en", "-f", "json", "--index", demo).stdout
    rows = json.loads(told)
    assert {("cs", "nemocnice"), ("sv", "sjukhus")} <= {(r["lang"], r["translation"]) for r in rows}
    apart = run("explain", "nurse shortage", "--from", "en", "-f", "csv", "--index", demo).stdout
    assert "nurse shortage: nurse,nurse,sv,sjuksköterska," in apart
    (hit, *_) = asked.search("hospital", from_="en")
    why = run("explain", hit.id, "-q", "hospital", "--from", "en", "--index", demo)
    assert "the passage matches" in why.stderr
    assert "hospital" in why.stdout


def test_the_theme_that_asks_for_it_is_offered(demo):
    told = run("search", "nurses", "--from", "en", "--index", demo).stderr
    assert "did you mean --theme healthcare-staffing" in told
    told = run("search", "sjuksköterskor", "--from", "sv", "--index", demo).stderr
    assert "did you mean --theme healthcare-staffing" in told


def test_with_expand_the_theme_is_searched_too(demo, asked):
    alone = asked.search("nurses", from_="en", limit=None)
    both = asked.search("nurses", from_="en", expand=True, limit=None)
    assert {one.id for one in alone} < {one.id for one in both}
    assert any("also searched for --theme" in one for one in both.warnings)


def test_the_page_asks_in_another_language_and_says_by_which_words(demo):
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    from serving import served

    with served(demo) as server:
        page = server.ask("/search?q=hospital&from=en").text
        assert "hospital → cs nemocnice" in page
        assert '<option value="en" selected="">English</option>' in page
        assert "--from=en" in page
        assert "/document/" in page
        assert "from=en#p" in page or "from=en&amp;" in page  # what is asked goes along
        kwic = server.ask("/search?q=hospital&from=en&view=kwic").text
        assert "<mark>sjukhus</mark>" in kwic
        compared = server.ask("/compare?q=hospital&from=en&by=lang").text
        assert "hospital → cs nemocnice" in compared
        wrong = server.ask("/search?q=hospital&from=xx").text
        assert "not a choice" in wrong
        plain = server.ask("/search?q=nemocnice").text
        assert '<option value="" selected="">as they are typed</option>' in plain


@pytest.mark.parametrize(
    ("lang", "elsewhere"),
    [
        ("en", "How long one waits belongs to waiting times."),
        ("cs", "Jak dlouho se čeká, patří do čekacích dob."),
        ("sv", "Hur länge man väntar hör till väntetider."),
        ("sv", "Skolans personal hör inte hit."),
        ("de", "Wie lange man wartet, gehört zu den Wartezeiten."),
        ("sk", "Nepatria sem čakacie lehoty."),
        ("pl", "Czas oczekiwania należy do kolejek."),
        ("da", "Hvor længe man venter, hører til ventetider."),
        ("nb", "Hvor lenge man venter, hører ikke hjemme her."),
        ("fi", "Odottaminen kuuluu jonotusaikoihin."),
    ],
)
def test_what_belongs_elsewhere_is_parted_from_a_description(lang, elsewhere):
    own = "E-1, e-2 x. Y z;"
    assert parted(f"{own} {elsewhere}", lang) == (own, (elsewhere,))
    assert parted(elsewhere, lang) == (elsewhere, ())
    assert parted(own, lang) == (own, ())


def test_what_belongs_elsewhere_is_not_looked_for_and_said(asked):
    about = "Doctors and nurses in small hospitals of the country."
    other = "Roads belong to transport."
    found = asked.search(f"{about} {other}", from_="en", limit=None)
    assert [one.id for one in found] == [
        one.id for one in asked.search(about, from_="en", limit=None)
    ]
    assert f"left out, for it is on what belongs elsewhere: {other}" in found.notes
    both = asked.search(f"{about} {other.replace('belong', 'lead')}", from_="en", limit=None)
    assert len(both) > len(found)
