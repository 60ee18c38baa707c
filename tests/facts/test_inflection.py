from __future__ import annotations

import pytest

from progsearch.facts.inflection import (
    czech_adjective,
    czech_inhabitant,
    czech_place,
    swedish,
    swedish_inhabitant,
)


def test_czech_adjective() -> None:
    forms = set(czech_adjective("liberecký"))
    assert forms == {
        *("liberecký", "libereckého", "libereckému", "libereckém", "libereckým"),
        *("liberecká", "liberecké", "libereckou", "libereckých", "libereckými", "liberečtí"),
    }
    assert "středočeští" not in forms
    assert "pražští" in set(czech_adjective("pražský"))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Liberec", "Liberec Liberce Liberci Libercem"),
        ("Liberecko", "Liberecko Liberecka Liberecku Libereckem"),
        ("Praha", "Praha Prahy Prahu Prahou"),
        ("Jihlava", "Jihlava Jihlavy Jihlavě Jihlavu Jihlavou"),
        ("Pardubice", "Pardubice Pardubic Pardubicím Pardubicích Pardubicemi"),
        ("Louny", "Louny Loun Lounům Lounech"),
        ("Semily", "Semily Semil Semilům Semilech"),
        ("Benešov", "Benešov Benešova Benešovu Benešově Benešovem"),
        ("Kroměříž", "Kroměříž Kroměříže Kroměříži Kroměříží"),
        ("Příbram", "Příbram Příbrami Příbramí"),
        ("Třeboň", "Třeboň Třeboně Třeboni Třeboní"),
        ("Karviná", "Karviná Karviné Karvinou"),
        ("Brno", "Brno Brna Brnu Brně Brnem"),
        ("Hradec Králové", "Hradec-Králové Hradce-Králové Hradci-Králové Hradcem-Králové"),
        ("Jablonec nad Nisou", "Jablonec-nad-Nisou Jablonci-nad-Nisou Jabloncem-nad-Nisou"),
        ("Česká Lípa", "Česká-Lípa České-Lípy České-Lípě Českou-Lípu Českou-Lípou"),
        ("Jindřichův Hradec", "Jindřichova-Hradce Jindřichově-Hradci Jindřichovým-Hradcem"),
        ("Ústí nad Labem", "Ústí-nad-Labem Ústím-nad-Labem"),
    ],
)
def test_czech_place(name: str, forms: str) -> None:
    wanted = {form.replace("-", " ") for form in forms.split()}
    assert wanted <= set(czech_place(name))


def test_czech_inhabitant() -> None:
    forms = set(czech_inhabitant("Liberečan"))
    wanted = (
        "Liberečané",
        "Liberečanů",
        "Liberečanům",
        "Liberečanka",
        "Liberečanek",
        "Liberečance",
    )
    assert forms.issuperset(wanted)
    assert {"Pardubáci", "Pardubáků", "Pardubácích"} <= set(czech_inhabitant("Pardubák"))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Kronoberg", "Kronoberg Kronobergs"),
        ("Alvesta", "Alvesta Alvestas"),
        ("Västerås", "Västerås"),
    ],
)
def test_swedish_genitive(name: str, forms: str) -> None:
    assert list(swedish(name)) == forms.split()


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "kronobergare",
            "kronobergare kronobergares kronobergaren kronobergarens kronobergarna kronobergarnas",
        ),
        ("skåning", "skåning skåningen skåningar skåningarna skåningarnas"),
        ("kalmarbo", "kalmarbo kalmarbon kalmarbor kalmarborna kalmarbornas"),
    ],
)
def test_swedish_inhabitant(name: str, forms: str) -> None:
    assert set(forms.split()) <= set(swedish_inhabitant(name))
