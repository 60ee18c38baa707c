"""References to passages, and the addresses that lead to their lines."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import document, passage, stated

from progsearch.citation import bibtex, csl_json, reference
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.model import PartialDate, Person, Region
from progsearch.permalinks import KEYS, Permalinks
from progsearch.search import Index
from progsearch.state import Summary

COMMIT = "6fc39153d4b9485dd1a1a8e90025fb8043423ad8"


def cited(url="", *, line=12, end_line=12, speaker=None, headings=(), **facts):
    """The reference to a passage of a document with these facts."""
    spoken = passage("d1", 3, "text", speaker=speaker, headings=headings)
    spoken = spoken.__class__(
        **{name: getattr(spoken, name) for name in spoken.__slots__}
        | {"line": line, "end_line": end_line}
    )
    people = facts.pop("people", ())
    title = facts.pop("title", "Zdravotnictví")
    known = {name: stated(value) for name, value in facts.items()}
    made = document("d1", [], path="corpus/cz/a b.md", title=title, people=people, **known)
    return reference(made, spoken, url)


def entry(text):
    """The one entry of a BibTeX file: type, key and fields; braces are counted as BibTeX does."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^,\s]+),\n(.*)\n\}\n", text, re.DOTALL).groups()
    fields = {}
    at = 0
    while found := re.compile(r"\s*(\w+) = ").match(body, at):
        at = start = found.end()
        depth = 0
        while at < len(body) and (depth or body[at] != ","):
            depth += {"{": 1, "}": -1}.get(body[at], 0)
            at += 1
        assert depth == 0, f"unbalanced: {body}"
        value = body[start:at]
        fields[found[1]] = value[1:-1] if value.startswith("{") else value
        at += 1
    assert at >= len(body), f"cannot be read: {body[at:]}"
    return kind, key, fields


def test_bibtex_has_what_a_reader_needs_to_find_the_line():
    one = cited(
        "https://example.org/p#L12",
        party="Strana A",
        date=PartialDate(2024, 5, 3),
        kind="programme",
        region=Region("CZ-51", "Liberecký kraj"),
    )
    assert entry(bibtex([one])) == (
        "misc",
        "stranaa-2024-zdravotnictvi-d1.3",
        {
            "author": "{Strana A}",
            "title": "{Zdravotnictví}",
            "year": "2024",
            "month": '"3~" # may',
            "howpublished": "programme",
            "language": "cs",
            "url": "https://example.org/p#L12",
            "note": "corpus/cz/a b.md:12",
        },
    )


@pytest.mark.parametrize(
    ("facts", "field", "wanted"),
    [
        ({"line": 12, "end_line": 14}, "note", "corpus/cz/a b.md:12-14"),
        ({"date": PartialDate(2024)}, "month", None),
        ({"date": PartialDate(2024, 12)}, "month", "dec"),
        ({}, "year", None),
        ({}, "url", None),
        ({}, "author", None),
        ({"region": Region("CZ-51", "Liberecký kraj")}, "author", "{Liberecký kraj}"),
        ({"people": (Person("Jan Novák", "author"),)}, "author", "{Jan Novák}"),
        ({"people": (Person("Jan Novák", "garant"),)}, "author", None),
        (
            {"people": (Person("A", "author"), Person("B", "author")), "party": "C"},
            "author",
            "{A} and {B}",
        ),
        ({"people": (Person("A", "author"),), "party": "C"}, "organization", "C"),
        ({"party": "C"}, "organization", None),
        (
            {"speaker": Person("Eva Ek", "speaker", party="M")},
            "note",
            "corpus/cz/a b.md:12, said by Eva Ek (M)",
        ),
        ({"title": "100 % & {více}_~"}, "title", None),
    ],
)
def test_fields_of_bibtex(facts, field, wanted):
    _, _, fields = entry(bibtex([cited(**facts)]))
    if field == "title":
        assert fields["title"] == (
            r"{100 \% \& \textbraceleft{}více\textbraceright{}\_\textasciitilde{}}"
        )
    else:
        assert fields.get(field) == wanted


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_title_or_name_breaks_an_entry(title, party):
    kind, key, fields = entry(bibtex([cited(title=title, party=party)]))
    assert kind == "misc"
    assert re.fullmatch(r"[a-z0-9-]*d1\.3", key)
    assert set(fields) >= {"title", "author", "note"}


def test_csl_json_has_the_same():
    one = cited(
        "https://example.org/p#L12",
        party="Strana A",
        date=PartialDate(2024, 5),
        kind="news",
        headings=("Péče", "Sestry"),
    )
    assert json.loads(csl_json([one])) == [
        {
            "id": "stranaa-2024-zdravotnictvi-d1.3",
            "type": "webpage",
            "title": "Zdravotnictví",
            "author": [{"literal": "Strana A"}],
            "publisher": "Strana A",
            "genre": "news",
            "language": "cs",
            "issued": {"date-parts": [[2024, 5]]},
            "section": "Péče > Sestry",
            "URL": "https://example.org/p#L12",
            "note": "corpus/cz/a b.md:12",
        }
    ]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("programme", "report"), ("budget", "report"), ("post", "post-weblog"), (None, "document")],
)
def test_kinds_of_csl(kind, wanted):
    (item,) = json.loads(csl_json([cited(kind=kind)]))
    assert item["type"] == wanted
    assert set(item) <= {"id", "type", "title", "genre", "language", "note"}


