"""Which passages say the same, and on what evidence.

Units go in, links come out: nothing here knows files, indexes or models. What was measured,
and how, is in ``docs/promises.md``; ``python -m benchmarks.pairing`` prints it again.
"""

from __future__ import annotations

from progsearch.pairing.changes import CHANGES, Change, changes
from progsearch.pairing.links import Link, links
from progsearch.pairing.numbering import numbered
from progsearch.pairing.unit import Unit, normalised

__all__ = ["CHANGES", "Change", "Link", "Unit", "changes", "links", "normalised", "numbered"]
