"""The keys by which a word is found, three kinds at each position of an indexed text.

====================  =======================================  ==================
``cs:zdravotník``     a lemma in a language                    :func:`lemma_key`
``cs=zdravotníků``    the form as written, in a language       :func:`form_key`
``sv+personal``       a part of a compound in a language       :func:`part_key`
====================  =======================================  ==================
"""

from __future__ import annotations

from progsearch.analysis import Entry, Token, normal_form, tokens
from progsearch.languages import UNDETERMINED

__all__ = ["form_key", "keys_of", "lemma_key", "part_key", "stem_of", "words_of"]


def lemma_key(lang: str, lemma: str) -> str:
    """The key of a lemma in a language."""
    return f"{lang}:{lemma}"


def form_key(lang: str, form: str) -> str:
    """The key of a form as written."""
    return f"{lang}={form}"


def part_key(lang: str, part: str) -> str:
    """The key of a part of a compound."""
    return f"{lang}+{part}"


def keys_of(token: Token, lang: str) -> list[str]:
    """The keys that stand in the index at the position of a token, each once."""
    _, _, form, keys, parts = token
    found = [form_key(lang, form), lemma_key(lang, keys[0])]
    if len(keys) == 1 and not parts:
        return found
    found += (lemma_key(lang, key) for key in keys[1:] if key != form)
    found += (part_key(lang, part) for part in parts)
    return list(dict.fromkeys(found))


class _Bare:
    """A lexicon that knows nothing: enough to cut a text into words."""

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        return Entry((form,), (), "form")


def words_of(text: str) -> list[str]:
    """The forms of the words that the analysis sees in a text; all languages cut alike."""
    return [token.form for token in tokens(text, UNDETERMINED, _Bare())]


def stem_of(prefix: str) -> str:
    """What the forms begin with that a prefix stands for, empty where it holds no word.

    A hyphen at its end is a part of it: *KI-* is the beginning of *KI-Systeme*, not of
    *Kilogramm*. One that a text leaves open (*KI- und Datenrecht*) ends a form, too.
    """
    stem = "".join(words_of(prefix))
    return f"{stem}-" if stem and normal_form(prefix).endswith("-") else stem
