"""A new theme file to fill in, and a theme written back as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

import yaml

from progsearch.errors import ProgsearchError
from progsearch.themes.reading import ID_REMEDY, id_fault
from progsearch.themes.theme import Theme
from progsearch.visible import visible

if TYPE_CHECKING:
    from progsearch.themes.lexical import Draft

__all__ = ["as_yaml", "check_id", "draft_yaml", "template", "write_yaml"]

_TEMPLATE = """\
# A theme for progsearch. Fill it in, then run: progsearch themes check
id: {id}
prefLabel:
  en: {label}
definition:
  en: Say in a sentence or two what belongs to it and what does not.
# broader: health                # the theme that this one is a part of, if any
#
# Terms, by language; twelve and more find much more than three. A term is
#   - zdravotník                  a word in all its forms (write the one in the dictionary)
#   - zdravotnický personál       words next to each other, each in all its forms
#   - sjuksköterske*              every word that begins so
#   - ="ARO"                      just this form
#   - lékař NEAR/5 nedostatek     both, at most five words apart, in any order
# Put quotes around what YAML takes for something else: "no", "on", "1177".
terms:
{terms}
# sets:                           # words that terms share: $staff NEAR/5 nedostatek
#   cs: {{staff: [lékař, zdravotní sestra]}}
# exclude:                        # a passage with one of these is not counted
#   cs: []
# closeMatch: {{cap: ["325"]}}      # codes that mean the same (cap, marpor, eurovoc)
source: {source}
"""


def check_id(wanted: str) -> None:
    """Raise ProgsearchError unless this can be the id of a theme."""
    if fault := id_fault(wanted):
        raise ProgsearchError(fault, remedy=ID_REMEDY)


def template(wanted: str, languages: Sequence[str], source: str = "my own") -> str:
    """The text of a new theme file in these languages, with an explanation of each part.

    Raises ProgsearchError when the id cannot be one.
    """
    check_id(wanted)
    label = _scalar(wanted.replace("-", " ").capitalize())
    terms = "\n".join(f"  {_scalar(lang)}:\n    - " for lang in languages)
    return _TEMPLATE.format(id=_scalar(wanted), label=label, terms=terms, source=_scalar(source))


def write_yaml(themes: Sequence[Theme], out: TextIO) -> None:
    """Write themes as theme files have them, one after the other."""
    out.write("---\n".join(map(as_yaml, themes)))


def as_yaml(theme: Theme) -> str:
    """A theme as the text of its file, in the order of the shipped files."""
    record: dict[str, object] = {"id": theme.id, "prefLabel": dict(theme.labels)}
    if theme.definitions:
        record["definition"] = dict(theme.definitions)
    if theme.broader:
        record["broader"] = theme.broader
    if theme.sets:
        record["sets"] = {lang: _lists(found) for lang, found in theme.sets.items()}
    record["terms"] = _lists(theme.terms)
    for key, codes in (
        ("exclude", theme.exclude),
        ("closeMatch", theme.close),
        ("broadMatch", theme.broad),
    ):
        if codes:
            record[key] = _lists(codes)
    if theme.source:
        record["source"] = theme.source
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)


def draft_yaml(draft: Draft) -> str:
    """A theme with drafted terms as the text of its file, marked as a draft.

    What each term is from stands above, and what was left out.
    """
    lang = draft.lang
    lines = [
        f"DRAFT: the terms in {lang} are from the lexicon and were read by nobody. Read each in",
        "texts of that language, take out what means something else, and then these lines.",
        f"prefLabel and definition have no {lang} yet." if lang not in draft.theme.labels else "",
        *(f"{lang} {text}  <- {'; '.join(of)}" for text, of in draft.origins.items()),
        "Without a counterpart in the lexicon:" if draft.untranslated else "",
        *(f"{other} {term}" for other, term in draft.untranslated),
    ]
    head = "".join(f"# {visible(line)}\n" for line in lines if line)
    source = f"{draft.theme.source}; {lang} drafted from the lexicon".removeprefix("; ")
    return head + as_yaml(replace(draft.theme, source=source))


def _lists(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {key: list(found) for key, found in values.items()}


def _scalar(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=1000).split("\n")[0]
