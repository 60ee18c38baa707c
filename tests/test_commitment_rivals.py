"""Whose promise it is: of the party itself, or of another."""

from __future__ import annotations

import pytest
from telling import seen


@pytest.mark.parametrize(
    ("lang", "party", "text", "commits"),
    [
        ("en", "Labour", "The Conservatives will cut pensions.", "plain"),
        ("en", "Labour", "The Tories and Reform UK will cut pensions.", "plain"),
        ("en", "Labour", "Labour will build homes.", "strong"),
        ("en", "Labour", "Unlike the Tories we will build homes.", "strong"),
        ("en", "Liberal Democrats", "Labour and the Lib Dems will build homes.", "strong"),
        # Whose text it is must be known, and a name that the registry does not have tells nothing.
        ("en", "", "The Conservatives will cut pensions.", "strong"),
        ("en", "Friends of Leeds", "The Conservatives will cut pensions.", "strong"),
        ("sv", "Socialdemokraterna", "Moderaterna vill sänka pensionen.", "plain"),
        ("sv", "Socialdemokraterna", "Nu vill Moderaterna sänka pensionen.", "plain"),
        ("sv", "Socialdemokraterna", "Vi vill stoppa Moderaterna.", "weak"),
        ("sv", "Moderaterna", "Moderaterna vill sänka skatten.", "weak"),
        ("de", "SPD", "CDU und CSU wollen die Rente kürzen.", "plain"),
        ("de", "CDU", "CDU und CSU wollen die Rente erhöhen.", "weak"),
        ("nb", "Arbeiderpartiet", "Høyre vil kutte skatten.", "plain"),
        ("da", "Venstre", "Venstre vil sænke skatten.", "weak"),
        # A name that may be short for its own, of a sister, or half of a longer one is no other's.
        ("en", "Green Party Northern Ireland", "The Green Party will open parks.", "strong"),
        ("en", "Green Party Northern Ireland", "The Green Party will:\n\n- Open parks", "strong"),
        ("en", "Green Party Northern Ireland", "# Green Party\n\n- Build parks", "strong"),
        ("en", "Green Party Northern Ireland", "The DUP will open parks.", "plain"),
        ("en", "Scottish Greens", "The Scottish Green Party will open parks.", "strong"),
        ("en", "Green Party of England and Wales", "The Scottish Greens will meet.", "plain"),
        ("en", "Labour", "In Leeds the Riverside Conservatives will open parks.", "strong"),
        ("en", "Labour", "In Leeds the mayor's Conservatives will close parks.", "plain"),
        ("en", "Labour", "The Conservatives and Labour will open parks.", "strong"),
        ("en", "Labour", "Labour, Reform UK and the Greens will open parks.", "strong"),
        ("da", "Radikale Venstre", "Det Radikale Venstre vil bygge skoler.", "weak"),
        ("da", "Radikale Venstre", "Radikale Venstre vil bygge skoler.", "weak"),
        ("da", "Radikale Venstre", "Socialdemokratiet vil lukke skoler.", "plain"),
        ("da", "Venstre (Danmark)", "Radikale Venstre vil lukke skoler.", "plain"),
        ("de", "CSU", "CDU und CSU wollen Schulen bauen.", "weak"),
        ("de", "CSU", "Die Union will Schulen bauen.", "weak"),
        ("de", "FDP", "CDU und CSU wollen Schulen schließen.", "plain"),
        ("de", "FDP", "Die Grünen wollen Schulen schließen.", "plain"),
        ("de", "SPD", "Die FDP und die SPD wollen Schulen bauen.", "weak"),
        ("sv", "Miljöpartiet", "Miljöpartiet och Moderaterna vill bygga skolor.", "weak"),
        ("en", "Labour", "# What the Tories will do\n\nThey will put pensions last.", "plain"),
        ("en", "Labour", "# The Tories\n\nThey will put pensions last.", "plain"),
        ("en", "Labour", "# What the Tories will do\n\nCut pensions.", "plain"),
        ("en", "Labour", "# What the Tories will do\n\nWe will build homes.", "strong"),
        ("en", "Labour", "The Tories will:\n\n- Raise taxes", "plain"),
        ("en", "Labour", "# The Tories\n\nWe will:\n\n- Open clinics", "strong"),
        ("en", "Labour", "# Nurses\n\nThey will get a pay rise.", "strong"),
        ("cs", "Piráti", "# CO PRO TO BUDEME DĚLAT?\n\nOpravit mosty.", "strong"),
        ("sv", "Socialdemokraterna", "# Stoppa Moderaterna\n\nHöj pensionen.", "strong"),
        ("sv", "Socialdemokraterna", "# Vad Moderaterna vill\n\nDe ska bygga nytt.", "plain"),
    ],
)
def test_what_others_will_do_is_no_promise_of_the_party(lang, party, text, commits):
    assert seen(text, lang, party=party)[-1][2] == commits


