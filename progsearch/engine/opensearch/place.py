"""The folder that names a cluster: its mark says where the index is, and holds no secret."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from progsearch import __version__
from progsearch.engine import mark as marks
from progsearch.errors import ProgsearchError

__all__ = ["NAME", "Place", "place_in", "place_of", "write_place"]

NAME = "opensearch"
"""The engine's name in marks and on the command line."""

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is: the addresses of a cluster's nodes, the beginning of the names of its
    indices there, and the file with the certificates that are trusted, if it is not the
    system's."""

    addresses: tuple[str, ...]
    prefix: str
    ca: str = ""


def place_of(cluster: str, prefix: str, ca: str = "") -> Place:
    """The place that options name; addresses are joined by commas.

    Raises ProgsearchError for what is no address, has credentials in it, or is no name of an
    index.
    """
    addresses = tuple(one.strip().rstrip("/") for one in cluster.split(",") if one.strip())
    for one in addresses:
        _check_address(one)
    if not addresses:
        raise ProgsearchError(
            "no address of a cluster", where="--cluster", remedy="write --cluster http://HOST:9200"
        )
    if not _PREFIX.fullmatch(prefix):
        raise ProgsearchError(
            f"not a name for indices: {prefix!r}"[:200],
            where="--cluster-prefix",
            remedy="write small letters, digits and - only",
        )
    return Place(addresses, prefix, str(Path(ca).absolute()) if ca else "")


def _check_address(text: str) -> None:
    try:
        parts = urlsplit(text)
        whole = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port)
    except ValueError:
        whole = False
    if whole and (parts.username or parts.password):
        raise ProgsearchError(
            "an address of a cluster has no name and password in it",
            where="--cluster",
            remedy="set PROGSEARCH_CLUSTER_USER and PROGSEARCH_CLUSTER_PASSWORD",
        )
    if not whole or parts.path or parts.query or parts.fragment:
        raise ProgsearchError(
            f"not an address of a node: {text!r}"[:200],
            where="--cluster",
            remedy="write http://HOST:9200 or https://HOST:9200",
        )


def place_in(folder: Path, told: Mapping[str, Any]) -> Place:
    """The place that the mark of a folder tells. Raises ProgsearchError if it cannot be read."""
    if told.get("schema") != marks.SCHEMA_VERSION:
        raise ProgsearchError(
            "the index was named by another version of progsearch",
            where=str(folder),
            remedy=marks.REBUILD,
        )
    addresses, prefix, ca = told.get("addresses"), told.get("prefix"), told.get("ca")
    if (
        not isinstance(addresses, Sequence)
        or not all(isinstance(one, str) for one in (*addresses, prefix, ca))
        or told.get("seal") != marks.seal(told)
    ):
        raise ProgsearchError(
            "cannot be read",
            where=str(folder / marks.MARK),
            remedy="name the cluster anew: progsearch ingest --engine opensearch --cluster … PATH",
        )
    return Place(tuple(addresses), str(prefix), str(ca))


def write_place(folder: Path, place: Place) -> None:
    """Have a folder name a place. Raises OSError."""
    told: dict[str, Any] = {
        "engine": NAME,
        "addresses": list(place.addresses),
        **{key: value for key, value in asdict(place).items() if key != "addresses"},
        "progsearch": __version__,
        "schema": marks.SCHEMA_VERSION,
    }
    told["seal"] = marks.seal(told)
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{marks.MARK}"
    aside.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    marks.sync(aside)
    aside.replace(folder / marks.MARK)
    marks.sync(folder)
