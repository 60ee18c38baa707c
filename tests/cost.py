"""What each file of tests costs: a plugin of pytest, see ``python -m tests --cost``.

Seconds of a processor are counted, of the process of a test and of those that it has begun and
waited for; how long a run takes tells of the machine.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

SHOWN = 40
"""Files, the dearest first."""

_BEGUN = pytest.StashKey[float]()


def pytest_configure(config):
    config.pluginmanager.register(_Costs(), "costs")


class _Costs:
    def __init__(self):
        self._by_file = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item):
        item.stash[_BEGUN] = spent()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        if call.when == "teardown":
            item.user_properties.append(("cost", spent() - item.stash[_BEGUN]))

    def pytest_runtest_logreport(self, report):
        """Add what one test has taken; of several processes, this one is told by the others."""
        if report.when == "teardown":
            cost = dict(report.user_properties).get("cost", 0.0)
            self._by_file[report.nodeid.partition("::")[0]] += cost

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section("seconds of a processor")
        for file, cost in self._by_file.most_common(SHOWN):
            terminalreporter.write_line(f"{cost:8.2f} {file}")
        terminalreporter.write_line(f"{self._by_file.total():8.2f} all {len(self._by_file)} files")


def spent() -> float:
    """Seconds that this process and those that it waited for have taken."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system
