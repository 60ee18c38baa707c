"""Front matter: values as written, texts in their places, faults that are mended."""

from __future__ import annotations

import pytest
from reading import assert_law, cut, read

from progsearch import readers
from progsearch.errors import ProgsearchError
from progsearch.model import Shape


def test_scalars_stay_as_they_are_written():
    raw = read(
        "---\ndate: 2017-03-15\nkratky: no\nzapnuto: on\ncislo: 1177\npsc: 007\nverze: 1.10\n"
        "prazdny:\nvlnka: ~\n#img: a.jpg\nuid: 'zdravi '\nseznam: [1, b]\nmapa: {a: 2}\n---\nText."
    )
    assert raw.meta == {
        "date": "2017-03-15",
        "kratky": "no",
        "zapnuto": "on",
        "cislo": "1177",
        "psc": "007",
        "verze": "1.10",
        "prazdny": None,
        "vlnka": None,
        "uid": "zdravi",
        "seznam": ["1", "b"],
        "mapa": {"a": "2"},
    }


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("perex: Jedna věta.", ["Jedna věta."]),
        ("perex: 'Jedna věta.'", ["Jedna věta."]),
        ("perex: >\n  Jedna\n  věta.\n\n#intro: [ text ]", ["Jedna\n  věta."]),
        ("perex: |\n  1. Jedna<br>\n  2. Dvě<br/>", ["Jedna", "Dvě"]),
        ("intro: A.\nperex:\n- B.\n- C.", ["A.", "B.", "C."]),
        ("description: volby, kraj, rozhovor", []),
        ("description: Celá věta o kraji.", ["Celá věta o kraji."]),
        ("title: A\nimg: b.jpg", []),
        ("perex: >\n  \norder: 8", []),
    ],
)
def test_texts_of_the_front_matter_are_blocks_in_their_places(head, fields):
    assert cut(f"---\n{head}\n---\n") == [("field", text) for text in fields]


def test_of_a_key_that_stands_twice_the_last_value_counts():
    raw = read("---\ntitle: A\nvazby:\n  - x: 1\n    x: 2\ntitle: B\n---\n")
    assert raw.meta["title"] == "B"
    assert raw.meta["vazby"] == [{"x": "2"}]
    assert any("'title' stands in line 2 and again in line 6" in note for note in raw.notes)
    assert any("'x' stands in line 4 and again in line 5" in note for note in raw.notes)


def test_front_matter_that_is_no_yaml_is_read_key_by_key():
    raw = read("---\ntitle: Rozhovor: Jana\norder: 2\nintro: >\nText bez\nodsazení.\n\n---\nTělo.")
    assert raw.meta == {"title": "Rozhovor: Jana", "order": "2", "intro": "Text bez odsazení."}
    assert cut(raw.text) == [("field", "Text bez\nodsazení."), ("paragraph", "Tělo.")]
    assert "line 2" in raw.notes[0]
    assert any("'intro' in line 4" in note for note in raw.notes)


@pytest.mark.parametrize("rule", ["", "\n---\n\nDalší věta.\n"])
def test_front_matter_without_a_closing_line_ends_before_the_body(rule):
    raw = read(f"---\ntitle: Doprava\ngarant:\n\n**1. Silnice**\nOpravíme je.\n{rule}")
    assert raw.meta == {"title": "Doprava", "garant": None}
    assert cut(raw.text)[:2] == [("heading", "1. Silnice"), ("paragraph", "Opravíme je.")]
    assert raw.notes[0].endswith("no closing ---: it ends at line 4")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("a: &x [b]\nc: *x", "refers to its own values"),
        ("a: &x [*x]", "refers to its own values"),
        ("a: " + "[" * 5000, "nested too deeply"),
        ("a: [" + "b," * 20000 + "]", "too many values"),
    ],
)
def test_front_matter_that_unfolds_without_end_is_refused(head, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        read(f"---\ntitle: A\n{head}\n---\n")
    assert caught.value.where == "corpus/page.md:3" or what != "nested too deeply"


BODY = "\n\nKoupíme deset nových vlaků.\n"
OTHERS = [
    '+++\ntitle = "Vlaky"\ndate = 2021-05-03T10:00:00+02:00\ntags = ["a"]\nparty = "Strana"\n+++',
    '---toml\ntitle = "Vlaky"\ndate = 2021-05-03\nparty = "Strana"\n---',
    '+++\ntitle = "Vlaky"\ndate = 2021-05-03\n[params]\nparty = "Strana"\n+++',
    '{\n  "title": "Vlaky",\n  "date": "2021-05-03",\n  "party": "Strana"\n}',
    '---json\n{"title": "Vlaky", "date": "2021-05-03", "party": "Strana"}\n---',
    ';;;\n{"title": "Vlaky", "date": "2021-05-03", "party": "Strana"}\n;;;',
    "---yaml\ntitle: Vlaky\ndate: 2021-05-03\nparty: Strana\n---",
]


@pytest.mark.parametrize("head", OTHERS)
def test_front_matter_in_toml_and_json(head):
    raw = read(head + BODY)
    assert_law(raw)
    assert raw.format == "frontmatter"
    meta = {key: raw.meta[key] for key in ("title", "party")}
    assert meta == {"title": "Vlaky", "party": "Strana"}
    assert str(raw.meta["date"]).startswith("2021-05-03")
    assert [raw.text[b.start : b.end] for b in raw.blocks] == [BODY.strip()]
    assert not raw.notes


def test_the_texts_of_toml_and_json_are_passages():
    for head in ('+++\nperex = "Kraj koupí vlaky."\n+++', '{"perex": "Kraj koupí vlaky."}'):
        first = read(head + BODY).blocks[0]
        assert (first.shape, first.label) == (Shape.FIELD, "perex")


@pytest.mark.parametrize(
    ("head", "title", "note"),
    [
        ('+++\ntitle = Vlaky\nparty = "A"\n+++', "Vlaky", "not TOML"),
        ('+++\ntitle = "Vlaky"', "Vlaky", "no closing"),
    ],
)
def test_damaged_toml_is_read_as_far_as_it_goes(head, title, note):
    raw = read(head + BODY)
    assert raw.meta["title"] == title
    assert note in raw.notes[0]
    assert len(raw.blocks) == 1


@pytest.mark.parametrize(
    "head",
    ["---js\n{ title: 'x' }\n---", "---coffee\na = 1\n---", '---json\n{"a": \n---'],
)
def test_front_matter_that_cannot_be_read_is_refused(head):
    with pytest.raises(ProgsearchError) as caught:
        read(head + BODY)
    assert caught.value.remedy


def test_braces_and_crosses_in_a_text_are_no_front_matter():
    for text in ("{% include a %}\n\nText.", "{poznámka}\n\nText.", "Text\n+++\njinde."):
        assert read(text).format == "markdown"


@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "{{ replace .Name \\"-\\" \\" \\" | title }}"\ndate: {{ .Date }}\n---\n',
        '+++\ntitle = "{{ .File.ContentBaseName }}"\ndraft = true\n+++\n',
    ],
)
def test_a_template_for_new_pages_is_no_document(head):
    with pytest.raises(ProgsearchError, match="template"):
        readers.read("site/archetypes/default.md", f"{head}\nText.\n".encode())


def test_braces_in_a_text_make_no_template():
    text = "---\ntitle: Program\n---\n\nVi vill {{ .Name }} bygga.\n"
    assert readers.read("site/a.md", text.encode()).meta["title"] == "Program"
