"""``progsearch ingest``: files to an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.reading_options import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    EXIT_FAILURES,
    As,
    DefaultsFile,
    Exclude,
    Include,
    Languages,
    MaxMb,
    Ocr,
    Rev,
    Set,
    Strict,
    settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from progsearch.engine import Engine, OpenEngine
    from progsearch.shares import Share
    from progsearch.state import Summary

__all__ = ["register"]


Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Folders and files. [default: corpus]"),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Engine of a new index: whoosh, tantivy for large ones, or opensearch for those of "
        "several machines. [default: whoosh]",
        show_default=False,
    ),
]
CLUSTER = "Cluster"
ClusterAddress = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar="URL[,URL…]",
        help="Nodes of the cluster that keeps the index; the folder remembers them.",
        show_default=False,
        rich_help_panel=CLUSTER,
    ),
]
ClusterPrefix = Annotated[
    str,
    typer.Option(
        "--cluster-prefix",
        metavar="NAME",
        help="How the names of its indices begin there; to share one, name that. [default: new]",
        show_default=False,
        rich_help_panel=CLUSTER,
    ),
]
ClusterCa = Annotated[
    str,
    typer.Option(
        "--cluster-ca",
        metavar="FILE",
        help="Certificates that are trusted. [default: the system's]",
        show_default=False,
        rich_help_panel=CLUSTER,
    ),
]
ClusterShards = Annotated[
    int,
    typer.Option(
        "--cluster-shards",
        min=0,
        max=1000,
        help="Parts of a new index, which nodes share: one for each 20 to 40 GB. [default: 1]",
        show_default=False,
        rich_help_panel=CLUSTER,
    ),
]
SHARES = "Many writers"
Begin = Annotated[
    bool,
    typer.Option(
        "--begin",
        help="Begin a generation that several runs write, and print its number.",
        rich_help_panel=SHARES,
    ),
]
ShardOf = Annotated[
    str,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Write the I-th of N shares of the files.",
        show_default=False,
        rich_help_panel=SHARES,
    ),
]
Generation = Annotated[
    int | None,
    typer.Option(
        "--generation",
        metavar="G",
        min=1,
        help="Of which generation the share is.",
        show_default=False,
        rich_help_panel=SHARES,
    ),
]
Commit = Annotated[
    int | None,
    typer.Option(
        "--commit",
        metavar="G",
        min=1,
        help="Commit a generation when all its shares are written.",
        show_default=False,
        rich_help_panel=SHARES,
    ),
]
Abandon = Annotated[
    int | None,
    typer.Option(
        "--abandon",
        metavar="G",
        min=1,
        help="Give a generation up; the index is as before.",
        show_default=False,
        rich_help_panel=SHARES,
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        min=0,
        metavar="N",
        help="Processes beside this one that analyse files when there is much to do; 0 for one a "
        "core with it.",
    ),
]
Wait = Annotated[
    bool, typer.Option("--wait", help="Wait while another ingest writes to the index.")
]


def ingest(
    paths: Paths = None,
    set_: Set = None,
    defaults: DefaultsFile = None,
    languages: Languages = DEFAULT_LANGUAGES,
    max_mb: MaxMb = DEFAULT_MAX_MB,
    strict: Strict = False,
    as_: As = "",
    include: Include = None,
    exclude: Exclude = None,
    rev: Rev = "",
    ocr: Ocr = False,
    engine: EngineName = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index anew; the old one stays until then.")
    ] = False,
    processes: Processes = 0,
    check_hashes: Annotated[
        bool,
        typer.Option(
            "--check-hashes", help="Compare all bytes, not only the sizes and times of files."
        ),
    ] = False,
    allow_removal: Annotated[
        bool,
        typer.Option(
            "--allow-removal", help="Go on when a third of the documents have lost their files."
        ),
    ] = False,
    max_seconds: Annotated[
        float,
        typer.Option("--max-seconds", min=1, help="What a small file may take; a large one more."),
    ] = 60,
    max_memory: Annotated[
        float, typer.Option("--max-memory", min=200, help="Megabytes that one file may take.")
    ] = 3000,
    wait: Wait = False,
    cluster: ClusterAddress = "",
    cluster_prefix: ClusterPrefix = "",
    cluster_ca: ClusterCa = "",
    cluster_shards: ClusterShards = 0,
    begin: Begin = False,
    shard: ShardOf = "",
    generation: Generation = None,
    commit: Commit = None,
    abandon: Abandon = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Read files and bring the index up to date; unchanged files are skipped.

    Examples:
      progsearch ingest programmes
      progsearch ingest programmes --set party=Piráti --engine tantivy
      progsearch ingest programmes --engine opensearch --cluster http://HOST:9200
    """
    from contextlib import closing
    from dataclasses import replace
    from time import perf_counter

    from progsearch.cli._support.index import reading
    from progsearch.cli._support.output import say
    from progsearch.cli._support.progress import report, warn_of_parties
    from progsearch.cli._support.signals import stoppable
    from progsearch.engine import Cluster, create
    from progsearch.ignoring import Choice
    from progsearch.ingest import Status
    from progsearch.ingest import ingest as run
    from progsearch.shares import ingest_share

    begun = perf_counter()
    chosen = settings(set_, defaults, languages, max_mb, strict=strict, as_=as_, rev=rev)
    choice = Choice(tuple(include or ()), tuple(exclude or ()))
    chosen = replace(
        chosen,
        processes=processes or max(1, _cores() - 1),
        choice=choice,
        ocr=ocr,
        check_hashes=check_hashes,
        allow_removal=allow_removal,
        max_seconds=max_seconds,
        max_memory=int(max_memory * 1e6),
    )
    nodes = Cluster(cluster, cluster_prefix, cluster_ca, cluster_shards) if cluster else None
    last_words = "stopped; what was committed is kept: run the same command again to go on"
    if begin or commit or abandon:
        made = create(engine, index, rebuild=rebuild, cluster=nodes, together=not begin)
        _together(made, begin, commit, abandon)
        return
    share = _share(shard, generation)
    with (
        stoppable(say, last_words),
        closing(
            create(
                engine,
                index,
                rebuild=rebuild,
                waiting=say if wait else None,
                cluster=nodes,
                together=bool(share),
            )
        ) as made,
        reading(made),
        closing(
            ingest_share(made, paths or [o.DEFAULT_CORPUS], chosen, *share)
            if share
            else run(made, paths or [o.DEFAULT_CORPUS], chosen, keeping=_kept_words)
        ) as done,
    ):
        told = report(done, chosen, quiet=quiet)
        name, known = made.name, made.state("summary").get("passages", 0)
        parties = made.values("party")
    if not quiet:
        warn_of_parties(parties)
        counts = ", ".join(f"{count:,} {status}" for status, count in told.files.items() if count)
        took = f"{perf_counter() - begun:.1f} s"
        say(f"{counts or 'no files'}; {_many(told.passages, 'passage')}; {took}")
        for line in told.skipped_lines():
            say(line)
        _advise(name, known)
    if told.files.get(Status.FAILED):
        say("progsearch list failures names the files that could not be read")
        raise typer.Exit(EXIT_FAILURES)


