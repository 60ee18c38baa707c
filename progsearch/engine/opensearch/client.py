"""Requests to a cluster: tried again where that helps, and every failure one line with its remedy.

Whatever is asked here may be asked twice, for an answer can be lost after the work was done; so
rows have ids of their own, and a change of the manifest has a token by which it is known again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import OpenSearchException, SSLError, TransportError

from progsearch.engine.opensearch.place import Place
from progsearch.errors import ProgsearchError

__all__ = ["ClausesError", "Client", "ConflictError", "ScriptsError", "encode"]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_AGAIN = (429, 502, 503, 504)
_WAITS = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try: a cluster that has lost a node answers again within them."""

_FIRST_WAITS = (0.1, 0.3)
"""The same until a cluster has answered once: a wrong address is told of soon."""

TIMEOUT = 60
"""Seconds that an answer may take."""

_BULK = "/_bulk?filter_path=items.*.status,items.*.error&timeout=20s"
"""A node that waits for the part that rows belong to says so before we stop listening."""

_LOCAL = ("localhost", "127.0.0.1", "::1")

Json = Any


class ConflictError(ProgsearchError):
    """Somebody else has changed a document since it was read."""


class ClausesError(ProgsearchError):
    """A query has more clauses than the cluster lets through."""


class ScriptsError(ProgsearchError):
    """The cluster runs no scripts."""


