"""One byte form per value, and its digest: the same value gives the same bytes on every machine.

Follows RFC 8785 (JSON Canonicalization Scheme) for objects, arrays, strings, integers, booleans and null.
Floating-point numbers are refused: a decimal travels as the string that was entered, so that no rounding
and no printing rule can ever change a digest. Strings are kept as entered (NFC is the entry room's duty).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic_core import from_json

from equipoise.words import Phrase

__all__ = ["canonical_bytes", "digest", "read_json"]


_GREATEST = 2**53 - 1
_SORTED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_AS_IT_STANDS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

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
        if abs(value) > _GREATEST:
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


def _keys_are_ascii(value: Any) -> bool:
    """Whether every key is ASCII, so that every order is one order; False too where something is to be refused."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_GREATEST <= value <= _GREATEST)
    if kind is dict:
        for key, inner in value.items():
            if type(key) is not str or not key.isascii() or not _keys_are_ascii(inner):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_keys_are_ascii, value))
    return False


def _utf16_order(value: Any) -> Any:
    """Sort keys by UTF-16 code units, as RFC 8785 section 3.2.3 asks."""
    if isinstance(value, dict):
        return {k: _utf16_order(value[k]) for k in sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))}
    if isinstance(value, (list, tuple)):
        return [_utf16_order(v) for v in value]
    return value


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON bytes of `value`; raises TypeError or ValueError for what has none."""
    if _keys_are_ascii(value):  # nearly everything: one look, and the rest is done by the standard library's C
        return _SORTED(value).encode("utf-8")
    _check(value, "")
    return _AS_IT_STANDS(_utf16_order(value)).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal characters."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def read_json(data: bytes | str) -> Any:
    """The value of a JSON text, as `json.loads` reads it and in half its time; raises ValueError where it is none.

    What the quicker reader refuses (half of a surrogate pair, a text in UTF-16) is left to the standard library.
    """
    try:
        return from_json(data)
    except ValueError:
        return json.loads(data)
