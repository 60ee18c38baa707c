"""Where keys stand in large segments is told as each passage's own record tells it."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, corpora, document, passage, prepared, queries
from test_tantivy_texts import nears, phrases, texts

from progsearch.clause import All, resolve
from progsearch.engine import create, open_engine
from progsearch.engine.durable import DurableEngine
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.satisfied import Satisfied
from progsearch.engine.texts import keys_record
from progsearch.query import Near, Word

places = pytest.importorskip("progsearch.engine.tantivy.places")
queries_of = pytest.importorskip("progsearch.engine.tantivy.queries")
segments_of = pytest.importorskip("progsearch.engine.tantivy.segments")
many_of = pytest.importorskip("progsearch.engine.tantivy.many")

TOGETHER = (1, 1_000_000)
"""From how many passages on they are told together: always, and never."""


@contextmanager
def everywhere(together):
    """The smallest segment has its file, which is looked at, and no phrase is left to tantivy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "LEAST", 1)
        patch.setattr(places, "MANY", together)
        patch.setattr(queries_of, "MAX_PHRASES", 0)
        patch.setattr(segments_of, "KEYS_A_PASSAGE", 1_000_000)
        yield


def written(folder, rows):
    """The file of a segment in which every third row is none of a passage."""
    place = Path(folder, f"segment{places.SUFFIX}")
    told = [
        (3 * number, f"d{number}.1", [None if one is None else keys_record(one) for one in row])
        for number, row in enumerate(rows)
    ]
    places.write_places(place, 3 * len(rows) + 1, told)
    return places.Places(place), told


@given(
    st.lists(st.tuples(texts, st.none() | texts), min_size=1, max_size=6),
    st.lists(phrases | nears, min_size=1, max_size=4),
    st.booleans(),
)
def test_a_file_tells_what_the_records_tell(rows, terms, repeated):
    if repeated:  # as passages have their headings from those before them
        rows = [(text, rows[0][1]) for text, _ in rows]
    satisfied = Satisfied(terms)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        found, told = written(folder, rows)
        assert [found.passage(row) for row, _, _ in told] == [ident for _, ident, _ in told]
        for at, field in enumerate(("text", "headings")):
            having = {row: records[at] for row, _, records in told if records[at]}
            wanted = {
                number: [row for row, record in having.items() if number in satisfied.by(record)]
                for number in range(len(terms))
            }
            for many in TOGETHER:
                patch.setattr(places, "MANY", many)
                patch.setattr(many_of, "STEP", 2)
                again = dict(found.satisfying(satisfied, field, [*having]))
                assert {number: again.get(number, []) for number in wanted} == wanted


def fill(engine, documents, removed=()):
    with engine.writer() as writer:
        for one in removed:
            writer.remove(one.document.id)
        for one in documents:
            writer.add(one)
        writer.commit({"summary": {}})
    return engine


def segments(folder):
    """The generation of an index, the segments that it has, and those that have a file."""
    place = folder / json.loads((folder / "progsearch.json").read_text("utf-8"))["generation"]
    return (
        {name for name, _ in places.segments_in(place)},
        {file.stem for file in place.glob(f"*{places.SUFFIX}")},
    )


@given(corpora(), st.lists(queries, min_size=1, max_size=4), st.sampled_from(TOGETHER), st.data())
@settings(max_examples=examples(20))
def test_an_index_with_files_finds_what_the_others_find(documents, asked, together, data):
    gone = data.draw(st.lists(st.sampled_from(documents), unique_by=lambda one: one.document.id))
    plain = fill(fill(MemoryEngine(OneLexicon()), documents), (), gone)
    with TemporaryDirectory() as place, everywhere(together):
        folder = Path(place, "index")
        for more, less in ((documents, ()), ((), gone)):
            with closing(create("tantivy", folder)) as engine:
                fill(engine, more, less)
            there, having = segments(folder)
            assert having == there
        with closing(open_engine(folder)) as engine:
            engine.vocabulary._fallback = OneLexicon()
            for query in asked:
                clause = resolve(query, plain.vocabulary, ("cs", "sv"))
                found, wanted = (
                    one.search(clause, scope=All(), limit=None, ranked=False)
                    for one in (engine, plain)
                )
                assert [one.id for one, _ in found.hits] == [one.id for one, _ in wanted.hits]
            assert engine.trouble() is None


