"""Searching and counting by themes: which passages, which terms, in which order."""

from __future__ import annotations

import pytest
from making import OneLexicon, document, passage, prepared
from themes_making import filled, index, theme, write

from progsearch.analysis import DictionaryLexicon, Entry
from progsearch.clause import All, AnyOf, How
from progsearch.engine import create, installed
from progsearch.engine.memory import MemoryEngine
from progsearch.query import Everything, QuerySyntaxError, Word, parse
from progsearch.search import Index
from progsearch.state import Summary
from progsearch.themes import STATE, ThemeClauses, load
from progsearch.themes.checking import term_problems
from progsearch.themes.offers import offers, offers_table
from progsearch.themes.sets import set_item
from progsearch.themes.words import theme_words, words_record


@pytest.fixture(params=["memory", *installed()])
def engine(request, tmp_path):
    made = MemoryEngine(OneLexicon())
    if request.param != "memory":
        made = create(request.param, tmp_path / "index")
        made.vocabulary._fallback = OneLexicon()
    yield made
    made.close()


def found(asked, catalogue, ident):
    clause = ThemeClauses.of(catalogue, asked).clause(ident)
    return asked.search(Everything(), limit=None, clauses=[clause])


def texts(asked, catalogue, ident):
    return {hit.passage.text for hit in found(asked, catalogue, ident).hits}


@pytest.mark.parametrize(
    ("terms", "wanted"),
    [
        (
            {"cs": ["lékař"]},
            {"Lékařů a sester chybí", "Nová nemocnice pro lékaře a sestry a pacienty"},
        ),
        ({"sv": ["läkare"]}, {"Fler läkare i vården"}),
        ({"sv": ["lékař"]}, set()),
        ({"cs": ["lekar"]}, set()),
        ({"cs": ["sestra být"]}, set()),
        ({"cs": ['="sestra"']}, {"Sestra je v nemocnici"}),
        ({"cs": ["siln*"], "sv": ["väg*"]}, {"Opravíme silnice", "Vägar och järnvägar"}),
        ({"cs": ["nemocnice NEAR/3 lékař"]}, {"Nová nemocnice pro lékaře a sestry a pacienty"}),
        ({"cs": ["nemocnice NEAR/1 lékař"]}, set()),
        (
            {"cs": ["nemocnice NEAR/3 (lékař OR silnice)"]},
            {"Nová nemocnice pro lékaře a sestry a pacienty"},
        ),
        (
            {"cs": ["lékař AND (chyb* OR pac*)"]},
            {"Lékařů a sester chybí", "Nová nemocnice pro lékaře a sestry a pacienty"},
        ),
        ({"cs": ["sestra AND silnice"]}, set()),
        # a word that is only a part of a compound is not found: sjukvård has the part vård
        ({"sv": ["vård"]}, {"Fler läkare i vården"}),
    ],
)
def test_terms_find_what_they_mean(engine, tmp_path, terms, wanted):
    catalogue = load([write(tmp_path / "themes", theme("t", terms))])
    assert texts(index(engine), catalogue, "t") == wanted


def test_parts_of_compounds_count_when_asked(engine, tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"sv": ["vård"]}))])
    asked = index(engine, {"sv": ("Fler läkare i vården", "sjukvård väntar")})
    clauses = ThemeClauses(catalogue, asked.engine.vocabulary, ["sv"], parts=True)
    assert asked.search(Everything(), clauses=[clauses.clause("t")]).total == 2


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("hälsovård", set()),
        ("+hälsovård", {"Bättre hälso- och sjukvård", "Skolhälsovården byggs ut"}),
        ("+vård NEAR/3 plats", {"Sjukvården får fler platser"}),
        ("vård NEAR/3 plats", set()),
    ],
)
def test_a_term_that_asks_for_it_is_found_as_a_part_of_compounds(tmp_path, term, wanted):
    lexicon, engine = DictionaryLexicon(), MemoryEngine(DictionaryLexicon())
    said = ["Bättre hälso- och sjukvård", "Skolhälsovården byggs ut", "Sjukvården får fler platser"]
    passages = [passage("svsv", at, text, lang="sv") for at, text in enumerate(said, 1)]
    with engine.writer() as writer:
        writer.add(prepared(document("svsv", passages, lang="sv"), passages, lexicon))
        writer.commit({})
    asked = Index(engine, Summary("", languages=("sv",)), tmp_path)
    catalogue = load([write(tmp_path / "themes", theme("t", {"sv": [term]}))])
    assert texts(asked, catalogue, "t") == wanted
    assert not list(term_problems(catalogue.files["t"]))


