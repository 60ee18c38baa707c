"""Sets of words that terms of a theme share."""

from __future__ import annotations

import io

import pytest
import yaml
from cli_making import run
from themes_making import index, write

from progsearch.analysis import Entry
from progsearch.errors import ProgsearchError
from progsearch.query import MAX_LENGTH, QuerySyntaxError, parse_term
from progsearch.recipes import theme_hash
from progsearch.scope import Filters, scope_of
from progsearch.themes import ThemeClauses, lint, load
from progsearch.themes.checking import term_problems
from progsearch.themes.coverage import coverage
from progsearch.themes.offers import offers_table
from progsearch.themes.quanteda import write_quanteda
from progsearch.themes.reading import read_theme
from progsearch.themes.sets import expanded, named_sets, term_query, written_out
from progsearch.themes.skos import write_skos
from progsearch.themes.words import theme_words
from progsearch.themes.writing import as_yaml

SETS = """\
id: t
prefLabel: {cs: T, sv: U}
sets:
  cs:
    staff: [lékař, sestr*, '="doktoři"', zdravotní sestra]
    places:
      - nemocnice
      - ordinac*
  sv: {staff: [läkare]}
terms:
  cs:
    - $staff NEAR/2 $places
    - vlak* AND ($staff OR čas)
  sv: [$staff AND vård]
exclude:
  cs: [$places NEAR/3 silnice]
"""
WRITTEN_OUT = """\
id: t
prefLabel: {cs: T, sv: U}
terms:
  cs:
    - (lékař OR sestr* OR ="doktoři" OR "zdravotní sestra") NEAR/2 (nemocnice OR ordinac*)
    - vlak* AND (lékař OR sestr* OR ="doktoři" OR "zdravotní sestra" OR čas)
  sv: [läkare AND vård]
exclude:
  cs: [(nemocnice OR ordinac*) NEAR/3 silnice]
"""
STAFF = '(lékař OR sestr* OR ="doktoři" OR "zdravotní sestra")'


def read(text):
    found = read_theme(text, "t.yaml", "t")
    assert found.problems == ()
    assert list(term_problems(found)) == []
    return found.theme


def problems(text):
    """The problems of a file by line, with the remedy, as ``themes check`` has them."""
    found = read_theme(text, "t.yaml", "t")
    return [
        (one.line, one.what, one.remedy, one.fatal)
        for one in sorted((*found.problems, *term_problems(found)), key=lambda one: one.line)
    ]


def test_sets_are_read_beside_terms_as_written():
    theme = read(SETS)
    assert theme.sets == {
        "cs": {
            "staff": ("lékař", "sestr*", '="doktoři"', "zdravotní sestra"),
            "places": ("nemocnice", "ordinac*"),
        },
        "sv": {"staff": ("läkare",)},
    }
    assert theme.terms["cs"][0] == "$staff NEAR/2 $places"
    assert read_theme(SETS, "t.yaml", "t").sets["cs"]["places"] == {"nemocnice": 7, "ordinac*": 8}


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("$staff NEAR/5 chyb*", f"{STAFF} NEAR/5 chyb*"),
        ("chyb* AND $staff", f"chyb* AND {STAFF}"),
        ("($staff OR řidič) AND plat", f"({STAFF} OR řidič) AND plat"),
        ("$one NEAR/1 $staff", f"(kolo) NEAR/1 {STAFF}"),
        ("$bílý-plášť AND plat", "(lékař) AND plat"),
        ("lékař", "lékař"),
        ("cena $100", "cena $100"),
        ('"US$ dolar" AND $one', '"US$ dolar" AND (kolo)'),
        ('"$other" AND kolo', '"$other" AND kolo'),
    ],
)
def test_a_set_stands_for_alternatives(term, found):
    sets = {
        "staff": ("lékař", "sestr*", '="doktoři"', "zdravotní sestra"),
        "one": ("kolo",),
        "bílý-plášť": ("lékař",),
    }
    assert expanded(term, sets) == found
    parse_term(found)


