"""Theme files: what is read of them, what is wrong with them, and the shipped ones."""

from __future__ import annotations

import re

import pytest
from themes_making import theme, write

from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES
from progsearch.themes import lint, load
from progsearch.themes.checking import term_problems
from progsearch.themes.reading import read_theme
from progsearch.themes.sets import term_query
from progsearch.themes.theme import SCHEMES
from progsearch.themes.writing import as_yaml, template

GOOD = """\
id: staff
prefLabel: {cs: Personál, "no": Personale}
definition:
  cs: Kdo kde pracuje.
broader: health
terms:
  cs: [lékař, zdravotnický personál, sestr*, '="ARO"', lékař NEAR/5 nedostatek]
  "no": [lege]
exclude: {cs: [zubní lékař]}
closeMatch: {cap: ["325"], eurovoc: ["1854"]}
broadMatch: {marpor: ["504"]}
source: my own
"""


def test_a_theme_is_read():
    read = read_theme(GOOD, "staff.yaml", "staff")
    assert read.problems == ()
    found = read.theme
    assert found.labels == {"cs": "Personál", "no": "Personale"}
    assert found.terms["cs"][3:] == ('="ARO"', "lékař NEAR/5 nedostatek")
    assert found.terms["no"] == ("lege",)
    assert found.exclude == {"cs": ("zubní lékař",)}
    assert found.broader == "health"
    assert found.close == {"cap": ("325",), "eurovoc": ("1854",)}
    assert found.broad == {"marpor": ("504",)}
    assert read.lines["cs", "sestr*"] == 7
    assert found.label("sv") == "Personál"


def test_a_byte_order_mark_and_decomposed_letters_are_read(tmp_path):
    text = theme("a", {"cs": ["le\u0301kar\u030c"]})
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8-sig")
    assert load([tmp_path]).get("a").terms["cs"] == ("lékař",)


HEAD = "id: t\nprefLabel: {cs: T}\nterms:\n  cs:\n"


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (HEAD + "  - 1177\n", 5, "1177 is read by YAML as a number", '"1177"'),
        (HEAD + "  - on\n", 5, "on is read by YAML as true or false", '"on"'),
        (HEAD + "  - 2024-01-01\n", 5, "as a date", '"2024-01-01"'),
        (HEAD + "  - ~\n", 5, "as nothing", '"~"'),
        (HEAD + "  - 1.5\n", 5, "as a number", "quotes"),
        (HEAD + "  -\n", 5, "a term is empty", "take it away"),
        (HEAD + "  - a: b\n", 5, "must be one text", "quotes"),
        (HEAD + "  - [a, b]\n", 5, "must be one text", "quotes"),
        (HEAD + "  - a\n  - A\n", 6, "stands twice, first in line 5", "take one away"),
        (HEAD + '  - a b\n  - "a  b"\n', 6, "stands twice", "take one away"),
        (HEAD + "  - a\n  no: [b]\n", 6, "no is read by YAML as true or false", '"no"'),
        (HEAD + "  - a\n  czech: [b]\n", 6, "no language code", "cs, sv"),
        (HEAD + "  - a\n  cs: [b]\n", 6, "'cs' stands twice, first in line 4", "together"),
        (HEAD + "  - a\n  sv: []\n", 6, "'sv' has no terms", "write terms in sv"),
        (HEAD + "  - a\n  sv:\n", 6, "'sv' has no terms", "write terms in sv"),
        (HEAD + "  - a\n  sv: b\n", 6, "must be a list", "hyphen"),
        (HEAD + "  - a\nterm: b\n", 6, "unknown key 'term'", "did you mean terms?"),
        (HEAD + "  - a\nxyz: b\n", 6, "unknown key 'xyz'", "keys are id"),
        (HEAD + "  - a\ncloseMatch: {lcc: ['1']}\n", 6, "unknown scheme", "cap, marpor"),
        (HEAD + "  - a\ncloseMatch: {cap: [3]}\n", 6, "3 is read by YAML as a number", '"3"'),
        (HEAD + "  - a\ncloseMatch: {cap: [x]}\n", 6, "not look like a code of cap", "look it up"),
        (HEAD + "  - a\nexclude: {cs: [a]}\n", 6, "both a term and excluded", "in one of the two"),
        (HEAD + "  - a\nexclude: [a]\n", 6, "exclude must be by language", "exclude: {"),
        (HEAD + "  - a\ndefinition: x\n", 6, "definition must be by language", "definition: {"),
        ("id: T x\nprefLabel: {cs: T}\nterms: {cs: [a]}\n", 1, "cannot be an id", "hyphens"),
        ("id: con\nprefLabel: {cs: T}\nterms: {cs: [a]}\n", 1, "for a device", "hyphens"),
        ("id: u\nprefLabel: {cs: T}\nterms: {cs: [a]}\n", 1, "named 't'", "u.yaml"),
        ("prefLabel: {cs: T}\nterms: {cs: [a]}\n", 1, "id is missing", "id: my-theme"),
        ("id: t\nterms: {cs: [a]}\n", 1, "prefLabel is missing", "prefLabel: {"),
        ("id: t\nprefLabel: {cs: T}\n", 1, "terms is missing", "terms: {"),
        ("id: t\nprefLabel: {cs: T, sv: U}\nterms: {cs: [a]}\n", 2, "'sv' has no terms", "sv"),
        ("[a, b]\n", 1, "this is no theme", "begin with"),
        ("", 1, "this is no theme", "begin with"),
        (HEAD + '  - "a\n  - b\n', 5, "YAML cannot read this", "close the quotation mark"),
        (HEAD + "  - a\nexclude: {cs: [b\n", 6, "YAML cannot read this", "close the bracket"),
        (HEAD + "  - *a\n", 5, "YAML cannot read this", "single quotes"),
        (HEAD + "\t- a\n", 5, "YAML cannot read this", "spaces"),
        (HEAD + "  - a\x00\n", 0, "YAML cannot read this", "characters"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, what, remedy):
    found = [one for one in read_theme(text, "t.yaml", "t").problems if what in one.what]
    assert found, read_theme(text, "t.yaml", "t").problems
    assert found[0].line == line
    assert remedy in found[0].remedy


