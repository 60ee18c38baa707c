"""Python and the command line give the same numbers; what Python is given wrongly is told."""

from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples

import progsearch
from progsearch.api import answers
from progsearch.api.words import FilterWords
from progsearch.cli import app
from progsearch.cli._support.options import filters as options
from progsearch.model import PartialDate


def run(*words):
    """What a command prints on stdout."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        app([str(word) for word in words], standalone_mode=False)
    return out.getvalue()


@pytest.fixture
def folder(demo):
    return demo


@pytest.fixture(scope="module")
def index(demo):
    with progsearch.open(demo) as index:
        yield index


QUERIES = (
    "",
    "lékař",
    "sjuksköterska OR zdravotník",
    "nemocnice NOT sestra",
    "role:measure",
    "vård*",
)
THEMES = ("healthcare-staffing", "housing", "public-transport", "waiting-times")
FILTERS = {
    "lang": ("cs", "sv"),
    "country": ("CZ", "SE", "unknown"),
    "region": ("CZ-51", "SE-G", "Zlínský kraj", "unknown"),
    "party": ("Länsunionen", "Strana venkova a měst", "unknown"),
    "kind": ("programme", "news"),
    "role": ("goal", "measure", "heading"),
    "commitment": ("strong", "weak"),
}
DIMENSIONS = ("region", "party", "lang", "kind", "year", "role", "commitment", "document")


@st.composite
def filters(draw):
    found = {
        name: draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
        for name, values in FILTERS.items()
        if draw(st.integers(0, 5)) == 0
    }
    if draw(st.booleans()):
        found["since"] = draw(st.sampled_from(("2020", "2023-05", "2024-01-01")))
    if draw(st.booleans()):
        found["duplicates"] = draw(st.sampled_from(("keep", "once")))
    if draw(st.booleans()):
        found["asides"] = True
    return found


def typed(given):
    """Filters as options."""
    for name, value in given.items():
        if name == "asides":
            yield "--asides"
        else:
            for one in [value] if isinstance(value, str) else value:
                yield from (f"--{name}", one)


def several(flag, values):
    for value in values:
        yield from (flag, value)


FEW = settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
QUESTION = {
    "text": st.sampled_from(QUERIES),
    "themes": st.lists(st.sampled_from(THEMES), max_size=2, unique=True),
    "by": st.lists(st.sampled_from(DIMENSIONS), min_size=1, max_size=2, unique=True),
    "wanted": filters(),
}


@FEW
@given(**QUESTION)
def test_counts_are_those_of_the_command(folder, index, text, themes, by, wanted):
    line = ["count", *several("--theme", themes), *several("--by", by), *typed(wanted)]
    shown = json.loads(run(*line, "-f", "json", "--index", folder, "--", text))["counts"]
    found = index.count(text, themes=themes, by=by, **wanted)
    assert found.to_dicts() == shown
    assert [one.passages for one in found] == [one["passages"] for one in shown]


CONCORDANCES = {
    "kwic": st.fixed_dictionaries(
        {},
        optional={
            "sort": st.sampled_from(("place", "left", "right")),
            "window": st.integers(0, 6),
            "sample": st.integers(0, 9),
            "seed": st.integers(0, 3),
            "inside": st.sampled_from(("vård", "nemocnice OR region")),
        },
    ),
    "words": st.fixed_dictionaries(
        {"limit": st.integers(1, 9)},
        optional={
            "of": st.sampled_from(("lemma", "form")),
            "ngram": st.integers(1, 3),
            "over": st.sampled_from(("document", "party", "year")),
            "sort": st.sampled_from(("count", "documents", "dp", "words")),
            "minimum": st.integers(1, 3),
        },
    ),
    "collocates": st.fixed_dictionaries(
        {},
        optional={
            "of": st.sampled_from(("lemma", "form")),
            "window": st.integers(1, 6),
            "sort": st.sampled_from(("logdice", "g2", "mi", "count")),
            "minimum": st.integers(1, 3),
            "limit": st.integers(1, 9),
        },
    ),
    "dispersion": st.just({}),
}


@pytest.mark.parametrize("name", CONCORDANCES)
@FEW
@given(data=st.data(), stops=st.booleans())
def test_concordances_are_those_of_the_commands(folder, index, name, data, stops):
    drawn = {key: data.draw(one, key) for key, one in QUESTION.items()}
    text, themes = drawn["text"] or "lemma:kraj OR *vård*", drawn["themes"][:1]
    by = drawn["by"] if data.draw(st.booleans()) else []
    more = data.draw(CONCORDANCES[name])
    line = [name, *several("--theme", themes), *several("--by", by), *typed(drawn["wanted"])]
    for key, value in more.items():
        line += [f"--{key}", value]
    given = dict(more)
    if name in ("words", "collocates") and not stops:
        line.append("--no-stop-words")
        given["stop_words"] = False
    shown = json.loads(run(*line, "-f", "json", "--index", folder, "--", text))
    found = getattr(index, name)(text, themes=themes, by=by, **given, **drawn["wanted"])
    assert found.to_dicts() == shown[name]
    assert len(found) == len(shown[name])
    if name == "dispersion":
        assert found.spreads.to_dicts() == shown["spreads"]
    if name == "kwic" and found:
        assert index.passage(found[0].place).id == found[0].id


@FEW
@given(**QUESTION, test=st.booleans())
def test_comparisons_are_those_of_the_command(folder, index, text, themes, by, wanted, test):
    if not text and not themes:
        return
    line = ["compare", *several("--theme", themes), *several("--by", by), *typed(wanted)]
    line += ["--test"] if test else []
    shown = json.loads(run(*line, "-f", "json", "--index", folder, "--", text))
    found = index.compare(text, themes=themes, by=by, test=test, **wanted)
    assert found.to_dicts() == shown["cells"]
    notes = shown["about"]["notes"]  # behind them stands what to change where nothing is left
    assert list(found.notes[: len(notes)]) == notes
    silent = json.loads(run(*line, "--silent", "-f", "json", "--index", folder, "--", text))
    assert found.silences.to_dicts() == silent["silent"]


@FEW
@given(text=QUESTION["text"], themes=QUESTION["themes"], wanted=filters())
def test_hits_are_those_of_the_command(folder, index, text, themes, wanted):
    line = ["search", *several("--theme", themes), *typed(wanted), "-f", "json"]
    shown = json.loads(run(*line, "--index", folder, "--", text))
    found = index.search(text, themes=themes, limit=None, **wanted)
    assert [one.id for one in found] == [one["id"] for one in shown]
    assert [one.line for one in found] == [one["line"] for one in shown]
    assert found.total == len(shown)
    best = index.search(text, themes=themes, **wanted)
    assert list(best) == list(found)[: answers.LIMIT]


@settings(FEW, max_examples=examples(8))
@given(text=QUESTION["text"], themes=QUESTION["themes"], wanted=filters())
def test_keywords_are_those_of_the_command(folder, index, text, themes, wanted):
    line = ["keywords", *several("--theme", themes), *typed(wanted)]
    shown = json.loads(run(*line, "-f", "json", "--index", folder, "--", text))
    found = index.keywords(text, themes=themes, **wanted)
    assert found.to_dicts() == shown["keywords"]
    assert list(found.notes) == shown["about"]["notes"]


def test_every_filter_of_the_commands_has_its_name_in_python():
    assert set(FilterWords.__annotations__) == set(inspect.signature(options).parameters)


def test_defaults_are_those_of_the_commands(folder, index):
    shown = json.loads(run("compare", "lékař", "-f", "json", "--index", folder))
    assert index.compare("lékař").to_dicts() == shown["cells"]
    shown = json.loads(run("count", "lékař", "-f", "json", "--index", folder))
    assert index.count("lékař").to_dicts() == shown["counts"]
    shown = json.loads(run("keywords", "-f", "json", "--index", folder))
    assert index.keywords().to_dicts() == shown["keywords"]


def test_rows_lead_to_their_place(index):
    for hit in index.search("lékař"):
        passage = index.passage(hit.place)
        assert passage == index.passage(hit.id)
        assert (passage.text, passage.line) == (hit.text, hit.line)
        document = index.document(hit.place)
        assert document == index.document(hit.file)
        assert passage in list(document.passages)
        assert document.facts.region == hit.region
        first = document.text.splitlines()[hit.line - 1]
        assert hit.text.split()[-1] in document.text
        assert first


def test_tables_have_the_same_columns_everywhere(index):
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    made = [
        index.search("lékař"),
        index.count("lékař"),
        index.compare("lékař", test=True),
        index.compare("lékař", evidence=2).evidence,
        index.compare("lékař").silences,
        index.keywords(),
        index.themes(),
        index.documents(),
        index.document(index.search("lékař")[0].file).passages,
        index.search("nonesuchword"),
    ]
    for one in made:
        frame, table = one.to_pandas(), one.to_arrow()
        assert list(frame.columns) == table.column_names == one.columns
        assert len(frame) == table.num_rows == len(one)
        assert table.to_pylist() == one.to_dicts()
        again = arrow.Table.from_pandas(frame, preserve_index=False)
        assert again.to_pylist() == table.to_pylist()
        assert set(one.about) == set(one.columns)
        assert all(one.about.values())
    assert pandas.api.types.is_integer_dtype(made[0].to_pandas()["line"])


def test_polars_has_the_same_rows(index):
    pytest.importorskip("polars")
    found = index.compare("lékař", test=True)
    assert found.to_polars().to_dicts() == found.to_dicts()


def test_a_day_can_be_written_in_many_ways(index):
    found = [
        index.search(since=day).total
        for day in ("2023", 2023, PartialDate(2023), date(2023, 1, 1), "2023-01-01")
    ]
    assert len(set(found)) == 1
    assert 0 < found[0] < index.search().total


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda index: index.search(5), "text: not a query: 5"),
        (lambda index: index.search(["lékař"]), "text: not a query: ['lékař']"),
        (
            lambda index: index.search("lékař", regoin="CZ-51"),
            "no filter 'regoin'; did you mean reg",
        ),
        (
            lambda index: index.search("lékař", theme="housing"),
            "no filter 'theme'; did you mean themes",
        ),
        (lambda index: index.search("lékař", zzz=1), "no filter 'zzz'; filters are lang, country"),
        (lambda index: index.search("lékař", region=51), "--region: neither a text nor a list"),
        (lambda index: index.search("lékař", region=[51]), "--region: neither a text nor a list"),
        (lambda index: index.search("lékař", lang=b"cs"), "--lang: neither a text nor a list"),
        (lambda index: index.search("lékař", region="CZ-99"), "unknown region 'CZ-99'"),
        (lambda index: index.search("lékař", since=5.5), "--since: not a date: 5.5"),
        (lambda index: index.search("lékař", until="May"), "--until: not a date: 'May'"),
        (lambda index: index.search("lékař", since=True), "--since: not a date: True"),
        (lambda index: index.search("lékař", asides="yes"), "--asides: not a choice: 'yes'"),
        (lambda index: index.search("lékař", duplicates="no"), "--duplicates: not a choice: 'no'"),
        (lambda index: index.search("lékař", limit="3"), "--limit: not a number from 0 on: '3'"),
        (lambda index: index.search("lékař", limit=-1), "--limit: not a number from 0 on: -1"),
        (lambda index: index.search("lékař AND"), "query: "),
        (lambda index: index.count("lékař", by=3), "--by: neither a text nor a list"),
        (lambda index: index.count("lékař", by="shoe size"), "--by: cannot group by 'shoe size'"),
        (lambda index: index.compare(), "--theme: nothing to compare"),
        (lambda index: index.compare(themes="nonsense"), "--theme: no theme 'nonsense'"),
        (lambda index: index.compare(themes=[3]), "--theme: neither a text nor a list"),
        (lambda index: index.compare("lékař", evidence=1.5), "--evidence: not a number from 0 on"),
        (lambda index: index.keywords(minimum=0), "--minimum: not a number from 1 on: 0"),
        (lambda index: index.document(None), "neither an id nor a path: None"),
        (lambda index: index.document("nothing"), "the index has no document or passage 'nothing'"),
        (lambda index: index.passage(index.documents()[0].file), "this is a document: "),
        (lambda index: progsearch.open(4), "a folder is named by a text or a path"),
        (lambda index: progsearch.open("x", themes=[4]), "a folder is named by a text or a path"),
        (lambda index: progsearch.open("/no/such/folder"), "/no/such/folder: "),
    ],
)
def test_mistakes_are_told_with_a_remedy(index, ask, told):
    with pytest.raises(progsearch.ProgsearchError) as error:
        ask(index)
    assert str(error.value).startswith(told)
    assert error.value.remedy


def test_the_public_names_are_there_and_cost_nothing_to_import():
    for name in progsearch.__all__:
        assert getattr(progsearch, name)
    with pytest.raises(AttributeError):
        progsearch.nonsense  # noqa: B018
    lines = "import sys, progsearch; print(*(n for n in sys.modules if n.startswith('progsearch')))"
    out = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["progsearch"]


@pytest.mark.parametrize(
    "words",
    [
        ("search", "sygehus"),
        ("count", "sygehus"),
        ("compare", "--words", "sygehus"),
        ("keywords", "sygehus", "--minimum", "1"),
        ("keywords", "sygehus", "--minimum", "1", "-f", "csv"),
        ("words", "sygehus"),
        ("kwic", "sygehus"),
    ],
)
def test_what_has_no_date_is_said_to_be_left_out_by_days(tmp_path, words):
    corpus, place = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for name, head in (("a", "date: 2024-05-01\n"), ("b", "")):
        text = f"---\ntitle: Program\nlang: da\n{head}---\n\nVi vil bygge et nyt sygehus i byen.\n"
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    run("ingest", corpus, "--index", place, "--languages", "da", "-q")
    said = io.StringIO()
    line = "1 passage of documents without a date left out by --since 2024"
    for more, wanted in (("--since", "2024"), True), (("--lang", "da"), False):
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            app([*words, *more, "--index", str(place)], standalone_mode=False)
        assert (line in " ".join(said.getvalue().split())) is wanted
        said.seek(0)
        said.truncate()
