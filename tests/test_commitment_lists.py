"""Commitment of the items of a list: with the sentence that leads them in."""

from __future__ import annotations

import pytest
from telling import passages, seen

from progsearch.model import ASIDE_ROLES, Role


@pytest.mark.parametrize(
    ("lang", "lead", "item", "commits"),
    [
        ("sv", "Moderaterna kommer att:", "Kraftigt höja böterna", "strong"),
        ("sv", "Vårt parti kommer att:", "Utvisa den som stör ordningen", "strong"),
        ("sv", "Vårt parti vill:", "Bygga tio busshållplatser", "weak"),
        ("sv", "Vårt parti vill:", "Att varje barn ska ha nära till en lekplats", "weak"),
        ("sv", "Vi kommer att:", "Verka för kortare köer", "weak"),
        ("sv", "Därför föreslår vi bland annat:", "Fler poliser", "weak"),
        ("cs", "Prosadíme:", "Noční spoje do všech obcí", "strong"),
        ("cs", "Zavedeme:", "Zákaz firem s neprůhledným vlastnictvím", "strong"),
        ("cs", "Chceme:", "Opravit všechny mosty", "weak"),
        ("cs", "Podařilo se nám:", "Nové parkoviště u nemocnice", "done"),
        ("en", "We will:", "Open three clinics", "strong"),
        ("en", "The party wants to:", "Plant more trees", "weak"),
        ("de", "Wir werden:", "Drei Kliniken eröffnen", "strong"),
        ("de", "Wir wollen:", "Mehr Bäume pflanzen", "weak"),
        ("de", "Wir sind gegen:", "Hohe Gebühren für Vereine", "weak"),
        ("nb", "Kristelig Folkeparti vil:", "Sikre gode posttjenester", "weak"),
        ("nb", "Vi skal:", "Åpne tre klinikker", "strong"),
        ("da", "Alternativet vil:", "Plante flere træer", "weak"),
        ("sk", "Zavedieme:", "Nočné spoje do všetkých obcí", "strong"),
        ("sk", "Chceme:", "Viac stromov", "weak"),
        ("pl", "Wprowadzimy:", "Darmowe bilety dla dzieci", "strong"),
        ("fi", "Haluamme:", "Lisää puita", "weak"),
        # What says nothing of how firmly it is meant gives nothing.
        ("cs", "Různé scénáře spolupráce:", "Dohoda se sousedy", "plain"),
        ("cs", "Chceme železnici, protože:", "Je rychlá a spolehlivá", "plain"),
        ("de", "Entscheidende Gründe, uns zu wählen:", "Saubere Luft", "plain"),
    ],
)
def test_a_lead_in_gives_its_commitment_to_the_items_and_does_not_count(lang, lead, item, commits):
    found = passages(f"# Doprava\n\n{lead}\n\n- {item}\n- {item} dvakrát dvě\n", lang)
    assert [(p.text, p.role in ASIDE_ROLES) for p in found[1:3]] == [(lead, True), (item, False)]
    assert [p.commitment for p in found[2:]] == [commits, commits]
    assert found[2].headings[-1] == lead


