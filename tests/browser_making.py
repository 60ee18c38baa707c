"""What is looked at in a browser."""

from __future__ import annotations

import shutil

import pytest
from browsing import chromium


def begun(folder):
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    program, driver = chromium(), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no Chromium (Debian: apt-get install chromium chromium-driver)")
    options = Options()
    options.binary_location = program
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1280,1000",
        "--disable-dev-shm-usage",
        f"--user-data-dir={folder}",
    ):
        options.add_argument(switch)
    return Chrome(options=options, service=Service(driver))


def one(browser, what):
    return browser.find_element("css selector", what)


def every(browser, what):
    return browser.find_elements("css selector", what)


def sent(browser, box, text):
    """Type into a box, Enter at the end, and wait for the answer."""
    page = one(browser, "html")
    box.send_keys(f"{text}\n")
    waited(browser, lambda: gone(page))


def waited(browser, until):
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 60, 0.05).until(lambda _: until())


def gone(element):
    from selenium.common.exceptions import WebDriverException

    try:
        element.is_enabled()
    except WebDriverException:
        return True
    return False
