"""A randomization scheme as canonical data, and sealed: the ledger proves which scheme was in force without showing it.

Block sizes and the coin's weight must not be readable by those who enroll (ICH E9, 2.3.2), and yet every allocation
must be derivable again from secret and ledger alone: so the data travel under the seal, and a keyed digest in the open.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from equipoise.canonical import canonical_bytes
from equipoise.chance.sealed import framed
from equipoise.randomization.scheme import Scheme
from equipoise.randomization.sealing import seal, unseal

__all__ = ["read_scheme", "scheme_data", "scheme_mark", "seal_scheme", "unseal_scheme"]


def scheme_data(scheme: Scheme) -> dict[str, Any]:
    """The scheme without floating-point numbers."""
    return {
        "kind": scheme.kind,
        "ratio": [[arm, weight] for arm, weight in scheme.ratio],
        "block_sizes": list(scheme.block_sizes),
        "p": repr(scheme.p),
        "measure": scheme.measure,
        "weights": [[name, repr(weight)] for name, weight in scheme.weights],
        "limit": scheme.limit,
        "version": scheme.version,
        **({"start": scheme.start} if scheme.start else {}),
    }


def read_scheme(data: Mapping[str, Any]) -> Scheme:
    """The scheme from its data."""
    return Scheme(
        data["kind"],
        tuple((arm, weight) for arm, weight in data["ratio"]),
        tuple(data["block_sizes"]),
        float(data["p"]),
        data["measure"],
        tuple((name, float(weight)) for name, weight in data["weights"]),
        data["limit"],
        data["version"],
        data.get("start", ""),
    )


def scheme_mark(secret: bytes, study: str, scheme: Scheme) -> str:
    """A digest keyed by the secret: a plain one would let anybody try a few block sizes and see which fits."""
    return hmac.new(
        secret, b"equipoise/scheme/1\0" + framed((study,)) + canonical_bytes(scheme_data(scheme)), hashlib.sha256
    ).hexdigest()


def seal_scheme(secret: bytes, study: str, scheme: Scheme, *, repeatable: bool = False) -> dict[str, Any]:
    """What the ledger keeps of a version of the scheme: version, start and keyed digest openly, the rest sealed."""
    # Positions of allocations count from 1, so that a version's seal (0 and its name) can never be taken for one.
    name = f"scheme {scheme.version}"
    sealed = seal(secret, study, 0, scheme_data(scheme), participant=name, repeatable=repeatable)
    started = {"start": scheme.start} if scheme.start else {}
    return {"version": scheme.version, **started, "digest": scheme_mark(secret, study, scheme), "sealed": sealed}


def unseal_scheme(secret: bytes, study: str, kept: Mapping[str, Any]) -> Scheme:
    """The scheme under the seal; raises Refusal when the seal does not open."""
    return read_scheme(unseal(secret, study, 0, kept["sealed"], participant=f"scheme {kept['version']}"))
