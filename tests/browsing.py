"""A real Chromium for tests, driven over its pipe (Chrome DevTools Protocol)."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-pipe",
)
PATIENCE = 60
"""Seconds until a browser that does not answer is given up."""


def chromium():
    """The program, or nothing."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page of a browser with a new profile; ``events`` is all that it has told."""

    def __init__(self, program, profile):
        to_read, self._out = os.pipe()
        self._in, from_write = os.pipe()
        # Numbers from 10 on: 3 and 4 are the browser's, and must not be overwritten.
        theirs = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (to_read, from_write)]
        actions = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        actions += [(os.POSIX_SPAWN_DUP2, fd, at) for fd, at in zip(theirs, (3, 4), strict=True)]
        command = [program, *SWITCHES, f"--user-data-dir={profile}"]
        self._process = os.posix_spawn(program, command, os.environ, file_actions=actions)
        for one in (to_read, from_write, *theirs):
            os.close(one)
        self._number, self._rest, self._session = 0, b"", None
        self.events = []
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
            self._session = attached["sessionId"]
            for domain in ("Page", "Network", "Runtime", "Log", "DOM", "Accessibility"):
                self.call(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def call(self, method, **params):
        """Ask for something and wait for the answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            told = self._told()
            if told.get("id") == self._number:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]
            self.events.append(told)

    def _told(self):
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0, until - time.monotonic()))
            part = os.read(self._in, 1 << 20) if ready else b""
            if not part:
                raise TimeoutError("the browser does not answer")
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def open(self, url, still=0.1):
        """Go to an address and wait until the page is there and still, for so many seconds."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(one["method"] == "Page.loadEventFired" for one in self.events):
            self.events.append(self._told())
        # What a page does of itself, it does until then, and in the next moment.
        wait = f"new Promise(done => setTimeout(done, {1000 * still}))"
        self.call("Runtime.evaluate", expression=wait, awaitPromise=True)

    def ask(self, expression):
        """The value of an expression in the page; its policy does not hold for the debugger."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key, code):
        """Press a key and let it go."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text
            )

    def told(self, method):
        """What has been told of one kind since the page was opened."""
        return [one["params"] for one in self.events if one["method"] == method]

    def requests(self):
        """The addresses that the page has asked for."""
        return [one["request"]["url"] for one in self.told("Network.requestWillBeSent")]

    def close(self):
        """End the browser that was started here."""
        with contextlib.suppress(OSError, TimeoutError, AssertionError):
            self._session = None
            self.call("Browser.close")
        until = time.monotonic() + 10
        while os.waitpid(self._process, os.WNOHANG)[0] == 0:
            if time.monotonic() > until:
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
                break
            time.sleep(0.05)
        os.close(self._out)
        os.close(self._in)


class Server:
    """A server of this machine that remembers what it was asked for."""

    def __init__(self):
        self.asked = asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self):
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
