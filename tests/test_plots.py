"""Pictures of comparisons."""

from __future__ import annotations

import os
import stat
import sys
from xml.etree import ElementTree

import pytest
from report_making import ATTACKS, report

from progsearch.errors import ProgsearchError
from progsearch.plots import chart, check_picture, heat_map

KINDS = pytest.mark.parametrize("draw", [heat_map, chart], ids=["heat map", "chart"])


@pytest.fixture
def _matplotlib():
    pytest.importorskip("matplotlib", reason="pip install progsearch[plot]")


@KINDS
@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
@pytest.mark.usefixtures("_matplotlib")
def test_pictures_are_drawn(tmp_path, draw, lang):
    made = report("Žluťoučký kůň, åäö").comparison
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    draw(made, first, lang)
    draw(made, second, lang)
    assert first.read_bytes() == second.read_bytes()
    assert ElementTree.parse(first).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    draw(made, tmp_path / "3.PNG", lang)
    assert (tmp_path / "3.PNG").read_bytes().startswith(b"\x89PNG\r\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["1.svg", "2.svg", "3.PNG"]


@KINDS
@pytest.mark.parametrize("text", [*ATTACKS, "$\\frac{$", "$x_1$", "日本 🏥", "w" * 400])
@pytest.mark.usefixtures("_matplotlib")
def test_no_name_breaks_a_picture(tmp_path, draw, text):
    file = tmp_path / "picture.svg"
    draw(report(text).comparison, file)
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
    with pytest.raises(ProgsearchError, match=r"end it in \.svg or \.png"):
        check_picture(tmp_path / name)


@KINDS
def test_the_remedy_without_the_library(tmp_path, draw, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ProgsearchError, match=r"pip install progsearch\[plot\]"):
        draw(report().comparison, tmp_path / "picture.svg")


def test_matplotlib_is_loaded_only_for_pictures(project):
    import subprocess

    code = "import sys, progsearch.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=project, check=False).returncode == 0
