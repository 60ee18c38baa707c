"""A proxy on loopback that loses, delays and doubles what goes through it, or asks who is there."""

from __future__ import annotations

import base64
import http.client
import random
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@contextmanager
def proxied(url, behaviour=lambda number, path: "", *, login="", certificate=None):
    """The address of a proxy of a node, the first of those named.

    ``behaviour`` tells by the number and the path of a request what becomes of it: ``lost`` before
    or ``cut`` after it was answered, asked ``twice``, ``late``, or a status with a body. With a
    ``login`` all others are refused, with a ``certificate`` (a file with its key) it speaks TLS.
    """
    target = urlsplit(url.partition(",")[0])
    wanted = "Basic " + base64.b64encode(login.encode()).decode()
    lock = threading.Lock()
    count = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if login and self.headers.get("authorization") != wanted:
                return self._answer(401, b"Unauthorized", "text/plain")
            with lock:
                count[0] += 1
                number = count[0]
            what = behaviour(number, self.path)
            if isinstance(what, tuple):
                return self._answer(what[0], what[1].encode(), "application/json")
            if what == "lost":
                return self._cut()
            answers = [self._asked(body) for _ in range(2 if what == "twice" else 1)]
            if what == "cut":
                return self._cut()
            if what == "late":
                time.sleep(0.3)
            return self._answer(*answers[-1])

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

        def _asked(self, body):
            there = http.client.HTTPConnection(target.hostname, target.port, timeout=60)
            kept = {
                key: value
                for key, value in self.headers.items()
                if key.lower() in ("content-type", "content-encoding", "accept-encoding")
            }
            there.request(self.command, self.path, body, kept)
            found = there.getresponse()
            data = found.read()
            more = {"content-encoding": found.headers.get("content-encoding", "")}
            there.close()
            return found.status, data, found.headers.get("content-type", ""), more

        def _answer(self, status, data, kind, more=()):
            self.send_response(status)
            self.send_header("content-type", kind)
            for key, value in dict(more).items():
                if value:
                    self.send_header(key, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def _cut(self):
            self.close_connection = True

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def unsteady(seed, share=0.3):
    """A behaviour that spoils a share of the requests, in every way."""
    chance = random.Random(seed)

    def behaviour(number, path):
        spoilt = chance.random() < share
        return chance.choice(("lost", "cut", "twice", "late")) if spoilt else ""

    return behaviour
