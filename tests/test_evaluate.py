"""Judgements by hand: reading them, finding their passages, measures and agreement."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import document, passage, prepared
from themes_making import index, theme, write

from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.judgements import (
    Coded,
    agreement,
    disagreements,
    locate,
    measures,
    ranked,
    read_coded,
)
from progsearch.judgements.agreement import ordinal
from progsearch.judgements.measures import estimates, ranking
from progsearch.judgements.trec import write_qrels, write_run
from progsearch.judgements.units import Unit
from progsearch.search import Index
from progsearch.state import Summary
from progsearch.themes import ThemeClauses, load

ROW = Coded(2, "t", 1, None, "", "cscs.md", 3, "")


@pytest.fixture
def coded(tmp_path):
    def write_file(text, name="coded.csv", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return file

    return write_file


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("theme,relevance,id\nt,2,a.1\n", "utf-8"),
        ("\ufefftheme;relevance;id\r\nt;2;a.1\r\n;;\r\n", "utf-8"),
        ("Theme\tRelevance\tID\nt\t2,0\ta.1\nt\t\ta.2\n", "utf-8"),
        ('{"theme": "t", "relevance": 2, "id": "a.1"}\n\n', "utf-8"),
        ("theme,relevance,passage_id,note\nt,2,a.1,žluťoučký\n", "cp1250"),
    ],
)
def test_rows_are_read_from_what_programs_write(coded, text, encoding):
    (row,) = read_coded(coded(text, encoding=encoding))
    assert (row.theme, row.relevance, row.id, row.second, row.weight) == ("t", 2, "a.1", None, 1)
    assert row.number == (1 if text.startswith("{") else 2)


def test_all_columns_are_read(coded):
    text = (
        "theme,relevance,relevance_2,file,line,text,weight\n"
        't,0,1,a\\b.md,7,"two\nlines",2.5\nu,1,,c.md,,\'=x,\n'
    )
    first, second = read_coded(coded(text))
    assert first == Coded(3, "t", 0, 1, "", "a/b.md", 7, "two\nlines", 2.5)
    assert second == Coded(4, "u", 1, None, "", "c.md", 0, "=x", 1.0)


def test_every_row_that_cannot_be_used_is_named(coded):
    file = coded(
        "theme,relevance,id,line,weight\n"
        "t,3,a.1,,\n,1,a.1,,\nt,1,,,\nt,x,a.1,,\nt,1,a.1,0,\nt,1,a.1,,-1\nt,1,a.1,,\n"
    )
    with pytest.raises(ProgsearchError) as caught:
        read_coded(file)
    lines = str(caught.value).split("\n")[1:]
    assert len(lines) == 6
    for number, line in enumerate(lines, 2):
        assert line.startswith(f"  {file}:{number}: ")
        assert "; write" in line or "; fill in" in line


@pytest.mark.parametrize(
    ("text", "what"),
    [("theme,relevance,id\n", "no coded row"), ("", "no coded row"), ('{"a": \n', "not JSON")],
)
def test_a_file_without_rows_is_an_error(coded, text, what):
    with pytest.raises(ProgsearchError, match=what):
        read_coded(coded(text))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ProgsearchError, match="cannot be read"):
        read_coded(tmp_path / "none.csv")


PASSAGES = [
    passage("d", 1, "Lékař je\n**tady**"),
    passage("d", 2, "První věta o lékařích. Druhá věta o sestrách."),
    passage("d", 3, "Lékař je tady a sestra taky", also=((30, 31),)),
]


@pytest.fixture
def asked():
    engine = MemoryEngine()
    made = document("d", PASSAGES, path="corpus/kraj/zdravi.md")
    with engine.writer() as writer:
        writer.add(prepared(made, PASSAGES))
        writer.commit({})
    return Index(engine, Summary("", languages=("cs",), roots={"corpus": "/x/corpus"}))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"id": "d.2"}, ("d.2", None)),
        ({"id": "gone", "file": "corpus/kraj/zdravi.md", "line": 2}, ("d.2", None)),
        ({"file": "corpus/kraj/zdravi.md", "line": 1}, ("d.1", None)),
        ({"file": "../x/corpus/kraj/zdravi.md", "line": 1}, ("d.1", None)),
        ({"file": "kraj/zdravi.md", "line": 30}, ("d.3", None)),
        ({"file": "zdravi.md", "text": "Lékař je tady"}, ("d.1", None)),
        ({"file": "zdravi.md", "text": "Druhá  věta o sestrách."}, ("d.2", (23, 45))),
        ({"file": "zdravi.md", "text": "Úvod. Lékař je tady a sestra taky. Konec."}, ("d.3", None)),
        ({"file": "zdravi.md", "text": "Nic takového"}, None),
        ({"file": "zdravi.md", "line": 9}, None),
        ({"file": "jiny.md", "line": 1}, None),
        ({"id": "gone"}, None),
    ],
)
def test_passages_are_found_by_id_line_and_text(asked, row, wanted):
    one = replace(ROW, **{"id": "", "file": "", "line": 0, "text": "", **row})
    units, lost = locate([one], asked)
    if wanted is None:
        assert (units, lost) == ([], [one])
    else:
        assert [(unit.passage.id, unit.part) for unit in units] == [wanted]
        assert lost == []


def test_two_rows_of_one_passage_are_two_units(asked):
    rows = [replace(ROW, id="d.2", number=number) for number in (2, 3)]
    units, _ = locate([*rows, replace(rows[0], theme="u")], asked)
    assert [unit.id for unit in units] == ["d.2", "d.2+1", "d.2"]


def test_a_part_is_found_only_by_what_stands_in_it(asked, tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["lékařích"]}))])
    rows = [
        replace(ROW, file="zdravi.md", line=0, text=text)
        for text in ("První věta o lékařích.", "Druhá věta o sestrách.", "Lékař je tady")
    ]
    units, _ = locate(rows, asked)
    clause = ThemeClauses.of(catalogue, asked).clause("t")
    scores = [unit.score for unit in ranked(units, clause, asked)]
    assert scores[0] > 0
    assert scores[1:] == [None, None]


def unit(number, relevance, score, *, weight=1.0, theme="t"):
    row = Coded(number, theme, relevance, None, f"d.{number}", "", 0, "", weight)
    return Unit(row, f"d.{number}", PASSAGES[0], None, score)


def judged(*pairs):
    return [unit(number, *pair) for number, pair in enumerate(pairs, 1)]


def test_precision_recall_and_f1_by_hand():
    units = judged((2, 3.0), (1, 2.0), (0, 1.0), (1, None), (0, None), (0, None))
    each, together = measures({"t": units})
    (one,) = each
    assert (one.coded, one.relevant, one.found) == (6, 3, 3)
    assert one.precision.value == pytest.approx(2 / 3)
    assert one.recall.value == pytest.approx(2 / 3)
    assert one.f1.value == pytest.approx(2 / 3)
    assert together.f1 == one.f1
    (strict,), _ = measures({"t": units}, relevant=2)
    assert strict.precision.value == pytest.approx(1 / 3)
    assert strict.recall.value == 1


def test_ranking_measures_by_hand():
    units = judged((0, 9.0), (2, 8.0), (1, 7.0), (1, None))
    found = ranking({"t": units, "none": judged((0, 1.0))})
    log = [0.0, 1.0, 1.5849625007211563, 2.0]
    gained = 2 / log[2] + 1 / log[3]
    ideal = 2 / log[1] + 1 / log[2] + 1 / log[3]
    assert set(found) == {"t"}
    assert found["t"]["nDCG@10"] == pytest.approx(gained / ideal)
    assert found["t"]["P@10"] == pytest.approx(0.2)
    assert found["t"]["R@20"] == pytest.approx(2 / 3)


def test_a_theme_that_finds_nothing_counts_as_nothing():
    each, together = measures({"t": judged((1, None)), "u": judged((1, 1.0))})
    assert each[0].precision is None
    assert each[0].recall.value == 0
    assert each[0].ranking == {"nDCG@10": 0.0, "P@10": 0.0, "R@20": 0.0}
    assert together.ranking["nDCG@10"] == pytest.approx(0.5)
    (nothing,), _ = measures({"v": judged((0, None))})
    assert nothing.recall is None
    assert nothing.ranking is None


rows = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.sampled_from((1.0, 3.5))), min_size=1, max_size=12
)


@settings(max_examples=examples(25))
@given(rows)
def test_estimates_lie_in_their_intervals_and_f1_between_its_parts(sample):
    precision, recall, f1 = estimates(sample)
    for one in (precision, recall, f1):
        assert one is None or 0 <= one.low <= one.value <= one.high <= 1
    if precision and recall and precision.value and recall.value:
        low, high = sorted((precision.value, recall.value))
        assert low - 1e-9 <= f1.value <= high + 1e-9


def test_the_interval_of_precision_is_jeffreys():
    stats = pytest.importorskip("scipy.stats", reason="the extra evaluate is not installed")
    precision, _, _ = estimates([(True, True, 1.0)] * 12 + [(True, False, 1.0)] * 5)
    wanted = stats.beta(12.5, 5.5).ppf([0.025, 0.975])
    assert [precision.low, precision.high] == pytest.approx(list(wanted), abs=0.01)


def test_weights_stand_for_what_was_not_drawn():
    # 10 of 100 hits and 10 of 900 others were read: 8 and 1 relevant
    sample = [(True, True, 10.0)] * 8 + [(True, False, 10.0)] * 2
    sample += [(False, True, 90.0)] + [(False, False, 90.0)] * 9
    precision, recall, _ = estimates(sample)
    assert precision.value == pytest.approx(0.8)
    assert recall.value == pytest.approx(80 / 170)
    assert recall.high - recall.low > 0.4
    unweighted = estimates([(found, relevant, 1.0) for found, relevant, _ in sample])[1]
    assert unweighted.value == pytest.approx(8 / 9)


def test_more_passages_make_intervals_narrower():
    base = [(True, True, 1.0)] * 8 + [(True, False, 1.0)] * 2 + [(False, True, 1.0)] * 3
    widths = [[one.high - one.low for one in estimates(base * times)] for times in (1, 4, 16)]
    for wide, narrow in pairwise(widths):
        assert all(a > b for a, b in zip(wide, narrow, strict=True))


def coders(*pairs, theme="t"):
    return [replace(ROW, theme=theme, relevance=a, second=b) for a, b in pairs]


def test_kappa_of_a_known_table():
    # Cohen's kappa by hand: 20 and 15 agreed of 50, expected .5
    table = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    (one, together) = agreement(coders(*table))
    assert (one.theme, one.rows, one.same) == ("t", 50, 35)
    assert one.kappa == pytest.approx(0.4)
    assert together == replace(one, theme="all")


def test_alpha_with_ordered_grades_is_that_of_krippendorff():
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four
    # observers, twelve units; ordinal alpha is .815
    codes = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    data = [
        (str(coder), str(item), code)
        for coder, of_coder in enumerate(codes)
        for item, code in enumerate(of_coder)
        if code is not None and item != 11  # only one has coded the last
    ]
    nltk = pytest.importorskip("nltk.metrics.agreement")
    counts = Counter(code for _, _, code in data)
    alpha = nltk.AnnotationTask(data, distance=ordinal(counts)).alpha()
    assert alpha == pytest.approx(0.815, abs=5e-4)


def test_alpha_takes_a_wide_disagreement_for_a_worse_one():
    same = [(0, 0)] * 5 + [(1, 1)] * 5 + [(2, 2)] * 5
    near, far = (agreement(coders(*same, pair))[0] for pair in ((0, 1), (0, 2)))
    assert near.alpha > far.alpha
    assert near.kappa == pytest.approx(far.kappa, abs=0.01)


def test_nothing_to_agree_on_has_no_kappa():
    (one, _) = agreement(coders((0, 0), (0, 0)))
    assert (one.kappa, one.alpha, one.same) == (None, None, 2)
    assert agreement([ROW]) == []


def test_disagreements_come_farthest_first():
    rows = coders((1, 1), (0, 1), (2, 0))
    assert [(row.relevance, row.second) for row in disagreements([*rows, ROW])] == [(2, 0), (0, 1)]


def test_trec_files_have_the_fields_of_trec_eval():
    units = {"t": judged((2, 3.0), (0, 4.5), (1, None))}
    qrels, run = io.StringIO(), io.StringIO()
    write_qrels(units, qrels)
    write_run(units, run)
    assert qrels.getvalue() == "t 0 d.1 2\nt 0 d.2 0\nt 0 d.3 1\n"
    assert run.getvalue() == "t Q0 d.2 1 4.500000 progsearch\nt Q0 d.1 2 3.000000 progsearch\n"
    measures_of_files = pytest.importorskip("ir_measures")
    read = measures_of_files.iter_calc(
        [measures_of_files.nDCG @ 10],
        measures_of_files.read_trec_qrels(qrels.getvalue()),
        measures_of_files.read_trec_run(run.getvalue()),
    )
    assert [one.value for one in read] == pytest.approx([ranking(units)["t"]["nDCG@10"]])


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("ir_measures", lambda: ranking({"t": judged((1, 1.0))})),
        ("nltk.metrics.agreement", lambda: agreement(coders((0, 1)))),
    ],
)
def test_a_missing_library_is_named_with_what_to_install(monkeypatch, module, call):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ProgsearchError, match=r"progsearch\[evaluate\]"):
        call()


def test_the_shared_judgements_are_all_read(shared):
    rows = read_coded(shared / "gold" / "themes" / "dev.jsonl")
    assert len(rows) == 1008
    assert {row.theme for row in rows} <= set(load().themes)


def test_an_index_of_many_languages_is_only_asked_where_a_theme_speaks(tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["lékař"]}))])
    asked = index()
    clause = ThemeClauses.of(catalogue, asked).clause("t")
    units, _ = locate([replace(ROW, id="svsv.1"), replace(ROW, id="cscs.1")], asked)
    assert [one.score is not None for one in ranked(units, clause, asked)] == [False, True]
