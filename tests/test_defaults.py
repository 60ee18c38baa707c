from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.defaults import FILE_NAME, Defaults, matches
from progsearch.errors import ProgsearchError


def put(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE_NAME
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder where the search upwards ends."""
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("**", "a/b/c.md", True),
        ("", "a/b/c.md", True),
        ("a/**", "a/b/c.md", True),
        ("a/**", "a/c.md", True),
        ("a/**", "ab/c.md", False),
        ("a/**", "b/a/c.md", False),
        ("**/c.md", "c.md", True),
        ("**/c.md", "a/b/c.md", True),
        ("**/c.md", "a/b/xc.md", False),
        ("a/**/c.md", "a/c.md", True),
        ("a/**/c.md", "a/x/y/c.md", True),
        ("*.md", "c.md", True),
        ("*.md", "a/c.md", False),
        ("*/c.md", "a/c.md", True),
        ("*/c.md", "a/b/c.md", False),
        ("seeds/001*", "seeds/001_afde.txt", True),
        ("seeds/001*", "seeds/002_4369.txt", False),
        ("seeds/00?_*", "seeds/001_afde.txt", True),
        ("seeds/00[02]_*", "seeds/002_4369.txt", True),
        ("seeds/00[02]_*", "seeds/001_4369.txt", False),
        ("seeds/00[!02]_*", "seeds/001_4369.txt", True),
        ("a/b", "a/b", True),
        ("a/b", "a/b/c/d.md", True),
        ("a/b/", "a/b/c/d.md", True),
        ("./a/b", "a/b/c.md", True),
        ("a/b", "a/bc/d.md", False),
        ("A/**", "a/c.md", False),
        ("a.b", "axb", False),
        ("příklad/**", unicodedata.normalize("NFD", "příklad/x.md"), True),
        (unicodedata.normalize("NFD", "příklad/**"), "příklad/x.md", True),
        ("# zdravotnictvi.md", "# zdravotnictvi.md", True),
    ],
)
def test_matches(pattern: str, path: str, *, expected: bool) -> None:
    assert matches(pattern, path) is expected


names = st.text("abč.", min_size=1).filter(lambda name: name not in (".", ".."))


@given(st.lists(names, min_size=1).map("/".join))
def test_a_path_without_marks_matches_itself(path: str) -> None:
    assert matches(path, path)
    assert matches(path, f"{path}/below")
    assert matches(f"./{path}", path)


def test_later_entries_override(root: Path) -> None:
    put(
        root,
        """
        [[defaults]]
        path = "**"
        party = "Piráti"
        country = "CZ"
        kind = "news"

        [[defaults]]
        path = "liberecky/**"
        region = "Liberecký kraj"
        kind = "programme"
        """,
    )
    found = Defaults.load(root / "liberecky")
    assert found.for_path((root / "liberecky" / "x.md").as_posix()) == {
        "party": "Piráti",
        "country": "CZ",
        "region": "CZ-51",
        "kind": "programme",
    }
    assert found.for_path((root / "x.md").as_posix())["kind"] == "news"
    assert found.for_path("x.md") == found.for_path((root / "liberecky" / "x.md").as_posix())
    assert found.for_path((root.parent / "x.md").as_posix()) == {}


def test_nearer_files_override_farther_ones(root: Path) -> None:
    put(root, '[[defaults]]\npath = "a/b/**"\nparty = "far"\nlang = "sv"')
    put(root / "a", '[[defaults]]\npath = "**"\nparty = "near"')
    found = Defaults.load(root / "a" / "b").for_path((root / "a/b/c.md").as_posix())
    assert found == {"party": "near", "lang": "sv"}


def test_the_search_upwards_ends_at_a_repository(root: Path) -> None:
    put(root, '[[defaults]]\npath = "**"\nparty = "outside"')
    inner = root / "corpus" / ".git"
    inner.mkdir(parents=True)
    assert Defaults.load(inner.parent).for_path((inner.parent / "x.md").as_posix()) == {}


def test_values_in_their_written_form(root: Path) -> None:
    put(
        root,
        """
        [[defaults]]
        path = "**"
        region = "Region Kronoberg"
        country = "Sverige"
        lang = "sv-SE"
        kind = "Fulfilment report"
        date = 2021-12-22
        title = "Titel"
        campaign = "val2022"
        """,
    )
    assert Defaults.load(root).for_path("x.md") == {
        "region": "SE-G",
        "country": "SE",
        "lang": "sv",
        "kind": "fulfilment-report",
        "date": "2021-12-22",
        "title": "Titel",
        "campaign": "val2022",
    }


def test_a_year_may_be_a_number(root: Path) -> None:
    put(root, '[[defaults]]\npath = "**"\ndate = 2018')
    assert Defaults.load(root).for_path("x.md") == {"date": "2018"}


def test_from_file_matches_corpus_paths(tmp_path: Path) -> None:
    file = put(
        tmp_path / "elsewhere",
        '[[defaults]]\npath = "seeds/001*"\nregion = "CZ-20"\n'
        '[[defaults]]\npath = "corpus/cz-pirati/liberecky/**"\nregion = "CZ-51"',
    )
    found = Defaults.from_file(file)
    assert found.for_path("seeds/001_afde7d45baa7ce84.txt") == {"region": "CZ-20"}
    assert found.for_path("corpus/cz-pirati/liberecky/_posts/x.md") == {"region": "CZ-51"}
    assert found.for_path("seeds/000_x.txt") == {}
    below = Defaults.from_file(file, "corpus")
    assert below.for_path("corpus/seeds/001_a.txt") == {"region": "CZ-20"}
    assert below.for_path("corpusseeds/001_a.txt") == {}
    assert below.for_path("seeds/001_a.txt") == {}


def test_ignore(root: Path) -> None:
    put(root, 'ignore = ["drafts/**", "**/*.bak"]')
    found = Defaults.load(root)
    assert found.ignores((root / "drafts/x.md").as_posix())
    assert found.ignores("a/b.bak")
    assert not found.ignores("x.md")


def test_other_tables_are_left_alone(root: Path) -> None:
    put(root, '[web]\ntitle = "h1"\nlead = "p"\n')
    put(root / "a", '[web]\ntitle = "h2"\n')
    assert Defaults.load(root / "a").table("web") == {"title": "h2", "lead": "p"}
    assert Defaults.load(root / "a").for_path("x.md") == {}
    assert Defaults.load(root).table("tables") == {}


def test_a_changed_file_is_read_again(root: Path) -> None:
    file = put(root, '[[defaults]]\npath = "**"\nparty = "old"')
    assert Defaults.load(root).for_path("x.md") == {"party": "old"}
    put(root, '[[defaults]]\npath = "**"\nparty = "new"')
    os.utime(file, ns=(1, 1))
    assert Defaults.load(root).for_path("x.md") == {"party": "new"}


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ('[[defaults]]\npath = "**"\nregoin = "CZ-51"', 3, "unknown key 'regoin'", "region"),
        ('[[defaults]]\npath = "**"\nflavour = "x"', 3, "unknown key 'flavour'", "campaign"),
        ('[[defaults]]\npath = "**"\nregion = "Liberek"', 3, "unknown region", "CZ-51"),
        (
            '[[defaults]]\npath = "**"\nregion = "CZ-51"\n\n[[defaults]]\npath = "a"\nregion = "X"',
            7,
            "unknown region",
            "ISO 3166-2",
        ),
        ('[[defaults]]\npath = "**"\ndate = "2022-02-29"', 3, "date", "YYYY"),
        ('[[defaults]]\npath = "**"\nkind = "programm"', 3, "unknown kind", "programme"),
        ('[[defaults]]\npath = "**"\nlang = "cz"', 3, "language", "cs"),
        ('[[defaults]]\npath = "**"\ncountry = "Atlantis"', 3, "unknown country", "CZ, SE"),
        ('[[defaults]]\npath = "**"\nparty = ["a", "b"]', 3, "not a text", 'party = "'),
        ('[[defaults]]\npath = "**"\nparty = ""', 3, "no value", "leave the key out"),
        ('\n[[defaults]]\nparty = "x"', 2, "without a path", "**"),
        ("[[defaults]]\npath = 'a\\b'", 2, "backslash", "/"),
        ('[[defaults]]\npath = "../x"', 2, "leaves the folder", "move"),
        ('[[defaults]]\npath = "/x"', 2, "leaves the folder", "move"),
        ("[[defaults]]\npath = 5", 2, "not a text", "path ="),
        ("[defaults]\npath = 'x'", 1, "not a list", "[[defaults]]"),
        ("[default]\npath = 'x'", 1, "unknown key 'default'", "defaults"),
        ("ignore = 'x'", 1, "not a list", "ignore = ["),
        ("[[defaults]]\npath = **", 2, "not TOML", "quotes"),
    ],
)
def test_errors_say_where_and_what_to_do(
    root: Path, text: str, line: int, what: str, remedy: str
) -> None:
    file = put(root, text)
    with pytest.raises(ProgsearchError) as caught:
        Defaults.load(root)
    assert caught.value.where == f"{file}:{line}"
    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_not_utf8(root: Path) -> None:
    (root / FILE_NAME).write_bytes(b'[[defaults]]\npath = "\xe1"')
    with pytest.raises(ProgsearchError, match="cannot be read") as caught:
        Defaults.load(root)
    assert "UTF-8" in caught.value.remedy


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ProgsearchError, match="no such file"):
        Defaults.from_file(tmp_path / "no.toml")
