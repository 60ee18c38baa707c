"""The tantivy engine, for corpora where Whoosh gets slow (``pip install progsearch[tantivy]``).

One tantivy document is a document of ours (``rec`` is ``d``), a passage (``p``), a stretch
of the vocabulary (``v``) or a part of the state (``s/…``). All of it changes together, with
tantivy's commit.

It finds and counts the same passages as every engine. It ranks by tantivy's own BM25, whose
length normalisation is stronger (b of .75 rather than .5, about the mean length rather than
a fixed one); what a match of each kind weighs, phrases, and the order of themes by how many
of their terms a passage has, are those of :mod:`progsearch.engine.evaluation`.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections import Counter as Multiset
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import blake2b
from itertools import chain, product, repeat
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query
