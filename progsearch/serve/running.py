"""A server that runs until it is told to stop, and then stops at once."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from progsearch.errors import ProgsearchError
from progsearch.serve.app import Site, application
from progsearch.serve.basket import Basket
from progsearch.serve.fresh import Fresh
from progsearch.serve.security import Rules, is_loopback

__all__ = ["password_in", "run"]

BACKLOG = 256
"""Readers that may wait to be let in."""

GRACE = 0.5
"""Seconds that answers on the way have when the server stops."""


def password_in(file: Path | None) -> str:
    """The password in the first line of a file. Raises ProgsearchError where there is none."""
    if file is None:
        return ""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ProgsearchError(
            "cannot be read", where=str(file), remedy="write the password into its first line"
        ) from None
    if not lines or not lines[0].strip():
        raise ProgsearchError(
            "it has no password", where=str(file), remedy="write one into its first line"
        )
    return lines[0].strip()


def run(
    index: Path,
    *,
    host: str,
    port: int,
    names: Sequence[str] = (),
    themes: Sequence[Path] = (),
    password: str = "",
    ready: Callable[[str], None],
) -> None:
    """Answer until the process is told to stop; ``ready`` gets the address when it can be asked.

    Raises ProgsearchError where there is no index, where the address cannot be had, and when
    other machines could ask without a password.
    """
    if not password and (names or not is_loopback(host)):
        raise ProgsearchError(
            "other machines could ask without a password",
            where="--name" if names else "--host",
            remedy="add --password-file FILE, with the password in its first line",
        )
    fresh = Fresh(index, themes)
    with fresh.index():  # what is wrong with it is told at once, not to the first reader
        pass
    site = Site(fresh, Basket(index), Rules.of(host, names, password))
    listening = _listening(host, port)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        application(site),
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=BACKLOG,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    shown = f"[{host}]" if ":" in host else host
    server.ready = lambda: ready(f"http://{shown}:{listening.getsockname()[1]}/")
    try:
        server.run(sockets=[listening])
    finally:
        fresh.close()
        listening.close()


class _Server(uvicorn.Server):
    """A server that tells when it can be asked, and ends in time."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self.ready()

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stop; what takes too long to be let go of is ended: nothing is written on the way."""
        super().handle_exit(sig, frame)  # type: ignore[arg-type]
        self.force_exit = True
        end = threading.Timer(GRACE, os._exit, [128 + sig])
        end.daemon = True
        end.start()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two servers have one port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host.strip("[]"), port))
        found.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        found.close()
        raise ProgsearchError(
            f"cannot be had: {getattr(error, 'strerror', None) or error}",
            where=f"{host}:{port}",
            remedy="choose another --port, or 0 for any that is free",
        ) from None
    return found
