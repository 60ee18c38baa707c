"""Texts of which keywords are told."""

from __future__ import annotations

from hypothesis import strategies as st


def words(found, group="A", lang="cs"):
    """The keywords of a group, as they are shown."""
    return [one.text for one in found.words if one.group == (group,) and one.lang == lang]


texts = st.lists(
    st.lists(st.sampled_from(["sestra", "sestry", "lékaře", "a", "vlak", "vlak,", "Praha."])).map(
        " ".join
    ),
    max_size=6,
)