def test_what_a_term_with_sets_means_is_what_it_means_written_out():
    theme, plain = read(SETS), read(WRITTEN_OUT)
    for mine, other in ((theme.terms, plain.terms), (theme.exclude, plain.exclude)):
        assert [
            term_query(theme, lang, term) for lang, terms in mine.items() for term in terms
        ] == [parse_term(term) for terms in other.values() for term in terms]


HEAD = "id: t\nprefLabel: {cs: T}\n"
TERMS = "terms:\n  cs:\n    - $a NEAR/5 x\n"


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ("sets: {cs: {a: [b]}}\nterms: {cs: [$c NEAR/2 $a]}\n", 4, "no set $c", "under sets, as c"),
        ("sets: {cs: {abc: [b]}}\nterms: {cs: [$abd AND x, $abc AND x]}\n", 4, "$abd", "$abc?"),
        ("sets: {cs: {a: [b]}}\nterms: {cs: [$a AND x], sv: [$a AND x]}\n", 4, "no set $a", "sets"),
        ("terms: {cs: [x]}\nexclude: {cs: [$a AND x]}\n", 4, "no set $a", "under sets"),
        ("sets: {cs: {a: [b]}}\nterms: {cs: [$a]}\n", 4, "by itself is no term", "words as terms"),
        ("sets: {cs: {a: [b, c]}}\nterms: {cs: [($a)]}\n", 4, "not a term: ($a)", "write a word"),
        (
            "sets: {cs: {a: [b]}}\nterms:\n  cs:\n    - '\"$a x\" AND $a'\n",
            *(6, "$a stands in quotes", "$a NEAR/1 word"),
        ),
        ("sets: {cs: {a: [b, c]}}\nterms: {cs: [$a x]}\n", 4, "not a term: $a x", "NEAR/5"),
        ("sets: {cs: {a: [b]}}\nterms: {cs: [$a* AND x]}\n", 4, "'*' holds no letter", "remove"),
        ("sets: {cs: {a: []}}\n" + TERMS, 3, "the set 'a' is empty", "write its words"),
        ("sets:\n  cs:\n    a:\n" + TERMS, 5, "the set 'a' is empty", "write its words"),
        ("sets: {cs: {a: b}}\n" + TERMS, 3, "the set 'a' must be a list", "word on a line"),
        ("sets: {cs: {a: [1177]}}\n" + TERMS, 3, "read by YAML as a number", '"1177"'),
        ("sets: {cs: {a: [b, [c]]}}\n" + TERMS, 3, "a word must be one text", "quotes"),
        ("sets: {cs: {a: [b NEAR/2 c]}}\n" + TERMS, 3, "cannot be in $a: a set holds", "NEAR and"),
        ("sets: {cs: {a: [b AND c]}}\n" + TERMS, 3, "cannot be in $a: a set holds", "NEAR and AND"),
        ("sets: {cs: {a: [b OR c]}}\n" + TERMS, 3, "b OR c cannot be in $a: not a term", "a word"),
        ("sets: {cs: {a: [b, c*]}}\n" + TERMS, 3, "the prefix 'c*' is too short", "2 letters"),
        (
            "sets:\n  cs:\n    a: [$d]\n    d: [e]\n" + TERMS + "    - $d AND x\n",
            *(5, "$d cannot be in $a: a set holds no other set", "words here"),
        ),
        ("sets: {cs: {1a: [b]}}\nterms: {cs: [x]}\n", 3, "cannot be the name of a set", "letter"),
        ("sets: {cs: {a b: [b]}}\nterms: {cs: [x]}\n", 3, "cannot be the name of a set", "letter"),
        ("sets: {a: [b]}\nterms: {cs: [x]}\n", 3, "'a' is no language code", "cs, sv"),
        ("sets: [b]\nterms: {cs: [x]}\n", 3, "sets must be by language", "sets: {"),
        ("sets: {cs: [b]}\nterms: {cs: [x]}\n", 3, "sets in cs must be a mapping", "name: value"),
        (
            "sets:\n  cs:\n    a: [b]\n    a: [c]\n" + TERMS,
            *(6, "'a' stands twice, first in line 5", "both together"),
        ),
        ("set: {cs: {a: [b]}}\n" + TERMS, 3, "unknown key 'set'", "did you mean sets?"),
    ],
)
def test_what_is_wrong_with_a_set_is_said_once_with_its_line(text, line, what, remedy):
    found = problems(HEAD + text)
    if "unknown key" not in what:  # then there is no set either
        assert sum(fatal for *_, fatal in found) == 1, found
    assert any(
        at == line and what in told and remedy in mend and fatal for at, told, mend, fatal in found
    ), found


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("sets: {cs: {a: [b]}}\nterms: {cs: [x]}\n", 3, "no term in cs uses the set 'a'"),
        (
            "sets:\n  cs: {a: [b]}\n  sv: {a: [b]}\n" + TERMS,
            *(5, "no term in sv uses the set 'a'"),
        ),
        ("sets:\n  cs:\n    a: [b,\n      B]\n" + TERMS, 6, "the word 'B' stands twice"),
    ],
)
def test_what_changes_nothing_is_a_note(text, line, what):
    ((at, told, remedy, fatal),) = problems(HEAD + text)
    assert (at, fatal) == (line, False)
    assert what in told
    assert remedy


