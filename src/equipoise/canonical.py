"""One byte form per value, and its digest: the same value gives the same bytes on every machine.

Follows RFC 8785 (JSON Canonicalization Scheme) for objects, arrays, strings, integers, booleans and null.
Floating-point numbers are refused: a decimal travels as the string that was entered, so that no rounding
and no printing rule can ever change a digest. Strings are kept as entered (NFC is the entry room's duty).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["canonical_bytes", "digest"]


def _check(value: Any, path: str) -> None:
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError(f"{path or 'value'}: integers beyond 2**53 have no canonical JSON form; send it as text")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{path or 'value'}: keys must be text, not {type(key).__name__}")
            _check(inner, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            _check(inner, f"{path}[{index}]")
    else:
        raise TypeError(f"{path or 'value'}: {type(value).__name__} has no canonical form; send it as text")


def _utf16_order(value: Any) -> Any:
    """Sort keys by UTF-16 code units, as RFC 8785 section 3.2.3 asks."""
    if isinstance(value, dict):
        return {k: _utf16_order(value[k]) for k in sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))}
    if isinstance(value, (list, tuple)):
        return [_utf16_order(v) for v in value]
    return value


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON bytes of `value`; raises TypeError or ValueError for what has none."""
    _check(value, "")
    return json.dumps(_utf16_order(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal characters."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
