"""The vocabulary of an index in a cluster: lines that were got, and those that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from progsearch.clause import Lookup, form_key, lemma_key, part_key
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.mapping import key_of
from progsearch.engine.opensearch.view import PAGE, View
from progsearch.engine.vocabulary import SEP, StoredVocabulary
from progsearch.errors import ProgsearchError

__all__ = ["Words"]

MOST_KEYS = 60_000
"""Keys of which it is looked up at once whether a passage has them."""

TOGETHER = 500
"""Beginnings that one search asks for."""


class Words:
    """Lines by how they begin, each got once."""

    def __init__(self, client: Client, view: View) -> None:
        self._client = client
        self._view = view
        self._lines: dict[str, list[str]] = {}
        """By ``lang`` and form without accents with a tab between; prefixes end with ``*``."""
        self._spoken: dict[str, bool] = {}
        """Languages, and whether there is a line of them."""
        self._waiting: dict[str, None] = {}
        """Keys of lines that were got, of which it is not known how often they stand."""
        self._listed: Sequence[str] = ()
        """The lines that were gone through last."""

    @cached_property
    def vocabulary(self) -> StoredVocabulary:
        """The forms that the index holds."""
        return StoredVocabulary(self._beginning, self._stands, self.prefetch)

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Get the lines of words that a query asks for. How often their keys stand is asked for
        when somebody wants to know it of one, of all together."""
        names = [_name(one) for one in wanted]
        asked = self.missing(names)
        self.take(asked, self._client.searches(self._view.lines(self.bodies(asked))))
        self._waiting |= dict.fromkeys(
            key
            for name in names
            for line in self._lines[name]
            for key in _keys_of(line)
            if not self._view.knows(key)
        )
        if len(self._waiting) > MOST_KEYS:
            raise ProgsearchError(
                "the words asked for stand for too many", where="query", remedy="give more letters"
            )

    def held(self) -> int:
        """How many beginnings and lines are held."""
        return len(self._lines) + sum(map(len, self._lines.values()))

    # Steps of a request that may be made together with others

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those beginnings that are not known yet."""
        return [name for name in dict.fromkeys(names) if name not in self._lines]

    def names(self, wanted: Iterable[Lookup]) -> list[str]:
        """The beginnings that are meant."""
        return [_name(one) for one in wanted]

    def bodies(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """What a cluster is asked for lines that begin so."""
        return [_body(names[at : at + TOGETHER], None) for at in range(0, len(names), TOGETHER)]

    def take(self, names: Sequence[str], answers: Sequence[Any]) -> None:
        """Keep what it has answered; what did not fit into an answer is asked for."""
        for name in names:
            self._lines[name] = []
        for at, answer in zip(range(0, len(names), TOGETHER), answers, strict=True):
            self._keep(names[at : at + TOGETHER], answer)
        for name in names:
            self._lines[name].sort()

    def _keep(self, names: Sequence[str], answer: Any) -> None:  # noqa: ANN401 - it is JSON
        prefixes = [name[:-1] for name in names if name.endswith("*")]
        whole = {name for name in names if not name.endswith("*")}
        while True:
            hits = answer["hits"]["hits"]
            for hit in hits:
                key, line = hit["_source"]["key"], hit["_source"]["line"]
                if key in whole:
                    self._lines[key].append(line)
                for prefix in prefixes:
                    if key.startswith(prefix):
                        self._lines[f"{prefix}*"].append(line)
            if len(hits) < PAGE:
                return
            (answer,) = self._client.searches(self._view.lines([_body(names, hits[-1]["sort"])]))

    # As a vocabulary asks

    def _beginning(self, beginning: str) -> Iterable[str]:
        lang, folded, *rest = beginning.split("\t")
        name = _name(Lookup(lang, folded, not rest))
        if asked := self.missing([name]):
            self._ask(lang, asked)
        found = [line for line in self._lines[name] if line.startswith(beginning)]
        if not rest:
            self._listed = found
        return found

    def _ask(self, lang: str, names: Sequence[str]) -> None:
        """Get lines of a language, if the index has any of it."""
        bodies = self.bodies(names) if self._spoken.get(lang, True) else []
        if lang not in self._spoken:
            bodies.append({**_body([f"{lang}\t*"], None), "size": 1})
        answers = self._client.searches(self._view.lines(bodies))
        if lang not in self._spoken:
            self._spoken[lang] = bool(answers.pop()["hits"]["hits"])
        if self._spoken[lang]:
            self.take(names, answers)
        else:
            self._lines |= {name: [] for name in names}

    def _stands(self, keys: Iterable[str]) -> bool:
        wanted = list(keys)
        if any(not self._view.knows(key) for key in wanted):
            # Who goes through lines may ask of each whether it stands, or of none.
            listed, self._listed = _forms_of(self._listed), ()
            if not set(wanted).isdisjoint(listed):
                self._waiting |= dict.fromkeys(listed)
            waiting, self._waiting = self._waiting, {}
            self._view.learn([*waiting, *wanted])
        return any(self._view.frequency(field, key) for key in wanted for field in FIELDS)


def _body(names: Sequence[str], after: Sequence[Any] | None) -> dict[str, Any]:
    whole = [name for name in names if not name.endswith("*")]
    asked: list[dict[str, Any]] = [{"prefix": {"key": one[:-1]}} for one in names if one[-1] == "*"]
    if whole:
        asked.append({"terms": {"key": whole}})
    body: dict[str, Any] = {
        "query": {"bool": {"should": asked, "minimum_should_match": 1}},
        "size": PAGE,
        "sort": ["key", "row"],
    }
    return body | ({"search_after": after} if after else {})


def _name(one: Lookup) -> str:
    return key_of(one.lang, one.folded) + ("*" if one.beginning else "")


def _keys_of(line: str) -> Iterable[str]:
    """The keys that a search for the form of a line may look for."""
    lang, _, form, keys, _, _ = line.split("\t")
    forms = (form, *keys.split(SEP)) if keys else (form,)
    for one in forms:
        yield from (form_key(lang, one), lemma_key(lang, one), part_key(lang, one))


def _forms_of(lines: Iterable[str]) -> list[str]:
    found = []
    for line in lines:
        lang, _, form, *_ = line.split("\t")
        found += [form_key(lang, form), lemma_key(lang, form), part_key(lang, form)]
    return found