@pytest.mark.parametrize(
    ("lang", "lead", "item"),
    [
        ("cs", "Koaliční strany se dohodly na:", "vyrovnaném rozpočtu"),
        ("cs", "Smluvní strany se zavazují:", "nové parky"),
        ("sk", "Koaliční partneri sa dohodli na:", "vyrovnanom rozpočte"),
        ("pl", "Strony umowy uzgodniły:", "nowe parki"),
        ("pl", "Koalicjanci zobowiązują się do:", "budowy parków"),
        ("de", "Die Koalitionspartner vereinbaren:", "Alle Schulen erhalten einen Garten."),
        ("de", "Die Partner verständigen sich auf:", "einen Garten für jede Schule"),
        ("de", "SPD und CDU haben vereinbart:", "ein Garten für jede Schule"),
        ("da", "Aftalepartierne er enige om:", "at plante træer"),
        ("da", "Partierne er enige om at:", "plante træer"),
        ("nb", "Partiene er enige om:", "flere trær i hver by"),
        ("nb", "Samarbeidspartiene er enige om å:", "plante trær"),
        ("sv", "Partierna är överens om:", "fler träd i varje stad"),
        ("sv", "Partierna har enats om följande:", "fler träd i varje stad"),
        ("en", "The parties have agreed:", "more trees in every town"),
        ("en", "The coalition undertakes to:", "plant trees"),
        ("fi", "Hallitus sitoutuu:", "puiden istuttamiseen"),
        ("fi", "Hallituspuolueet ovat sopineet:", "uusi puisto Turkuun"),
    ],
)
def test_what_parties_agree_on_is_promised(lang, lead, item):
    found = seen(f"# 2030\n\n{lead}\n\n- {item}\n- {item}\n", lang)[2:]
    assert [commits for _, _, commits in found] == ["strong", "strong"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Postavíme tři školy:\n\nPrvní bude v Lhotě.\n", ["statement", "statement"]),
        ("Postavíme tři školy:\n", ["statement"]),
        ("Jana Nová řekla:\n\n- Ano.\n", ["statement", "statement"]),
        ("- Chceme:\n  - parky\n  - stromy\n", ["lead-in", "statement", "statement"]),
        ("- parky\n  - stromy\n", ["statement", "statement"]),
    ],
)
def test_what_leads_in_a_list_is_told_by_what_follows(text, roles):
    found = passages(text, "cs")
    given = {Role.MEASURE: "statement", Role.GOAL: "statement"}
    assert [given.get(p.role, p.role.value) for p in found] == roles


@pytest.mark.parametrize(
    ("lang", "lead", "item", "commits"),
    [
        ("en", "We will", "Open three clinics.", "strong"),
        ("en", "We’ll", "Open three clinics", "strong"),
        ("en", "Labour will", "Open three clinics", "strong"),
        ("en", "A Labour government will", "New clinics in each town", "strong"),
        ("en", "Labour will", "Support tenants", "weak"),
        ("en", "Labour will", "Leeds has three clinics.", "plain"),
        ("en", "Clinics", "Open hours are short", "plain"),
        ("sv", "Vi vill", "Fler träd", "weak"),
        ("sv", "Vänstern vill", "Bygga tio skolor.", "weak"),
        ("de", "Wir werden", "Drei Kliniken eröffnen", "strong"),
        ("de", "Die SPD will", "Mehr Bäume", "weak"),
        ("cs", "Chceme", "Více stromů", "weak"),
        ("cs", "Budeme", "Stavět byty", "strong"),
        ("sk", "Budeme", "Stavať byty", "strong"),
        ("pl", "Chcemy", "Więcej drzew", "weak"),
        ("da", "SF vil", "Plante flere træer", "weak"),
        ("nb", "Høyre vil", "Flere trær", "weak"),
        ("fi", "Haluamme", "Lisää puita", "weak"),
    ],
)
def test_a_line_without_a_colon_leads_in_the_list_right_below_it(lang, lead, item, commits):
    found = seen(f"# Doprava\n\n{lead}\n\n- {item}\n- {item}\n", lang)
    assert [commitment for _, _, commitment in found[2:]] == [commits, commits]


