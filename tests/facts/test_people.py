from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from progsearch.facts.people import people_of, read_people
from progsearch.model import Person

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """uid\tname\tpath
jan.novak # identifikátor\tJan Novák  \t# běžně používané jméno\t_people/jan-novak.md
eva.mala\tEva Malá      # běžně používané jméno\t_people/eva-mala.md
\t\t_people/nobody.md
bez.jmena\t# prázdné\t_people/bez-jmena.md
dvakrat.prvni\tJiný Člověk\t_people/jiny.md
dvakrat.prvni\tDvakrát První\t_people/dvakrat-prvni.md
dvakrat.prvni\tTřetí Člověk\t_people/treti.md
Velka.Pismena\tVelká Písmena\t_people/velka.md
"""


def test_read_people() -> None:
    assert read_people(TABLE) == {
        "jan.novak": "Jan Novák",
        "eva.mala": "Eva Malá",
        "dvakrat.prvni": "Dvakrát První",
        "Velka.Pismena": "Velká Písmena",
    }
    assert read_people("") == {}


@pytest.mark.parametrize(
    ("meta", "people"),
    [
        ({}, []),
        ({"garant": None}, []),
        ({"garant": " "}, []),
        ({"garant": []}, []),
        ({"garant": "jan.novak "}, [Person("Jan Novák", "garant", "jan.novak")]),
        ({"garant": "velka.pismena"}, [Person("Velká Písmena", "garant", "velka.pismena")]),
        ({"garant": "kdo.vi"}, [Person("kdo.vi", "garant", "kdo.vi")]),
        (
            {"garant": ["eva.mala", None, "jan.novak", "eva.mala"]},
            [
                Person("Eva Malá", "garant", "eva.mala"),
                Person("Jan Novák", "garant", "jan.novak"),
            ],
        ),
        ({"author": "Redakce"}, [Person("Redakce", "author")]),
        (
            {"author": "Honza Novák", "authorId": "jan.novak"},
            [Person("Honza Novák", "author", "jan.novak")],
        ),
        ({"author": None, "authorId": "eva.mala"}, [Person("Eva Malá", "author", "eva.mala")]),
        (
            {"garant": "eva.mala", "author": "Redakce"},
            [Person("Eva Malá", "garant", "eva.mala"), Person("Redakce", "author")],
        ),
    ],
)
def test_people_of(meta: dict[str, object], people: list[Person]) -> None:
    assert list(people_of(meta, "", read_people(TABLE))) == people


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("_GARANT - ŽANETA ČERNÁ_", "Žaneta Černá"),
        ("**Garant: Žaneta Černá**", "Žaneta Černá"),
        ("_GARANT – ŽANETA BÍLÁ_", "zaneta.cerna"),
        ("Garantujeme - žaneta černá v textu", "zaneta.cerna"),
    ],
)
def test_a_name_from_the_garant_line(line: str, name: str) -> None:
    (person,) = people_of({"garant": "zaneta.cerna"}, f"Motto\n\n{line}\n\nText", {})
    assert person == Person(name, "garant", "zaneta.cerna")


def test_real_tables(shared: Path) -> None:
    tables = sorted((shared / "corpus" / "cz-pirati").glob("*/garants.tsv"))
    assert len(tables) == 8
    for file in tables:
        names = read_people(file.read_text(encoding="utf-8"))
        assert len(names) > 20
        for uid, name in names.items():
            assert "#" not in uid + name
            assert name == name.strip() != ""
