"""The pictures of pages, from the demonstration corpus: ``python -m docs.pictures`` draws them all.

They need ``progsearch[serve]``, selenium, and Chromium with its driver. Another version of the
browser draws other pixels, so no pixels are compared: each picture keeps a hash of the words of
the page that it shows, and ``python -m docs.generate`` draws those whose page says something else.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path

DOCS = Path(__file__).parent
SIZE = (1200, 860)
SIDES = "of=party%3DL%C3%A4nsunionen&with=party%3DOmsorgsdemokraterna"

CODER = "Anna"
"""Who codes on them."""

DAY = "1704067200"
"""1 January 2024, in seconds since 1970: when each page says that it was made, since a picture
does not go out of date by the calendar."""

PICTURES = {
    "newsroom-search.png": "/search?theme=housing",
    "newsroom-compare.png": "/compare?theme=housing&theme=public-transport&by=party",
    "newsroom-document.png": "",
    "newsroom-sheet.png": f"/sheet?{SIDES}",
}
"""Each picture and its page; the document is the one that the first passage leads to."""

_SHOWS = b"Shows"
"""The keyword of the text chunk with the hash (PNG, 11.3.4.3 "tEXt Textual data")."""
_FIRST = re.compile(r'href="(/document/[^"]+#p[^"]+)"')


class _Words(HTMLParser):
    """What a page says, without the line of its foot that names the index."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._foot = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice the foot, and what a link leads to."""
        self._foot = self._foot or tag == "footer"
        self.found += [value or "" for name, value in attrs if name in ("value", "placeholder")]

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if not self._foot:
            self.found += data.split()


def words_of(page: str) -> str:
    """A hash of what there is to read on a page; tokens of forms are none of it."""
    reader = _Words()
    reader.feed(re.sub(r'<input[^>]*name="token"[^>]*>', "", page))
    return hashlib.sha256(" ".join(reader.found).encode()).hexdigest()[:32]


def shows(picture: bytes) -> str:
    """The hash of the page that a picture shows; empty where it keeps none."""
    at = 8
    while at + 8 <= len(picture):
        size, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + size]
        if kind == b"tEXt" and body.startswith(_SHOWS + b"\0"):
            return body.partition(b"\0")[2].decode("latin-1")
        at += 12 + size
    return ""


def showing(picture: bytes, hash_: str) -> bytes:
    """The picture with the hash of its page, before all that follows its head."""
    body = b"tEXt" + _SHOWS + b"\0" + hash_.encode("latin-1")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    head = 8 + 12 + 13  # the signature, and the first chunk (IHDR)
    return picture[:head] + chunk + picture[head:]


_PROGRAM = (sys.executable, "-m", "progsearch")


@contextmanager
def server(index: Path) -> Iterator[str]:
    """The address of a server of an index of the demonstration corpus, in the checkout."""
    process = subprocess.Popen(
        [*_PROGRAM, "serve", "--index", str(index), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=DOCS.parent,
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
    )
    try:
        yield process.stdout.readline().strip().rstrip("/") if process.stdout else ""
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


def pages(base: str) -> dict[str, tuple[str, str]]:
    """The address of the page of each picture, and the hash of its words now."""
    found = {}
    for name, path in PICTURES.items():
        way = path
        if not way:
            there = _FIRST.search(_read(base, PICTURES["newsroom-search.png"]))
            if there is None:
                raise RuntimeError("no passage leads to its document")
            way = unescape(there[1])
        found[name] = (way, words_of(_read(base, way.partition("#")[0])))
    return found


def _read(base: str, way: str) -> str:
    link = HTTPConnection(base.removeprefix("http://"), timeout=120)
    try:
        link.request("GET", way, headers={"Cookie": f"coder={CODER}"})
        return link.getresponse().read().decode("utf-8")
    finally:
        link.close()


def stale(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """The pictures that do not show their page as it is now: ``wanted`` are names and hashes."""
    there = {name: DOCS / name for name, _ in wanted}
    return [
        name
        for name, hash_ in wanted
        if not there[name].exists() or shows(there[name].read_bytes()) != hash_
    ]


def renew(index: Path, *, all_of: bool = False, write: bool = True) -> list[str]:
    """Draw the pictures that are stale, or all, from an index of the demonstration corpus; those
    that are still stale, since nothing can draw them here or nothing is to be written."""
    with server(index) as base:
        now = pages(base)
        names = list(now) if all_of else stale([(name, hash_) for name, (_, hash_) in now.items()])
        if not names or not write or not _drawn(base, {name: now[name] for name in names}):
            return names
    return []


def _drawn(base: str, wanted: dict[str, tuple[str, str]]) -> bool:
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    try:
        from selenium.webdriver import Chrome
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        return False
    if program is None or driver is None:
        return False
    options = Options()
    options.binary_location = program
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(switch)
    browser = Chrome(options=options, service=Service(driver))
    try:
        width, height = SIZE
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(f"{base}/help")
        browser.add_cookie({"name": "coder", "value": CODER})
        for name, (way, hash_) in wanted.items():
            browser.get(base + way)
            shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            (DOCS / name).write_bytes(showing(base64.b64decode(shot["data"]), hash_))
    finally:
        browser.quit()
    return True


def main() -> int:
    """Draw them all."""
    os.chdir(DOCS.parent)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        subprocess.run([*_PROGRAM, "ingest", "corpus", "--index", str(index), "-q"], check=True)
        left = renew(index, all_of=True)
    if left:
        sys.stderr.write("no Chromium (Debian: apt-get install chromium chromium-driver)\n")
    return len(left)


if __name__ == "__main__":
    sys.exit(main())