@pytest.mark.parametrize(
    ("term", "what"),
    [
        ("a OR b", "not a term"),
        ("a b AND c", "not a term"),
        ("a NEAR/0 b", "distance"),
        ("a NEAR b OR c", "not a term"),
        ("a*", "too short"),
        ("lang:cs", "not a term"),
        ("-a", "not a term"),
        ("…", "no letter"),
    ],
)
def test_a_term_that_cannot_be_parsed_is_said_with_its_line(term, what):
    read = read_theme(theme("t", {"cs": ["b", term]}), "t.yaml", "t")
    (problem,) = term_problems(read)
    assert problem.line == 7
    assert what in problem.what
    assert problem.remedy


def test_all_problems_come_at_once():
    text = "id: T\nprefLabel: {cs: T}\nbroader: no\nterms:\n  cs: [on, 1177, on]\n  no: []\nx: y\n"
    assert [one.line for one in read_theme(text, "t", "t").problems] == [1, 3, 5, 5, 5, 5, 6, 6, 7]


def test_what_yaml_cannot_read_does_not_hide_the_rest():
    text = HEAD + '  - "a\n  - *b\n  - 1177\n\t- c\nxyz: 1\n'
    problems = read_theme(text, "t", "t").problems
    assert [one.line for one in problems] == [5, 6, 7, 8, 9]
    assert read_theme("id: [\n" * 100, "t", "t").theme is None
    (only,) = read_theme('"\n', "t", "t").problems
    assert "quotation mark" in only.remedy


def test_a_fatal_problem_keeps_a_theme_from_use(tmp_path):
    write(tmp_path, theme("t", {"cs": ["a", "b OR c"]}), theme("u", {"cs": ["a"]}))
    catalogue = load([tmp_path])
    with pytest.raises(ProgsearchError, match=r"t\.yaml:7: not a term"):
        catalogue.get("t")
    assert catalogue.get("u").terms == {"cs": ("a",)}
    assert [read.id for read in catalogue.broken] == ["t"]


def test_an_unknown_theme_is_answered_with_the_nearest():
    with pytest.raises(ProgsearchError, match="did you mean healthcare-staffing"):
        load().get("healthcare-stafing")


def test_a_folder_adds_to_the_shipped_themes_and_replaces(tmp_path):
    write(tmp_path, theme("energy", {"cs": ["kotel"]}), theme("mine", {"cs": ["kolo"]}))
    found = load([tmp_path])
    assert found.get("energy").terms == {"cs": ("kotel",)}
    assert found.get("mine").file == f"{tmp_path.as_posix()}/mine.yaml"
    assert found.get("health").terms["sv"]
    assert set(found.own) == {"energy", "mine"}
    with pytest.raises(ProgsearchError, match="no such folder"):
        load([tmp_path / "none"])


