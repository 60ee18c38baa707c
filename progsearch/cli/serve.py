"""``progsearch serve``: the index as pages for a browser, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from progsearch.cli._support import options as o

__all__ = ["register"]


def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any that is free.")
    ] = 8765,
    host: Annotated[
        str,
        typer.Option("--host", help="Address to listen at; another asks for --password-file."),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="Name by which a proxy in front is asked; repeatable."
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file", metavar="FILE", help="Ask for the password in its first line."
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Also open it in the browser.")] = False,
    themes: o.ThemeFolders = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Search, read, compare and collect in a browser; the first line is its address.

    Only this machine is answered, unless told otherwise. Ctrl-C ends it.

    Examples:
      progsearch serve --open
      progsearch serve --port 0 --index index
    """
    from progsearch.cli._support.output import say
    from progsearch.errors import ProgsearchError

    try:
        from progsearch.serve.running import password_in, run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise ProgsearchError(
            f"this needs {error.name}, which is not installed",
            remedy='run: pip install "progsearch[serve]"',
        ) from None
    from progsearch.serve.security import is_loopback

    def ready(address: str) -> None:
        typer.echo(address)
        if name or not is_loopback(host):
            say("other machines can ask; the password goes over the network as it is, unless a")
            say("proxy in front speaks HTTPS (docs/newsroom.md)")
        say("Ctrl-C ends it")
        if open_:
            import webbrowser

            webbrowser.open(address)

    run(
        index,
        host=host,
        port=port,
        names=name or (),
        themes=themes or (),
        password=password_in(password_file),
        ready=ready,
    )


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("serve")(serve)
