"""Pictures of comparisons."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from report_making import ATTACKS, report

from progsearch.clause import All
from progsearch.compare import Comparison, Group, Question
from progsearch.compare.table import cell_of
from progsearch.engine import Counts
from progsearch.errors import ProgsearchError
from progsearch.plots import MOST, Style, check_picture, dots, draw, squares, timeline
from progsearch.plots.canvas import names_width
from progsearch.plots.timeline import _years
from progsearch.report import Names, ui_language
from progsearch.report.basis import basis, caveats

KINDS = pytest.mark.parametrize("draw", [squares, dots], ids=["heat map", "chart"])
YEARS = ("2019", "2020", "2022", "")


@pytest.fixture
def _matplotlib():
    pytest.importorskip("matplotlib", reason="pip install progsearch[plot]")


@KINDS
@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
@pytest.mark.usefixtures("_matplotlib")
def test_pictures_are_drawn(tmp_path, draw, lang):
    made = report("Žluťoučký kůň, åäö").comparison
    draw(made, tmp_path / "1.svg", lang)
    root = ElementTree.parse(tmp_path / "1.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


@KINDS
@pytest.mark.usefixtures("_matplotlib")
def test_pictures_of_every_format_are_the_same_each_time(tmp_path, draw):
    made = report("Žluťoučký kůň, åäö").comparison
    for name in ("1.svg", "2.svg", "3.PNG", "4.pdf", "5.pdf"):
        draw(made, tmp_path / name, "cs")
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()
    assert (tmp_path / "4.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "4.pdf").read_bytes() == (tmp_path / "5.pdf").read_bytes()
    assert (tmp_path / "3.PNG").read_bytes().startswith(b"\x89PNG\r\n")
    names = ["1.svg", "2.svg", "3.PNG", "4.pdf", "5.pdf"]
    assert sorted(one.name for one in tmp_path.iterdir()) == names


NAMES = (*ATTACKS, "$\\frac{$", "$x_1$", "日本 🏥", "w" * 400)


def named(texts):
    """A comparison in which each of the texts names a theme and a group."""
    made = report(texts[0]).comparison
    questions = [Question(f"t{n}", text, All()) for n, text in enumerate(texts)]
    groups = [Group((text, "a"), (text, "A"), 100, 5, 2000) for text in texts]
    cells = [
        cell_of(question.id, group, Counts(7, 2, 150)) for question in questions for group in groups
    ]
    parts = tuple(map(tuple, (questions, groups, cells)))
    return replace(made, themes=parts[0], groups=parts[1], cells=parts[2])


@KINDS
@pytest.mark.parametrize("first", range(0, len(NAMES), 7))
@pytest.mark.usefixtures("_matplotlib")
def test_no_name_breaks_a_picture(tmp_path, draw, first):
    file = tmp_path / "picture.svg"
    draw(named(NAMES[first : first + 7]), file)
    tags = {one.tag.rpartition("}")[2] for one in ElementTree.parse(file).iter()}
    assert not tags & {"script", "a", "image", "foreignObject", "iframe"}


@KINDS
@pytest.mark.usefixtures("_matplotlib")
def test_a_picture_of_nothing(tmp_path, draw):
    made = report().comparison
    draw(type(made)((), (), (), ()), tmp_path / "nothing.svg")
    assert (tmp_path / "nothing.svg").stat().st_size > 500


@KINDS
@pytest.mark.usefixtures("_matplotlib")
@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_everybody_may_read_a_picture(tmp_path, draw):
    draw(report().comparison, tmp_path / "picture.svg")
    assert stat.S_IMODE((tmp_path / "picture.svg").stat().st_mode) == 0o644


@KINDS
@pytest.mark.usefixtures("_matplotlib")
def test_a_picture_that_cannot_be_written(tmp_path, draw):
    with pytest.raises(ProgsearchError, match="cannot be written"):
        draw(report().comparison, tmp_path / "no such folder" / "picture.svg")


@pytest.mark.parametrize("name", ["picture.jpg", "picture", "picture.svg.html"])
def test_formats_that_are_not_there(tmp_path, name):
    with pytest.raises(ProgsearchError, match=r"end it in \.svg, \.png, \.pdf"):
        check_picture(tmp_path / name)


@KINDS
def test_the_remedy_without_the_library(tmp_path, draw, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ProgsearchError, match=r'pip install "progsearch\[plot\]"'):
        draw(report().comparison, tmp_path / "picture.svg")


def test_matplotlib_is_loaded_only_for_pictures(project):
    import subprocess

    code = "import sys, progsearch.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=project, check=False).returncode == 0


def years(*themes, groups=YEARS):
    """A comparison of years: the third has little text, of the last none is known."""
    made = tuple(
        Group((year,), (year or "unknown",), 29 if year == "2022" else 100, 2, 900)
        for year in groups
    )
    counts = [Counts(min(n, 1), 1, 9) for n in range(len(groups))]
    return Comparison(
        tuple(Question(theme, theme, All()) for theme in themes),
        ("year",),
        made,
        tuple(
            cell_of(theme, group, found)
            for theme in themes
            for group, found in zip(made, counts, strict=True)
        ),
    )


@pytest.mark.usefixtures("_matplotlib")
def test_a_timeline_has_a_place_for_every_year(tmp_path):
    from matplotlib.figure import Figure

    axes = Figure().add_axes((0, 0, 1, 1))
    made = years("rail")
    _years(
        axes,
        Names(made, ui_language("en")),
        sorted(made.cells_of("rail"), key=lambda cell: cell.group)[-3:],
        10,
    )
    dots = {tuple(line.get_xydata()[0]) for line in axes.lines if line.get_marker() == "o"}
    assert dots == {(2019, 0), (2020, 10), (2022, 1000 / 29)}
    # 2021 has no text: nothing leads across it
    lines = [line.get_xdata() for line in axes.lines if line.get_marker() == "None"]
    assert [list(one) for one in lines if max(one) > 1] == [[2019, 2020]]
    assert [int(tick) for tick in axes.get_xticks()] == [2019, 2020, 2021, 2022]


@pytest.mark.usefixtures("_matplotlib")
@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
def test_a_timeline_is_drawn(tmp_path, lang):
    timeline(years("rail", "žluťoučký"), tmp_path / "1.svg", lang)
    timeline(years("rail", "žluťoučký"), tmp_path / "2.svg", lang)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()
    timeline(years(), tmp_path / "nothing.svg", lang)
    timeline(years("rail", groups=("",)), tmp_path / "undated.svg", lang)


@pytest.mark.usefixtures("_matplotlib")
def test_what_is_drawn_is_what_suits(tmp_path, monkeypatch):
    drawn = []
    for name in ("squares", "dots", "timeline"):
        monkeypatch.setattr(
            "progsearch.plots." + name, lambda *_, name=name, **__: drawn.append(name)
        )
    many = report().comparison
    one = replace(many, themes=many.themes[:1], cells=tuple(many.cells_of(many.themes[0].id)))
    for made in (many, one, years("rail"), years("rail", "hospitals")):
        draw(made, tmp_path / "picture.svg")
    assert drawn == ["squares", "dots", "timeline", "timeline"]
    with pytest.raises(ProgsearchError, match="101 groups are too many"):
        draw(years("rail", groups=list(map(str, range(1900, 1901 + MOST)))), tmp_path / "x.svg")


@KINDS
@pytest.mark.usefixtures("_matplotlib")
@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
def test_letters_can_be_text_with_all_that_is_to_be_known(tmp_path, draw, lang):
    made = report("Žluťoučký kůň", lang).comparison
    file = tmp_path / "picture.svg"
    style = Style("A title", "Programmes of 2024", svg_text=True)
    draw(made, file, lang, style=style)
    texts = [
        "".join(one.itertext()).strip()
        for one in ElementTree.parse(file).iter()
        if one.tag.endswith("}text")
    ]
    ui = ui_language(lang)
    assert "A title" in texts
    assert f"({ui.percent(0.25, 0)})" in texts
    below = " ".join(texts)
    names = Names(made, ui)
    for line in (*basis(names), *caveats(names)):
        assert line in below
    assert ui.counted("fewer_than", 30) in below
    assert "Programmes of 2024" in below
    draw(made, file, lang)
    assert not [one for one in ElementTree.parse(file).iter() if one.tag.endswith("}text")]


@pytest.mark.usefixtures("_matplotlib")
def test_the_column_of_names_is_as_wide_as_its_names():
    def wide(*names):
        groups = [Group((name,), (name,), 100, 1, 9) for name in names]
        made = Comparison((), ("party",), tuple(groups), ())
        return names_width(Names(made, ui_language("en")), groups)

    assert wide("A") == wide("B") < wide("A long name of a party") < wide("W" * 30) < 5
    # Longer ones go on below.
    assert wide("W" * 60) == wide("W" * 30)
