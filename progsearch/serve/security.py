"""Who may ask, from where, and what a page may do in a browser.

Rules: OWASP, "DNS Rebinding" and "Cross-Site Request Forgery Prevention"; W3C, "Content
Security Policy Level 3"; RFC 7617, "The 'Basic' HTTP Authentication Scheme".
"""

from __future__ import annotations

import asyncio
import binascii
import ipaddress
import secrets
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Guard", "Rules", "is_loopback"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and do: what this server has, and nothing else."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Without a referrer at all, a browser does not say either whose form it sends.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

BODY = 200_000
"""Bytes of a form that is sent; a longer one is refused before it is read."""

WAIT = 0.5
"""Seconds that an answer to a wrong password takes."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can ask a server at that host."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Rules:
    """Under which names the server may be asked, and with which password, if with any.

    ``token`` is what a form must send along that changes anything; no page of another server
    can read it.
    """

    hosts: frozenset[str]
    password: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def of(cls, host: str, names: Iterable[str] = (), password: str = "") -> Rules:
        """The rules of a server at a host that has further names."""
        known = {host.strip("[]").casefold(), *(name.casefold() for name in names)}
        if is_loopback(host):
            known |= {"localhost", "127.0.0.1", "::1"}
        return cls(frozenset(known), password)

    def knows(self, host: str) -> bool:
        """Whether a ``Host`` names this server, whatever the port: a tunnel has another."""
        name, colon, port = host.rpartition(":")
        if not colon or not port.isdecimal():
            name = host
        elif name.startswith("[") != name.endswith("]"):
            return False
        return name.strip("[]").casefold() in self.hosts

    def lets_in(self, authorization: str) -> bool:
        """Whether the password is right; any name goes with it."""
        if not self.password:
            return True
        kind, _, told = authorization.partition(" ")
        if kind.casefold() != "basic":
            return False
        try:
            _, colon, password = b64decode(told, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        return bool(colon) and secrets.compare_digest(password, self.password.encode())

    def is_token(self, told: str) -> bool:
        """Whether a form was made by this server."""
        return secrets.compare_digest(told.encode("utf-8", "replace"), self.token.encode())


class Guard:
    """Stands before an application: refuses who may not ask, and adds what a page may not do."""

    def __init__(self, app: App, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _ in message["headers"]}
                more = [pair for pair in HEADERS if pair[0] not in told]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        refused = self._refused(scope["method"], headers)
        if refused is None:
            await self._app(scope, receive, guarded)
            return
        status, text = refused
        if status == 401:
            await asyncio.sleep(WAIT)
        await _tell(guarded, status, text)

    def _refused(self, method: str, headers: MutableMapping[str, list[str]]) -> Refusal | None:
        hosts = headers.get("host", [])
        if len(hosts) != 1 or not self._rules.knows(hosts[0]):
            return 421, "This server is not known by that name; start it with --name.\n"
        if not self._rules.lets_in(headers.get("authorization", [""])[0]):
            return 401, "A password is asked for.\n"
        if method in ("GET", "HEAD"):
            return None
        origin = headers.get("origin", [""])[0]
        site = headers.get("sec-fetch-site", ["same-origin"])[0]
        foreign = origin and origin.partition("://")[2].casefold() != hosts[0].casefold()
        if foreign or site not in ("same-origin", "none"):
            return 403, "A page of another server may not send anything.\n"
        length = headers.get("content-length", ["0"])[0]
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > BODY:
            return 413, "That is too much.\n"
        return None


Refusal = tuple[int, str]


async def _tell(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="progsearch", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
