"""All that somebody without the key can get hold of, and two ways to learn from it: look for words, and guess.

`found_in` looks for arms and for what would give the next allocation away; `auc_of` and `best_guess` ask whether
anything public goes together with the arm.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from equipoise.ledger import Entry

# What a scheme and a draw consist of; none may be the key of anything that is public.
SECRET_KEYS = frozenset(
    "arm arms block blocks block_size block_sizes sizes place remaining left lead forced limit p probability "
    "probabilities scores weights ratio kind measure next".split()
)
_ENCODED = re.compile(r"[A-Za-z0-9+/_=-]{24,}")


def rows_of(file: Path) -> list[str]:
    """Every row of every table of a database, as a reader with SQL would see it."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = [str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    connection.close()
    return rows


def bytes_of(folder: Path, *, without: Iterable[str]) -> dict[str, bytes]:
    """Every file of a folder, but not those in `without` (names of files or folders)."""
    kept = (f for f in folder.rglob("*") if f.is_file() and not set(f.relative_to(folder).parts) & set(without))
    return {str(file.relative_to(folder)): file.read_bytes() for file in kept}


def found_in(seen: Mapping[str, str | bytes], tokens: Iterable[str]) -> list[str]:
    """The places in which a token stands, as it is or in Base64 or hexadecimal."""
    found = []
    for place, what in seen.items():
        raw = what.encode() if isinstance(what, str) else what
        parts = [raw, *_decoded(raw.decode("latin-1"))]
        found += [f"{token} in {place}" for token in tokens if any(token.encode() in part for part in parts)]
    return found


def _decoded(text: str) -> Iterator[bytes]:
    for run in _ENCODED.findall(text):
        for start in range(4):  # the run may begin anywhere within a group
            body = run[start:].rstrip("=")
            try:
                yield base64.urlsafe_b64decode((body + "=" * (-len(body) % 4)).replace("+", "-").replace("/", "_"))
            except (binascii.Error, ValueError):
                continue
        if re.fullmatch(r"[0-9a-f]+", run) and len(run) % 2 == 0:
            yield bytes.fromhex(run)


def secret_keys_in(value: Any, where: str = "") -> list[str]:
    """The places in data whose key says what nobody may know, and whose value is not under seal."""
    if isinstance(value, Mapping):
        own = [f"{where}.{key}" for key in value if key in SECRET_KEYS]
        return own + [found for key, inner in value.items() for found in secret_keys_in(inner, f"{where}.{key}")]
    if isinstance(value, (list, tuple)):
        return [found for inner in value for found in secret_keys_in(inner, where)]
    return []


def numbers_in(value: Any, wanted: Iterable[int]) -> list[int]:
    """Which of the numbers occur as values in data, as numbers or as text."""
    if isinstance(value, Mapping):
        return [found for inner in value.values() for found in numbers_in(inner, wanted)]
    if isinstance(value, (list, tuple)):
        return [found for inner in value for found in numbers_in(inner, wanted)]
    return [number for number in wanted if value == number or value == str(number)]


# Guessing.

Floats = NDArray[np.float64]


def features_of(entries: Sequence[Entry], seconds: Sequence[float]) -> tuple[list[str], Floats]:
    """Everything public about each allocation as numbers: places, times, sizes, identifiers, leading and last bytes."""
    rows = []
    for entry, took in zip(entries, seconds, strict=True):
        said = entry.payload or {}
        sealed = said["sealed"]
        size = len(json.dumps(said))
        moment = entry.at[11:23].replace(":", "").replace(".", "")
        row = {
            "seq": entry.seq,
            "position": said["position"],
            "position, odd or even": said["position"] % 2,
            "stratum position": said["stratum_position"],
            "stratum position, odd or even": said["stratum_position"] % 2,
            "stamp": int(moment),
            "seconds": took,
            "size of the seal": len(sealed),
            "size of the payload": size,
            "size of the entry": len(str(astuple(entry))),
            "participant": int(re.sub(r"\D", "", entry.participant or "0")),
            "act id": int(entry.act[:8], 16),
            "salt": int(entry.salt[:8], 16),
            "hash": int(entry.hash[:8], 16),
            "payload hash": int(entry.payload_hash[:8], 16),
            "eligibility digest": int(said["eligibility_digest"][:8], 16),
        }
        body = base64.urlsafe_b64decode(sealed.removeprefix("v1.") + "==")
        row |= {f"byte {place} of the seal": body[place] for place in (*range(12), 13, 20, 40, -17, -2, -1)}
        rows.append(row)
    names = list(rows[0])
    return names, np.array([[float(row[name]) for name in names] for row in rows])


def auc_of(score: Floats, positive: NDArray[np.bool_]) -> float:
    """The probability that a positive scores higher than a negative (ties count half): 0.5 tells nothing."""
    ranks = rankdata(score)
    n, m = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def best_guess(values: Floats, positive: NDArray[np.bool_]) -> float:
    """Learn a linear rule on every second allocation, guess the others: the AUC of the guesses."""
    spread = values.std(axis=0)
    scaled = (values - values.mean(axis=0)) / np.where(spread == 0, 1, spread)
    learn = np.arange(len(positive)) % 2 == 0
    x, y = scaled[learn], np.where(positive[learn], 1.0, -1.0)
    weights = np.linalg.solve(x.T @ x + 0.01 * np.eye(x.shape[1]), x.T @ y)  # some columns never vary
    return auc_of(scaled[~learn] @ weights, positive[~learn])