def _share(shard: str, generation: int | None) -> tuple[Share, int] | None:
    """The share that is to be written, and of which generation; None for all files."""
    from progsearch.errors import ProgsearchError
    from progsearch.shares import Share

    if bool(shard) != bool(generation):
        raise ProgsearchError(
            "a share is of a generation",
            where="--shard",
            remedy="write both --shard I/N and --generation G, which --begin prints",
        )
    return (Share.read(shard), generation) if generation else None


def _together(made: OpenEngine, begin: bool, commit: int | None, abandon: int | None) -> None:
    """Begin, commit or give up a generation that several runs write."""
    from contextlib import closing

    from progsearch import shares
    from progsearch.cli._support.index import reading
    from progsearch.cli._support.output import say
    from progsearch.errors import ProgsearchError

    if bool(begin) + bool(commit) + bool(abandon) > 1:
        raise ProgsearchError("one at a time: --begin, --commit or --abandon", remedy="choose one")
    with closing(made), reading(made):
        if begin:
            typer.echo(shares.begin(made))
        elif commit:
            summary = shares.commit(made, commit, _kept_words)
            documents = _many(summary.documents, "document")
            say(f"{documents}; {_many(summary.passages, 'passage')}")
        elif abandon:
            made.together().abandon(abandon)
            say(f"generation {abandon} is given up; the index is as it was")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _cores() -> int:
    """The cores that this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _advise(engine: str, passages: int) -> None:
    from progsearch.cli._support.output import say
    from progsearch.engine import LARGE

    if engine == "whoosh" and passages > LARGE:
        say(
            f"note: with more than {LARGE:,} passages, searches are faster with another engine: "
            "progsearch ingest --rebuild --engine tantivy PATH"
        )


def _kept_words(engine: Engine, summary: Summary) -> Mapping[str, Mapping[str, object]]:
    """The words of the shipped themes and of the lexicon, so that no search for one of them
    loads dictionaries."""
    from progsearch import lexicon, themes
    from progsearch.lexicon import words as of_lexicon
    from progsearch.themes import words as of_themes

    told = summary.languages, summary.language_data
    return {
        themes.STATE: of_themes.words_record(engine.state(themes.STATE), *told),
        lexicon.STATE: of_lexicon.words_record(engine.state(lexicon.STATE), *told),
    }


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("ingest")(ingest)