def test_a_set_asks_for_no_parts():
    with pytest.raises(QuerySyntaxError, match="parts"):
        set_item("+vård")


def test_hits_say_which_term_matched_as_it_is_written(engine, tmp_path):
    terms = ["lékař", "nemocnice pro", "pac*", "lékař NEAR/2 sestra"]
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": terms}))])
    asked = index(engine)
    hits = [hit for hit in found(asked, catalogue, "t").hits if "Nová" in hit.passage.text]
    met = {
        (match.term, match.how): hits[0].passage.text[match.start : match.end]
        for match in hits[0].matches
    }
    assert met == {
        ("lékař", How.LEMMA): "lékaře",
        ("nemocnice pro", How.PHRASE): "nemocnice pro",
        ("pac*", How.PREFIX): "pacienty",
        ("lékař NEAR/2 sestra", How.NEAR): "lékaře a sestry",
    }


def test_a_term_that_needs_another_takes_it_from_the_headings_too(engine, tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["lékař AND personál"]}))])
    filled(engine, {"cs": ("Získáme lékaře",)}, headings=("Personál",))
    asked = Index(engine, Summary("", languages=("cs",)), tmp_path)
    (hit,) = found(asked, catalogue, "t").hits
    assert [(one.where, one.term) for one in hit.matches] == [
        ("text", "lékař AND personál"),
        ("heading", "lékař AND personál"),
    ]


def test_a_theme_holds_its_narrower_ones_and_its_exclusions_are_its_own(engine, tmp_path):
    folder = write(
        tmp_path / "themes",
        theme("care", {"cs": ["nemocnice"]}, exclude="{cs: [sestra]}"),
        theme("staff", {"cs": ["lékař"]}, broader="care"),
    )
    catalogue = load([folder])
    asked = index(engine)
    assert texts(asked, catalogue, "staff") == {
        "Lékařů a sester chybí",
        "Nová nemocnice pro lékaře a sestry a pacienty",
    }
    # "Sestra je v nemocnici" is excluded; the other one comes back by the narrower theme
    assert texts(asked, catalogue, "care") == texts(asked, catalogue, "staff")


def test_words_and_themes_must_both_match(engine, tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["sestra"]}))])
    asked = index(engine)
    clause = ThemeClauses.of(catalogue, asked).clause("t")
    assert asked.search(Word("lékař"), clauses=[clause]).total == 1
    assert asked.search(Word("silnice"), clauses=[clause]).total == 0
    assert asked.search(Everything(), clauses=[clause]).total == 2


def test_one_pass_counts_each_theme(engine, tmp_path):
    folder = write(
        tmp_path / "themes",
        theme("a", {"cs": ["lékař"]}),
        theme("b", {"cs": ["vlaky"], "sv": ["och"]}),
    )
    asked = index(engine)
    clauses = ThemeClauses.of(load([folder]), asked)
    each = [clauses.clause(ident) for ident in ("a", "b")]
    first, second = asked.tallies(Everything(), by=("lang",), each=each)
    assert {group[0]: one.passages for group, one in first.found.items()} == {"cs": 2}
    assert {group[0]: one.passages for group, one in second.found.items()} == {"cs": 1, "sv": 1}
    assert {group[0]: one.passages for group, one in first.of.items()} == {"cs": 5, "sv": 3}
    assert first == asked.tally(Everything(), by=("lang",), clauses=[each[0]])