class Client:
    """A cluster, as one index is asked of it; ``asked`` counts the requests."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._where = ", ".join(place.addresses)
        self._answered = False
        self.asked = 0
        self._inner = OpenSearch(
            list(place.addresses),
            http_auth=_credentials(place),
            verify_certs=True,
            ca_certs=place.ca or None,
            ssl_show_warn=False,
            timeout=TIMEOUT,
            max_retries=0,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._inner.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        params: Mapping[str, str] | None = None,
        missing: bool = False,
    ) -> Json:
        """What a cluster answers; None for what is not there, if it may be ``missing``.

        Raises ProgsearchError for every failure; :class:`ConflictError`, :class:`ClausesError` and
        :class:`ScriptsError` are those that can be dealt with.
        """
        waits = iter(_WAITS if self._answered else _FIRST_WAITS)
        lines = isinstance(body, str)
        while True:
            self.asked += 1
            try:
                found = self._inner.transport.perform_request(
                    method,
                    path,
                    params=dict(params or {}),
                    body=body,
                    headers={"content-type": f"application/{'x-ndjson' if lines else 'json'}"},
                )
                self._answered = True
            except SSLError as error:
                raise self._untrusted(error) from None
            except NoConnection as error:
                if (wait := next(waits, None)) is None:
                    raise self._nobody(error) from None
                time.sleep(wait)
            except TransportError as error:
                self._answered = True
                if error.status_code == 404 and missing:
                    return None
                if error.error == "resource_already_exists_exception":
                    return None  # by another, or by ourselves when an answer was lost
                wait = next(waits, None) if error.status_code in _AGAIN else None
                if wait is None or _is_final(error.info):
                    raise self._refused(error) from None
                time.sleep(wait)
            except OpenSearchException as error:
                raise ProgsearchError(
                    f"the cluster cannot be asked: {error}"[:300], where=self._where
                ) from None
            else:
                return found

    def search(self, indices: Sequence[str], body: Json) -> Json:
        """One search. Raises as :meth:`searches` does."""
        return self.searches([(indices, body)])[0]

    def searches(self, asked: Sequence[tuple[Sequence[str], Json]]) -> list[Json]:
        """Several searches in one request. A partial answer is a failure, too."""
        if not asked:
            return []
        lines = []
        for indices, body in asked:
            lines.append(encode({"index": list(indices), "allow_partial_search_results": False}))
            lines.append(encode(body))
        found = self.ask(
            "POST", "/_msearch", "\n".join(lines) + "\n", params={"max_concurrent_searches": "8"}
        )
        for one in found["responses"]:
            if "error" in one:
                raise self._of(one.get("status", 500), one["error"])
            if one.get("timed_out") or one["_shards"]["failed"]:
                raise self._red()
        return list(found["responses"])

    def bulk(self, lines: Sequence[str], *, known: Iterable[int] = ()) -> list[int]:
        """Write rows: an action and, but for deletions, its source, each as one entry of lines.

        The statuses of all actions, in order; those that are no success and not ``known`` are
        failures. What a busy node sends back is tried again.
        """
        fine = {200, 201, *known}
        statuses: list[int] = [0] * len(lines)
        waiting = list(range(len(lines)))
        waits = iter(_WAITS)
        while waiting:
            body = "".join(f"{lines[at]}\n" for at in waiting)
            found = self.ask("POST", _BULK, body)
            again = []
            for at, item in zip(waiting, found["items"], strict=True):
                (one,) = item.values()
                statuses[at] = one["status"]
                if one["status"] in _AGAIN and not _is_final(one.get("error")):
                    again.append(at)
                elif one["status"] not in fine:
                    raise self._of(one["status"], one.get("error", {}))
            if again and (wait := next(waits, None)) is None:
                raise self._of(429, {})
            if again:
                time.sleep(wait or 0)
            waiting = again
        return statuses

    # What fails

    def _nobody(self, error: NoConnection) -> ProgsearchError:
        why = "does not answer in time" if "timed out" in str(error).lower() else "does not answer"
        return ProgsearchError(
            f"the cluster {why}",
            where=self._where,
            remedy="see that it runs, or name its address: progsearch ingest --cluster …",
        )

    def _untrusted(self, error: SSLError) -> ProgsearchError:
        return ProgsearchError(
            f"the cluster's certificate is not trusted: {_last(error)}",
            where=self._where,
            remedy="name the file of the authority that signed it: --cluster-ca FILE",
        )

    def _red(self) -> ProgsearchError:
        return ProgsearchError(
            "the cluster has lost a part of the index, or was too slow (red)",
            where=self._where,
            remedy="see its health: _cluster/health?level=indices; a part is never taken for all",
        )

    def _refused(self, error: TransportError) -> ProgsearchError:
        info = error.info if isinstance(error.info, Mapping) else {}
        found = info.get("error", {})
        return self._of(cast("int", error.status_code), found or str(error.error))

    def _of(self, status: int, error: Mapping[str, Any] | str) -> ProgsearchError:
        """The error of an answer."""
        told = json.dumps(error, ensure_ascii=False) if isinstance(error, Mapping) else error
        reason = _reason(error)
        kind: type[ProgsearchError] = ProgsearchError
        match status:
            case 401:
                what = "the cluster wants a name and a password"
                remedy = "set PROGSEARCH_CLUSTER_USER and PROGSEARCH_CLUSTER_PASSWORD"
            case 409:
                kind, what, remedy = (
                    ConflictError,
                    "somebody else has changed the index",
                    "try again",
                )
            case _ if _is_final(told):
                what = "the disks of the cluster are full, so that it takes no more"
                remedy = "make room there, and run ingest again; the index is as it was"
            case _ if "cannot execute [inline] scripts" in told or "_scripts_" in told:
                kind, what = ScriptsError, "the cluster runs no scripts"
                remedy = "let it run inline painless: script.allowed_types"
            case _ if "maxClauseCount" in told or "too_many_clauses" in told:
                kind, what = ClausesError, "the question has more clauses than the cluster takes"
                remedy = "raise indices.query.bool.max_clause_count there, or ask for less at once"
            case 403:
                what = f"the cluster forbids it: {reason}"
                remedy = "docs/cluster.md lists the rights that are needed"
            case 429 if "circuit_breaking_exception" in told:
                what = "the nodes of the cluster have too little memory for it"
                remedy = "give them a larger heap, or ask for less at once"
            case 429:
                what = "the cluster is too busy"
                remedy = "try again later; what was committed is kept"
            case 413:
                what = "the cluster takes no request of this size"
                remedy = "raise http.max_content_length there"
            case 502 | 503 | 504:
                return self._red()
            case 500 if '"_shards"' in told:
                what = "a part of the index in the cluster has failed"
                remedy = "see the log of its nodes; most often a disk is full"
            case 404:
                what = f"the cluster has lost the index: {reason}"
                remedy = "run: progsearch ingest --rebuild PATH"
            case _:
                what, remedy = f"the cluster refuses: {status} {reason}", ""
        return kind(what[:300], where=self._where, remedy=remedy)


def _is_final(told: object) -> bool:
    """Whether another try is of no use: a full disk is told by 429, too."""
    told = str(told)
    marks = ("disk usage exceeded", "read-only-allow-delete", "No space left")
    return any(one in told for one in marks)


def _reason(error: Mapping[str, Any] | str) -> str:
    """Why, in the cluster's words: the innermost cause."""
    if not isinstance(error, Mapping):
        return " ".join(str(error).split())
    inner: Mapping[str, Any] = error
    while isinstance(inner.get("caused_by"), Mapping):
        inner = inner["caused_by"]
    return " ".join(str(inner.get("reason", inner.get("type", ""))).split())


def _last(error: Exception) -> str:
    return str(error).rstrip(")").rpartition(": ")[2][:100]


def _credentials(place: Place) -> tuple[str, str] | None:
    """Name and password from the environment; never sent where anybody may read them."""
    user = os.environ.get("PROGSEARCH_CLUSTER_USER", "")
    password = os.environ.get("PROGSEARCH_CLUSTER_PASSWORD", "")
    if not user:
        return None
    for address in place.addresses:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOCAL:
            raise ProgsearchError(
                "a password is not sent over http, where anybody can read it",
                where=address,
                remedy="give the cluster a certificate, and name https://…",
            )
    return user, password
