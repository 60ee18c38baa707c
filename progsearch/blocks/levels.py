"""How deep a heading stands that has no level of its own: below all that have one.

The levels of Markdown and HTML go from 1 to 6. A heading closes those of its level and deeper.
"""

from __future__ import annotations

BOLD_LEVEL = 7
"""A line or the beginning of a paragraph that is bold."""
TERM_LEVEL = 8
"""A term of a list of definitions: it stands above its own definition only."""
LEAD_IN_LEVEL = 20
"""A sentence that ends in a colon, above the items that it leads into."""
HEAD_LEVEL = 30
"""The head row of a table, above the rows below it."""
LABEL_LEVEL = 31
"""A cell that stands beside several rows, above these rows; below it, one that names a row."""
INNER_LEAD_LEVEL = 33
"""A sentence that ends in a colon, above the items of its own cell."""