def test_more_terms_rank_before_more_of_one_and_before_short_texts(engine, tmp_path):
    passages = [
        passage("a", 1, "lékař lékař lékař"),
        passage("a", 2, "lékař"),
        passage("a", 3, "O tom, že " + "slovo " * 60 + "lékař a sestra " + "jiné " * 60),
        passage("a", 4, "lékař a sestra v nemocnici"),
        # as many with a nurse as with a doctor, so that neither word is the rarer one
        passage("a", 5, "sestra"),
        passage("a", 6, "sestra sestra"),
        passage("a", 7, "nic"),
    ]
    with engine.writer() as writer:
        writer.add(prepared(document("a", passages), passages))
        writer.commit({})
    folder = write(tmp_path / "themes", theme("t", {"cs": ["lékař", "sestra", "nemocnici"]}))
    vocabulary = engine.vocabulary
    clause = ThemeClauses(load([folder]), vocabulary, ["cs"]).clause("t")
    assert isinstance(clause, AnyOf)
    results = engine.search(clause, scope=All(), limit=None)
    order = [one.number for one, _ in results.hits]
    assert order[:2] == [4, 3]
    assert sorted(order) == [1, 2, 3, 4, 5, 6]
    plain = engine.search(AnyOf(clause.parts), scope=All(), limit=None)
    assert [one.number for one, _ in plain.hits][:2] != [4, 3] or isinstance(engine, MemoryEngine)


class Inflecting(OneLexicon):
    def entry(self, form, lang):
        if form in ("záchranné", "záchranná"):
            return Entry(("záchranný", form))
        return super().entry(form, lang)


def test_the_words_of_themes_need_no_dictionary_once_they_are_kept(tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["záchranná sestra"]}))])
    own = [catalogue.get("t")]
    words = theme_words(own, Inflecting(), ["cs", "sv"])
    assert words == {
        "cs": {"sestra": ["sestra"], "záchranná": ["záchranný", "záchranná"]},
        "sv": {},
    }

    class Nothing:
        def entry(self, form, lang):
            return Entry((form,))

    made = MemoryEngine(Nothing())
    passages = [passage("a", 1, "Chybí záchranné sestry")]
    with made.writer() as writer:
        writer.add(prepared(document("a", passages), passages, Inflecting()))
        writer.commit({})
    asked = Index(made, Summary("", languages=("cs",)))
    assert found(asked, catalogue, "t").total == 0
    with made.writer() as writer:
        writer.add(prepared(document("a", passages), passages, Inflecting()))
        writer.commit({STATE: {"words": words}})
    assert found(asked, catalogue, "t").total == 1


def test_kept_words_are_made_anew_only_when_something_changed():
    first = words_record({}, ["sv"], "1")
    assert set(first["words"]) == {"sv"}
    assert first["words"]["sv"]["läkare"]
    assert "healthcare-staffing" in first["offers"]
    assert words_record(first, ["sv"], "1") is first
    assert words_record(first, ["sv"], "2") is not first


TABLE = offers_table(load().themes.values())


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["healthcare", "staffing"], "healthcare-staffing"),
        (["Healthcare staffing"], "healthcare-staffing"),
        (["waiting", "times"], "waiting-times"),
        (["nurse"], "healthcare-staffing"),
        (["shortage", "of", "nurse", "at", "night"], "healthcare-staffing"),
        (["energy"], "energy"),
        (["zdravotník"], None),
        (["xyz"], None),
        ([], None),
    ],
)
def test_english_words_are_offered_a_theme(words, first):
    assert next(iter(offers(words, TABLE)), None) == first


def test_other_forms_are_offered_it_by_their_lemma():
    assert offers(["nurses"], TABLE) == []
    assert (
        offers(["nurses"], TABLE, lambda form: [form.removesuffix("s")])[0] == "healthcare-staffing"
    )


def test_filling_twice_is_the_same(engine):
    filled(engine)
    filled(engine)
    assert engine.search(All(), scope=All(), limit=None, ranked=False).total == 8


def test_a_hyphen_before_the_star_is_a_part_of_the_prefix(engine):
    kept = ["Eine KI-Strategie", "KI- und Datenrecht"]
    asked = index(engine, {"de": [*kept, "Zehn Kilogramm", "Die KI", "Kita"]})
    assert {hit.passage.text for hit in asked.search(parse("KI-*"), limit=None).hits} == set(kept)
    assert asked.search(parse("KI*"), limit=None).total == 5
