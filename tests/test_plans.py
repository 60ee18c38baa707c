"""What there is to do in a run: what is looked at, what is gone, and what may not go unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from progsearch.engine.mark import LOCK, MARK
from progsearch.errors import Problem, ProgsearchError
from progsearch.files import Root, SourceFile
from progsearch.plans import Plan, all_aliases, all_roots, plan, refuse_loss
from progsearch.state import Files, FileState

STATE = FileState(1, 10, "hash", "settings", ("d",), ("b",), 1, ("cs",))


def known(*paths, failed=()):
    return Files(
        dict.fromkeys(paths, STATE),
        {path: Problem(path, 0, "is damaged") for path in failed},
    )


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    for name in ("a/1.md", "a/2.md", "b/1.md"):
        (folder / name).write_bytes(b"text")
    return folder


def paths(todo):
    return [one.path for one in todo.files]


def test_what_is_there_is_looked_at_and_what_is_not_is_gone(corpus):
    before = known("corpus/a/1.md", "corpus/x.md", "other/y.md", failed=("corpus/z.md", "other/z"))
    todo = plan([corpus], before, {})
    assert paths(todo) == ["corpus/a/1.md", "corpus/a/2.md", "corpus/b/1.md"]
    assert todo.gone == ["corpus/x.md", "corpus/z.md"]
    assert todo.roots == [Root("corpus", corpus)]


@pytest.mark.parametrize("name", [MARK, LOCK])
def test_an_index_inside_of_the_corpus_is_no_part_of_it(corpus, name):
    (corpus / "index" / "whoosh-000001").mkdir(parents=True)
    (corpus / "index" / name).write_bytes(b"{}")
    (corpus / "index" / "whoosh-000001" / "a.md").write_bytes(b"text")
    assert paths(plan([corpus], Files(), {})) == ["corpus/a/1.md", "corpus/a/2.md", "corpus/b/1.md"]


def test_a_part_of_a_known_folder_keeps_its_paths(corpus):
    roots = {"corpus": str(corpus)}
    before = known("corpus/a/x.md", "corpus/b/x.md", "corpus/ab/x.md", "corpus/x.md")
    todo = plan([corpus / "a"], before, roots)
    assert paths(todo) == ["corpus/a/1.md", "corpus/a/2.md"]
    assert todo.gone == ["corpus/a/x.md"]
    assert todo.roots == [Root("corpus/a", corpus / "a")]
    assert todo.roots[0].top == corpus
    deep = corpus / "a" / "deep" / "er"
    deep.mkdir(parents=True)
    (deep / "1.md").write_bytes(b"text")
    (root,) = plan([deep], before, roots).roots
    assert (root.label, root.top) == ("corpus/a/deep/er", corpus)
    assert plan([corpus], before, roots).roots[0].top == corpus


def test_a_commit_stands_for_itself(corpus, monkeypatch):
    class Commit:
        commit = "abc"

        def files(self):
            return []

    root = Root("corpus@1", corpus, "", Commit())
    monkeypatch.setattr("progsearch.plans.roots_of", lambda *_: [root])
    # Also where another folder has its name, or one that is known holds it.
    known_roots = {"corpus@1": "elsewhere", "above": str(corpus.parent)}
    todo = plan([corpus], known("corpus@1/a.md", "above/a.md"), known_roots, "1")
    assert todo.roots == [root]
    assert todo.gone == ["corpus@1/a.md"]
    assert all_roots({}, todo.roots) == {"corpus@1": f"{corpus}@abc"}


def test_one_file_is_gone_by_itself(corpus):
    roots = {"corpus": str(corpus)}
    before = known("corpus/a/1.md", "corpus/a/2.md", "corpus/a/x.md")
    todo = plan([corpus / "a" / "1.md"], before, roots)
    assert (paths(todo), todo.gone) == (["corpus/a/1.md"], [])
    todo = plan([corpus / "a" / "1.md"], known("a/1.md", "a/2.md", "a/x.md"), {})
    assert (paths(todo), todo.gone) == (["a/1.md"], [])


def test_a_folder_above_takes_the_documents_over(corpus, tmp_path):
    roots = {"corpus": str(corpus), "far": str(tmp_path.parent / "far")}
    before = known("corpus/a/1.md", "far/a.md")
    todo = plan([tmp_path], before, roots)
    assert todo.gone == ["corpus/a/1.md"]
    label = tmp_path.name
    assert paths(todo) == [f"{label}/corpus/{one}" for one in ("a/1.md", "a/2.md", "b/1.md")]
    after = all_roots(roots, todo.roots)
    assert after == {label: str(tmp_path), "far": str(tmp_path.parent / "far")}


def test_another_folder_of_a_known_name_is_refused(corpus, tmp_path):
    other = tmp_path / "far" / "corpus"
    other.mkdir(parents=True)
    with pytest.raises(ProgsearchError, match="another folder named 'corpus'") as caught:
        plan([other], known(), {"corpus": str(corpus)})
    assert caught.value.where == str(other)
    # One that has the known one in it is none of those.
    (other / "corpus").mkdir()
    assert plan([other], known(), {"corpus": str(other / "corpus")}).roots == [
        Root("corpus", other)
    ]


def test_below_a_folder_that_cannot_be_listed_nothing_is_gone(corpus, monkeypatch):
    import os

    real = os.scandir

    def scandir(path):
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    before = known("corpus/a/1.md", "corpus/a/x.md", "corpus/ax.md", "corpus/b/x.md")
    todo = plan([corpus], before, {})
    assert todo.closed == ["corpus/a"]
    assert todo.gone == ["corpus/ax.md", "corpus/b/x.md"]


def losing(corpus, lost, kept, *, moved=0, size=10, documents=1):
    """A run in which so many files are gone, of which so many are there under other names."""
    held = tuple(f"d{number}" for number in range(documents))
    before = Files(
        {f"corpus/{n:03}.md": replace(STATE, size=size, documents=held) for n in range(lost + kept)}
    )
    root = Root("corpus", corpus)
    files = [
        SourceFile(f"corpus/{n:03}.md", corpus / "none", root) for n in range(lost, lost + kept)
    ]
    for number in range(moved):
        (corpus / f"new{number}").write_bytes(b"x" * 10)
        files.append(SourceFile(f"corpus/new{number}", corpus / f"new{number}", root))
    return before, Plan([root], files, [f"corpus/{n:03}.md" for n in range(lost)])


@pytest.mark.parametrize(
    ("lost", "kept", "more", "refused"),
    [
        (20, 0, {}, 20),
        (19, 0, {}, 0),  # so few may be deleted by hand
        (20, 46, {}, 20),  # 30.3 %
        (20, 47, {}, 0),  # 29.9 %
        (30, 70, {}, 30),  # exactly 30 %
        (29, 71, {}, 0),
        (2, 2, {"documents": 10}, 20),  # documents count, and not files
        (2, 2, {"documents": 9}, 0),
        (25, 10, {"moved": 5}, 20),
        (25, 10, {"moved": 6}, 0),  # what has another name now is not lost
        (25, 10, {"moved": 6, "size": 11}, 25),  # of another size it is another file
        (25, 10, {"moved": 1}, 24),  # one file cannot be two
    ],
)
def test_too_many_are_not_taken_out_unasked(corpus, lost, kept, more, refused):
    before, todo = losing(corpus, lost, kept, **more)
    if not refused:
        refuse_loss(before, todo)
        return
    total = sum(len(one.documents) for one in before.indexed.values())
    with pytest.raises(ProgsearchError, match=f": {refused} of {total} documents") as caught:
        refuse_loss(before, todo)
    assert caught.value.where == str(corpus)
    assert "--allow-removal" in caught.value.remedy


def test_files_that_failed_are_no_loss(corpus):
    before, todo = losing(corpus, 19, 0)
    more = [f"corpus/failed{number}" for number in range(30)]
    before.failures |= {path: Problem(path, 0, "is damaged") for path in more}
    refuse_loss(before, replace(todo, gone=[*todo.gone, *more]))


def test_a_folder_takes_the_place_of_itself_and_of_those_below(tmp_path):
    here = tmp_path / "a"
    roots = {"a": str(here), "b": str(here / "b"), "ab": str(tmp_path / "ab")}
    assert all_roots({}, [Root("a", here)]) == {"a": str(here)}
    assert all_roots(roots, [Root("a", here)]) == {"a": str(here), "ab": str(tmp_path / "ab")}
    # One file, or a part of a folder, is none of the folders.
    assert all_roots(roots, [Root("a", here, "x.md")]) == roots
    assert all_roots(roots, [Root("a/c", here / "c")]) == roots


def test_further_names_of_parties_are_those_that_were_seen_last(tmp_path):
    known_names = {"a": {"x": ["A"], "y": ["B"]}, "b": {"x": ["C"]}}
    here = tmp_path / "a"
    seen = {"a": {"x": ["D"], "z": ["E"]}}
    assert all_aliases(known_names, [Root("a", here)], seen) == seen | {"b": {"x": ["C"]}}
    assert all_aliases(known_names, [Root("a", here)], {}) == {"b": {"x": ["C"]}}
    both = {"x": ["A", "D"], "y": ["B"], "z": ["E"]}
    for part in (Root("a", here, "1.md"), Root("a/b", here / "b")):
        assert all_aliases(known_names, [part], seen) == {"a": both, "b": {"x": ["C"]}}
        assert all_aliases(known_names, [part], {}) == known_names
    assert all_aliases({}, [Root("c", here)], {"c": {"x": ["A"]}}) == {"c": {"x": ["A"]}}
