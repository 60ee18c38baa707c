"""A browser, and a server of the demonstration."""

from __future__ import annotations

import shutil

import pytest
from browser_making import begun
from serving import served


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """One for all tests of a process: to start it takes longer than most of them."""
    found = begun(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def server(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown") / "index"
    shutil.copytree(demo, folder)
    with served(folder) as found:
        yield found


@pytest.fixture
def page(browser):
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