def near(folder):
    """Where the words of a NEAR stand, and how many passages were read one by one for it."""
    read = []
    by = Satisfied.by
    with pytest.MonkeyPatch.context() as patch, closing(open_engine(folder)) as engine:
        patch.setattr(Satisfied, "by", lambda self, record: read.append(record) or by(self, record))
        clause = resolve(Near(Word("lékař"), Word("sestra"), 2), engine.vocabulary, ("cs",))
        found = engine.search(clause, scope=All(), limit=None, ranked=False)
        return [one.document for one, _ in found.hits], len(read)


@pytest.mark.parametrize("together", TOGETHER)
def test_the_file_is_looked_at_where_it_is_of_the_segment(tmp_path, together):
    said = ("lékař a sestra", "lékař", "sestra ani ani ani lékař", "sestra lékař")
    made = [passage(f"d{number}", 1, text) for number, text in enumerate(said)]
    documents = [prepared(document(one.document, [one]), [one]) for one in made]
    with everywhere(together):
        fill(create("tantivy", tmp_path), documents).close()
        assert near(tmp_path) == (["d0", "d3"], 0)
        (file,) = tmp_path.glob(f"*/*{places.SUFFIX}")
        sound = file.read_bytes()
        others = (
            sound[:-8],  # cut off
            b"",
            bytes(len(sound)),
            sound.replace(b'"version": ', b'"version": 1'),
            sound.replace(b'"size": ', b'"size": 1'),
            sound.replace(b"d0.1", b"d9.1"),
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(DurableEngine, "trouble", lambda self, whole=True: None)
            for other in others:
                file.write_bytes(other)
                assert near(tmp_path) == (["d0", "d3"], 3), other[-40:]
        file.write_bytes(sound)
        assert near(tmp_path) == (["d0", "d3"], 0)


@pytest.mark.parametrize("damage", [lambda data: data[:-8], lambda data: bytes(len(data))])
def test_a_file_that_is_damaged_is_written_anew_with_the_next_commit(tmp_path, damage):
    said = ("lékař a sestra", "lékař")
    made = [passage(f"d{number}", 1, text) for number, text in enumerate(said)]
    one, other = (prepared(document(it.document, [it]), [it]) for it in made)
    with everywhere(1), pytest.MonkeyPatch.context() as patch:
        fill(create("tantivy", tmp_path), [one]).close()
        (file,) = tmp_path.glob(f"*/*{places.SUFFIX}")
        sound = file.read_bytes()
        file.write_bytes(damage(sound))
        patch.setattr(DurableEngine, "trouble", lambda self, whole=True: None)
        fill(create("tantivy", tmp_path), [other]).close()
        place = (
            tmp_path / json.loads((tmp_path / "progsearch.json").read_text("utf-8"))["generation"]
        )
        assert (place / file.name).read_bytes() == sound
        assert near(tmp_path) == (["d0"], 0)


def test_small_segments_have_no_file_and_joined_ones_keep_theirs(tmp_path):
    one, other = (prepared(document(ident, []), []) for ident in ("d1", "d2"))
    fill(create("tantivy", tmp_path), [one]).close()
    there, having = segments(tmp_path)
    assert there
    assert not having
    with everywhere(1):
        engine = create("tantivy", tmp_path)
        generation = engine.together().begin()
        with engine.together().share(generation, 1, 1) as writer:
            writer.add(other)
            writer.commit({})
        with engine.together().committing(generation) as writer:
            writer.commit({"summary": {}})
        engine.close()
    there, having = segments(tmp_path)
    assert having == there
    assert len(there) > 1
    place = tmp_path / json.loads((tmp_path / "progsearch.json").read_text("utf-8"))["generation"]
    managed = json.loads((place / ".managed.json").read_text("utf-8"))
    assert not [name for name in managed if name.endswith(places.SUFFIX)]
