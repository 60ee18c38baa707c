"""``progsearch themes``: the themes at hand, and work on one of them."""

from __future__ import annotations

import typer

from progsearch.cli.themes import at_hand, working

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    themes = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    for module in (at_hand, working):
        module.register(themes)
    app.add_typer(
        themes,
        name="themes",
        help="Themes are dictionaries that ask one question in every language.",
    )
