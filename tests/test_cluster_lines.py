"""The line of OpenSearch that the other tests are not run on gives the same."""

from __future__ import annotations

import pytest

pytest.importorskip("opensearchpy")

from cluster.nodes import is_laid_out, missing, nodes, other
from cluster_making import some_documents
from making import WORDS, OneLexicon
from test_engines import LANGUAGES, fill, memory

from progsearch.clause import All, resolve
from progsearch.engine import Cluster, create
from progsearch.query import Near, Phrase, Prefix, Word


def test_the_other_line_gives_the_same(tmp_path):
    if why := missing(other()):
        pytest.skip(why)
    if not is_laid_out(other()):
        pytest.skip(f"no jars of OpenSearch {other()}.x are laid out: python -m cluster.nodes")
    before, after = some_documents(20), some_documents(6, seed=2, first=3)
    plain = memory([*before[:3], *after, *before[9:]])
    asked = [
        Word("lékař"),
        Prefix("vå"),
        Phrase((Word(WORDS[0]), Word(WORDS[1]))),
        Near(Word(WORDS[0]), Word(WORDS[2]), 3),
    ]
    with nodes(1, other()) as (node,):
        engine = fill(create("opensearch", tmp_path, cluster=Cluster(node.url)), before)
        fill(engine, after)
        engine.vocabulary._fallback = OneLexicon()
        assert engine.status().library.split()[1].startswith(f"{other()}.")
        clauses = [resolve(query, plain.vocabulary, LANGUAGES) for query in asked]
        assert [resolve(query, engine.vocabulary, LANGUAGES) for query in asked] == clauses
        for clause in clauses:
            wanted = plain.search(clause, scope=All(), limit=None, ranked=False)
            found = engine.search(clause, scope=All(), limit=1000, ranked=True)
            assert {one.id for one, _ in found.hits} == {one.id for one, _ in wanted.hits}
        assert any(plain.tally(clauses, scope=All(), by=()).totals)
        for by in (("party", "lang"), ("document",), ()):
            assert engine.tally(clauses, scope=All(), by=by) == plain.tally(
                clauses, scope=All(), by=by
            )
        assert [what for _, what in engine.findings() if what] == []
        engine.close()
