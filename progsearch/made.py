"""The day on which an output is made, as it stands in reports and accounts of tables."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, date, datetime

__all__ = ["today"]


def today() -> date:
    """The day, or that of ``SOURCE_DATE_EPOCH``, by which an output can be made once more.

    Rule: reproducible-builds.org, "SOURCE_DATE_EPOCH".
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        with suppress(ValueError, OverflowError, OSError):  # a year that there is not
            return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()
