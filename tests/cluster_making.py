"""Documents of which questions are asked in a cluster."""

from __future__ import annotations

import random

import making
from making import document, passage, prepared, stated
from test_engines import LANGUAGES, completed

from progsearch.clause import AnyOf, How, Leaf, Nearby, Sequential, form_key


def some_documents(count, seed=1, first=0):
    """Documents as hypothesis makes them, many at once."""
    chance = random.Random(seed)
    found = []
    for number in range(first, first + count):
        ident = f"d{number}"
        passages = [
            passage(
                ident,
                place,
                words(chance, 9),
                lang=chance.choice(LANGUAGES),
                role=chance.choice(making.ROLES),
                commitment=chance.choice(("strong", "plain")),
                headings=tuple(words(chance, 4) for _ in range(chance.randrange(3))),
            )
            for place in range(1, chance.randint(2, 7))
        ]
        made = document(
            ident,
            passages,
            region=stated(chance.choice(making.REGIONS)),
            party=stated(chance.choice(making.PARTIES)),
            date=stated(chance.choice(making.DATES)),
        )
        found.append(prepared(made, passages))
    return completed(found)


def words(chance, most):
    return " ".join(chance.choices(making.WORDS, k=chance.randint(1, most)))


def leaf(*forms):
    return Leaf(forms[0], {form_key("cs", form): How.EXACT for form in forms})


LARGE = (
    Leaf("w*", {form_key("cs", f"w{n}"): How.PREFIX for n in range(2000)}),
    Sequential('"w* w*"', (leaf(*[f"w{n}" for n in range(2000)]),) * 2),
    Nearby(
        "near",
        leaf(*[f"w{n}" for n in range(0, 1800, 2)]),
        leaf(*[f"w{n}" for n in range(1, 90, 2)]),
        2,
    ),
    Nearby("long", leaf(*[f"w{n}" for n in range(900)]), leaf(*[f"w{n}" for n in range(700)]), 1),
    AnyOf(tuple(leaf(f"w{n}") for n in range(520)), coordinate=True),
    AnyOf(
        tuple(Sequential(f"{n}", (leaf(f"w{n}"), leaf(f"w{n + 1}"))) for n in range(900))
        + tuple(leaf(f"w{n}") for n in range(500, 600))
        + (Nearby("n", leaf("w3"), leaf("w5"), 2),),
        coordinate=True,
    ),
)