@pytest.mark.parametrize(
    ("lang", "lead", "item", "commits"),
    [
        ("cs", "Proto chceme především", "více stromů", "weak"),
        ("cs", "V příštím volebním období prosadíme", "nové parky", "strong"),
        ("cs", "Budeme usilovat o to, aby", "každá obec měla park", "weak"),
        ("sv", "Nästa mandatperiod kommer Miljöpartiet att", "plantera träd", "strong"),
        ("sv", "Miljöpartiet i Lund vill därför", "plantera träd", "weak"),
        ("sv", "Därför ska vi också", "plantera träd", "strong"),
        (
            "en",
            "That is why over the next five years we will",
            "more trees in every street",
            "strong",
        ),
        ("en", "We will make sure that", "every street has trees", "strong"),
        ("en", "We want", "more trees in every street", "weak"),
        ("de", "Darum werden wir im kommenden Jahr", "mehr Parks bauen", "strong"),
        ("de", "Die SPD wird in dieser Wahlperiode", "mehr Parks bauen", "strong"),
        ("de", "Deshalb wollen wir gemeinsam", "mehr Parks bauen", "weak"),
        ("sk", "Preto chceme najmä", "viac stromov", "weak"),
        ("sk", "Počas volebného obdobia zavedieme", "nové linky", "strong"),
        ("pl", "Dlatego chcemy także", "więcej drzew", "weak"),
        ("pl", "W ciągu dwóch lat wybudujemy", "nowe parki", "strong"),
        ("da", "Derfor vil Alternativet også", "plante træer", "weak"),
        ("da", "I den næste valgperiode skal vi", "plante træer", "strong"),
        ("nb", "Derfor vil vi også", "plante trær", "weak"),
        ("nb", "I neste stortingsperiode skal vi", "plante trær", "strong"),
        ("fi", "Siksi haluamme myös", "lisää puita", "weak"),
        ("fi", "Tulevalla kaudella aiomme", "istuttaa puita", "strong"),
    ],
)
def test_a_sentence_that_has_to_go_on_leads_in_the_list_below_it(lang, lead, item, commits):
    found = passages(f"# 2030\n\n{lead}\n\n- {item},\n- {item}.\n\n2026.\n", lang)[1:]
    assert found[0].role in ASIDE_ROLES
    assert [p.commitment for p in found[1:]] == [commits, commits, "plain"]
    # Behind another sentence it leads in as well, and that sentence is told without it.
    text = f"# 2030\n\nPark. {lead}\n\n- {item}\n- {item}\n"
    assert [commits for _, _, commits in seen(text, lang)[1:]] == ["plain", commits, commits]


@pytest.mark.parametrize(
    ("lang", "text", "item"),
    [
        # What is said to the end, and what is a name, leads in nothing.
        ("cs", "Postavíme tři školy", "Lhota"),
        ("sv", "Vi vill bygga tre skolor", "Lund"),
        ("en", "We will build three schools", "Leeds"),
        ("de", "Wir werden drei Schulen bauen", "Bonn"),
        ("de", "Wir führen ein Ticket ein", "Bonn"),
        ("sk", "Postavíme tri školy", "Lehota"),
        ("pl", "Zbudujemy trzy szkoły", "Gdynia"),
        ("da", "Vi skal bygge tre skoler", "Aarhus"),
        ("nb", "Vi skal bygge tre skoler", "Bergen"),
        ("fi", "Rakennamme kolme koulua", "Turku"),
        ("en", "The park and the", "Leeds"),
    ],
)
def test_a_sentence_that_has_its_end_leads_in_nothing(lang, text, item):
    found = passages(f"# 2030\n\n{text}\n\n- {item}\n", lang)[1:]
    assert found[0].role not in ASIDE_ROLES
    assert found[1].commitment == "plain"


def test_the_text_after_a_list_is_no_longer_led_in():
    assert seen("Vi vill:\n\n- Fler träd\n\nLänet har fyra sjukhus.\n", "sv")[1:] == [
        ("Fler träd", "measure", "weak"),
        ("Länet har fyra sjukhus.", "statement", "plain"),
    ]


def test_only_the_last_sentence_before_a_colon_leads_in():
    found = passages("Parken är gammal. Därför vill vi:\n\n- Fler träd\n", "sv")
    assert [(p.role, p.headings, p.commitment) for p in found] == [
        (Role.INTRO, (), "weak"),
        (Role.MEASURE, ("Därför vill vi:",), "weak"),
    ]
