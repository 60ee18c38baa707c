"""Themes as SKOS in Turtle (W3C, "SKOS Reference", 2009; "RDF 1.1 Turtle", 2014).

Words and phrases become alternative labels; prefixes, exact forms and NEARs, which are
patterns and no names, hidden labels, with their sets written out. SKOS has no exclusions,
so they stand in a note.
EuroVoc's concepts have addresses; those of the other schemes are told by scheme and code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from progsearch.query import WITH_PARTS, Phrase, Word, parse_term
from progsearch.themes.sets import written_out
from progsearch.themes.theme import Theme
from progsearch.visible import escaped

__all__ = ["write_skos"]

DEFAULT_BASE = "urn:progsearch:theme:"

EUROVOC = "http://eurovoc.europa.eu/"
SCHEMES = {
    "cap": "https://www.comparativeagendas.net/",
    "marpor": "https://manifesto-project.wzb.eu/",
}
"""What stands for the schemes that publish no addresses for their codes."""


def write_skos(themes: Sequence[Theme], out: TextIO, base: str = DEFAULT_BASE) -> None:
    """Write themes as concepts of one scheme; ``base`` and the id make a concept's address."""
    out.write("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n")
    out.write("@prefix dct: <http://purl.org/dc/terms/> .\n\n")
    here = {theme.id for theme in themes}
    scheme = f"<{base}scheme>"
    tops = [theme.id for theme in themes if theme.broader not in here]
    out.write(f"{scheme} a skos:ConceptScheme ;\n    skos:hasTopConcept ")
    out.write(", ".join(f"<{base}{top}>" for top in tops) + " .\n")
    for theme in themes:
        out.write(f"\n<{base}{theme.id}> a skos:Concept ;\n")
        out.write(" ;\n".join(f"    {line}" for line in _properties(theme, here, base)))
        out.write(" .\n")


def _properties(theme: Theme, here: set[str], base: str) -> Iterator[str]:
    yield f"skos:inScheme <{base}scheme>"
    yield f"skos:notation {_text(theme.id)}"
    if theme.broader in here:
        yield f"skos:broader <{base}{theme.broader}>"
    else:
        yield f"skos:topConceptOf <{base}scheme>"
    for lang, label in theme.labels.items():
        yield f"skos:prefLabel {_text(label, lang)}"
    for lang, definition in theme.definitions.items():
        yield f"skos:definition {_text(definition, lang)}"
    for lang, terms in theme.terms.items():
        for term in (written_out(theme, lang, one).removeprefix(WITH_PARTS) for one in terms):
            # A label of one kind must not be one of another kind, too (SKOS, S13).
            if term.casefold() == theme.labels.get(lang, "").casefold():
                continue
            named = isinstance(parse_term(term), Word | Phrase) and "*" not in term
            yield f"skos:{'altLabel' if named else 'hiddenLabel'} {_text(term, lang)}"
    for lang, terms in theme.exclude.items():
        for term in (written_out(theme, lang, one) for one in terms):
            yield f"skos:editorialNote {_text(f'not: {term}', lang)}"
    yield from _matches("closeMatch", theme.close)
    yield from _matches("broadMatch", theme.broad)
    if theme.source:
        yield f"dct:source {_text(theme.source)}"


def _matches(relation: str, codes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for scheme, found in codes.items():
        for code in found:
            if scheme == "eurovoc":
                yield f"skos:{relation} <{EUROVOC}{code}>"
            else:
                yield (
                    f"skos:{relation} [ a skos:Concept ; "
                    f"skos:inScheme <{SCHEMES[scheme]}> ; skos:notation {_text(code)} ]"
                )


_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _text(text: str, lang: str = "") -> str:
    return f'"{escaped(text.translate(_ESCAPED))}"' + (f"@{lang}" if lang else "")
