"""Whoosh's files written and read below its interface are those of its interface."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from making import corpora, document, passage, prepared
from whoosh.index import open_dir

from progsearch.clause import All
from progsearch.engine import whoosh
from progsearch.engine.postings import positions
from progsearch.engine.whoosh import segments as whoosh_segments
from progsearch.engine.whoosh.schema import schema

pytestmark = pytest.mark.skipif(
    not whoosh.BLOCKS, reason="another version of Whoosh, whose files are only used the plain way"
)


def write(folder, steps, *, blocks):
    """Run transactions: documents to add and ids to remove."""
    made = whoosh.open_index(folder, True, blocks=blocks)
    for number, (added, removed) in enumerate(steps):
        with made.writer() as writer:
            for one in added:
                writer.add(one)
            for one in removed:
                writer.remove(one)
            writer.commit({"summary": {"number": number}})
    made.close()


def contents(lists, fields):
    """All that a segment holds, as it reads."""
    columns = {
        name: list(lists.numbers(name, kind))
        for name, kind in (("words", "I"), ("text_weight", "f"), ("headings_weight", "f"))
    }
    for name in ("lang", "role"):
        numbers, names = lists.values(name)
        columns[name] = [names[number] for number in numbers]
    for name in ("id", "path", "data"):
        columns[name] = [lists.record(name, row) for row in range(lists.size)]
    terms = {}
    for field in fields.names():
        if fields[field].format is None or field.endswith("_more"):
            continue
        for term in lists.terms(field):
            rows = list(lists.rows(field, term))
            entry = [rows, lists.frequency(field, term)]
            if field in ("text", "headings"):
                entry.append(list(lists.places(field, term)))
                entry.append([(row, list(positions(at))) for row, at in lists.repeats(field, term)])
                assert list(lists.more(field, term)) == [(row, len(at)) for row, at in entry[-1]]
            terms[field, term] = entry
    return lists.gone, columns, terms


def read(folder, *, blocks):
    made = whoosh.open_index(folder, True, blocks=blocks)
    found = [contents(part.lists, schema()) for part in made.parts]
    made.close()
    return found


def meaning(found):
    """What does not depend on the numbers of rows: terms and positions by record."""
    documents = {}
    for gone, columns, terms in found:
        for (field, term), (rows, _, *places) in terms.items():
            if field == "vocabulary":
                documents.setdefault((field, ""), set()).add(term)
                continue
            at = dict(zip(rows, places[0], strict=True)) if places else dict.fromkeys(rows)
            more = dict(places[1]) if places else {}
            for row in rows:
                if row not in gone:
                    name = columns["data"][row]
                    place = (name, at[row], tuple(more.get(row, ())))
                    documents.setdefault((field, term), set()).add(place)
    return documents


steps = st.lists(
    st.tuples(corpora(), st.lists(st.sampled_from(["d0", "d1", "d2", "d3"]), max_size=2)),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=examples(30),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps, block=st.sampled_from([1, 2, 1 << 14]), memory=st.sampled_from([0, 10**8]))
def test_both_ways_write_and_read_the_same(tmp_path_factory, steps, block, memory):
    folder = tmp_path_factory.mktemp("index")
    with ExitStack() as stack:
        stack.enter_context(patch.object(whoosh_segments, "_BLOCK", block))
        stack.enter_context(patch.object(whoosh_segments, "MEMORY", memory))
        stack.enter_context(patch.object(whoosh_segments, "LOOKED_AT", 1))
        stack.enter_context(patch.object(whoosh_segments, "_WORTH_PACKING", 40))
        for blocks in (True, False):
            write(folder / str(blocks), steps, blocks=blocks)
    meant = []
    for written in (True, False):
        plain = read(folder / str(written), blocks=False)
        blockwise = read(folder / str(written), blocks=True)
        meant.append(meaning(blockwise))
        for one, other in zip(plain, blockwise, strict=True):
            gone, columns, terms = other
            assert one[:2] == (gone, columns)
            for name, (rows, frequency, *places) in terms.items():
                # Whoosh leaves rows that are gone out of postings, but not of frequencies.
                kept = [row for row in rows if row not in gone]
                wanted = [kept, frequency]
                if places:
                    at = dict(zip(rows, places[0], strict=True))
                    wanted.append([at[row] for row in kept])
                    wanted.append([more for more in places[1] if more[0] not in gone])
                assert one[2][name] == wanted
            assert one[2].keys() == terms.keys()
    assert meant[0] == meant[1]


def test_one_way_goes_on_where_the_other_stopped(tmp_path):
    def some(ident):
        parts = [passage(ident, n, "lékaře a lékaře a sestry") for n in range(1, 4)]
        return prepared(document(ident, parts), parts)

    for number, blocks in enumerate([True, False, True, False]):
        made = whoosh.open_index(tmp_path, True, blocks=blocks)
        with made.writer() as writer:
            writer.add(some(f"d{number}"))
            if number:
                writer.remove(f"d{number - 1}")
            writer.commit({"summary": {}})
        assert [one.id for one in made.documents()] == [f"d{number}"]
        assert made.search(All(), scope=All(), limit=None).total == 3
        made.close()


@pytest.mark.parametrize("blocks", [True, False])
def test_whoosh_itself_reads_an_index(tmp_path, blocks):
    parts = [passage("a", 1, "lékaře"), passage("a", 2, "sestry a lékaře")]
    write(
        tmp_path,
        [([prepared(document("a", parts), parts)], []), ([], ["a"])] * 2
        + [([prepared(document("b", parts[:1]), parts[:1])], [])],
        blocks=blocks,
    )
    reader = open_dir(tmp_path).reader()
    found = list(reader.postings("text", "cs:lékař").all_ids())
    made = whoosh.open_index(tmp_path, False)
    rows = [row for part in made.parts for row in part.lists.rows("text", "cs:lékař")]
    assert len(found) == 1
    assert set(found) <= set(rows)
    reader.close()
    made.close()
