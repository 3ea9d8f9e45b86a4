"""One byte form per value, and its digest: the same value gives the same bytes on every machine.

Follows RFC 8785 (JSON Canonicalization Scheme) for objects, arrays, strings, integers, booleans and null.
Floating-point numbers are refused: a decimal travels as the string that was entered, so that no rounding
and no printing rule can ever change a digest. Strings are kept as entered (NFC is the entry room's duty).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from equipoise.words import Phrase

__all__ = ["canonical_bytes", "digest"]


# What is raised carries a phrase, so that whoever tells it to a person can say it in either language.
_TOO_GREAT = (
    "{path}: integers beyond 2**53 have no canonical JSON form; send it as text",
    "{path}：超出 2**53 的整数没有规范的 JSON 形式；请以文本提交",
)
_NO_KEY = ("{path}: keys must be text, not {type}", "{path}：键必须是文本，不能是 {type}")
_NO_FORM = ("{path}: {type} has no canonical form; send it as text", "{path}：{type} 没有规范形式；请以文本提交")


def _check(value: Any, path: str) -> None:
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError(_phrase(*_TOO_GREAT, path))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(_phrase(*_NO_KEY, path, key))
            _check(inner, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            _check(inner, f"{path}[{index}]")
    else:
        raise TypeError(_phrase(*_NO_FORM, path, value))


def _phrase(en: str, zh: str, path: str, value: object = None) -> Phrase:
    return Phrase(en, zh, {"path": path or Phrase("value", "值"), "type": type(value).__name__})


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