@pytest.mark.parametrize(
    ("lang", "party", "text", "commits"),
    [
        ("de", "SPD", "Die SPD wird 400 Kitas bauen.", "strong"),
        ("de", "SPD", "Die SPD wird:\n\n- Kitas bauen", "strong"),
        ("de", "SPD", "Die Sozialdemokraten werden 400 Kitas bauen.", "strong"),
        ("de", "SPD", "Bis 2030 wird die SPD 400 Kitas bauen.", "strong"),
        ("de", "SPD", "Die SPD will 400 Kitas.", "weak"),
        ("de", "SPD", "Die Koalition wird 400 Kitas bauen.", "strong"),
        ("de", "SPD", "Die FDP wird 400 Kitas schließen.", "plain"),
        ("de", "SPD", "Die FDP wird:\n\n- Kitas schließen", "plain"),
        ("de", "SPD", "Die SPD wird 160 Jahre alt.", "plain"),
        ("de", "SPD", "Die SPD wird von zwei Frauen geleitet.", "plain"),
        ("de", "SPD", "Die Politik der SPD baut Brücken.", "plain"),
        ("cs", "SPOLU", "SPOLU zkrátí čekání u lékaře.", "strong"),
        ("cs", "SPOLU", "TOP 09 zkrátí čekání u lékaře.", "strong"),
        ("cs", "SPOLU", "ANO zkrátí čekání u lékaře.", "plain"),
        ("cs", "SPOLU", "Lékaři spolu zkrátí čekání.", "plain"),
        ("cs", "Piráti", "Piráti zakážou hazard u škol.", "strong"),
        ("cs", "STAN", "STAN chce levnější vlaky.", "weak"),
        ("cs", "STAN", "ODS chce dražší vlaky.", "plain"),
        ("cs", "STAN", "# STAN zavede levné vlaky", "strong"),
        ("sk", "Progresívne Slovensko", "Progresívne Slovensko zníži poplatky.", "strong"),
        ("sk", "Progresívne Slovensko", "Progresívne Slovensko chce nové parky.", "weak"),
        ("pl", "Prawo i Sprawiedliwość", "Prawo i Sprawiedliwość obniży opłaty.", "strong"),
        ("pl", "Prawo i Sprawiedliwość", "Lewica obniży opłaty.", "plain"),
        ("fi", "Kokoomus", "Kokoomus alentaa maksuja.", "strong"),
        ("fi", "Kokoomus", "Kokoomus ei nosta maksuja.", "strong"),
        ("fi", "Kokoomus", "Kokoomus haluaa puistoja.", "weak"),
        ("fi", "Kokoomus", "Vihreät haluaa puistoja.", "plain"),
        ("sv", "Kristdemokraterna", "KD vill bygga bostäder.", "weak"),
        ("sv", "Kristdemokraterna", "KD sänker avgiften.", "strong"),
        ("da", "Enhedslisten", "De Rød-Grønne vil plante træer.", "weak"),
        ("nb", "Miljøpartiet De Grønne", "De Grønne vil plante trær.", "weak"),
        (
            "en",
            "Liberal Democrats",
            "The Lib Dems want more parks, and will plant trees.",
            "strong",
        ),
    ],
)
def test_a_party_that_speaks_of_itself_promises_as_we_do(lang, party, text, commits):
    assert seen(text, lang, party=party)[-1][2] == commits