def test_broader_themes_hold_what_is_below_them(tmp_path):
    write(
        tmp_path,
        theme("a", {"cs": ["x"]}),
        theme("b", {"cs": ["y"]}, broader="a"),
        theme("c", {"cs": ["z"]}, broader="b"),
    )
    found = load([tmp_path])
    assert [one.id for one in found.within("a")] == ["a", "b", "c"]
    assert [one.id for one in found.narrower("a")] == ["b"]


def test_what_is_wrong_between_files(tmp_path):
    write(
        tmp_path,
        theme("a", {"cs": ["x", "kriminalita"]}, broader="b"),
        theme("b", {"cs": ["X", "y"]}, broader="a"),
        theme("c", {"cs": ["z"], "sv": ["x"]}, broader="helth"),
    )
    catalogue = load([tmp_path])
    found = {
        (one.path.rpartition("/")[2], one.line): one.what
        for one in lint(catalogue, catalogue.own.values())
    }
    assert set(found) == {("a.yaml", n) for n in (4, 7, 8)} | {("b.yaml", n) for n in (4, 7)} | {
        ("c.yaml", 5)
    }
    assert "belongs to the theme 'b' as well" in found["a.yaml", 7]
    assert "belongs to the theme 'law-and-crime' as well" in found["a.yaml", 8]
    assert "each broader than the other" in found["a.yaml", 4]
    assert "'helth' does not exist" in found["c.yaml", 5]
    assert [one.id for one in catalogue.within("a")] == ["a", "b"]


SHIPPED = sorted(load().files)
MUST_HAVE = {  # the major topics of the Comparative Agendas Project
    *("macroeconomics", "civil-rights", "health", "agriculture", "labour", "education"),
    *("environment", "energy", "immigration", "transport", "law-and-crime", "social-welfare"),
    *("housing", "commerce", "defence", "technology", "foreign-trade", "international-affairs"),
    *("government-operations", "public-lands", "culture"),
}


def test_the_shipped_themes_have_no_problem():
    assert [str(problem) for problem in lint(load())] == []


def test_every_policy_field_is_there():
    assert len(SHIPPED) >= 45
    assert set(SHIPPED) >= MUST_HAVE


LANGUAGES_OF_THEMES = ["en", "cs", "sv", "de", "sk", "pl", "da", "nb", "fi"]


def test_the_shipped_themes_speak_every_language_that_is_analysed():
    assert set(LANGUAGES_OF_THEMES) == set(LANGUAGES)


@pytest.mark.parametrize("ident", SHIPPED)
def test_a_shipped_theme_is_complete(ident):
    found = load().get(ident)
    for part in (found.labels, found.definitions, found.terms):
        assert list(part) == LANGUAGES_OF_THEMES
    for lang, terms in found.terms.items():
        assert len(terms) >= 12, lang
        for term in terms:
            term_query(found, lang, term)
    for text in (*found.labels.values(), *found.definitions.values()):
        assert text[0].isupper()
        assert not re.search(r"\s\s|\s[.,]", text)
    assert all(text.endswith(".") for text in found.definitions.values())
    assert set(found.close) | set(found.broad) <= set(SCHEMES)
    assert found.close or found.broad or found.broader
    assert found.source


@pytest.mark.parametrize("ident", SHIPPED)
def test_a_theme_is_the_same_when_written_and_read(ident):
    found = load().get(ident)
    assert read_theme(as_yaml(found), found.file, ident).theme == found


def test_the_example_of_the_docs_is_a_theme(project):
    page = (project / "docs" / "themes.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    read = read_theme(example, "rural-doctors.yaml", "rural-doctors")
    assert read.problems == ()
    assert list(term_problems(read)) == []


def test_a_new_theme_lacks_nothing_but_terms():
    text = template("my-theme", ["cs", "no", "en"])
    problems = read_theme(text, "my-theme.yaml", "my-theme").problems
    assert {problem.what for problem in problems} == {"a term is empty"}
    filled = re.sub(r"^(    - )$", r"\1slovo", text, flags=re.MULTILINE)
    read = read_theme(filled, "my-theme.yaml", "my-theme")
    assert read.problems == ()
    assert read.theme.terms == dict.fromkeys(("cs", "no", "en"), ("slovo",))
    with pytest.raises(ProgsearchError, match="cannot be an id"):
        template("Můj motiv", ["cs"])


@pytest.mark.parametrize("wanted", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_no_id_is_a_name_that_windows_keeps_for_a_device(wanted):
    with pytest.raises(ProgsearchError, match="for a device"):
        template(wanted, ["cs"])
    assert template(f"{wanted}-x", ["cs"])
