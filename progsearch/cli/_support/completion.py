"""What a shell may complete: values of the index that is asked, and themes at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click

__all__ = ["lexicon_languages", "themes_at_hand", "values_of"]

Completer = Callable[[click.Context, str], list[str]]


def values_of(facet: str) -> Completer:
    """Completes the values of a facet; without an index there are none."""

    def complete(ctx: click.Context, incomplete: str) -> list[str]:
        return _beginning(incomplete, lambda: _values(ctx, facet))

    return complete


def themes_at_hand(ctx: click.Context, incomplete: str) -> list[str]:
    """Completes the ids of themes."""
    return _beginning(incomplete, lambda: _themes(ctx))


def lexicon_languages(ctx: click.Context, incomplete: str) -> list[str]:  # noqa: ARG001
    """Completes the languages of the lexicon."""
    return _beginning(incomplete, _languages)


def _languages() -> Sequence[str]:
    from progsearch.lexicon.concepts import LANGUAGES

    return LANGUAGES


def _beginning(incomplete: str, values: Callable[[], Sequence[str]]) -> list[str]:
    try:
        found = values()
    except Exception:  # noqa: BLE001 - a shell that completes is told of no error
        return []
    return [one for one in found if one.casefold().startswith(incomplete.casefold())]


def _values(ctx: click.Context, facet: str) -> list[str]:
    from progsearch.engine import open_engine

    with closing(open_engine(_index(ctx))) as engine:
        return engine.values(facet)


def _themes(ctx: click.Context) -> list[str]:
    from progsearch.themes.folders import catalogue_of

    return list(catalogue_of(list(_folders(ctx))).themes)


def _folders(ctx: click.Context) -> Iterator[Path]:
    for folder in ctx.params.get("themes") or ():
        yield Path(folder)


def _index(ctx: click.Context) -> Path:
    import os

    from progsearch.cli._support.options import DEFAULT_INDEX

    given = ctx.params.get("index")
    # While a shell completes, what was not typed is not filled in.
    return Path(given or os.environ.get("PROGSEARCH_INDEX") or DEFAULT_INDEX)
