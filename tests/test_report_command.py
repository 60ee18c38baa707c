"""``progsearch report``: the page of the demonstration corpus."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from report_making import Page, page, report

from progsearch.cli import app
from progsearch.compare import Shared
from progsearch.errors import ProgsearchError

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def index(demo):
    return str(demo)


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app(list(words), standalone_mode=False)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def _here(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")


ASKED = ("--theme", "healthcare-staffing", "--theme", "housing", "--by", "region")


@pytest.mark.usefixtures("_here")
def test_the_report_of_the_demonstration_corpus(index, tmp_path):
    file = tmp_path / "report.html"
    _, said = run("report", *ASKED, "--ui-lang", "cs", "-o", str(file), "--index", index)
    assert "2 × 9 cells" in said
    read = Page(file.read_text(encoding="utf-8"))
    assert read.all("h1")[0]["text"] == "Personál ve zdravotnictví a Bydlení"
    assert "1.\u00a0března 2024" in "".join(read.texts)
    codes = [one["text"] for one in read.all("code")]
    assert codes[-1] == "progsearch report " + " ".join((*ASKED, "--ui-lang", "cs"))
    assert len(read.all("article")) > 9


@pytest.mark.usefixtures("_here")
def test_marked_words_stand_where_the_report_says(index, tmp_path):
    file = tmp_path / "report.html"
    run("report", *ASKED, "-o", str(file), "--index", index, "--evidence", "2")
    places, marks = [], []
    for one in Page(file.read_text(encoding="utf-8")).elements:
        if one["tag"] == "code" and "article" in one["path"]:
            places.append((one["text"], marks))
            marks = []
        elif one["tag"] == "mark" and {"article", "blockquote"} <= set(one["path"]):
            if one["attrs"]:  # what joins two words
                continue
            marks.append(one["text"])
    assert len(places) > 20
    for place, found in places:
        path, _, line = place.rpartition(":")
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        # A passage may go on over some lines, and have its words broken there.
        source = " ".join(lines[int(line) - 1 : int(line) + 11]).replace("- ", "")
        for text in found:
            assert text.split()[0].replace("- ", "") in source, place


def test_no_path_leads_out_of_the_corpus(project, index, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for by in ("party", "document"):
        out, _ = run("report", "--theme", "housing", "--by", by, "--index", index)
        read = Page(out)
        assert "../" not in "".join(one["text"] for one in read.all("main"))
        assert any(one["text"].startswith("corpus/cz/") for one in read.all("code"))


@pytest.mark.usefixtures("_here")
def test_a_report_can_be_made_once_more(index, tmp_path):
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    for file in (first, second):
        run("report", *ASKED, "-o", str(file), "--index", index)
    assert first.read_bytes() == second.read_bytes()
    assert b"\r" not in first.read_bytes()


@pytest.mark.usefixtures("_here")
def test_words_in_the_place_of_a_theme(index):
    out, _ = run("report", "sestra", "--by", "lang", "--role", "measure", "--index", index)
    read = Page(out)
    assert read.all("h1")[0]["text"] == "sestra"
    assert "sester" in {one["text"] for one in read.all("mark")}
    text = "".join(read.texts)
    assert "Role of the passage: measure" in text


@pytest.mark.usefixtures("_here")
def test_words_narrow_a_theme_down(index):
    def found(*words):
        read = Page(run("report", *words, "--theme", "health", "--by", "lang", "--index", index)[0])
        counts = read.all("td")[0]["text"].split()
        return int(counts[counts.index("of") - 1])

    assert found("sestra") < found()


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("words", "what"),
    [
        ((), "nothing to compare"),
        (("--theme", "no-such-theme"), "no theme"),
        (("--theme", "housing", "--by", "moon"), "cannot group by 'moon'"),
        (("--theme", "housing", "--ui-lang", "de"), "no reports in 'de'"),
        (("--theme", "housing", "--sort", "size"), "cannot sort by 'size'"),
        (("--theme", "housing", "--region", "SE-AB"), "no passage with region"),
    ],
)
def test_errors_name_the_remedy(index, words, what):
    with pytest.raises(ProgsearchError, match=what) as error:
        run("report", *words, "--index", index)
    assert error.value.remedy


@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
def test_texts_of_two_groups_are_told(lang):
    made = report("<b>", lang)
    pairs = tuple(Shared((f"{n}",), ("",), n) for n in range(2, 15))
    names = replace(made.names, comparison=replace(made.comparison, shared=pairs))
    texts = [one["text"] for one in page(replace(made, names=names)).all("dd")]
    unknown = made.lang.name("party", "")
    assert f"2 = {unknown} ({made.lang.counted('documents', 2)})" in texts
    assert sum(" = " in one for one in texts) == 12
    assert made.lang.text("about_shared_more", number="1") in texts