def test_several_references_are_one_file():
    text = bibtex([cited(), cited(party="A")])
    assert text.count("@misc{") == 2
    assert [one["id"] for one in json.loads(csl_json([cited(), cited(party="A")]))] == [
        "zdravotnictvi-d1.3",
        "a-zdravotnictvi-d1.3",
    ]


def address(tmp_path, web, path="cz/a b.md", line=12, end_line=12, nearer=None):
    """The address of a line of a file below a folder with this ``[web]`` table."""
    folder = tmp_path / "texts"
    (folder / path).parent.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (folder / "progsearch.toml").write_text(web, encoding="utf-8")
    if nearer is not None:
        (folder / "cz" / "progsearch.toml").write_text(nearer, encoding="utf-8")
    index = Index(MemoryEngine(), Summary("1", roots={"texts": folder.as_posix()}))
    made = document("d1", [], path=f"texts/{path}")
    spoken = passage("d1", line, "text")
    if end_line != line:
        values = {name: getattr(spoken, name) for name in spoken.__slots__}
        spoken = spoken.__class__(**values | {"end_line": end_line})
    return Permalinks(index).of(made, spoken)


def table(**values):
    return "[web]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


@pytest.mark.parametrize(
    ("web", "wanted"),
    [
        ("", ""),
        ('[[defaults]]\npath = "cz/**"\nparty = "A"\n', ""),
        (
            table(url="https://x.example/{path}#L{line}"),
            "https://x.example/cz/a%20b.md#L12",
        ),
        (
            table(url="https://x.example/{path}?from={line}&to={end_line}"),
            "https://x.example/cz/a%20b.md?from=12&to=12",
        ),
        (
            table(repository="https://github.com/a/b", commit=COMMIT),
            f"https://github.com/a/b/blob/{COMMIT}/cz/a%20b.md?plain=1#L12",
        ),
        (
            table(repository="https://github.com/a/b.git/", commit=COMMIT, folder="/texts/x/"),
            f"https://github.com/a/b/blob/{COMMIT}/texts/x/cz/a%20b.md?plain=1#L12",
        ),
        (
            table(repository="https://gitlab.example.org/a/b", commit="6fc3915"),
            "https://gitlab.example.org/a/b/-/blob/6fc3915/cz/a%20b.md?plain=1#L12",
        ),
    ],
)
def test_addresses(tmp_path, web, wanted):
    assert address(tmp_path, web) == wanted


@pytest.mark.parametrize(
    ("host", "wanted"), [("github.com", "#L12-L14"), ("gitlab.com", "#L12-14")]
)
def test_addresses_of_several_lines(tmp_path, host, wanted):
    web = table(repository=f"https://{host}/a/b", commit=COMMIT)
    assert address(tmp_path, web, "cz/a.txt", end_line=14).endswith(f"/cz/a.txt{wanted}")


def test_the_nearest_table_holds_and_paths_are_its_own(tmp_path):
    near = table(url="https://near.example/{path}#{line}")
    far = table(url="https://far.example/{path}#{line}")
    assert address(tmp_path, far, nearer=near) == "https://near.example/a%20b.md#12"


def test_a_nearer_file_without_the_table_says_nothing(tmp_path):
    far = table(url="https://far.example/{path}")
    near = '[[defaults]]\nparty = "A"\npath = "**"\n'
    assert address(tmp_path, far, nearer=near) == "https://far.example/cz/a%20b.md"


@pytest.mark.parametrize(
    ("web", "what"),
    [
        (table(adress="https://x.example/{path}"), "unknown key 'adress'"),
        ("[web]\nurl = 3\n", "url is not a text"),
        (table(url="https://x.example/"), "not an address with {path} in it: https://x.example/"),
        (table(url="ftp://x.example/{path}"), "not an address with {path} in it"),
        (table(url="javascript:{path}"), "not an address with {path} in it"),
        (table(url="https://x.example/{path}/{page}"), "not an address with {path} in it"),
        (table(repository="https://github.com/a/b"), "no url, and no repository with its commit"),
        (table(repository="https://github.com/a/b", commit="main"), "no url, and no repository"),
        (table(repository="https://github.com/a/b", commit="6fc391"), "no url, and no repository"),
        (table(commit=COMMIT), "no url, and no repository"),
        (
            table(repository="https://git.example.org/github/b", commit=COMMIT),
            "how https://git.example.org/github/b names the lines of a file is not known",
        ),
        (table(repository="git@github.com:a/b.git", commit=COMMIT), "how git@github.com:a/b.git"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path, web, what):
    with pytest.raises(ProgsearchError) as error:
        address(tmp_path, web)
    assert error.value.what.startswith(what)
    assert "progsearch.toml: [web]" in error.value.where
    assert error.value.remedy


def test_known_keys_are_those_of_the_documentation():
    assert set(KEYS) == {"url", "repository", "commit", "folder"}


def test_a_folder_that_is_not_there_any_more_has_no_addresses():
    index = Index(MemoryEngine(), Summary("1", roots={}))
    assert Permalinks(index).of(document("d1", [], path="texts/a.md"), passage("d1", 1, "x")) == ""
