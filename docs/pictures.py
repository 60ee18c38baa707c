"""``python -m docs.pictures``: the pictures of pages, from the demonstration corpus.

They need ``progsearch[serve]``, selenium, and Chromium with its driver. They are not compared by a
test: another version of the browser draws other pixels.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
SIZE = (1200, 860)

PICTURES = {
    "newsroom-search.png": "/search?theme=housing",
    "newsroom-compare.png": "/compare?theme=housing&theme=public-transport&by=party",
    "newsroom-document.png": "",
}
"""Each picture and its page; the document is the one that the first passage leads to."""


def main() -> int:
    """Draw them."""
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        sys.stderr.write("no Chromium (Debian: apt-get install chromium chromium-driver)\n")
        return 1
    os.chdir(DOCS.parent)
    options = Options()
    options.binary_location = program
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(switch)
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "index"))
        line = [sys.executable, "-m", "progsearch"]
        subprocess.run([*line, "ingest", "corpus", "--index", index, "-q"], check=True)
        server = subprocess.Popen(
            [*line, "serve", "--index", index, "--port", "0"],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        browser = Chrome(options=options, service=Service(driver))
        try:
            base = server.stdout.readline().strip().rstrip("/") if server.stdout else ""
            width, height = SIZE
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            for name, path in PICTURES.items():
                if path:
                    browser.get(base + path)
                else:
                    browser.get(f"{base}/search?theme=housing")
                    way = browser.find_element("css selector", "article a.place")
                    browser.get(way.get_attribute("href") or base)
                shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
                (DOCS / name).write_bytes(base64.b64decode(shot["data"]))
        finally:
            browser.quit()
            server.terminate()
            server.wait()
            if server.stdout:
                server.stdout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
