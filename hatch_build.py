"""The description of the package: the README, its pictures and pages under the project's address.

A page of the README on its own, as an index of packages shows it, has no files beside it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(?<=\]\()(?!https?://|#)([^)\s]+)(?=\))")


class ReadmeHook(MetadataHookInterface):
    """Gives the README; ``address`` in pyproject.toml is what its links are relative to."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the description in."""
        address = self.config.get("address", "")
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        if address:
            text = _LINK.sub(lambda found: f"{address.rstrip('/')}/{found[1]}", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
