"""Working on a theme: coverage, suggestions, samples to code, and other programs' formats."""

from __future__ import annotations

import io

import pytest
import yaml
from themes_making import index, theme, write

from progsearch.errors import ProgsearchError
from progsearch.model import Role
from progsearch.scope import Filters
from progsearch.themes import load
from progsearch.themes.audit import COLUMNS, audit, cells
from progsearch.themes.coverage import coverage
from progsearch.themes.quanteda import write_quanteda
from progsearch.themes.sets import written_out
from progsearch.themes.skos import write_skos
from progsearch.themes.suggestions import suggestions


@pytest.fixture
def catalogue(tmp_path):
    folder = write(
        tmp_path / "themes",
        theme("care", {"cs": ["nemocnice", "sanitka"], "sv": ["vård"]}),
        theme("staff", {"cs": ["lékař", "sestra"]}, broader="care"),
    )
    return load([folder])


def test_coverage_counts_each_term_in_its_language(catalogue):
    found = coverage("care", catalogue, index())
    counts = {(one.lang, one.term): (one.passages, one.documents) for one in found.terms}
    assert counts == {
        ("cs", "nemocnice"): (1, 1),
        ("cs", "sanitka"): (0, 0),
        ("sv", "vård"): (1, 1),
    }
    assert found.dead("cs") == ["sanitka"]
    assert [(one.term, one.share) for one in found.heavy("cs")] == [("nemocnice", 1.0)]
    assert {lang: one.passages for lang, one in found.own.items()} == {"cs": 1, "sv": 1}
    assert {lang: one.passages for lang, one in found.whole.items()} == {"cs": 3, "sv": 1}
    assert {lang: one.passages for lang, one in found.of.items()} == {"cs": 5, "sv": 3}
    (example,) = found.terms[0].examples
    assert example.passage.text.startswith("Nová nemocnice")


def test_coverage_looks_only_where_the_filters_let_it(catalogue):
    found = coverage("care", catalogue, index(), Filters(lang=["sv"]), examples=0)
    assert found.dead("cs") == ["nemocnice", "sanitka"]
    assert set(found.of) == {"sv"}
    with pytest.raises(ProgsearchError, match="no theme 'nothing'"):
        coverage("nothing", catalogue, index())


HITS = [f"nemocnice čeká na urgentní příjem číslo {n}" for n in "abcdef"]
REST = [f"silnice a mosty číslo {n} čeká" for n in "abcdefghijklmnopqrstuvwxyz"]


def test_suggestions_are_what_sets_the_hits_apart(catalogue):
    found = suggestions("care", catalogue, index(texts={"cs": [*HITS, *REST]}))
    terms = [one.term for one in found]
    assert set(terms) == {"urgentní", "příjem", "urgentní příjem"}
    first = found[0]
    assert (first.lang, first.hits, first.rest, first.form) == ("cs", 6, 0, first.term)
    assert first.score > 6.63
    assert first.ratio > 0
    assert first.example == "cscs.1"


def test_suggestions_stop_at_signs_and_at_what_is_found_already(catalogue):
    hits = [f"urgentní, nemocnice příjem {n}" for n in "abcdef"]
    found = suggestions("care", catalogue, index(texts={"cs": [*hits, *REST]}))
    assert {one.term for one in found} == {"urgentní", "příjem"}


def test_suggestions_name_the_theme_that_has_the_term_already(catalogue):
    hits = [f"{text} sestra" for text in HITS]
    asked = index(texts={"cs": [*hits, *REST]})
    own = {one.term: one.theme for one in suggestions("staff", catalogue, asked)}
    assert own["nemocnice"] in ("care", "hospitals")  # both have it
    assert suggestions("staff", catalogue, asked, minimum=7) == []
    assert len(suggestions("staff", catalogue, asked, limit=2)) == 2


