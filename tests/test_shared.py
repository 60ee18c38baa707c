"""The main job on real documents; skipped where they do not lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from progsearch.engine import create
from progsearch.ingest import Status, ingest
from progsearch.model import Role
from progsearch.query import Everything, parse
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings

DEFAULTS = Path(__file__).parent / "data" / "shared.toml"


@pytest.fixture(scope="module")
def regions(shared, tmp_path_factory):
    """An index of two regions' programmes, some of which are copies."""
    engine = create("whoosh", tmp_path_factory.mktemp("regions") / "index")
    pirates = shared / "corpus" / "cz-pirati"
    for _ in ingest(engine, [pirates / "zlinsky", pirates / "pardubicky"]):
        pass
    yield Index.of(engine)
    engine.close()


@pytest.fixture(scope="module")
def seeds(shared, tmp_path_factory):
    """An index of the seeds with the defaults of their folder."""
    engine = create("whoosh", tmp_path_factory.mktemp("seeds") / "index")
    files = list(ingest(engine, [shared / "seeds"], Settings(defaults_file=DEFAULTS)))
    assert {one.status for one in files} == {Status.ADDED}
    yield Index.of(engine)
    engine.close()


def one(index, number):
    return next(d for d in index.engine.documents() if d.path.startswith(f"seeds/{number}"))


def roles(index, number):
    found = [p.role for p in index.engine.passages(one(index, number).id)]
    return {role: found.count(role) for role in set(found)}


def test_seed_000(seeds):
    document = one(seeds, "000")
    assert (document.format, document.lang.value) == ("frontmatter", "cs")
    assert document.extra["uid"] == "zdravotnictvi"
    assert (document.kind.value, str(document.date.value)) == ("programme", "2020")
    assert document.region.value.code == "CZ-51"
    assert document.people[0].uid == "zbynek.miklik"
    counted = roles(seeds, "000")
    assert (counted[Role.GOAL], counted[Role.MEASURE], counted[Role.MOTTO]) == (5, 18, 1)
    assert counted[Role.INTRO] >= 1
    assert counted[Role.BYLINE] == 1


def test_seed_001(seeds):
    document = one(seeds, "001")
    assert (document.kind.value, document.region.value.code) == ("fulfilment-report", "CZ-20")
    assert document.region.origin == "default"
    assert str(document.extra["redmine"]) == "35925"
    counted = [p for p in seeds.engine.passages(document.id) if p.role is not Role.HEADING]
    assert len(counted) == 1
    assert len(counted[0].also) == 1


def test_seed_002(seeds):
    document = one(seeds, "002")
    assert document.title.startswith("Antaget politiskt program")
    assert (document.lang.value, document.kind.value) == ("sv", "news")
    assert str(document.date.value) == "2021-12-22"
    assert (document.region.value.code, document.region.origin) == ("SE-G", "inferred")
    passages = seeds.engine.passages(document.id)
    quotations = [p for p in passages if p.role is Role.QUOTATION]
    assert [(p.speaker.name, p.speaker.party) for p in quotations] == [
        ("Roland Gustbée", "Moderaterna"),
        ("Magnus Frithof", ""),
    ]
    assert "ordförande i hälso- och sjukvårdsnämnden" in quotations[0].speaker.office
    headings = {p.headings for p in passages}
    assert any("Aktiviteter konkretiseras i handlingsplanen" in path for path in headings)
    teasers = [p for p in passages if p.role is Role.TEASER]
    text = "\n".join(p.text for p in teasers)
    for known in ("Lägesrapport", "Region Blekinge och", "vårdcentraler", "PCR-provtagningen"):
        assert known in text
    assert text.count("januari 2022") == 4


def test_seed_003(seeds):
    document = one(seeds, "003")
    assert (document.kind.value, document.region.value.code) == ("budget", "SE-G")
    assert str(document.date.value) == "2018"
    headings = {p.headings[-1] for p in seeds.engine.passages(document.id) if p.headings}
    assert {"Korta köer", "Den nära vården", "Våra medarbetare"} <= headings


def test_seed_004(seeds):
    counted = roles(seeds, "004")
    assert (counted[Role.GOAL], counted[Role.MEASURE]) == (4, 12)


def test_sources_come_back_to_the_letter(seeds, shared):
    for document in seeds.engine.documents():
        file = shared.parent / "shared" / document.path
        assert seeds.text(document) == file.read_bytes().decode()


@pytest.mark.parametrize(
    ("query", "filters", "known"),
    [
        ("zdravotnický personál", Filters(), "motivovat zdravotnický personál"),
        ("sjuksköterska", Filters(region=["SE-G"]), "för sjuksköterskor"),
        ("zdravotník", Filters(role=["measure"]), "zdravotník – zdravotník"),
        ("pestounu", Filters(), "pěstounů"),
        ("hälsovård", Filters(), "hälso- och sjukvårdsnämnden"),
    ],
)
def test_what_a_researcher_asks_first(seeds, query, filters, known):
    hits = list(seeds.search(parse(query), filters).hits)
    assert any(known in hit.passage.text for hit in hits)
    assert all(hit.matches for hit in hits)


def test_copies_of_another_region_are_known(regions):
    copies = {
        regions.engine.document(copy).path: regions.engine.document(original).path
        for copy, original in regions.summary.copies.items()
    }
    assert copies["zlinsky/_program/hlinsko/hlinsko.md"] == "pardubicky/_program/hlinsko/hlinsko.md"


def test_a_heading_that_is_a_promise_goes_with_its_passage(regions):
    hits = regions.search(parse('"personální obsazení"')).hits
    paths = [hit.passage.headings for hit in hits]
    assert ("Zajistíme personální obsazení zdravotnických zařízení",) in paths


def test_counts_and_hits_agree(regions):
    counted = regions.tally(parse("nemocnice"), by=["region"])
    found = regions.search(parse("nemocnice"), Filters(copies=False), limit=None)
    assert counted.total.passages == found.total > 0
    everything = regions.search(Everything(), Filters(copies=False), limit=1)
    # Two regions that have one text say it both, so their sum may be more.
    assert sum(c.passages for c in counted.of.values()) > counted.total_of.passages
    assert counted.total_of.passages == everything.total
