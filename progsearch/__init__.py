"""Search and compare party programmes, news and budgets across languages.

    import progsearch

    with progsearch.open("index") as index:
        for hit in index.search("lékař", region="CZ-51"):
            print(hit.place, hit.text)

The names in ``__all__`` are promised to stay (SemVer, from 0.2.0); all else may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progsearch.api.concordance_rows import (
        CollocateRow,
        DispersionRow,
        DispersionRows,
        KwicRow,
        KwicRows,
        SpreadRow,
        WordRow,
    )
    from progsearch.api.files import diff, follow
    from progsearch.api.index import OpenIndex
    from progsearch.api.index import open_index as open
    from progsearch.api.promise_rows import DifferenceRow, FollowedRow, MatchedRow
    from progsearch.api.results import (
        CellRow,
        ComparisonRows,
        CountRow,
        DocumentRow,
        EvidenceRow,
        HitRow,
        Hits,
        KeywordRow,
        PassageRow,
        Rows,
        SilenceRow,
        ThemeRow,
        WholeDocument,
    )
    from progsearch.errors import ProgsearchError

__all__ = [
    "CellRow",
    "CollocateRow",
    "ComparisonRows",
    "CountRow",
    "DifferenceRow",
    "DispersionRow",
    "DispersionRows",
    "DocumentRow",
    "EvidenceRow",
    "FollowedRow",
    "HitRow",
    "Hits",
    "KeywordRow",
    "KwicRow",
    "KwicRows",
    "MatchedRow",
    "OpenIndex",
    "PassageRow",
    "ProgsearchError",
    "Rows",
    "SilenceRow",
    "SpreadRow",
    "ThemeRow",
    "WholeDocument",
    "WordRow",
    "__version__",
    "diff",
    "follow",
    "open",
]

__version__ = "0.3.0"

_HOMES = {
    "OpenIndex": "api.index",
    "ProgsearchError": "errors",
    "CollocateRow": "api.concordance_rows",
    "DispersionRow": "api.concordance_rows",
    "DispersionRows": "api.concordance_rows",
    "KwicRow": "api.concordance_rows",
    "KwicRows": "api.concordance_rows",
    "SpreadRow": "api.concordance_rows",
    "WordRow": "api.concordance_rows",
    "DifferenceRow": "api.promise_rows",
    "FollowedRow": "api.promise_rows",
    "MatchedRow": "api.promise_rows",
    "diff": "api.files",
    "follow": "api.files",
    "open": "api.index",
}
_NAMES = {"open": "open_index"}


if not TYPE_CHECKING:  # which would take any name for one of these

    def __getattr__(name: str) -> object:
        # The command line imports this package too, and has no time to lose.
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOMES.get(name, 'api.results')}")
        return getattr(home, _NAMES.get(name, name))