def test_an_audit_draws_from_both_sides_and_says_what_a_row_stands_for(catalogue):
    asked = index(texts={"cs": [*HITS, *REST], "sv": ["vård"], "en": ["care"]})
    drawn = audit("care", catalogue, asked, size=3, seed=5)
    assert len(drawn) == 6
    hits = [one for one in drawn if one.hit.matches]
    rest = [one for one in drawn if not one.hit.matches]
    assert [one.weight for one in hits] == [pytest.approx(7 / 3)] * 3
    assert [one.weight for one in rest] == [pytest.approx(26 / 3)] * 3
    again = audit("care", catalogue, asked, size=3, seed=5)
    assert [one.hit.passage.id for one in again] == [one.hit.passage.id for one in drawn]
    other = audit("care", catalogue, asked, size=3, seed=6)
    assert [one.hit.passage.id for one in other] != [one.hit.passage.id for one in drawn]
    row = dict(zip(COLUMNS, cells("care", drawn[0]), strict=True))
    assert row["theme"] == "care"
    assert row["id"] == drawn[0].hit.passage.id
    assert row["text"] == drawn[0].hit.passage.text
    assert row["relevance"] == row["relevance_2"] == ""


def test_an_audit_of_less_than_was_asked_for_takes_all(catalogue):
    drawn = audit("care", catalogue, index(), size=50)
    assert len(drawn) == 8
    assert {one.weight for one in drawn} == {1.0}


def test_asides_are_not_drawn(catalogue):
    asked = index()
    document = asked.engine.document("cscs")
    assert document
    heads = audit("care", catalogue, asked, Filters(role=[Role.HEADING.value]))
    assert heads == []


def turtle(themes, **more):
    out = io.StringIO()
    write_skos(themes, out, **more)
    return out.getvalue()


def test_skos_has_every_theme_label_and_code():
    rdflib = pytest.importorskip("rdflib")
    themes = list(load().themes.values())
    graph = rdflib.Graph().parse(
        data=turtle(themes, base="https://example.org/t/"), format="turtle"
    )
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    here = rdflib.Namespace("https://example.org/t/")
    assert len(set(graph.subjects(rdflib.RDF.type, skos.Concept))) >= len(themes)
    for one in themes:
        labels = {
            label.language: str(label) for label in graph.objects(here[one.id], skos.prefLabel)
        }
        assert labels == dict(one.labels)
        broader = [str(parent) for parent in graph.objects(here[one.id], skos.broader)]
        assert broader == ([str(here[one.broader])] if one.broader else [])
        named = {
            (label.language, str(label))
            for kind in (skos.prefLabel, skos.altLabel, skos.hiddenLabel)
            for label in graph.objects(here[one.id], kind)
        }
        wanted = {
            (lang, written_out(one, lang, term).removeprefix("+").casefold())
            for lang, terms in one.terms.items()
            for term in terms
        }
        assert wanted <= {(lang, label.casefold()) for lang, label in named}
        # the labels of a concept are of one kind each (SKOS, S13)
        assert not set(graph.objects(here[one.id], skos.altLabel)) & set(
            graph.objects(here[one.id], skos.hiddenLabel)
        )
        codes = [
            (str(graph.value(match, skos.inScheme)), str(graph.value(match, skos.notation)))
            for match in graph.objects(here[one.id], skos.closeMatch)
        ]
        assert len(codes) == sum(map(len, one.close.values()))


def test_skos_keeps_quotes_exclusions_and_eurovoc(tmp_path):
    rdflib = pytest.importorskip("rdflib")
    text = theme(
        "t", {"cs": ['="A\\B"', "xy*"]}, exclude="{cs: [y]}", closeMatch='{eurovoc: ["1854"]}'
    )
    graph = rdflib.Graph().parse(
        data=turtle(load([write(tmp_path, text)]).within("t")), format="turtle"
    )
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    assert {str(one) for _, one in graph.subject_objects(skos.hiddenLabel)} == {'="A\\B"', "xy*"}
    assert [str(one) for _, one in graph.subject_objects(skos.editorialNote)] == ["not: y"]
    assert [str(one) for _, one in graph.subject_objects(skos.closeMatch)] == [
        "http://eurovoc.europa.eu/1854"
    ]


def test_quanteda_gets_globs_and_phrases_and_hears_what_is_missing(tmp_path):
    folder = write(
        tmp_path,
        theme(
            "a", {"cs": ["lékař", "zdravotní péče", "xy*", '="ARO"', "a NEAR/5 b"], "sv": ["no"]}
        ),
        theme("b", {"cs": ["y"]}, broader="a"),
    )
    out = io.StringIO()
    write_quanteda(load([folder]).within("a"), out)
    assert yaml.safe_load(out.getvalue()) == {
        "a": {
            "cs": ["lékař", "zdravotní péče", "xy*", "ARO"],
            "sv": ["no"],
            "b": {"cs": ["y"]},
        }
    }
    assert "#   a cs: a NEAR/5 b\n" in out.getvalue()
