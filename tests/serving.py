"""A server of pages on this machine, for tests, and what reads them."""

from __future__ import annotations

import http.client
import io
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import NamedTuple
from urllib.parse import urlencode

import uvicorn

from progsearch.cli import app
from progsearch.serve.app import Site, application
from progsearch.serve.basket import Basket
from progsearch.serve.fresh import Fresh
from progsearch.serve.running import _listening
from progsearch.serve.security import Rules


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")


def run(*words):
    """What a command prints on stdout."""
    out = io.StringIO(newline="")
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        app([str(word) for word in words], standalone_mode=False)
    return out.getvalue()


class Served:
    """A server that answers; ``site`` is what it answers from."""

    def __init__(self, site, port):
        self.site, self.port = site, port
        self.place = f"127.0.0.1:{port}"
        self.base = f"http://{self.place}"

    def ask(self, path, method="GET", body=None, **headers):
        """The answer to a request; underscores in names of headers are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": self.place, **named}.items():
                if value is not None:
                    link.putheader(name, value)
            if body is not None:
                link.putheader("Content-Length", str(len(body)))
            link.endheaders(body)
            found = link.getresponse()
            told = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, told, found.read())
        finally:
            link.close()

    def send(self, path, pairs, **headers):
        """The answer to a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask(path, "POST", urlencode(pairs).encode(), **kind)


@contextmanager
def served(folder, *, names=(), password="", themes=()):
    """A server of the index in a folder."""
    fresh = Fresh(folder, themes)
    site = Site(fresh, Basket(folder), Rules.of("127.0.0.1", names, password))
    listening = _listening("127.0.0.1", 0)
    config = uvicorn.Config(application(site), access_log=False, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Served(site, listening.getsockname()[1])
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)
        fresh.close()
        listening.close()