def test_a_set_that_only_an_exclusion_uses_is_used():
    assert (
        problems(HEAD + "sets: {cs: {a: [b]}}\nterms: {cs: [x]}\nexclude: {cs: [$a AND y]}\n") == []
    )


def test_a_line_that_cannot_be_read_may_be_where_a_set_is_used():
    found = problems(HEAD + 'sets: {cs: {a: [b]}}\nterms:\n  cs:\n    - x\n    - "$a AND y\n')
    assert ["YAML cannot read" in what for _, what, _, _ in found] == [True]


def test_a_term_may_not_grow_without_bounds():
    words = tuple(f"slovo{number}" for number in range(MAX_LENGTH // 8))
    with pytest.raises(QuerySyntaxError, match="make the sets smaller"):
        expanded("$a AND x", {"a": words})


def test_names_are_found_outside_of_quotes_only():
    assert named_sets('$a NEAR/2 ($b OR "$c d") AND $a') == ["a", "b", "a"]
    assert named_sets('="$a"') == named_sets("$100") == []


def both(tmp_path):
    mine = load([write(tmp_path / "mine", SETS)])
    plain = load([write(tmp_path / "plain", WRITTEN_OUT)])
    return mine, plain


TEXTS = {
    "cs": (
        "Lékař nebo nemocnice",
        "Nemocnice má doktory",
        "V ordinacích doktoři",
        "Zdravotní sestra a ordinace",
        "Vlaky pojedou včas",
        "Vlaky a sestry",
        "Sestry v nemocnici u silnice",
    ),
    "sv": ("Fler läkare i vård", "Läkare"),
}


def test_a_theme_with_sets_finds_and_ranks_as_the_written_out_one(tmp_path):
    asked = index(texts=TEXTS)
    hits = []
    for catalogue in both(tmp_path):
        clause = ThemeClauses.of(catalogue, asked).clause("t")
        found = asked.engine.search(clause, scope=asked_scope(asked), limit=None).hits
        hits.append([(passage.text, score) for passage, score in found])
    assert hits[0] == hits[1]
    assert {text for text, _ in hits[0]} == {
        "Lékař nebo nemocnice",
        "V ordinacích doktoři",
        "Zdravotní sestra a ordinace",
        "Vlaky a sestry",
        "Fler läkare i vård",
    }


def asked_scope(asked):
    return scope_of(Filters(), asked.engine, asked.summary).clause


def test_coverage_names_terms_as_written(tmp_path):
    mine, plain = both(tmp_path)
    asked = index(texts=TEXTS)
    found = coverage("t", mine, asked).terms
    assert found[0].term == "$staff NEAR/2 $places"
    counts = [
        [(one.passages, one.share) for one in coverage("t", c, asked).terms] for c in (mine, plain)
    ]
    assert counts[0] == counts[1]


def test_words_of_sets_are_kept_in_an_index(tmp_path):
    class Known:
        def entry(self, form, lang):
            return Entry((form,))

    mine, plain = (theme_words([one.get("t")], Known(), ["cs", "sv"]) for one in both(tmp_path))
    assert mine == plain
    assert {"lékař", "sestra", "nemocnice"} <= set(mine["cs"])


def test_a_changed_set_is_another_theme_to_a_recipe(tmp_path):
    mine, _ = both(tmp_path)
    changed = load([write(tmp_path / "changed", SETS.replace("- nemocnice", "- klinika"))])
    same = load([write(tmp_path / "same", SETS.replace("staff", "people"))])
    assert theme_hash(mine, "t") != theme_hash(changed, "t")
    assert theme_hash(mine, "t") == theme_hash(same, "t")


def test_the_yaml_has_the_sets_and_is_the_same_when_read():
    theme = read(SETS)
    text = as_yaml(theme)
    assert yaml.safe_load(text)["sets"]["sv"] == {"staff": ["läkare"]}
    assert read(text) == theme


def exported(write_it, theme):
    out = io.StringIO()
    write_it([theme], out)
    return out.getvalue()


@pytest.mark.parametrize("write_it", [write_skos, write_quanteda])
def test_other_formats_have_the_terms_written_out(write_it):
    flat = SETS.replace("($staff OR čas)", "$staff")
    plain = WRITTEN_OUT.replace('"zdravotní sestra" OR čas', '"zdravotní sestra"')
    plain = plain.replace("läkare AND", "(läkare) AND")
    assert exported(write_it, read(flat)) == exported(write_it, read(plain))
    assert "ordinac*" in exported(write_it, read(flat))


def test_the_same_words_need_not_be_the_same_set(tmp_path):
    """Terms that read alike belong to two themes only if their sets are alike."""
    one = HEAD + "sets: {cs: {a: [b]}}\nterms: {cs: [$a AND x]}\n"
    texts = [
        one,
        one.replace("id: t", "id: u").replace("[b]", "[c]"),
        one.replace("id: t", "id: v"),
    ]
    catalogue = load([write(tmp_path, *texts)])
    found = {p.path.rpartition("/")[2]: p.what for p in lint(catalogue, catalogue.own.values())}
    assert set(found) == {"t.yaml", "v.yaml"}
    assert "belongs to the theme 'v' as well" in found["t.yaml"]


def test_an_own_theme_with_a_wrong_set_is_not_used(tmp_path):
    catalogue = load([write(tmp_path, HEAD + "terms: {cs: [$a AND x]}\n")])
    with pytest.raises(ProgsearchError, match=r"t\.yaml:3: not a term: \$a AND x: there is no set"):
        catalogue.get("t")


def test_free_words_are_not_looked_up_in_terms_with_sets():
    theme = read("id: t\nprefLabel: {en: T}\nsets: {en: {a: [b]}}\nterms: {en: [x y, x AND $a]}\n")
    assert offers_table([theme]) == {"t": [["t"], ["x", "y"]]}


def test_show_and_new_have_the_sets(tmp_path):
    folder = str(write(tmp_path / "themes", SETS))
    shown = run("themes", "show", "t", "--themes", folder).stdout
    assert "  · $staff NEAR/2 $places; vlak* AND ($staff OR čas)\n" in shown
    assert '  $staff: lékař; sestr*; ="doktoři"; zdravotní sestra\n' in shown
    assert run("themes", "check", folder).stdout == ""
    run("themes", "new", "u", "--themes", folder, "--copy", "t")
    copied = read_theme((tmp_path / "themes" / "u.yaml").read_text(encoding="utf-8"), "u.yaml", "u")
    assert copied.theme.sets == read(SETS).sets


def test_the_shipped_themes_repeat_no_long_alternatives():
    for theme in load().themes.values():
        for lang, terms in theme.terms.items():
            brackets = [
                part
                for term in terms
                for part in term.replace(")", "(").split("(")
                if " OR " in part
            ]
            long = [one for one in brackets if one.count(" OR ") > 1]
            assert len(long) == len(set(long)), (theme.id, lang)
            assert all(written_out(theme, lang, term) for term in terms)
